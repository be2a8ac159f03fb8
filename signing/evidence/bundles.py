"""
One file that proves a result for ever: the file, the facts, their evidence records, the roots.

A bundle is judged twice, by code that shares nothing: here, with what the hub is made of, and by
``onefile.py``, which lies in the bundle and needs only Python and OpenSSL. Tests hold them to the
same answer.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509

from dossiers.signing_status import VerdictWord
from signing.evidence import proofs
from signing.evidence.proofs import Proof, ProofError
from signing.evidence.records import Record, UnreadableError
from signing.verification import trusting
from signing.verification.verify import Trust, verify

LARGEST = 512 * 2**20
_NEEDED = frozenset({"facts.json", "facts.ers", "result.ers"})
_OTHERS = re.compile(r"(trust/[\w.-]+\.pem|money\.json|parcel\.json|verify\.py|README\.txt)\Z")
_RESULT = re.compile(r"result\.(?!ers\Z)[a-z0-9]{1,5}\Z")

BUNDLE_UNREADABLE, RECORD_UNREADABLE = "bundle_unreadable", "record_unreadable"
TRUST_UNREADABLE = "trust_unreadable"
FACTS_BROKEN, RESULT_UNKNOWN = "facts_broken", "result_unknown"
ROOTS_INSIDE, NOT_CHECKED = "roots_from_the_bundle", "signatures_not_checked"

#: These call a person; every other reason makes the bundle not valid.
LOOKED_AT = frozenset({ROOTS_INSIDE, NOT_CHECKED})

#: What our verifier says of a signature, in the words of the one-file verifier.
_SIGNATURE = {
    "signature_broken": "signature_broken",
    "not_the_whole_file": "not_the_whole_file",
    "unsigned": "unsigned",
    "untrusted": "signature_untrusted",
    "certificate_expired": "signature_untrusted",
    "certificate_not_yet_valid": "signature_untrusted",
    "certificate_revoked": "signature_untrusted",
    "certificate_unfit": "signature_untrusted",
}


class BundleError(ValueError):
    """Why a bundle proves nothing, in one word."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be said of a bundle."""

    verdict: VerdictWord
    reasons: tuple[str, ...]
    dossier: str = ""
    facts: int = 0
    since: str = ""
    """When the result's file was there for certain, UTC."""
    stamps: int = 0
    roots: tuple[str, ...] = ()
    """SHA-256 of the trusted roots: to be compared with what their authorities publish."""

    def as_json(self) -> dict[str, Any]:
        """Return it as ``--json`` prints it."""
        return asdict(self) | {"reasons": list(self.reasons), "roots": list(self.roots)}


def write(files: Mapping[str, bytes], at: datetime) -> bytes:
    """Return the bundle with *files* by name, made *at*; the same files give the same bytes."""
    moment = at.timetuple()[:6]
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in sorted(files.items()):
            zipped.writestr(zipfile.ZipInfo(name, moment), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def judge(bundle: Path, trust: Path | None, *, at: datetime) -> Found:
    """
    Return what is to be said of *bundle* at the instant *at* (aware), whatever the file is.

    *trust* is a folder of trusted roots (PEM); without it the bundle's own are used, and a
    person must compare their fingerprints.
    """
    reasons = set() if trust else {ROOTS_INSIDE}
    said: dict[str, Any] = {}
    try:
        files = _contents(bundle)
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items() if trust is None else ():
                if name.startswith("trust/"):
                    Path(folder, name.removeprefix("trust/")).write_bytes(data)
            reasons |= _judge(files, trust or Path(folder), at, said)
    except (BundleError, ProofError) as error:
        reasons = {str(error)}
    except UnreadableError:
        reasons = {RECORD_UNREADABLE}
    except trusting.TrustError:
        reasons = {TRUST_UNREADABLE}
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        reasons = {BUNDLE_UNREADABLE}
    word = VerdictWord.NOT_VALID if reasons - LOOKED_AT else VerdictWord.NEEDS_A_PERSON
    return Found(word if reasons else VerdictWord.VALID, tuple(sorted(reasons)), **said)


def _judge(files: Mapping[str, bytes], trust: Path, at: datetime, said: dict[str, Any]) -> set[str]:
    """Check everything; put into *said* what was learnt, return what calls a person."""
    roots = trusting.read(trust).trusted
    said["roots"] = tuple(sorted(hashlib.sha256(one.dump()).hexdigest() for one in roots))
    told = json.loads(files["facts.json"])
    said |= {"dossier": told["dossier"], "facts": len(told["facts"])}
    covered, document = _facts(told)
    result = files["result"]
    if hashlib.sha256(result).hexdigest() != document:
        raise BundleError(RESULT_UNKNOWN)
    _prove(files["facts.ers"], covered, roots, at)
    proof = _prove(files["result.ers"], result, roots, at)
    said |= {"since": proof.since.isoformat(), "stamps": proof.stamps}
    if not result.startswith(b"%PDF-"):
        return {NOT_CHECKED}
    verdict = verify(result, Trust(trust), at=proof.since)
    for reason in verdict.reasons:
        if reason in _SIGNATURE:
            raise BundleError(_SIGNATURE[reason])
    return set()


def _prove(record: bytes, data: bytes, roots: list[x509.Certificate], at: datetime) -> Proof:
    def digest(algorithm: str) -> bytes:
        return hashlib.new(algorithm, data).digest()

    return proofs.check(Record.load(record), digest, roots, at=at)


def _facts(told: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the text that ``facts.ers`` is about, and the SHA-256 of the result's file."""
    before, covered, document = "0" * 64, b"", ""
    for place, (*row, digest) in enumerate(told["facts"], start=1):
        text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        if hashlib.sha256(text).hexdigest() != digest:
            raise BundleError(FACTS_BROKEN)
        if row[:3] != [before, told["dossier"], place]:
            raise BundleError(FACTS_BROKEN)
        before, document = digest, row[4].get("document", document)
        if place == told["covered"]:
            covered = text
    if not (covered and document):
        raise BundleError(FACTS_BROKEN)
    return covered, document


def _contents(bundle: Path) -> dict[str, bytes]:
    """Return the files of the bundle by name, the result's as ``result``."""
    try:
        with zipfile.ZipFile(bundle) as zipped:
            entries = zipped.infolist()
            names = [one.filename for one in entries]
            results = [name for name in names if _RESULT.match(name)]
            known = [name for name in names if name in _NEEDED or _OTHERS.match(name)]
            sound = (
                len(results) == 1
                and len(known) + 1 == len(names) == len(set(names))
                and set(names) >= _NEEDED
                and sum(one.file_size for one in entries) <= LARGEST
            )
            if not sound:
                raise BundleError(BUNDLE_UNREADABLE)
            files = {name: zipped.read(name) for name in names}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BundleError(BUNDLE_UNREADABLE) from error
    files["result"] = files.pop(results[0])
    return files
