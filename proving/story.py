"""
What happened in a played day, in the order in which it happened, and its hash.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from register.world import VIETNAM


class Violation(Exception):
    """A rule that must always hold did not; ``rule`` names it."""

    def __init__(self, rule: str, words: str) -> None:
        """Keep which *rule* was broken, and how."""
        super().__init__(f"{rule}: {words}")
        self.rule, self.words = rule, words


class Story:
    """The lines of a day, and their hash; lines hold nothing that differs between two plays."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self.lines: list[str] = []
        self._hash = sha256()

    def tell(self, at: datetime, who: str, what: str) -> None:
        """Add a line."""
        line = f"{at.astimezone(VIETNAM):%d %H:%M:%S.%f} {who}: {what}"
        self.lines.append(line)
        self._hash.update(line.encode() + b"\n")

    @property
    def digest(self) -> str:
        """SHA-256 of all lines so far, in hex."""
        return self._hash.hexdigest()
