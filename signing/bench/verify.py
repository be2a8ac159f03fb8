"""
``./motcua bench verify --files N`` and ``bench fuzz --files N``: the verifier, sound and attacked.

Both judge in the verifier's own process, as the hub does; CPU and memory are that process's.
"""

from __future__ import annotations

import asyncio
import os
import platform
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import cms, pem, x509
from lxml import etree
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from dossiers.signing_status import VerdictWord
from register import world
from signing.bench import mutations, seeds, stage
from signing.bench.seeds import Seed, Signatory
from signing.verification.verify import Question, Trust, Verdict, Verifier

PEER = "pyhanko_default"
_VARIANTS = 10
_PEER_SHARE = 20
#: A signature's own bytes, which it cannot cover.
_HOLES = re.compile(rb"/Contents\s*<[0-9A-Fa-f\s]*>")
_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"


def verify(files: int = 1000) -> dict[str, Any]:
    """
    Judge *files* signed and sealed results of about 100 KB; return rate, CPU and peak memory.

    ``ratio.pyhanko_default`` is how many times less CPU than pyHanko's own validation, which
    answers less: it neither follows what came after a signature nor looks for hidden ones.
    """
    signatory = Signatory(stage.KEYS["rsa"]())
    now = world.now()
    made = [signatory.pdf(now - timedelta(minutes=one + 1)) for one in range(_VARIANTS)]
    with _verifier(signatory) as (verifier, trust):
        verifier.verify(made[0], trust, at=now)
        before, begun = _used(verifier), time.perf_counter()
        verdicts = [verifier.verify(made[one % _VARIANTS], trust, at=now) for one in range(files)]
        wall, used = time.perf_counter() - begun, _used(verifier)
        peak = _peak_mb(verifier)
    cpu = (used - before) / files
    wrong = sum(not verdict.valid for verdict in verdicts)
    told = {"files": files, "peer_cpu_ms": round(_peer(signatory, made, files) * 1000, 2)}
    ratio = {PEER: round(told["peer_cpu_ms"] / (cpu * 1000), 2)}
    return _told("verify", files / wall, cpu, peak) | told | {"ratio": ratio, "wrong": wrong}


def fuzz(files: int = 10_000) -> dict[str, Any]:
    """
    Judge *files* damaged files; ``wrong`` counts surprises, deaths and damaged content VALID.

    The damage is the same in every run, the files are not, for their keys are new: what went wrong
    is kept in the folder for temporary files. ``slowest`` is in seconds; ``words`` counts the
    verdicts, ``reasons`` what stood against.
    """
    signatory = Signatory(stage.KEYS["p256"]())
    sound = seeds.make(signatory)
    words, reasons, wrong = Counter[str](), Counter[str](), list[str]()
    slowest, begun = 0.0, time.perf_counter()
    with _verifier(signatory) as (verifier, trust):
        for number in range(files):
            seed, other = sound[number % len(sound)], sound[(number // 7) % len(sound)]
            damaged = mutations.damaged(seed.data, other.data, number)
            start = time.perf_counter()
            question = Question(damaged, trust, world.now(), seed.beside)
            verdict = verifier.judge(question)
            slowest = max(slowest, time.perf_counter() - start)
            words[verdict.word] += 1
            reasons.update(one.split(":")[0] for one in verdict.reasons)
            if word := _against(verdict, seed, damaged):
                kept = Path(tempfile.gettempdir(), f"motcua-fuzz-{number}")
                kept.write_bytes(damaged)
                wrong.append(f"{kept}: {word}")
        cpu, peak = _used(verifier) / files, _peak_mb(verifier)
    told = _told("fuzz", files / (time.perf_counter() - begun), cpu, peak)
    found = {"files": files, "slowest": round(slowest, 3), "words": words, "reasons": reasons}
    return told | found | {"ratio": {}, "wrong": len(wrong), "first_wrong": wrong[:10]}


@contextmanager
def _verifier(signatory: Signatory) -> Iterator[tuple[Verifier, Trust]]:
    with tempfile.TemporaryDirectory(prefix="bench-verify-") as folder:
        (Path(folder) / "root.pem").write_bytes(signatory.pem)
        verifier = Verifier()
        try:
            yield verifier, Trust(Path(folder))
        finally:
            verifier.close()


def _against(verdict: Verdict, seed: Seed, damaged: bytes) -> str:
    """Return what is wrong with a verdict on a damaged file, or nothing."""
    for reason in verdict.reasons:
        if reason.startswith("surprise") or reason in ("verifier_died", "too_slow", "too_big"):
            return reason
    if verdict.word is VerdictWord.VALID and _covered(damaged) != _covered(seed.data):
        return "damaged content is valid"
    return ""


def _covered(data: bytes) -> bytes:
    """Return what the signatures of a valid file are about, without their own bytes."""
    if data.startswith(b"%PDF"):
        return _HOLES.sub(b"", data)
    if data[:1] == b"\x30":
        return bytes(cms.ContentInfo.load(data)["content"]["encap_content_info"]["content"])
    root = etree.fromstring(data)
    # Around the signed properties stand an element and attributes that nothing covers.
    parts = [one for one in root.iter("{*}Object") if one.find("{*}QualifyingProperties") is None]
    parts += root.iter("{*}SignedProperties")
    carried = b"".join(etree.tostring(one, method="c14n", with_comments=False) for one in parts)
    for signature in list(root.iter(_SIGNATURE)):
        if (parent := signature.getparent()) is not None:
            parent.remove(signature)
    own = (
        b"" if root.tag == _SIGNATURE else etree.tostring(root, method="c14n", with_comments=False)
    )
    return own or carried


def _used(verifier: Verifier) -> float:
    """Return the seconds of CPU that the verifier's process has used; 0 if it is gone."""
    fields = _proc(verifier, "stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _peak_mb(verifier: Verifier) -> float:
    found = re.search(r"VmHWM:\s+(\d+)", _proc(verifier, "status"))
    return round(int(found[1]) / 1024, 1) if found else 0.0


def _proc(verifier: Verifier, name: str) -> str:
    pid = verifier.pid
    return Path(f"/proc/{pid}/{name}").read_text() if pid else ""


def _peer(signatory: Signatory, made: list[bytes], files: int) -> float:
    """Return pyHanko's own CPU seconds per file."""
    (_kind, _headers, der) = pem.unarmor(signatory.pem)
    root = x509.Certificate.load(der)
    some = made[: max(files // _PEER_SHARE, 1)]
    begun = time.process_time()
    for data in some:
        for signature in PdfFileReader(BytesIO(data)).embedded_signatures:
            context = ValidationContext(trust_roots=[root], allow_fetching=False)
            asyncio.run(async_validate_pdf_signature(signature, context))
    return (time.process_time() - begun) / len(some)


def _told(name: str, rate: float, cpu: float, peak: float) -> dict[str, Any]:
    return {
        "name": name,
        "rate": round(rate, 1),
        "unit": "files/s",
        "cpu_ms": round(cpu * 1000, 2),
        "peak_mb": peak,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
    }
