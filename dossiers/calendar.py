"""
Working time ("giờ làm việc"): when the Centre works, and when something is due.

Time limits of the law run in working hours, 8 to a day (30 days are 240 hours), in steps of a
quarter of a day. A calendar is data: the hours, the days of the week, the days taken out
(holidays) and the days put in (Saturdays worked in exchange for a bridge day).

All instants are aware. Spans are half-open: at the closing minute the day is over.
Sources: Decree 118/2025/NĐ-CP Art 17, 18 (15:00 rule, receipt outside office hours).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
DAY: Final = timedelta(hours=8)
"""A working day of the law, whatever the Centre's own hours."""
_QUARTER = Decimal("0.25")
_TRANSFER_UNTIL = time(15, 0)
_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


def working_days(count: Decimal | int) -> timedelta:
    """Return *count* working days as working time; ValueError unless it is a multiple of 0.25."""
    if count < 0 or Decimal(count) % _QUARTER:
        message = "a step takes a multiple of a quarter of a working day"
        raise ValueError(message)
    return DAY / 4 * int(Decimal(count) / _QUARTER)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When one Centre works."""

    hours: tuple[tuple[time, time], ...]
    """Opening and closing times of a day, in order, not touching midnight twice."""
    weekdays: frozenset[int]
    """Working days of the week, Monday is 0."""
    removed: frozenset[date] = frozenset()
    added: frozenset[date] = frozenset()
    zone: ZoneInfo = VIETNAM

    def __post_init__(self) -> None:
        """Refuse a calendar in which nobody ever works, or a day both taken out and put in."""
        edges = [edge for span in self.hours for edge in span]
        if not edges or edges != sorted(set(edges)):
            message = "hours must be one or more spans, in order, apart from each other"
            raise ValueError(message)
        if not self.weekdays or not self.weekdays <= set(range(7)):
            message = "weekdays must be some of 0 (Monday) to 6 (Sunday)"
            raise ValueError(message)
        if both := self.removed & self.added:
            message = f"both taken out and put in: {sorted(map(str, both))}"
            raise ValueError(message)

    def works_on(self, day: date) -> bool:
        """Tell whether *day* is a working day."""
        usual = day.weekday() in self.weekdays
        return day in self.added or (usual and day not in self.removed)

    def is_open(self, at: datetime) -> bool:
        """Tell whether somebody works at *at*."""
        return any(opens <= at < closes for opens, closes in self._day(self._date(at)))

    def counts_from(self, at: datetime) -> datetime:
        """Return *at* if it is in working time, else the next opening: the after-hours rule."""
        opens, _closes = next(self._spans(at))
        return opens

    def add(self, start: datetime, hours: timedelta) -> datetime:
        """
        Return when *hours* of working time after *start* have passed.

        What fills a day ends at its closing, not at the next opening. Nothing added to a time
        out of hours is the next opening. ValueError if *hours* are negative.
        """
        if hours < _NOTHING:
            message = "working time cannot be added backwards"
            raise ValueError(message)
        for opens, closes in self._spans(start):
            if hours <= closes - opens:
                return opens + hours
            hours -= closes - opens
        raise AssertionError  # pragma: no cover - the spans never end

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from *start* to *end*; nothing if *end* is not later."""
        total = _NOTHING
        if end <= start:
            return total
        for opens, closes in self._spans(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def transfer_by(self, received: datetime) -> datetime:
        """
        Return when a dossier *received* then is handed to the deciding agency.

        At once in working time until 15:00; later, at the opening of the next working day.
        """
        counted = self.counts_from(received)
        local = counted.astimezone(self.zone)
        if local.time() <= _TRANSFER_UNTIL:
            return counted
        next_morning = datetime.combine(local.date() + _ONE_DAY, time.min, self.zone)
        return self.counts_from(next_morning.astimezone(UTC))

    def _date(self, at: datetime) -> date:
        if at.tzinfo is None:
            message = "an instant without a time zone"
            raise ValueError(message)
        return at.astimezone(self.zone).date()

    def _day(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing of one day, in UTC: there arithmetic knows no summer time."""
        if not self.works_on(day):
            return
        for opens, closes in self.hours:
            yield (
                datetime.combine(day, opens, self.zone).astimezone(UTC),
                datetime.combine(day, closes, self.zone).astimezone(UTC),
            )

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield working time from *start* on, the first span cut to begin not before it; no end."""
        day = self._date(start)
        while True:
            for opens, closes in self._day(day):
                if start < closes:
                    yield max(opens, start), closes
            day += _ONE_DAY


def read(table: Mapping[str, Any]) -> WorkingCalendar:
    """Return the calendar that ``config/data/calendar.toml`` holds; ValueError if it is unfit."""
    return WorkingCalendar(
        hours=tuple((opens, closes) for opens, closes in table["hours"]),
        weekdays=frozenset(table["weekdays"]),
        removed=frozenset(day for row in table.get("removed", ()) for day in row["days"]),
        added=frozenset(day for row in table.get("added", ()) for day in row["days"]),
        zone=ZoneInfo(table["zone"]),
    )


@dataclass(frozen=True, slots=True)
class Term:
    """
    A time limit that can be paused ("tạm dừng") and keeps its exact remainder.

    It stands still while the citizen is asked for papers or has a financial obligation to meet.
    """

    left: timedelta
    """Working time still to run at ``since``; negative once it is overdue."""
    since: datetime | None
    """Since when it runs; None while it is paused."""

    def due(self, calendar: WorkingCalendar) -> datetime | None:
        """Return when it is due; None while it is paused, ``since`` if it was overdue by then."""
        if self.since is None:
            return None
        return calendar.add(self.since, self.left) if self.left >= _NOTHING else self.since

    def paused(self, calendar: WorkingCalendar, at: datetime) -> Term:
        """Return the term stopped at *at*; a paused one stays as it is."""
        if self.since is None:
            return self
        return Term(self.left - calendar.between(self.since, at), None)

    def resumed(self, at: datetime) -> Term:
        """Return the term running again from *at*; a running one stays as it is."""
        return self if self.since else replace(self, since=at)
