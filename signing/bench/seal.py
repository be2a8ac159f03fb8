"""
``./motcua bench seal``: visible seals, beside the bare token and others' programs.

Everything in one run on one machine, as many processes of each. A document is prepared, signed,
checked, embedded and read back, as in a batch; storing and recording are the register's.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from register import world
from signing.bench import peers
from signing.bench.stage import KEYS, Stage
from signing.devices.tokens import ROOT
from signing.verification.verify import Trust, Verifier

PYHANKO, PDFBOX = "pyhanko_default", "pdfbox_invisible"
_PEER_SHARE = 10
"""pyHanko is so slow that a tenth of the documents tells its rate."""
_JUDGED = 50
"""So many of our files are judged; a verdict costs more than all the rest."""


def seal(size: int = 1000, *, key: str = "rsa", processes: int = 2) -> dict[str, Any]:
    """
    Seal *size* documents with a key of kind *key* (``rsa``, ``p256``, …) in so many *processes*.

    ``rate`` is documents/s of all processes together; ``ratio.floor`` that rate over bare C_Sign
    in as many processes on the same token; a peer's ratio how many times as fast as it we are.
    """
    if key not in KEYS:
        raise ValueError(key)
    with tempfile.TemporaryDirectory(prefix="bench-seal-") as folder:
        stage = Stage.built(Path(folder), key)
        (stage.folder / "made").mkdir()
        kilobytes = len(stage.pdf) // 1000
        each = -(-size // processes)
        bare = _run(stage, "bare", each, processes)
        ours = _run(stage, "ours", each, processes)
        pyhanko = _run(stage, "pyhanko", max(each // _PEER_SHARE, 3), processes)
        ratio = {
            "floor": round(ours["rate"] / bare["rate"], 3),
            PYHANKO: round(ours["rate"] / pyhanko["rate"], 1),
        }
        skipped = {PDFBOX: peers.pdfbox_missing()} if peers.pdfbox_missing() else {}
        if not skipped:
            java = peers.pdfbox(stage, each * processes, processes)
            ratio[PDFBOX] = round(ours["rate"] / java["rate"], 2)
        wrong = _wrong(stage)
    return {
        "name": "seal",
        "rate": round(ours["rate"], 1),
        "unit": "documents/s",
        "cpu_ms": round(ours["cpu_ms"], 2),
        "peak_mb": round(ours["peak_mb"], 1),
        "ratio": ratio,
        "wrong": wrong,
        "key": key,
        "processes": processes,
        "kilobytes": kilobytes,
        "floor": {"rate": round(bare["rate"], 1), "cpu_ms": round(bare["cpu_ms"], 2)},
        "skipped": skipped,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
    }


def _run(stage: Stage, way: str, each: int, processes: int) -> dict[str, float]:
    """Let so many *processes* do *each* at the same time; return rate, CPU and memory."""
    command = [sys.executable, "-m", "signing.bench.worker", way, str(stage.folder), str(each)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        for _ in range(processes)
    ]
    try:
        for process in running:
            assert process.stdout  # noqa: S101 - asked for
            process.stdout.readline()
        for process in running:
            assert process.stdin  # noqa: S101 - asked for
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [json.loads(process.communicate()[0]) for process in running]
    finally:
        for process in running:
            process.kill()
            process.wait()
    seconds = max(one["end"] for one in told) - min(one["start"] for one in told)
    return {
        "rate": each * processes / seconds,
        "cpu_ms": sum(one["cpu"] for one in told) / (each * processes) * 1000,
        "peak_mb": max(one["peak_mb"] for one in told),
    }


def _wrong(stage: Stage) -> int:
    """Return how many of the files that we sealed are not VALID; judged are the last ones."""
    made = sorted((stage.folder / "made").glob("ours-*.pdf"))
    verifier, now, trust = Verifier(), world.now(), Trust(stage.trust)
    try:
        verdicts = [verifier.verify(file.read_bytes(), trust, at=now) for file in made[-_JUDGED:]]
    finally:
        verifier.close()
    return sum(not verdict.valid for verdict in verdicts)
