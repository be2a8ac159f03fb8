"""A prepared file as it can be stored while its text is signed somewhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """The bytes, and where in them the room is (both 0 in XML, where an Id tells)."""

    file: bytes
    start: int = 0
    end: int = 0
