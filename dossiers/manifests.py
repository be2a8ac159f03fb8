"""
Manifests ("bảng kê giao nhận"): the words for where one stands, and its number.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class ManifestState(StrEnum):
    """Where a manifest stands. A closed one is never changed; what is late goes on the next."""

    OPEN = "open"
    """It has a number and nothing on it yet."""
    CLOSED = "closed"
    """Its parcels are listed and its papers drawn."""
    OFFERED = "offered"
    """The postal worker has it; something is still missing."""
    RECEIVED = "received"
    """The postal worker took every parcel."""


def number(day: date, count: int) -> str:
    """Return the number of the *count*-th manifest of *day*: ``BK-261123-02``, ``-100`` after 99."""
    return f"BK-{day:%y%m%d}-{count:02d}"
