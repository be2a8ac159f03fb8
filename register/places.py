"""
The dated units and the working calendar of this installation, read once from the data files.
"""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from dossiers import calendar, units

DATA = Path(__file__).resolve().parent.parent / "config" / "data"


@cache
def tree() -> units.UnitTree:
    """Return every administrative unit of every day (``units.csv``, ``unit_successions.csv``)."""
    return units.UnitTree(
        map(units.unit, _rows("units.csv")),
        map(units.succession, _rows("unit_successions.csv")),
    )


@cache
def working_calendar() -> calendar.WorkingCalendar:
    """Return when the Centre works (``calendar.toml``)."""
    return calendar.read(tomllib.loads((DATA / "calendar.toml").read_text(encoding="utf-8")))


def name(code: str, day: date) -> str:
    """Return what the unit *code* was called on *day*; the code itself if it meant nothing then."""
    try:
        return tree().at(code, day).name
    except units.UnknownUnitError:
        return code


def path(code: str, day: date) -> tuple[units.Unit, ...]:
    """Return the unit *code* and all above it on *day*; nothing if it meant nothing then."""
    try:
        return tree().path(code, day)
    except units.UnknownUnitError:
        return ()


def _rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows() -> list[dict[str, str]]:
    """Return the rows of ``units.csv``, for whoever invents addresses."""
    return _rows("units.csv")
