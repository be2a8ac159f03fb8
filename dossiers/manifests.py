"""
Manifests ("bảng kê giao nhận"): the words for where one stands, and its number.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class ManifestState(StrEnum):
    """Where a manifest stands. A closed one never changes; what comes late goes on the next."""

    OPEN = "open"
    """Being made: seen only inside the transaction that closes it."""
    CLOSED = "closed"
    """Its parcels are listed and its papers drawn ("đã chốt")."""
    OFFERED = "offered"
    """The postal worker took some; others were not there ("đang bàn giao")."""
    RECEIVED = "received"
    """The postal worker took every parcel ("đã nhận")."""


def number(day: date, count: int) -> str:
    """Return the number of the *count*-th manifest of *day*, from 1: ``BK-261123-02``."""
    return f"BK-{day:%y%m%d}-{count:02d}"
