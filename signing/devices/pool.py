"""
Several processes of one driver that sign with the same key side by side.

For an agency's seal in an HSM, which signs as fast as it is asked. An official's token stays one
process: the person approved one list, and the card does one thing at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from queue import LifoQueue

from signing.devices.tokens import Tokens


class Pool:
    """Token processes of which each does one thing at a time; asked like a single one."""

    def __init__(self, members: Sequence[Tokens]) -> None:
        """Use *members*, which all speak to the same module."""
        self.members = tuple(members)
        self._idle: LifoQueue[Tokens] = LifoQueue()
        for member in reversed(self.members):
            self._idle.put(member)

    def find(self, token: str) -> bool:
        """Tell whether *token* is open in every process."""
        return all(member.find(token) for member in self.members)

    def login(self, token: str, pin_file: Path, *, retry: bool = False) -> None:
        """
        Open *token* in every process, one after another.

        The first that is refused ends it, so a wrong PIN costs one try, not one for each.
        """
        for member in self.members:
            member.login(token, pin_file, retry=retry)

    def sign(
        self, token: str, key: str, texts: Sequence[bytes], *, scheme: str = ""
    ) -> list[bytes]:
        """Let the first idle process sign *texts*; wait if none is."""
        member = self._idle.get()
        try:
            return member.sign(token, key, texts, scheme=scheme)
        finally:
            self._idle.put(member)
