"""
The job engine in a simulated day: the hub's own engine and worker, on the virtual clock.

Jobs are taken, done, put off and finished by the very functions that a worker uses. Only what
hangs on the server's clock is done here instead: waiting jobs ripen, and the jobs of the dead
are given to others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from proving.chance import Chance, Fault
from register.jobs import QUEUES
from scheduler import engine, jobs, worker

RESCUED_AFTER = timedelta(seconds=12)
"""From a worker's last sign of life until its job is given to others."""

_TAKEABLE = """
SELECT EXISTS (SELECT FROM procrastinate_jobs AS job
WHERE status = 'todo' AND scheduled_at IS NULL
AND (lock IS NULL OR NOT EXISTS (SELECT FROM procrastinate_jobs AS other
                                 WHERE other.lock = job.lock AND other.status = 'doing')))
"""


@dataclass(slots=True)
class Hand:
    """What one worker has in hand."""

    worker: int
    """The engine's number of it; a new one for each life."""
    job: engine.Job | None = None


class Engine:
    """The table of jobs, as the director sees it."""

    def __init__(self, sql: psycopg.Connection, chance: Chance) -> None:
        """Look at it by the session *sql*."""
        self._sql, self._chance = sql, chance

    def hire(self) -> Hand:
        """Return a new worker's empty hand."""
        return Hand(engine.join(self._sql))

    def has_work(self, now: datetime) -> bool:
        """Tell whether a worker would find a job at *now*."""
        self._sql.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = NULL"
            " WHERE status = 'todo' AND scheduled_at <= %s",
            [now],
        )
        if self._chance.has(Fault.REORDERED_JOBS):
            self._shuffle()
        row = self._sql.execute(_TAKEABLE).fetchone()
        return bool(row and row[0])

    def next_time(self) -> datetime | None:
        """Return when the next waiting job may run."""
        row = self._sql.execute(
            "SELECT min(scheduled_at) FROM procrastinate_jobs WHERE status = 'todo'"
        ).fetchone()
        return row[0] if row else None

    def rescue(self, dead: Hand) -> None:
        """Give the job of a dead or frozen worker to others, and forget the worker."""
        self._sql.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1,"
            " worker_id = NULL, scheduled_at = NULL WHERE status = 'doing' AND worker_id = %s",
            [dead.worker],
        )
        self._sql.execute("DELETE FROM procrastinate_workers WHERE id = %s", [dead.worker])

    def _shuffle(self) -> None:
        """Let some job that waits come first."""
        rows = self._sql.execute(
            "SELECT id FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"
        ).fetchall()
        if rows:
            self._sql.execute(
                "UPDATE procrastinate_jobs SET priority = priority + 1 WHERE id = %s",
                [self._chance.pick(rows)[0]],
            )


def turn(hand: Hand, tell: Callable[[str], None]) -> Exception | None:
    """
    Take a job, do it, and keep how it ended, as a worker's thread does; run by an actor.

    Returns what the job raised. Whatever is raised here ended the worker itself.
    """
    hand.job = engine.take(worker.session(), hand.worker, QUEUES)
    if hand.job is None:
        return None
    tell(" ".join(["takes", hand.job.name, *map(str, hand.job.args.values())]))
    try:
        jobs.run(hand.job.name, hand.job.args)
    except Exception as error:  # noqa: BLE001 - any error is the job's outcome, and is kept
        worker.after(hand.worker, hand.job, error)
        return error
    worker.done(hand.worker, hand.job)
    return None
