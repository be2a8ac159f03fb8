"""
The nets below the way of a dossier: they find nothing on a good day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from dossiers.steps import OURS
from dossiers.work import IntentState
from register import jobs, world
from scheduler import engine, failures
from scheduler.models import FailedJob, Run

#: A dossier whose next step is ours and that has stood still for longer was forgotten.
FORGOTTEN = timedelta(minutes=2)

#: A dossier whose job has failed is left alone for so long: a person has been told.
TOLD = timedelta(hours=1)

#: Seconds without a heartbeat after which a worker is taken for dead and its jobs run elsewhere.
DEAD = 10

#: More tries than any patience: a job that was given on so often kills whoever takes it.
LAST_TRY = 15

#: How long jobs are kept: done ones, and failed ones that a person was told of.
DONE, FAILED = timedelta(days=7), timedelta(days=90)

#: So many rows in one transaction.
PIECE = 1000


_FORGOTTEN = """
WITH due AS (
    SELECT code FROM hub_register_dossier WHERE next_step = ANY (%(ours)s) AND changed_at < %(at)s
    UNION
    SELECT dossier_id FROM hub_register_intent
    WHERE state = %(unsure)s AND kind = 'book' AND changed_at < %(at)s
)
SELECT code FROM due
WHERE NOT EXISTS (SELECT FROM procrastinate_jobs AS job
                  WHERE job.lock = 'dossier ' || code AND job.status IN ('todo', 'doing'))
  AND NOT EXISTS (SELECT FROM hub_scheduler_failedjob AS failed
                  WHERE failed.lock = 'dossier ' || code AND failed.told_at > %(lately)s)
ORDER BY code LIMIT %(piece)s
"""


def sweep() -> None:
    """
    Ask for the next step of every forgotten dossier, and tell of work that nobody was told of.

    A dossier that a job is still about was not forgotten: it waits for its next try.
    """
    now = world.now()
    values: dict[str, Any] = {
        "ours": [step.value for step in OURS],
        "unsure": IntentState.UNSURE.value,
        "at": now - FORGOTTEN,
        "lately": now - TOLD,
        "piece": PIECE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FORGOTTEN, values)
        forgotten = [code for (code,) in cursor.fetchall()]
    for code in forgotten:
        jobs.advance(code, priority=jobs.Priority.SWEEP)
    failures.tell_of_untold()
    failures.close_what_went_on()


_RESCUE = """
WITH stalled AS (
    SELECT job.id FROM procrastinate_jobs AS job
    LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - %(dead)s * interval '1 second')
    FOR UPDATE OF job SKIP LOCKED
), given AS (
    UPDATE procrastinate_jobs AS job
    SET worker_id = NULL, attempts = attempts + 1, scheduled_at = NULL,
        priority = greatest(priority, %(first)s),
        status = (CASE WHEN attempts + 1 < %(last)s THEN 'todo' ELSE 'failed' END
                 )::procrastinate_job_status
    FROM stalled WHERE job.id = stalled.id RETURNING queue_name
), told AS (
    SELECT pg_notify(%(channel)s || queue_name, %(all)s) FROM given GROUP BY queue_name
)
SELECT (SELECT count(*) FROM given), (SELECT count(*) FROM told)
"""
_BURY = "DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - %s * interval '1 second'"


def rescue() -> int:
    """
    Give the jobs of dead workers to living ones; return how many.

    Run by the clock process itself: a rescue that were a job could be what stalls. A job that
    has been given on ``LAST_TRY`` times kills its workers: it fails, and a person is told. It
    runs with the first, for it has stood still while its worker was taken for alive.
    """
    values: dict[str, Any] = {
        "dead": DEAD,
        "last": LAST_TRY,
        "first": jobs.Priority.PERSON.value,
        "channel": engine.CHANNEL,
        "all": engine.ALL,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RESCUE, values)
        count = int(cursor.fetchone()[0])
        cursor.execute(_BURY, [DEAD])
    return count


def partitions() -> None:
    """
    Make the partitions of this month and of the next three.

    Ahead, because a month whose facts already lie in the default partition cannot be made: the
    clock may sleep for a quarter before that happens.
    """
    first = world.today().replace(day=1)
    months = [first + timedelta(days=31 * number) for number in range(4)]
    with connection.cursor() as cursor:
        for month in months:
            cursor.execute("SELECT hub_register_partition(%s, %s)", ["hub_register_fact", month])


_PRUNE = """
DELETE FROM procrastinate_jobs WHERE id IN (
    SELECT id FROM procrastinate_jobs AS job
    WHERE id <= %(done)s AND status IN ('succeeded', 'cancelled')
       OR id <= %(failed)s AND status IN ('failed', 'aborted')
          AND EXISTS (SELECT FROM hub_scheduler_failedjob AS told WHERE told.job = job.id)
    ORDER BY id LIMIT %(piece)s)
"""


def prune() -> None:
    """
    Forget finished jobs after a week and failed ones after a quarter, a piece at a time.

    What happened to a dossier is in its facts; a finished job tells nobody anything.
    """
    now = world.now()
    with transaction.atomic(), connection.cursor() as cursor:
        done, failed = (_newest_before(now - age) for age in (DONE, FAILED))
        cursor.execute(_PRUNE, {"done": done, "failed": failed, "piece": PIECE})
        if cursor.rowcount == PIECE:
            jobs.enqueue("prune", priority=jobs.Priority.SWEEP)
    FailedJob.objects.filter(told_at__lt=now - 2 * FAILED).delete()
    Run.objects.filter(fire_at__lt=now - 2 * FAILED).delete()


def _newest_before(at: datetime) -> int:
    """Return the number of a job of that time, 0 if none: jobs are numbered as they come."""
    newest = Run.objects.filter(fire_at__lt=at).aggregate(job=Max("job"))["job"]
    return int(newest or 0)
