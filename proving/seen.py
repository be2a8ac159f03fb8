"""
What the eyes have seen in one day: plain values, so that another day can go on from them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dossiers.state import State
from proving.story import Violation

#: Where a parcel's way ends.
ENDED = ("delivered", "returned")


@dataclass(frozen=True, slots=True)
class Lease:
    """An intent as it stood when it was last looked at."""

    state: str
    attempt: int
    session: int
    """The server's number of the session that holds it."""
    until: float | None
    """Seconds since 1970."""
    changed: float
    """The same, of its last change."""


@dataclass(slots=True)
class Seen:
    """Everything that a day is judged by."""

    truth: Counter[str] = field(default_factory=Counter)
    """Money that really came, by dossier; under the empty code what belongs to none."""
    letters: set[str] = field(default_factory=set)
    """SHA-256 of the platform's letters that the hub acknowledged."""
    results: set[str] = field(default_factory=set)
    """Dossiers whose result the hub acknowledged."""
    states: dict[str, State] = field(default_factory=dict)
    """The fold of each dossier's facts."""
    chains: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Number and hash of each dossier's last fact."""
    travelled: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    """When and to which status each parcel was carried last, by event time."""
    asked: set[str] = field(default_factory=set)
    """Payments that the gateway was asked about."""
    posted: dict[str, bool] = field(default_factory=dict)
    """Orders sent to the carrier; True if its feed was read since."""
    sent: dict[str, set[str]] = field(default_factory=dict)
    """By actor: what its present work has sent and must not send again by itself."""
    files: set[str] = field(default_factory=set)
    leases: dict[str, Lease] = field(default_factory=dict)


def hold(rule: str, holds: bool, words: str) -> None:  # noqa: FBT001 - reads well
    """Raise Violation of *rule*, told in *words*, if it does not hold."""
    if not holds:
        raise Violation(rule, words)


def missing(home: Path, digests: Sequence[str]) -> str:
    """Return the first of *digests* whose file is not in the document store, or is another."""
    for digest in digests:
        path = file_of(home, digest)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            return digest
    return ""


def file_of(home: Path, digest: str) -> Path:
    """Return where the document store keeps *digest*."""
    return home / "documents" / digest[:2] / digest[2:4] / digest
