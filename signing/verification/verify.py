"""
``verify(data, trust)``: the verdict on a PDF's signatures, offline, whatever the file is.

The work is done in a warm process with limits (10 s, 1 GiB, no network); a file that takes too
long or too much is NOT_VALID with that reason, and the process is started anew.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from dossiers.signing_status import VerdictWord
from register import world
from signing import frames
from signing.verification.findings import Seen

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 10.0
MEMORY = 2**30
#: Starting the interpreter and loading pyHanko is not the file's fault.
_PROCESS = "signing.verification.verify_process"
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Trust:
    """A folder of PEM certificates: self-signed ones are roots, the others intermediates."""

    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one file."""

    word: VerdictWord
    reasons: tuple[str, ...] = ()
    """Fixed words, sorted; empty if valid."""
    signatures: tuple[Seen, ...] = ()

    @property
    def valid(self) -> bool:
        """True only for VALID."""
        return self.word is VerdictWord.VALID


class Verifier:
    """A warm verifying process; safe to use from several threads, one file at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Allow each file *seconds* and *memory* bytes; nothing is started yet."""
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def verify(self, data: bytes, trust: Trust, *, at: datetime) -> Verdict:
        """Return the verdict on *data* as of *at* (aware)."""
        folder = str(trust.folder.resolve()) if trust.folder else ""
        with self._lock:
            try:
                source, sink = self._pipes()
                frames.send(sink, {"trust": folder, "at": at.isoformat()}, data)
                found, _ = frames.receive(source, seconds=self._seconds)
            except frames.LateError:
                self.close()
                return Verdict(VerdictWord.NOT_VALID, ("too_slow",))
            except frames.ClosedError:
                self.close()
                return Verdict(VerdictWord.NOT_VALID, ("verifier_died",))
        return told(found)

    def close(self) -> None:
        """End the process; the next file starts a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def _pipes(self) -> tuple[int, int]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-B", "-m", _PROCESS, str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env={"LANG": "C.UTF-8"},
            )
            assert self._process.stdout  # noqa: S101 - asked for above
            frames.receive(self._process.stdout.fileno(), seconds=_START_SECONDS)
        process = self._process
        assert process.stdin and process.stdout  # noqa: S101, PT018 - asked for above
        return process.stdout.fileno(), process.stdin.fileno()


@cache
def shared() -> Verifier:
    """Return this process's own verifier, ended with it."""
    verifier = Verifier()
    atexit.register(verifier.close)
    return verifier


def _in_a_process(data: bytes, trust: Trust, at: datetime) -> Verdict:
    return shared().verify(data, trust, at=at)


_judge: Callable[[bytes, Trust, datetime], Verdict] = _in_a_process


def install(judge: Callable[[bytes, Trust, datetime], Verdict] = _in_a_process) -> None:
    """Let *judge* judge: a simulation, which knows all its files, needs no process for it."""
    global _judge  # noqa: PLW0603 - the one switch between the real and a simulated world
    _judge = judge


def verify(data: bytes, trust: Trust, *, at: datetime | None = None) -> Verdict:
    """Return the verdict on *data* as of *at* (default: now)."""
    return _judge(data, trust, at or world.now())


def verify_files(paths: Iterable[Path], trust: Trust) -> dict[str, list[dict[str, Any]]]:
    """
    Return ``{"files": [{"file", "verdict", "reasons", "signatures"}]}`` for the command line.

    A file that cannot be read is NOT_VALID with the reason ``unreadable``.
    """
    return {"files": [_of_file(path, trust) for path in paths]}


def _of_file(path: Path, trust: Trust) -> dict[str, Any]:
    try:
        verdict = verify(path.read_bytes(), trust)
    except OSError:
        verdict = Verdict(VerdictWord.NOT_VALID, ("unreadable",))
    return {
        "file": str(path),
        "verdict": verdict.word.value,
        "reasons": list(verdict.reasons),
        "signatures": [seen.as_json() for seen in verdict.signatures],
    }


def told(found: dict[str, Any]) -> Verdict:
    """Return the verdict that *found* (``Findings.as_json()``) tells."""
    return Verdict(
        VerdictWord(found["verdict"]),
        tuple(found["reasons"]),
        tuple(Seen(**seen) for seen in found["signatures"]),
    )
