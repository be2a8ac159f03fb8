"""
When, and nothing else.

APScheduler wakes us; what is true is in the database. Each wake is one transaction: lock the
schedule's row (a clock that comes second passes by), walk the trigger from the last firing to
now, keep one row per firing and defer its job. Any number of clocks may run side by side, and
a clock that slept catches up; there is no leader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from time import monotonic, sleep

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from django.db import close_old_connections, transaction

from register import jobs, places, world
from scheduler import sweeps
from scheduler.models import Run, Schedule

#: An interval's firings are counted from here, so that all clocks agree on them.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)

_TICK = timedelta(microseconds=1)

#: Seconds between two looks after dead workers.
RESCUE = 2


class Working(StrEnum):
    """In which of the Centre's time a line fires (``config/data/calendar.toml``)."""

    ALWAYS = ""
    DAYS = "days"
    """On working days, at any hour."""
    HOURS = "hours"
    """In working hours only."""


@dataclass(frozen=True, slots=True)
class Line:
    """One schedule: a job's name, and either every so many seconds or a cron expression."""

    job: str
    seconds: float = 0
    cron: str = ""
    every_firing: bool = False
    """True: a firing that was slept through is made up for; False: only the newest is."""
    working: str = Working.ALWAYS
    """One of :class:`Working`; at other times the line is silent."""

    def __post_init__(self) -> None:
        """Refuse a word that the calendar does not know: ValueError."""
        Working(self.working)

    def counts(self, at: datetime) -> bool:
        """Tell whether the calendar lets the line fire at *at*."""
        calendar = places.working_calendar()
        if self.working == Working.HOURS:
            return calendar.is_open(at)
        if self.working == Working.DAYS:
            return calendar.works_on(at.astimezone(calendar.zone).date())
        return True

    def trigger(self) -> BaseTrigger:
        """Return APScheduler's trigger, in Vietnam's time."""
        if self.cron:
            return CronTrigger.from_crontab(self.cron, timezone=world.VIETNAM)
        return IntervalTrigger(
            seconds=self.seconds,
            start_date=EPOCH,
            timezone=world.VIETNAM,
        )


def fire(line: Line) -> int:
    """Defer what *line* owes up to now; return how many jobs. Safe at any time, from anywhere."""
    now = world.now()
    Schedule.objects.get_or_create(name=line.job, defaults={"fired_at": now})
    with transaction.atomic():
        locked = Schedule.objects.select_for_update(skip_locked=True).filter(name=line.job)
        schedule = locked.first()
        if schedule is None:
            return 0
        due = list(_between(line.trigger(), schedule.fired_at, now))
        if not due:
            return 0
        counted = [at for at in due if line.counts(at)]
        owed = counted if line.every_firing else counted[-1:]
        made = sum(_run(schedule, line, at) for at in owed)
        schedule.fired_at = due[-1]
        schedule.save()
    world.point(f"fired {line.job}")
    return made


def _run(schedule: Schedule, line: Line, at: datetime) -> int:
    _row, new = Run.objects.get_or_create(schedule=schedule, fire_at=at, defaults={"job": 0})
    if new:
        _row.job = jobs.enqueue(line.job, priority=jobs.Priority.CLOCK)
        _row.save()
    return int(new)


def _between(trigger: BaseTrigger, after: datetime, until: datetime) -> Iterator[datetime]:
    """Give every firing later than *after* and not later than *until*."""
    # Asked without a previous firing, a trigger counts from its own beginning: all clocks agree.
    at = trigger.get_next_fire_time(None, after + _TICK)
    while at is not None and at <= until:
        yield at
        at = trigger.get_next_fire_time(None, at + _TICK)


def run(lines: Iterable[Line], *, wait: float | None = None) -> None:
    """Be a clock until the process ends, or for *wait* seconds."""
    # One thread, so one database session; a firing takes a millisecond.
    threads = ThreadPoolExecutor(1)
    scheduler = BackgroundScheduler(timezone=world.VIETNAM, executors={"default": threads})
    for line in lines:
        scheduler.add_job(
            _wake, line.trigger(), args=[line], id=line.job, coalesce=True, max_instances=1
        )
    scheduler.start()
    for line in lines:
        _wake(line)
    try:
        _rescue(wait)
    finally:
        scheduler.shutdown()


def _wake(line: Line) -> None:
    close_old_connections()
    try:
        fire(line)
    finally:
        close_old_connections()


def _rescue(wait: float | None) -> None:
    """Look after dead workers for ever: outside the engine, which cannot rescue itself."""
    end = None if wait is None else monotonic() + wait
    while end is None or monotonic() < end:
        close_old_connections()
        sweeps.rescue()
        sleep(RESCUE if end is None else min(RESCUE, max(end - monotonic(), 0)))
