"""
A sick partner is paused; the dossiers that need it wait, and do not fail.

After ``ENOUGH`` failures in a row (:class:`~connectors.Unavailable` or
:class:`~connectors.Unsure`) nobody asks the partner for a while, and one task tells people.
When the pause ends, one call is let through to see: an answer, even a no, ends the pause and
lets the waiting jobs go, a few at a time; another failure makes a longer pause.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection, transaction

from connectors import Unavailable
from dossiers.roles import Role
from dossiers.work import TaskKind
from register import tasks, world
from register.intents import LEASE
from register.ledger import HUB
from scheduler.models import Breaker, Waiting

#: Failures in a row that pause a partner, none of them longer than ``WINDOW`` after the last.
ENOUGH = 5
WINDOW = timedelta(minutes=10)

#: How long a pause lasts, by how many came before it.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (15, 30, 60, 120, 300))

#: The one that looks has so long to come back, then another one looks: it may have died.
PROBE = LEASE

#: Waiting jobs that go on in one second when the partner is back.
A_SECOND = 50


class PausedError(Unavailable):
    """This partner is paused: it was not even asked. ``seconds`` says how long to wait."""

    def __init__(self, connector: str, seconds: int) -> None:
        """Keep whom to wait for, and how long."""
        super().__init__(connector)
        self.connector, self.seconds = connector, seconds


@dataclass(frozen=True, slots=True)
class Pulse:
    """What is known of a partner's health. The whole decision is made of this and the time."""

    failures: int = 0
    """In a row, up to now."""
    failed_at: datetime | None = None
    paused_until: datetime | None = None
    """None: everybody may ask."""
    pauses: int = 0
    """In a row, up to now."""

    def waits(self, now: datetime) -> timedelta | None:
        """Return how long to wait; zero for one who may look, None for anybody who may ask."""
        if self.paused_until is None:
            return None
        return max(self.paused_until - now, timedelta())

    def looked_at(self, now: datetime) -> Pulse:
        """Return the pulse while one looks: all others wait for what it finds."""
        return replace(self, paused_until=now + PROBE)

    def failing(self, now: datetime, *, looking: bool = False) -> Pulse:
        """
        Return the pulse after a failure, of the one who was *looking* or of anybody.

        One who asked before the pause and failed in it changes nothing.
        """
        if self.paused_until is not None:
            more = replace(self, failures=self.failures + 1, failed_at=now)
            return _pause(more, now) if looking else self
        old = self.failed_at is not None and now - self.failed_at > WINDOW
        failed = replace(self, failures=1 if old else self.failures + 1, failed_at=now)
        return _pause(failed, now) if failed.failures >= ENOUGH else failed


def _pause(known: Pulse, now: datetime) -> Pulse:
    pause = PAUSES[min(known.pauses, len(PAUSES) - 1)]
    return replace(known, paused_until=now + pause, pauses=known.pauses + 1)


WELL = Pulse()


def pulse(connector: str) -> Pulse:
    """Return what is known of *connector*."""
    row = Breaker.objects.filter(pk=connector).first()
    return _read(row) if row else WELL


def pauses() -> dict[str, datetime]:
    """Return the paused connectors, and until when each is."""
    rows = Breaker.objects.exclude(paused_until=None)
    return {row.connector: row.paused_until for row in rows if row.paused_until}


def enter(connector: str) -> bool:
    """
    Return whether we are the one who looks, False for an ordinary call.

    PausedError if *connector* is paused, or somebody else is looking.
    """
    now = world.now()
    known = pulse(connector)
    wait = known.waits(now)
    if wait is None:
        return False
    looks = Breaker.objects.filter(pk=connector, paused_until=known.paused_until)
    if not wait and looks.update(paused_until=known.looked_at(now).paused_until):
        world.point(f"looking at {connector}")
        return True
    raise PausedError(connector, math.ceil((wait or PROBE).total_seconds()))


def worked(connector: str) -> None:
    """Note an answer of *connector*: its pause ends, its task closes, its jobs go on."""
    if not Breaker.objects.filter(pk=connector, failures__gt=0).exists():
        return
    with transaction.atomic():
        known = _read(Breaker.objects.select_for_update().get(pk=connector))
        _write(connector, WELL)
        if known.paused_until is not None:
            tasks.close(TaskKind.CONNECTOR_DOWN, connector, by=HUB)
            _let_go(connector, world.now(), forget=True)
    world.point(f"breaker closed {connector}")


def failed(connector: str, *, looking: bool) -> None:
    """Note a silence of *connector*; *looking* is what :func:`enter` said."""
    now = world.now()
    Breaker.objects.get_or_create(pk=connector)
    with transaction.atomic():
        known = _read(Breaker.objects.select_for_update().get(pk=connector))
        after = known.failing(now, looking=looking)
        if after == known:
            return
        _write(connector, after)
        if after.paused_until is not None:
            tasks.open(
                TaskKind.CONNECTOR_DOWN,
                Role.MANAGER,
                subject=connector,
                unit=tasks.PROVINCE,
                detail={"connector": connector, "since": now.isoformat()},
            )
            _let_go(connector, after.paused_until, forget=False)
    world.point(f"breaker {connector}")


def wait(job: int, connector: str) -> timedelta:
    """
    Let *job* wait for *connector*; return for how long, if nobody lets it go before.

    Joins the transaction in which the engine is told, so that the end of a pause misses
    no job. Those that came first go first, one after another.
    """
    row = Breaker.objects.select_for_update().get(pk=connector)
    left = _read(row).waits(world.now())
    if left is None:
        return timedelta()
    Waiting.objects.filter(job=job).delete()
    ours = Waiting.objects.create(job=job, connector=connector)
    first = Waiting.objects.filter(connector=connector).order_by("pk").first()
    place = ours.pk - (first or ours).pk
    return left + timedelta(seconds=place / A_SECOND)


_LET_GO = """
UPDATE procrastinate_jobs AS job
SET scheduled_at = %s + (place.number - 1) * interval '1 second' / %s
FROM (SELECT job, row_number() OVER (ORDER BY id) AS number
      FROM hub_scheduler_waiting WHERE connector = %s) AS place
WHERE job.id = place.job AND job.status = 'todo' AND job.scheduled_at IS NOT NULL
"""


def _let_go(connector: str, at: datetime, *, forget: bool) -> None:
    """Have the jobs that wait for *connector* run from *at* on, a few in each second."""
    with connection.cursor() as cursor:
        cursor.execute(_LET_GO, [at, A_SECOND, connector])
    if forget:
        Waiting.objects.filter(connector=connector).delete()


def _read(row: Breaker) -> Pulse:
    return Pulse(row.failures, row.failed_at, row.paused_until, row.pauses)


def _write(connector: str, known: Pulse) -> None:
    Breaker.objects.filter(pk=connector).update(
        failures=known.failures,
        failed_at=known.failed_at,
        paused_until=known.paused_until,
        pauses=known.pauses,
    )
