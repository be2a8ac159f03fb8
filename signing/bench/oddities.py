"""
``./motcua bench oddities --dir FOLDER``: odd PDFs through preflight, two signatures, verifiers.

Every file of the folder is examined as a department's result would be, and if it is fit it is
signed, sealed and read back, then judged by our verifier, poppler (``pdfsig``) and MuPDF
(``mutool``), where these are installed. A software key stands for the tokens: what is measured
is what becomes of files. ``wrong`` counts files that were signed and that somebody cannot
verify, and errors that nobody declared; it must be 0.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from register import world
from signing.bench.stage import LINES, issued, seal_png
from signing.certificates import load
from signing.pdf import appearance, fields, pades, readback
from signing.pdf.preflight import Examiner, Fit, Unfit, UnfitError
from signing.verification.verify import Trust, Verifier

#: What no reader opens, or what is no document: not "odd but legal".
UNREADABLE = frozenset(
    {Unfit.EMPTY, Unfit.NOT_A_PDF, Unfit.BROKEN, Unfit.ENCRYPTED, Unfit.NO_PAGES}
)
_SIGNER = fields.Signer("Nguyễn Thị Hồng Gấm", "CHỦ TỊCH")
_BYTES_CHANGED = 12


@dataclass(slots=True)
class Tally:
    """What became of the files."""

    files: int = 0
    signed: int = 0
    repaired: int = 0
    archival: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    verified: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds of the longest examination."""

    @property
    def share(self) -> float:
        """Signed files as a part of all."""
        return self.signed / max(self.files, 1)

    @property
    def legal_share(self) -> float:
        """Signed files as a part of those that are PDFs with pages that open."""
        unreadable = sum(self.refused[reason] for reason in UNREADABLE)
        return self.signed / max(self.files - unreadable, 1)


def oddities(size: int = 0, *, dir: str, mutated: int = 0) -> dict[str, Any]:  # noqa: A002
    """
    Put the PDFs of folder *dir* (the first *size*; 0 is all) through everything; return the tally.

    *mutated* more are made of them by changing some bytes, always the same, and only examined
    and judged: nothing may come of them but a fit file or a reason.
    """
    files = sorted(file for file in Path(dir).rglob("*.pdf") if file.is_file())
    files = files[: size or None]
    start, before = time.perf_counter(), _cpu()
    with tempfile.TemporaryDirectory(prefix="bench-oddities-") as folder:
        run = _Run(Path(folder))
        try:
            for file in files:
                run.take(file.name, file.read_bytes())
            own, run.tally = run.tally, Tally()
            for name, data in _changed(files, mutated):
                run.examine(name, data)
        finally:
            run.close()
    seconds = time.perf_counter() - start
    wrong = own.wrong + run.tally.wrong
    return {
        "name": "oddities",
        "rate": round((own.files + run.tally.files) / seconds, 1),
        "unit": "files/s",
        "cpu_ms": round((_cpu() - before) / max(own.files + run.tally.files, 1) * 1000, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1),
        "ratio": {"signed": round(own.share, 4), "signed_of_legal": round(own.legal_share, 4)},
        "files": own.files,
        "signed": own.signed,
        "repaired": own.repaired,
        "archival": own.archival,
        "refused": dict(sorted(own.refused.items())),
        "verified": dict(own.verified),
        "slowest_s": round(max(own.slowest, run.tally.slowest), 2),
        "mutated": {"files": run.tally.files, "refused": sum(run.tally.refused.values())},
        "wrong": len(wrong),
        "wrong_files": wrong[:20],
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
    }


class _Run:
    """One key, the two helper processes, and the tally."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.tally = folder, Tally()
        self._key = rsa.generate_private_key(65537, 2048)
        made = issued(self._key)
        self._certificate = load(made.leaf.public_bytes(Encoding.DER))
        (folder / "trust").mkdir()
        (folder / "trust" / "root.pem").write_bytes(made.root.public_bytes(Encoding.PEM))
        (folder / "trust" / "root.crl").write_bytes(made.crl.public_bytes(Encoding.DER))
        self._examiner, self._verifier = Examiner(), Verifier()
        with suppress(UnfitError):  # starting a process is no file's time
            self._examiner.check(b"%PDF-")

    def close(self) -> None:
        """End the helper processes."""
        self._examiner.close()
        self._verifier.close()

    def examine(self, name: str, data: bytes) -> Fit | None:
        """Return *data* if it is fit; else count the reason."""
        self.tally.files += 1
        start = time.perf_counter()
        try:
            return self._examiner.check(data)
        except UnfitError as error:
            self.tally.refused[error.reason] += 1
        except Exception as error:  # noqa: BLE001 - just this is counted: nothing else may come
            self.tally.wrong.append(f"{name}: {type(error).__name__} in preflight")
        finally:
            self.tally.slowest = max(self.tally.slowest, time.perf_counter() - start)
        return None

    def take(self, name: str, data: bytes) -> None:
        """Examine, sign, seal and judge one file."""
        fit = self.examine(name, data)
        if fit is None:
            return
        try:
            done = self._signed(fit.data)
        except Exception as error:  # noqa: BLE001 - just this is counted: a fit file can be signed
            self.tally.wrong.append(f"{name}: {type(error).__name__} in signing")
            return
        self.tally.signed += 1
        self.tally.repaired += fit.repaired
        self.tally.archival += not fit.bars
        for who, holds in self._judged(done):
            self.tally.verified[who] += holds
            if not holds:
                self.tally.wrong.append(f"{name}: {who}")

    def _signed(self, data: bytes) -> bytes:
        """Return *data* with the official's signature and the seal, each read back."""
        places = fields.find(data, _SIGNER)
        data, png = fields.add(data, places), seal_png()
        now = world.now()
        looks = appearance.signature(fields.box_of(data, fields.OFFICIAL), png)
        data = self._given(
            data, pades.Request(fields.OFFICIAL, self._certificate, now, looks, first=True)
        )
        box = fields.box_of(data, fields.SEAL)
        looks = appearance.seal(box, png, diameter=36.0, lines=LINES)
        return self._given(
            data, pades.Request(fields.SEAL, self._certificate, now, looks, last=True)
        )

    def _given(self, data: bytes, request: pades.Request) -> bytes:
        prepared = pades.prepare(data, request)
        done = prepared.finish(self._key.sign(prepared.attributes, padding.PKCS1v15(), SHA256()))
        readback.check(done, request.field, prepared)
        return done

    def _judged(self, done: bytes) -> Iterator[tuple[str, bool]]:
        """Yield who verified the file, and whether both signatures hold for them."""
        trust = Trust(self._folder / "trust")
        yield "motcua", self._verifier.verify(done, trust, at=world.now()).valid
        file = self._folder / "judged.pdf"
        file.write_bytes(done)
        if shutil.which("pdfsig"):
            said = _say(["pdfsig", "-nocert", str(file)])
            yield "pdfsig", said.count("Signature is Valid") == 2
        if shutil.which("mutool"):
            said = _say(["mutool", "sign", "-v", str(file)])
            yield "mutool", said.count("signature is valid") + said.count("unchanged since") >= 2


def _say(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return (done.stdout + done.stderr).decode(errors="replace")


def _changed(files: list[Path], count: int) -> Iterator[tuple[str, bytes]]:
    """Yield *count* files with some bytes changed, cut short or doubled; the same ones always."""
    for number in range(count if files else 0):
        file = files[number % len(files)]
        data = bytearray(file.read_bytes())
        noise = sha256(f"{file.name} {number}".encode()).digest() * 2
        for at in range(0, _BYTES_CHANGED * 4, 4):
            data[int.from_bytes(noise[at : at + 4]) % len(data)] = noise[at + 3]
        if noise[0] % 8 == 0:
            del data[len(data) * (noise[1] + 1) // 257 :]
        yield f"{file.name} changed {number}", bytes(data)


def _cpu() -> float:
    """Return seconds of CPU of this process and of those it has ended."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)
