"""
How long the jobs of a killed worker stand still, seen from the engine's own tables.

Before a worker is killed the jobs in hand are noted. One that is still in the hands of a worker
without a sign of life since is an orphan; it has been taken over when another worker has begun
or ended it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import Any, LiteralString

import psycopg

#: Seconds in which a living worker would have shown itself or finished the job.
SIGN_OF_LIFE = 3.0

_IN_HAND = "SELECT id, worker_id FROM procrastinate_jobs WHERE status = 'doing'"

_NOW = """
SELECT j.id, j.status = 'doing' AND j.worker_id IS NOT DISTINCT FROM h.worker, w.last_heartbeat
  FROM unnest(%(jobs)s::bigint[], %(workers)s::bigint[]) AS h (job, worker)
  JOIN procrastinate_jobs j ON j.id = h.job
  LEFT JOIN procrastinate_workers w ON w.id = h.worker
"""


@dataclass(slots=True)
class _Held:
    """A job that some worker had in hand when one was killed."""

    worker: int | None
    since: float
    wall: float
    orphan: bool = False


class TakeOver:
    """Watches over the database *dsn*, which may be gone at any moment."""

    def __init__(self, dsn: str) -> None:
        """Nothing is watched yet."""
        self.seconds: list[float] = []
        self._dsn = dsn
        self._database: psycopg.Connection | None = None
        self._held: dict[int, _Held] = {}
        self._noted: dict[int, int | None] = {}

    def note(self) -> int:
        """Note the jobs in hand; call it right before the kill. Return how many there are."""
        self._noted = dict(self._rows(_IN_HAND))
        return len(self._noted)

    def killed(self) -> None:
        """A worker died this moment."""
        for job, worker in self._noted.items():
            self._held.setdefault(job, _Held(worker, time.monotonic(), time.time()))

    def look(self) -> None:
        """See what became of the jobs; call it often."""
        if not self._held:
            return
        workers = [one.worker for one in self._held.values()]
        for job, same, heartbeat in self._rows(_NOW, jobs=[*self._held], workers=workers):
            self._judge(job, still=same, heartbeat=heartbeat.timestamp() if heartbeat else 0.0)

    def result(self) -> dict[str, float | None]:
        """Return median and longest in seconds, of how many jobs; None if there were none."""
        if not self.seconds:
            return {"median": None, "max": None, "jobs": 0}
        longest, middle = max(self.seconds), median(self.seconds)
        return {"median": round(middle, 1), "max": round(longest, 1), "jobs": len(self.seconds)}

    def waiting(self) -> int:
        """Return how many orphans nobody has taken yet."""
        return sum(one.orphan for one in self._held.values())

    def _rows(self, query: LiteralString, **values: Any) -> list[Any]:
        """Return the rows of *query*; none while the database is gone."""
        try:
            if self._database is None:
                self._database = psycopg.connect(self._dsn, autocommit=True, connect_timeout=2)
            return self._database.execute(query, values or None).fetchall()
        except psycopg.Error:
            if self._database is not None:
                self._database.close()
            self._database = None
            return []

    def _judge(self, job: int, *, still: bool, heartbeat: float) -> None:
        held = self._held[job]
        lasted = time.monotonic() - held.since
        if not still:
            if held.orphan:
                self.seconds.append(lasted)
            del self._held[job]
        elif heartbeat > held.wall:
            del self._held[job]
        elif lasted > SIGN_OF_LIFE:
            held.orphan = True
