"""
Work that failed for good lands on a person's list, never in a log only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import connection, transaction
from procrastinate.exceptions import ConnectorException as EngineError
from psycopg import Error as ServerError

from connectors import ConnectorError
from dossiers.roles import Role
from dossiers.work import TaskKind
from register import tasks, world
from register.models import Dossier, Task
from scheduler import engine
from scheduler.connections import NotConnectedError
from scheduler.models import FailedJob
from signing.devices.tokens import TokenBroken

#: A job as the engine keeps it: identities, never personal data.
Args = Mapping[str, str | int]

#: What the person who is told should do, by what went wrong; the runbook says more.
NEXT_ACT: tuple[tuple[type[Exception], str], ...] = (
    (ConnectorError, "ask_partner"),
    (NotConnectedError, "mend_configuration"),
    (TokenBroken, "look_at_token"),
    (DatabaseError, "look_at_database"),
    (ServerError, "look_at_database"),
    (EngineError, "look_at_database"),
    (OSError, "free_disk"),
)
READ_LOG = "read_log"

#: What went wrong with a job that ended outside of our hands, for example killed its workers.
STOPPED = "stopped"

#: One look finds at most so many; the next look finds the rest.
PIECE = 100


def tell(name: str, args: Args, error: Exception | str) -> None:
    """Put the job on a manager's list; *error* is what went wrong, or a word for it."""
    subject = " ".join([name, *(str(value) for value in args.values())])
    code = str(args.get("dossier", ""))
    known = Dossier.objects.filter(pk=code).exists()
    tasks.open(
        TaskKind.WORK_FAILED,
        Role.MANAGER,
        subject=subject[:120],
        dossier=code if known else None,
        unit="" if known else tasks.PROVINCE,
        detail={
            "job": name,
            "args": dict(args),
            "error": error if isinstance(error, str) else type(error).__name__,
            "next": next_act(error),
        },
    )


def next_act(error: Exception | str) -> str:
    """Return the word for what mends *error*."""
    return next((act for kind, act in NEXT_ACT if isinstance(error, kind)), READ_LOG)


def keep(job: int, lock: str, at: datetime) -> None:
    """Remember that a person was told of the engine's *job*, which held *lock*."""
    FailedJob.objects.get_or_create(job=job, defaults={"lock": lock[:160], "told_at": at})


_AGAIN = """
WITH again AS (
    UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL
    WHERE id = (
        SELECT max(id) FROM procrastinate_jobs JOIN hub_scheduler_failedjob AS told ON job = id
        WHERE status IN ('failed', 'aborted') AND task_name = %s AND args = %s::jsonb)
    RETURNING id, queue_name
), forgotten AS (
    DELETE FROM hub_scheduler_failedjob AS told USING again WHERE told.job = again.id
)
SELECT pg_notify(%s || queue_name, %s) FROM again
"""


def again(task: Task, *, by: str) -> bool:
    """
    Run the failed job of *task* again, with all its patience, because *by* mended what was wrong.

    False if somebody did so before, or the job has been forgotten; the task is closed anyway.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if not tasks.close(TaskKind.WORK_FAILED, task.subject, by=by):
            return False
        values = [task.detail["job"], json.dumps(task.detail.get("args", {}))]
        cursor.execute(_AGAIN, [*values, engine.CHANNEL, engine.ALL])
        return cursor.fetchone() is not None


_UNTOLD = """
SELECT id, task_name, args::text::json, coalesce(lock, '') FROM procrastinate_jobs AS job
WHERE status IN ('failed', 'aborted')
  AND NOT EXISTS (SELECT FROM hub_scheduler_failedjob AS told WHERE told.job = job.id)
ORDER BY id LIMIT %s
"""


def tell_of_untold() -> int:
    """
    Tell of every failed job that nobody was told of; return how many.

    The worker tells before it marks a job as failed. This net finds what failed otherwise:
    a job that killed its workers too often, or that was aborted by hand.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, [PIECE])
        untold = cursor.fetchall()
    for number, name, args, lock in untold:
        tell(name, args, STOPPED)
        keep(number, lock, world.now())
    return len(untold)


def close_what_went_on() -> int:
    """Close the tasks of dossiers that have moved on since; return how many."""
    return tasks.close_moved_on(TaskKind.WORK_FAILED, by="hub")
