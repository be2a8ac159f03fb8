"""
A register of documents ("sổ văn bản đi"): one agency, one year, one symbol.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Manager, QuerySet

from register.models import Dossier
from signing.models import Number, NumberNote

Row = TypeVar("Row", Number, NumberNote)


@dataclass(frozen=True, slots=True)
class Register:
    """Which register."""

    unit: str
    """Code of the agency."""
    year: int
    """A new one begins on 1 January, Vietnam time."""
    symbol: str
    """What follows the number, for example ``GPXD``."""

    def rows(self, table: Manager[Row]) -> QuerySet[Row]:
        """Return the rows of *table* in this register."""
        return table.filter(unit=self.unit, year=self.year, register=self.symbol)


def of(dossier: Dossier, day: date) -> Register:
    """Return the register in which a result of *dossier* gets its number on *day*."""
    return Register(dossier.unit_id, day.year, dossier.procedure.symbol)
