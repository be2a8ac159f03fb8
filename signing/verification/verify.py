"""
``verify(data, trust)``: the verdict on a file's signatures, offline, whatever the file is.

The work is done in a warm process with limits (10 s, 1 GiB, no network); a file that takes too
long or too much is NOT_VALID with that reason, and the process is started anew.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from dossiers.signing_status import Policy, VerdictWord
from register import world
from signing import frames
from signing.sandboxed import MEMORY, SECONDS, Answer, Sandboxed
from signing.verification import trusting
from signing.verification.asked import Asked
from signing.verification.findings import Seen

_PROCESS = "signing.verification.verify_process"


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to trust (``trusting``), and whose files are judged."""

    folder: Path | None = None
    policy: Policy = Policy.STRANGER
    key: Path | None = None
    """The province's public key, if it does not stand beside the folder."""


@dataclass(frozen=True, slots=True)
class Question:
    """One file to be judged."""

    data: bytes
    trust: Trust
    at: datetime
    """As of when; aware."""
    beside: bytes | None = None
    """The content of a detached signature."""

    def asked(self) -> Asked:
        """Return what the judges need; TrustError if the folder is not as signed."""
        anchors = trusting.read(self.trust.folder, self.trust.key)
        return Asked(self.at, anchors, self.trust.policy, self.beside)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one file."""

    word: VerdictWord
    reasons: tuple[str, ...] = ()
    """Fixed words, sorted; empty if valid."""
    signatures: tuple[Seen, ...] = ()
    notes: tuple[str, ...] = ()
    """Fixed words that speak against nothing."""

    @property
    def valid(self) -> bool:
        """True only for VALID."""
        return self.word is VerdictWord.VALID


class Verifier(Sandboxed):
    """A warm verifying process; safe to use from several threads, one file at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Allow each file *seconds* and *memory* bytes; nothing is started yet."""
        super().__init__(_PROCESS, seconds=seconds, memory=memory)

    def verify(self, data: bytes, trust: Trust, *, at: datetime) -> Verdict:
        """Return the verdict on *data* as of *at* (aware)."""
        return self.judge(Question(data, trust, at))

    def judge(self, question: Question) -> Verdict:
        """Return the verdict on the *question*'s file."""
        said = self._told(question)
        if isinstance(said, str):
            return Verdict(VerdictWord.NOT_VALID, (said,))
        return told(said[0])

    def report(self, question: Question) -> bytes:
        """Return the ETSI report (TS 119 102-2, XML) of the file; empty if there can be none."""
        said = self._told(question, report=True)
        return b"" if isinstance(said, str) else said[1]

    def _told(self, question: Question, *, report: bool = False) -> Answer | str:
        """Return the process's answer, or the word for its end."""
        beside, trust = question.beside, question.trust
        request = {
            "trust": str(trust.folder.resolve()) if trust.folder else "",
            "key": str(trust.key.resolve()) if trust.key else "",
            "policy": trust.policy,
            "at": question.at.isoformat(),
            "content": -1 if beside is None else len(beside),
            "report": report,
        }
        try:
            return self.ask(request, question.data + (beside or b""))
        except frames.LateError:
            return "too_slow"
        except frames.ClosedError:
            return "verifier_died"


@cache
def shared() -> Verifier:
    """Return this process's own verifier, ended with it."""
    verifier = Verifier()
    atexit.register(verifier.close)
    return verifier


def _in_a_process(question: Question) -> Verdict:
    return shared().judge(question)


_judge: Callable[[Question], Verdict] = _in_a_process


def install(judge: Callable[[Question], Verdict] = _in_a_process) -> None:
    """Let *judge* judge: a simulation, which knows all its files, needs no process for it."""
    global _judge  # noqa: PLW0603 - the one switch between the real and a simulated world
    _judge = judge


def verify(
    data: bytes, trust: Trust, *, at: datetime | None = None, beside: bytes | None = None
) -> Verdict:
    """
    Return the verdict on *data* as of *at* (default: now).

    *beside* is the content of a detached signature.
    """
    return _judge(Question(data, trust, at or world.now(), beside))


def told(found: dict[str, Any]) -> Verdict:
    """Return the verdict that *found* (``Findings.as_json()``) tells."""
    return Verdict(
        VerdictWord(found["verdict"]),
        tuple(found["reasons"]),
        tuple(Seen(**seen) for seen in found["signatures"]),
        tuple(found["notes"]),
    )
