"""
Hash trees as RFC 4998 §4.2 has them: many digests under one, so that one stamp proves them all.

A node is the digest of its two children, put together in ascending order; the last one of an odd
level goes up as it is. What proves one leaf is the reduced tree: from the bottom up, the digests
that are put together with what was reached so far.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Reduced = tuple[tuple[bytes, ...], ...]
"""A reduced hash tree: lists of digests; the first holds the leaf itself and its neighbour."""


def hasher(algorithm: str) -> Callable[[bytes], bytes]:
    """Return the digest function named *algorithm*, for example ``sha256``."""
    make = getattr(hashlib, algorithm)
    return lambda data: bytes(make(data).digest())


class Tree:
    """The tree over *leaves*, which must be sorted and each there once."""

    def __init__(self, leaves: Sequence[bytes], algorithm: str = "sha256") -> None:
        """Build all levels; a million leaves take about a second and 100 MB."""
        if not leaves:
            message = "a tree needs a leaf"
            raise ValueError(message)
        self._levels = [list(leaves)]
        make = getattr(hashlib, algorithm)
        while len(below := self._levels[-1]) > 1:
            level = [
                make(a + b if a <= b else b + a).digest()
                for a, b in zip(below[::2], below[1::2], strict=False)
            ]
            if len(below) % 2:
                level.append(below[-1])
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        """The digest above all leaves: what is stamped."""
        return self._levels[-1][0]

    def reduced(self, place: int) -> Reduced:
        """Return what proves the leaf at *place*; empty if the leaf is the root itself."""
        lists: list[tuple[bytes, ...]] = []
        mine: tuple[bytes, ...] = (self._levels[0][place],)
        for level in self._levels[:-1]:
            beside = place ^ 1
            if beside < len(level):
                lists.append((*mine, level[beside]))
                mine = ()
            place //= 2
        return tuple(lists)


def climb(leaf: bytes, reduced: Reduced, digest: Callable[[bytes], bytes]) -> bytes | None:
    """Return the root that *reduced* leads to from *leaf* (RFC 4998 §4.3); None if not in it."""
    if not reduced:
        return leaf
    if leaf not in reduced[0]:
        return None
    reached = digest(b"".join(sorted(set(reduced[0]))))
    for others in reduced[1:]:
        reached = digest(b"".join(sorted({*others, reached})))
    return reached
