"""
Who waits, and who is refused when too many do.

Each caller has a line of its own, and lines are served in turn. There is no rate to configure:
while the door keeps up nobody is refused; when it does not, whoever has more than an equal
share waiting is. A flood from one address so costs that address, and a caller that says little
hardly notices it.
"""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")

CROWD = 4
"""So many times the most may wait when very many callers come at once; then newcomers go too."""


class Fair(Generic[T]):
    """Lines of waiting things, one for each caller."""

    def __init__(self) -> None:
        self._lines: dict[str, deque[T]] = {}
        self._count = 0

    def __len__(self) -> int:
        """How many wait, in all lines."""
        return self._count

    def put(self, caller: str, thing: T, *, most: int) -> bool:
        """
        Let *thing* wait; False if *most* wait already and *caller* has an equal share of them.

        A caller that comes while the lines are full gets its share on top: others' things are
        not thrown out again.
        """
        line = self._lines.get(caller, ())
        if self._count >= most:
            share = most // (len(self._lines) + (not line))
            if len(line) >= max(share, 1) or self._count >= CROWD * most:
                return False
        self._lines.setdefault(caller, deque()).append(thing)
        self._count += 1
        return True

    def take(self, most: int) -> list[T]:
        """Return up to *most* things, one from each line in turn."""
        taken: list[T] = []
        while self._lines and len(taken) < most:
            caller = next(iter(self._lines))
            line = self._lines.pop(caller)
            taken.append(line.popleft())
            if line:
                # at the end of the turn
                self._lines[caller] = line
        self._count -= len(taken)
        return taken
