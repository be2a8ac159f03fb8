"""
The job engine's tables, as our worker uses them.

Tables, numbering, notifications and history are procrastinate's. Taking and finishing jobs is
ours (ADR 13), because the engine's own way scans every waiting job for each one it takes,
lets a retry that waits an hour keep its lock, and lets a worker that was taken for dead finish
a job that another one has by now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from procrastinate.jobs import Status

Connection = psycopg.Connection[Any]

#: Where the engine tells that a queue has a new job.
CHANNEL = "procrastinate_queue_v1#"


@dataclass(frozen=True, slots=True)
class Job:
    """A job that one of our threads has taken."""

    number: int
    name: str
    args: Mapping[str, Any]
    attempts: int
    """Tries before this one."""
    lock: str


# Only what is due has no time: see RIPEN. So the index hub_jobs_due holds what may be taken
# and nothing else, in the order in which it is taken, however many jobs wait or are done.
_TAKE = """
UPDATE procrastinate_jobs SET status = 'doing', worker_id = %(worker)s
WHERE id = (
    SELECT id FROM procrastinate_jobs AS job
    WHERE status = 'todo' AND scheduled_at IS NULL AND queue_name = ANY (%(queues)s)
      AND (lock IS NULL OR NOT EXISTS (
          SELECT FROM procrastinate_jobs AS other
          WHERE other.lock = job.lock AND other.status = 'doing'))
    ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, task_name, args::text, attempts, coalesce(lock, '')
"""

# The fence: a worker that was taken for dead has lost its jobs, and finishes none of them.
_FINISH = """
UPDATE procrastinate_jobs SET status = %(status)s, attempts = attempts + 1, worker_id = NULL
WHERE id = %(job)s AND worker_id = %(worker)s AND status = 'doing'
"""

_PUT_OFF = """
UPDATE procrastinate_jobs
SET status = 'todo', worker_id = NULL, attempts = attempts + %(counts)s, scheduled_at = %(at)s
WHERE id = %(job)s AND worker_id = %(worker)s AND status = 'doing'
"""

# One worker ripens for all of them, so every queue with something new is told.
_RIPEN = """
WITH ripe AS (
    UPDATE procrastinate_jobs SET scheduled_at = NULL
    WHERE id IN (
        SELECT id FROM procrastinate_jobs
        WHERE status = 'todo' AND scheduled_at <= now()
        ORDER BY scheduled_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
    RETURNING queue_name)
SELECT pg_notify(%(channel)s || queue_name, %(all)s) FROM ripe GROUP BY queue_name
"""

_JOIN = "SELECT worker_id FROM procrastinate_register_worker_v1()"
_BEAT = "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = %s"
_LEAVE = "DELETE FROM procrastinate_workers WHERE id = %s"

#: A notification that is not about one job: everybody who is idle looks.
ALL = '{"type": "job_inserted", "job_id": 0}'


def take(connection: Connection, worker: int, queues: Sequence[str]) -> Job | None:
    """
    Take the job that is next, None if there is none.

    psycopg.errors.UniqueViolation if another worker took one with the same lock in this very
    moment: look again.
    """
    return _job(_run(connection, _TAKE, {"worker": worker, "queues": list(queues)}))


def succeed_and_take(
    connection: Connection, worker: int, queues: Sequence[str], done: Job
) -> Job | None:
    """Finish the job *done* and take the next one, in one transaction and one journey."""
    with connection.pipeline(), connection.transaction():
        finish(connection, worker, done, Status.SUCCEEDED)
        taken = _run(connection, _TAKE, {"worker": worker, "queues": list(queues)})
    return _job(taken)


def finish(connection: Connection, worker: int, job: Job, status: Status) -> None:
    """Finish *job*; nothing happens if it is no longer ours."""
    _run(connection, _FINISH, {"status": status.value, "job": job.number, "worker": worker})


def put_off(connection: Connection, worker: int, job: Job, *, at: datetime, counts: bool) -> None:
    """Let *job* run again *at* an instant; it *counts* as a try unless nothing was tried."""
    values = {"job": job.number, "worker": worker, "at": at, "counts": int(counts)}
    _run(connection, _PUT_OFF, values)


def ripen(connection: Connection) -> None:
    """Let the jobs whose time has come be taken."""
    _run(connection, _RIPEN, {"channel": CHANNEL, "all": ALL})


def join(connection: Connection) -> int:
    """Become a worker; return its number."""
    row = connection.execute(_JOIN).fetchone()
    return int(row[0])  # type: ignore[index] # the function returns one row


def beat(connection: Connection, worker: int) -> bool:
    """Give a sign of life; False if *worker* was taken for dead meanwhile."""
    return connection.execute(_BEAT, [worker]).rowcount == 1


def leave(connection: Connection, worker: int) -> None:
    """Stop being a worker; its jobs must have ended."""
    connection.execute(_LEAVE, [worker])


def _job(cursor: psycopg.Cursor[Any]) -> Job | None:
    row = cursor.fetchone()
    # Django's sessions hand JSON over as text.
    return Job(row[0], row[1], json.loads(row[2]), row[3], row[4]) if row else None


def _run(connection: Connection, statement: str, values: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    # Not connection.execute: Django's own cursors never prepare.
    return psycopg.Cursor(connection).execute(statement, values, prepare=True)
