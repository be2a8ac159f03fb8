"""Working time."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.calendar import DAY, Term, WorkingCalendar, read, working_days

DATA = Path(__file__).parents[2] / "config" / "data" / "calendar.toml"
CALENDAR = read(tomllib.loads(DATA.read_text(encoding="utf-8")))
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Return ``2026-11-23 08:00`` of Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


YEAR = datetime(2026, 1, 1, tzinfo=VIETNAM)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda passed: YEAR + passed)
HOURS = st.timedeltas(timedelta(0), timedelta(hours=240))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True),
        ("2026-11-22", False),
        ("2026-01-02", False),
        ("2026-01-10", True),
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-04-27", False),
        ("2026-08-31", False),
        ("2026-08-22", True),
        ("2026-09-02", False),
    ],
)
def test_the_year_2026(day: str, works: bool) -> None:
    """Days taken out are free though weekdays, days put in are worked though Saturdays."""
    assert works == CALENDAR.works_on(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23 07:30", 8, "2026-11-23 17:30"),
        ("2026-11-23 10:30", 2, "2026-11-23 14:30"),
        ("2026-11-23 16:30", 2, "2026-11-24 08:30"),
        ("2026-11-20 16:30", 2, "2026-11-23 08:30"),
        ("2026-11-23 12:15", 1, "2026-11-23 14:30"),
        ("2026-11-23 20:00", 0, "2026-11-24 07:30"),
        ("2026-08-21 13:30", 8, "2026-08-22 11:30"),
        ("2026-08-28 13:30", 8, "2026-09-03 11:30"),
        ("2026-02-13 07:30", 16, "2026-02-23 17:30"),
    ],
)
def test_when_something_is_due(start: str, hours: int, due: str) -> None:
    """Nights, lunch, week-ends and holidays do not count; an exchanged Saturday does."""
    assert at(due) == CALENDAR.add(at(start), timedelta(hours=hours))


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("2026-11-23 09:12", "2026-11-23 09:12"),
        ("2026-11-23 15:00", "2026-11-23 15:00"),
        ("2026-11-23 15:01", "2026-11-24 07:30"),
        ("2026-11-23 06:00", "2026-11-23 07:30"),
        ("2026-11-23 12:00", "2026-11-23 13:30"),
        ("2026-11-20 15:30", "2026-11-23 07:30"),
        ("2026-11-21 10:00", "2026-11-23 07:30"),
    ],
)
def test_the_three_o_clock_rule(received: str, by: str) -> None:
    """Until 15:00 a dossier goes on at once, later at the opening of the next working day."""
    assert at(by) == CALENDAR.transfer_by(at(received))


@given(INSTANTS, HOURS)
def test_between_undoes_add(start: datetime, hours: timedelta) -> None:
    """The working time from a start to what is due is exactly what was added."""
    assert hours == CALENDAR.between(start, CALENDAR.add(start, hours))


@given(INSTANTS, HOURS, st.timedeltas(timedelta(microseconds=1), timedelta(hours=80)))
def test_adding_twice_is_adding_the_sum(start: datetime, a: timedelta, b: timedelta) -> None:
    """However a limit is cut into steps, it ends at the same instant."""
    assert CALENDAR.add(start, a + b) == CALENDAR.add(CALENDAR.add(start, a), b)


@given(INSTANTS, INSTANTS, INSTANTS)
def test_working_time_adds_up(a: datetime, b: datetime, c: datetime) -> None:
    """From a to c is from a to b and from b to c; backwards is nothing."""
    a, b, c = sorted((a, b, c))
    assert CALENDAR.between(a, c) == CALENDAR.between(a, b) + CALENDAR.between(b, c)
    assert timedelta(0) == CALENDAR.between(c, a)


@given(INSTANTS)
def test_after_hours_counts_from_the_next_opening(start: datetime) -> None:
    """Counting begins in working time, never before the start, with none lost on the way."""
    begins = CALENDAR.counts_from(start)
    assert begins >= start
    assert CALENDAR.is_open(begins)
    assert timedelta(0) == CALENDAR.between(start, begins)
    assert CALENDAR.is_open(start) == (begins == start)


@given(INSTANTS)
def test_the_zone_of_an_instant_does_not_matter(start: datetime) -> None:
    """UTC and Vietnam name one instant and give one answer."""
    assert CALENDAR.add(start, DAY) == CALENDAR.add(start.astimezone(UTC), DAY)


@given(INSTANTS, HOURS, st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), max_size=8))
def test_pauses_keep_the_exact_remainder(
    start: datetime, hours: timedelta, turns: list[timedelta]
) -> None:
    """However often a limit is paused, the working time that ran is the whole of it."""
    term, ran, now = Term(hours, start), timedelta(0), start
    for turn in turns:
        if term.since is not None:
            ran += CALENDAR.between(now, now + turn)
        now += turn
        term = term.resumed(now) if term.since is None else term.paused(CALENDAR, now)
    assert hours == ran + term.left


@given(INSTANTS, HOURS, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_pause_moves_the_due_time_by_the_working_time_it_took(
    start: datetime, hours: timedelta, length: timedelta
) -> None:
    """Paused while still in time, it is due later by exactly the working time of the pause."""
    term = Term(hours, start)
    stop = CALENDAR.add(start, hours / 2)
    again = term.paused(CALENDAR, stop).resumed(stop + length)
    due = again.due(CALENDAR)
    assert due is not None
    assert hours == CALENDAR.between(start, due) - CALENDAR.between(stop, stop + length)


def test_what_was_overdue_stays_overdue() -> None:
    """A limit paused an hour late is short of an hour, and is due as soon as it runs again."""
    late = Term(HOUR, at("2026-11-23 07:30")).paused(CALENDAR, at("2026-11-23 09:30"))
    assert late.left == -HOUR
    assert late.due(CALENDAR) is None
    assert at("2026-11-24 07:30") == late.resumed(at("2026-11-24 07:30")).due(CALENDAR)


def test_steps_are_quarters_of_a_day() -> None:
    """0.25 day is two hours, 30 days are 240; a third of a day does not exist."""
    assert timedelta(hours=2) == working_days(Decimal("0.25"))
    assert timedelta(hours=240) == working_days(30)
    for count in (Decimal("0.3"), Decimal(-1)):
        with pytest.raises(ValueError, match="quarter"):
            working_days(count)


def test_summer_time_is_not_lost() -> None:
    """Elsewhere a shift over the change of the clock is an hour shorter; the hour is seen."""
    berlin = ZoneInfo("Europe/Berlin")
    night = WorkingCalendar(hours=((time(1), time(4)),), weekdays=frozenset(range(7)), zone=berlin)
    start = datetime(2026, 3, 29, 1, tzinfo=berlin)
    assert night.between(start, start + timedelta(hours=5)) == 2 * HOUR


@pytest.mark.parametrize(
    "unfit",
    [
        {"hours": ()},
        {"hours": ((time(13), time(12)),)},
        {"hours": ((time(8), time(12)), (time(11), time(17)))},
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"removed": frozenset({date(2026, 1, 1)}), "added": frozenset({date(2026, 1, 1)})},
    ],
)
def test_an_unfit_calendar_is_refused(unfit: dict[str, object]) -> None:
    """A calendar in which time would never pass, or runs backwards, cannot be made."""
    fit: dict[str, object] = {
        "hours": ((time(8), time(12)),),
        "weekdays": frozenset({0}),
    }
    with pytest.raises(ValueError, match=r"hours|weekdays|taken out"):
        WorkingCalendar(**(fit | unfit))  # type: ignore[arg-type]


def test_bare_times_and_backward_limits_are_refused() -> None:
    """An instant without a zone, or negative hours, is a fault of the caller."""
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.add(datetime(2026, 11, 23, 8), HOUR)  # noqa: DTZ001 - the fault
    with pytest.raises(ValueError, match="backwards"):
        CALENDAR.add(at("2026-11-23 08:00"), -HOUR)
