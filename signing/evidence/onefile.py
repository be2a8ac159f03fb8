"""
Kiểm tra gói bằng chứng mà không cần mạng / Check a bundle of evidence without any network.

    python3 verify.py BUNDLE.zip [--trust FOLDER] [--at TIME] [--json]

Needs Python 3.9 or newer and the program ``openssl`` (1.1.1 or newer), nothing else. Shares no
code with the hub that made the bundle. Exit code 0: valid; 1: not valid, or a person must look.

What is checked: the facts hang together by their hashes; the file of the result is the one that
the last of them names; the evidence records (RFC 4998) lead from the file, and from the facts, to
time stamps that held one after another; the signatures in the file hold and lead to a trusted
root. Without --trust the roots in the bundle are used, and a person must compare their
fingerprints with those that the authorities publish.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import ssl
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

LARGEST = 512 * 2**20
NEEDED = {"facts.json", "facts.ers", "result.ers"}
OTHERS = re.compile(r"(trust/[\w.-]+\.pem|money\.json|parcel\.json|verify\.py|README\.txt)\Z")
RESULT = re.compile(r"result\.(?!ers\Z)[a-z0-9]{1,5}\Z")
HASHES = {
    "608648016503040201": "sha256",
    "608648016503040202": "sha384",
    "608648016503040203": "sha512",
}
TST_INFO = "2a864886f70d0109100104"
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
ROOTS_INSIDE = "roots_from_the_bundle"


class BadError(Exception):
    """What is wrong, in one word."""


# -- DER -------------------------------------------------------------------------------------


def head(data: bytes, at: int, word: str) -> tuple[int, int, int]:
    """Return the tag of the value at *at*, and where its content begins and ends."""
    if at + 2 > len(data):
        raise BadError(word)
    tag, size, begin = data[at], data[at + 1], at + 2
    if size > 0x80:
        begin += size & 0x7F
        size = int.from_bytes(data[at + 2 : begin], "big")
    if tag & 0x1F == 0x1F or begin + size > len(data):
        raise BadError(word)
    return tag, begin, begin + size


def values(data: bytes, word: str) -> list[tuple[int, bytes, bytes]]:
    """Return the values in *data*: of each its tag, its content, and the whole."""
    found, at = [], 0
    while at < len(data):
        tag, begin, end = head(data, at, word)
        found.append((tag, data[begin:end], data[at:end]))
        at = end
    return found


def down(data: bytes, *places: int, word: str) -> bytes:
    """Go down from the one value *data* by *places*; return the content found there."""
    content = data[slice(*head(data, 0, word)[1:])]
    for place in places:
        below = values(content, word)
        if place >= len(below):
            raise BadError(word)
        content = below[place][1]
    return content


# -- evidence records (RFC 4998) -------------------------------------------------------------


def chains_of(record: bytes) -> list[tuple[str, list[tuple[list[list[bytes]], bytes]], bytes]]:
    """Return the chains of *record*: hash, stamps (reduced tree, token), and the DER of each."""
    word = "record_unreadable"
    tag, _begin, end = head(record, 0, word)
    fields = values(down(record, word=word), word)
    if tag != 0x30 or end != len(record) or len(fields) < 3 or fields[0][1] != b"\x01":
        raise BadError(word)
    chains = []
    for _tag, inner, whole in values(fields[-1][1], word):
        read = [stamp_of(content, word) for _t, content, _w in values(inner, word)]
        names = {name for name, _tree, _token in read}
        if len(names) != 1:
            raise BadError(word)
        chains.append((names.pop(), [(tree, token) for _n, tree, token in read], whole))
    return chains


def stamp_of(content: bytes, word: str) -> tuple[str, list[list[bytes]], bytes]:
    """Return hash, reduced tree and token of one archive time stamp."""
    fields = {tag: (inner, whole) for tag, inner, whole in values(content, word)}
    if 0xA0 not in fields or 0x30 not in fields:
        raise BadError(word)
    name = HASHES.get(values(fields[0xA0][0], word)[0][1].hex())
    if name is None:
        raise BadError(word)
    lists = values(fields[0xA2][0], word) if 0xA2 in fields else []
    tree = [[digest for _t, digest, _w in values(some, word)] for _t, some, _w in lists]
    return name, tree, fields[0x30][1]


def climb(leaf: bytes, tree: list[list[bytes]], name: str) -> bytes:
    """Return the digest that the reduced *tree* leads to from *leaf*."""
    if not tree:
        return leaf
    if leaf not in tree[0]:
        raise BadError("not_covered")
    reached = hashlib.new(name, b"".join(sorted(set(tree[0])))).digest()
    for others in tree[1:]:
        reached = hashlib.new(name, b"".join(sorted({*others, reached}))).digest()
    return reached


def told(token: bytes) -> tuple[str | None, bytes, int]:
    """Return hash, imprint and time (seconds since 1970) that a time stamp tells."""
    word = "stamp_unreadable"
    info = down(token, 1, 0, 2, 1, 0, word=word)
    name = HASHES.get(down(info, 2, 0, 0, word=word).hex())
    written = down(info, 4, word=word).decode("ascii", "replace")
    try:
        at = datetime.strptime(written[:14] + "+0000", "%Y%m%d%H%M%S%z")
    except ValueError:
        raise BadError(word) from None
    return name, down(info, 2, 1, word=word), int(at.timestamp())


def prove(record: bytes, data: bytes, roots: Path, now: int) -> tuple[int, int]:
    """Return since when *record* proves *data* (seconds since 1970), and by how many stamps."""
    chains, tokens = chains_of(record), []
    for place, (name, stamps, _der) in enumerate(chains):
        leaf = hashlib.new(name, data).digest()
        if place:
            before = wrapped(b"".join(der for _name, _stamps, der in chains[:place]))
            leaf = hashlib.new(name, leaf + hashlib.new(name, before).digest()).digest()
        for tree, token in stamps:
            said, imprint, at = told(token)
            if (said, imprint) != (name, climb(leaf, tree, name)):
                raise BadError("not_covered")
            tokens.append((at, imprint, token))
            leaf = hashlib.new(name, token).digest()
    if not tokens:
        raise BadError("not_covered")
    for place, (at, imprint, token) in enumerate(tokens):
        last = place + 1 == len(tokens)
        if not last and tokens[place + 1][0] < at:
            raise BadError("disordered")
        check_stamp(token, imprint.hex(), roots, now if last else tokens[place + 1][0])
    return tokens[0][0], len(tokens)


def wrapped(content: bytes) -> bytes:
    """Return *content* as a DER SEQUENCE."""
    size = len(content)
    if size < 0x80:
        return bytes((0x30, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x30, 0x80 | len(length))) + length + content


# -- openssl ---------------------------------------------------------------------------------


def openssl(*words: str, **files: bytes) -> str:
    """Run openssl; a word ``{name}`` becomes the path of a file with the bytes *name*."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        given = [word.format(**{n: str(Path(folder, n)) for n in files}) for word in words]
        run = subprocess.run(["openssl", *given], capture_output=True, check=False)
    return "" if run.returncode == 0 else run.stderr.decode("utf-8", "replace") or "failed"


def check_stamp(token: bytes, imprint: str, roots: Path, at: int) -> None:
    """Have openssl check the time stamp over *imprint*, as of *at*."""
    said = openssl(
        *("ts", "-verify", "-digest", imprint, "-token_in", "-in", "{token}"),
        *("-CAfile", str(roots), "-attime", str(at)),
        token=token,
    )
    if said:
        untrusted = "certificate verify error" in said or "expired" in said
        raise BadError("stamp_untrusted" if untrusted else "stamp_broken")


def check_signature(signature: bytes, signed: bytes, roots: Path, at: int) -> None:
    """Have openssl check the detached CMS *signature* over *signed*, as of *at*."""
    said = openssl(
        *("cms", "-verify", "-binary", "-inform", "DER", "-in", "{signature}"),
        *("-content", "{signed}", "-CAfile", str(roots), "-purpose", "any"),
        *("-attime", str(at), "-out", "/dev/null"),
        signature=signature,
        signed=signed,
    )
    if said:
        untrusted = "certificate verify error" in said
        raise BadError("signature_untrusted" if untrusted else "signature_broken")


# -- what is in the bundle -------------------------------------------------------------------


def check_facts(facts: dict[str, Any]) -> tuple[bytes, str]:
    """Return the text that ``facts.ers`` is about, and the SHA-256 of the result's file."""
    before, covered, document = "0" * 64, b"", ""
    for place, row in enumerate(facts["facts"], start=1):
        text = json.dumps(row[:7], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        sound = hashlib.sha256(text.encode()).hexdigest() == row[7]
        if not sound or row[:3] != [before, facts["dossier"], place]:
            raise BadError("facts_broken")
        before, document = row[7], row[4].get("document", document)
        if place == facts["covered"]:
            covered = text.encode()
    if not covered or not document:
        raise BadError("facts_broken")
    return covered, document


def check_signatures(pdf: bytes, roots: Path, at: int) -> None:
    """Check every signature and time stamp in *pdf*; the last one must cover the whole file."""
    found = []
    for a, b, c, d in (map(int, match.groups()) for match in RANGE.finditer(pdf)):
        room = pdf[a + b + 1 : c - 1]
        if a != 0 or c + d > len(pdf) or not re.fullmatch(rb"[0-9A-Fa-f]+", room):
            raise BadError("signature_broken")
        padded = bytes.fromhex(room.decode())
        whole = padded[: head(padded, 0, "signature_broken")[2]]
        found.append((c + d, whole, pdf[:b] + pdf[c : c + d]))
    found.sort(key=lambda one: one[0])
    if not found:
        raise BadError("unsigned")
    if found[-1][0] != len(pdf):
        raise BadError("not_the_whole_file")
    for _end, signature, signed in reversed(found):
        if down(signature, 1, 0, 2, 0, word="signature_broken").hex() == TST_INFO:
            name, imprint, stamped = told(signature)
            if hashlib.new(name or "sha256", signed).digest() != imprint:
                raise BadError("signature_broken")
            check_stamp(signature, imprint.hex(), roots, at)
            at = stamped
        else:
            check_signature(signature, signed, roots, at)


def contents(bundle: Path) -> dict[str, bytes]:
    """Return the files of the bundle by name; BadError if anything is odd about it."""
    try:
        with zipfile.ZipFile(bundle) as zipped:
            names = [one.filename for one in zipped.infolist()]
            known = [one for one in names if one in NEEDED or OTHERS.match(one)]
            results = [one for one in names if RESULT.match(one)]
            size = sum(one.file_size for one in zipped.infolist())
            odd = len(known) + 1 != len(names) or len(results) != 1 or len({*names}) != len(names)
            if odd or size > LARGEST or not NEEDED <= set(names):
                raise BadError("bundle_unreadable")
            files = {one: zipped.read(one) for one in names}
            files["result"] = files.pop(results[0])
            return files
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise BadError("bundle_unreadable") from None


def judge(bundle: Path, trust: Path | None, now: int) -> dict[str, Any]:
    """Return everything that is to be said of *bundle*."""
    said: dict[str, Any] = {"dossier": "", "facts": 0, "since": "", "stamps": 0, "roots": []}
    reasons = set() if trust else {ROOTS_INSIDE}
    with tempfile.TemporaryDirectory() as folder:
        try:
            files = contents(bundle)
            roots = Path(folder, "roots.pem")
            roots.write_bytes(b"\n".join(root_files(files, trust)))
            said["roots"] = fingerprints(roots.read_text("utf-8", "replace"))
            facts = json.loads(files["facts.json"])
            said |= {"dossier": facts["dossier"], "facts": len(facts["facts"])}
            covered, document = check_facts(facts)
            if hashlib.sha256(files["result"]).hexdigest() != document:
                raise BadError("result_unknown")  # noqa: TRY301 - one answer
            prove(files["facts.ers"], covered, roots, now)
            since, said["stamps"] = prove(files["result.ers"], files["result"], roots, now)
            said["since"] = datetime.fromtimestamp(since, timezone.utc).isoformat()
            if files["result"].startswith(b"%PDF-"):
                check_signatures(files["result"], roots, since)
            else:
                reasons.add("signatures_not_checked")
        except BadError as error:
            reasons = {str(error)}
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            reasons = {"bundle_unreadable"}
    lookers = {ROOTS_INSIDE, "signatures_not_checked"}
    word = "NOT_VALID" if reasons - lookers else "NEEDS_A_PERSON" if reasons else "VALID"
    return {"verdict": word, "reasons": sorted(reasons), **said}


def root_files(files: dict[str, bytes], trust: Path | None) -> list[bytes]:
    """Return the PEM files of the trusted roots."""
    if trust:
        return [file.read_bytes() for file in sorted(trust.rglob("*.pem"))]
    return [data for name, data in sorted(files.items()) if name.startswith("trust/")]


def fingerprints(roots: str) -> list[str]:
    """Return the SHA-256 of each certificate."""
    found = re.findall(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", roots, re.DOTALL)
    return sorted({hashlib.sha256(ssl.PEM_cert_to_DER_cert(one)).hexdigest() for one in found})


def main(arguments: list[str]) -> int:
    """Judge one bundle and print what was found."""
    parser = argparse.ArgumentParser(prog="verify.py", description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--trust", type=Path, metavar="FOLDER", help="PEM files of trusted roots")
    parser.add_argument("--at", metavar="TIME", help="as of then, 2026-11-23T09:00:00+07:00")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    now = datetime.fromisoformat(given.at).timestamp() if given.at else time.time()
    found = judge(given.bundle, given.trust, int(now))
    if given.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name}: {value}" for name, value in found.items()))
    return 0 if found["verdict"] == "VALID" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
