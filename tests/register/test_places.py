"""The data files of this installation."""

from __future__ import annotations

from datetime import date

from dossiers.calendar import DAY
from register import places, world

TODAY = date(2026, 11, 23)


def test_units_are_named_as_of_their_day() -> None:
    """One code, two days, two names; what meant nothing stays a code."""
    assert places.name("06688", date(2025, 6, 30)) == "Phường Hồng Hải"
    assert places.name("06688", TODAY) == "Phường Hạ Long"
    assert places.name("99999", TODAY) == "99999"


def test_the_way_up_to_the_province() -> None:
    """A commune of today lies right below the province; an unknown code lies nowhere."""
    assert [unit.code for unit in places.path("06685", TODAY)] == ["06685", "22"]
    assert places.path("99999", TODAY) == ()


def test_the_calendar_works_in_vietnam() -> None:
    """The calendar of the data file has days of eight hours in the zone of the hub's pages."""
    calendar = places.working_calendar()
    assert calendar.zone == world.VIETNAM
    opens = calendar.counts_from(world.now())
    closing = calendar.add(opens, DAY)
    assert calendar.between(opens, closing) == DAY
