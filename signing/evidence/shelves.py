"""
The digests of a round: sorted, one after another in one stored file, found again by halving.

A million results are one file of 32 MB, and no row each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from register import documents

_TYPE = "application/octet-stream"


class Shelf(Sequence[bytes]):
    """Digests of one size, as they lie in a file."""

    def __init__(self, data: bytes, size: int) -> None:
        """Wrap *data*: digests of *size* octets each."""
        self._data, self._size = data, size

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._data) // self._size

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]
        """Return the digest at *place*, from 0."""
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._data[place * self._size : (place + 1) * self._size]

    def place(self, digest: bytes) -> int | None:
        """Return where *digest* is, None if it is not there; the shelf must be sorted."""
        found = bisect_left(self, digest)
        return found if found < len(self) and self[found] == digest else None

    @classmethod
    def stored(cls, digest: str, size: int) -> Shelf:
        """Return the stored shelf *digest* (checked while it is read)."""
        return cls(documents.get(digest), size)


def store(digests: Iterable[bytes]) -> str:
    """Store *digests* in the order given; return the SHA-256 of their file."""
    return documents.put(b"".join(digests), _TYPE)
