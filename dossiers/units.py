"""
Administrative units as dated data ("đơn vị hành chính"): what a code and a name meant on a day.

A unit is a code and the days on which it was in force; the same code may come back with
another name and other borders. Succession is many to many: one old commune may lie in two new
ones today, and then the old name alone does not tell which. Nothing here guesses: a look-up
returns every unit that it may mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Huyền, sắc, ngã, hỏi, nặng: the marks whose place in a syllable is a matter of taste."""
_D: Final = str.maketrans("ÐƉ", "ĐĐ")
"""Capital letters of other languages that look like Đ."""
KINDS: Final = ("tỉnh", "thành phố", "thị xã", "huyện", "phường", "xã", "thị trấn", "đặc khu")
_SHORT: Final = {
    "t": "tỉnh",
    "tp": "thành phố",
    "tx": "thị xã",
    "h": "huyện",
    "p": "phường",
    "x": "xã",
    "tt": "thị trấn",
    "đk": "đặc khu",
}
_ABBREVIATED: Final = re.compile(rf"({'|'.join(_SHORT)})[. ]\s*(.+)")


class UnknownUnitError(LookupError):
    """Không có đơn vị này vào ngày đó. / No such unit was in force on that day."""


def fold(name: str) -> str:
    """
    Return *name* as it is compared: case, blanks, code points and the tone mark's place aside.

    ``Hải Hoà``, ``HẢI HÒA`` and both in normal form D are one; ``Hà`` and ``Hạ`` stay two.
    """
    words = unicodedata.normalize("NFC", name.translate(_D)).casefold().split()
    return " ".join(map(_tone_last, words))


def _tone_last(word: str) -> str:
    signs = unicodedata.normalize("NFD", word)
    return "".join(sorted(signs, key=lambda sign: sign if sign in _TONES else ""))


def split_kind(name: str) -> tuple[str, str]:
    """Return the kind and the bare name of ``P. Hồng Gai`` or ``Phường Hồng Gai``, folded."""
    folded = fold(name)
    if found := _ABBREVIATED.fullmatch(folded):
        short, bare = found.groups()
        return fold(_SHORT[short]), bare
    for kind in map(fold, KINDS):
        if folded.startswith(f"{kind} "):
            return kind, folded.removeprefix(kind).strip()
    return "", folded


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit, as it was from ``valid_from`` until the day before ``valid_to``."""

    code: str
    """Statistics code ("mã đơn vị hành chính"), text with its zeros."""
    name: str
    """Official spelling, with its kind: ``Phường Hồng Gai``."""
    kind: str
    parent: str
    """Code of the unit above; empty for a province."""
    valid_from: date
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the unit existed on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """On ``on`` the unit ``old``, or a part of it, became part of ``new``."""

    old: str
    new: str
    on: date
    partly: bool


class UnitTree:
    """All units of all days."""

    def __init__(self, units: Iterable[Unit], successions: Iterable[Succession] = ()) -> None:
        """
        Keep *units* and how they followed each other.

        ValueError if a code means two things on one day, a parent is missing when its child
        begins, or a succession names a unit that was not in force.
        """
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        self._next: dict[Unit, list[Unit]] = defaultdict(list)
        self._previous: dict[Unit, list[Unit]] = defaultdict(list)
        for unit in sorted(units, key=lambda unit: (unit.code, unit.valid_from)):
            self._keep(unit)
        for unit in self:
            if unit.parent:
                self._expect(unit.parent, unit.valid_from, f"parent of {unit.code}")
        for row in successions:
            self._follow(row)

    def __iter__(self) -> Iterator[Unit]:
        """Return every unit there ever was, by code and day."""
        return (unit for versions in self._by_code.values() for unit in versions)

    def at(self, code: str, day: date) -> Unit:
        """Return what *code* meant on *day*; UnknownUnitError if nothing."""
        for unit in self._by_code.get(code, ()):
            if unit.in_force(day):
                return unit
        raise UnknownUnitError(code)

    def on(self, day: date) -> tuple[Unit, ...]:
        """Return all units in force on *day*."""
        return tuple(unit for unit in self if unit.in_force(day))

    def path(self, code: str, day: date) -> tuple[Unit, ...]:
        """Return the unit and all above it on *day*, the province last."""
        unit = self.at(code, day)
        return (unit, *(self.path(unit.parent, day) if unit.parent else ()))

    def children(self, code: str, day: date) -> tuple[Unit, ...]:
        """Return the units right below *code* on *day*."""
        return tuple(unit for unit in self.on(day) if unit.parent == code)

    def find(self, name: str, day: date) -> tuple[Unit, ...]:
        """
        Return every unit that *name* may mean on *day*: none, one, or several.

        With a kind (``Xã Hạ Long``, ``X. Hạ Long``) only units of that kind; without, all.
        """
        kind, bare = split_kind(name)
        return tuple(
            unit
            for unit in self._by_name.get(bare, ())
            if unit.in_force(day) and kind in ("", fold(unit.kind))
        )

    def successors(self, unit: Unit, day: date) -> tuple[Unit, ...]:
        """
        Return what *unit* is on *day*: itself while in force, else all that followed it.

        Several: only the rest of the address can tell which. None: the table does not know.
        """
        return self._reach(self._next, unit, day)

    def predecessors(self, unit: Unit, day: date) -> tuple[Unit, ...]:
        """Return which units of *day* lie in *unit*, wholly or partly."""
        return self._reach(self._previous, unit, day)

    def _reach(self, edges: Mapping[Unit, list[Unit]], unit: Unit, day: date) -> tuple[Unit, ...]:
        if unit.in_force(day):
            return (unit,)
        found = [end for step in edges.get(unit, ()) for end in self._reach(edges, step, day)]
        return tuple(dict.fromkeys(found))

    def _keep(self, unit: Unit) -> None:
        versions = self._by_code[unit.code]
        if versions and (versions[-1].valid_to is None or versions[-1].valid_to > unit.valid_from):
            message = f"{unit.code} means two things on {unit.valid_from}"
            raise ValueError(message)
        versions.append(unit)
        self._by_name[split_kind(unit.name)[1]].append(unit)

    def _expect(self, code: str, day: date, what: str) -> Unit:
        try:
            return self.at(code, day)
        except UnknownUnitError as error:
            message = f"{what}: no unit {code} on {day}"
            raise ValueError(message) from error

    def _follow(self, row: Succession) -> None:
        ended = [unit for unit in self._by_code.get(row.old, ()) if unit.valid_to == row.on]
        if not ended:
            message = f"succession of {row.old}: it did not end on {row.on}"
            raise ValueError(message)
        new = self._expect(row.new, row.on, f"succession of {row.old}")
        self._next[ended[0]].append(new)
        self._previous[new].append(ended[0])


def unit(row: Mapping[str, str]) -> Unit:
    """Return the unit of one row of ``config/data/units.csv``; ValueError for a bad day."""
    return Unit(
        code=row["code"],
        name=unicodedata.normalize("NFC", row["name"]),
        kind=row["kind"],
        parent=row["parent"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def succession(row: Mapping[str, str]) -> Succession:
    """Return the succession of one row of ``config/data/unit_successions.csv``."""
    return Succession(
        row["old"], row["new"], date.fromisoformat(row["on"]), partly=row["partly"] == "yes"
    )
