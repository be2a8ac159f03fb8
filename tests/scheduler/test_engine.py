"""The engine: jobs run once, survive workers, are patient, and end on a person's list."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django import app
from psycopg import Error as ServerError

from connectors import Refused, Unavailable, Unsure
from dossiers.work import TaskKind
from register import intents, jobs, ledger
from register.models import Task
from scheduler import failures, sweeps, worker
from scheduler import jobs as table
from scheduler.breaker import PausedError
from scheduler.effects import BusyError
from signing.locks import HeldError
from tests.support.dossier_kit import dossier
from tests.support.jobs_kit import job, sql, statuses
from tests.support.money_kit import account

ROOM_NAMES = ("register", "signing", "payments", "dispatch", "scheduler", "desk")


@pytest.mark.parametrize(
    ("error", "attempts", "seconds"),
    [
        (Unsure(), 0, 1),
        (Unsure(), 9, 3600),
        (Unsure(), 10, None),
        (Unavailable(), 11, 3600),
        (BusyError(), 0, 2),
        (HeldError(), 7, 900),
        (OSError(28, "No space left on device"), 0, 5),
        (ServerError(), 0, 1),
        (PausedError("vnpost", 42), 99, 42),
        (OperationalError(), 0, 1),
        (Refused(), 0, None),
        (ValueError(), 0, None),
    ],
)
def test_patience_is_a_table(error: Exception, attempts: int, seconds: int | None) -> None:
    """
    How long a job waits follows from what went wrong; what it does not know is not repeated.
    """
    assert seconds == table.patience(error, attempts)


def test_patience_with_a_lease_outlives_the_lease() -> None:
    """
    A worker that froze with a lease holds it until it ends; nobody's task is opened before.
    """
    (delays,) = (delays for kind, delays in table.PATIENCE if kind is BusyError)

    assert intents.LEASE.total_seconds() < sum(delays)


def test_no_patience_is_longer_than_a_rescue_allows() -> None:
    """
    A job is given up as a killer of workers only after more tries than any failure has.
    """
    assert max(len(delays) for _kind, delays in table.PATIENCE) < sweeps.LAST_TRY


@pytest.mark.parametrize("failure", [OperationalError(), BusyError(), OSError()])
def test_passing_trouble_of_our_own_is_not_given_up_because_of_other_tries(
    failure: Exception,
) -> None:
    """
    A database that restarts after six silences of a partner is waited for all the same.
    """
    assert table.patience(failure, 9) == table.patience(failure, table.MOST - 1)
    assert table.patience(failure, 9)
    assert table.patience(failure, table.MOST) is None


@pytest.mark.django_db(transaction=True)
def test_work_that_failed_has_a_person_who_can_run_it_again() -> None:
    """
    The last try and the task about it are one transaction; "again" gives the job all its tries.
    """
    turns = iter((_silent, _silent, lambda: None))

    def in_turn() -> None:
        next(turns)()

    with job("fail_for_a_test", in_turn):
        jobs.enqueue("fail_for_a_test")
        sql("UPDATE procrastinate_jobs SET attempts = 12")
        worker.run(jobs.QUEUES, concurrency=1, name="test", wait=False)
        (task,) = Task.objects.all()
        assert ["ask_partner", {"failed": 1}] == [task.detail["next"], statuses()]

        assert failures.again(task, by="quanly")
        assert not failures.again(task, by="quanly")
        worker.run(jobs.QUEUES, concurrency=1, name="test", wait=False)
        assert {"todo": 1} == statuses()
        sql("UPDATE procrastinate_jobs SET scheduled_at = NULL")
        worker.run(jobs.QUEUES, concurrency=1, name="test", wait=False)

    assert {"succeeded": 1} == statuses()
    assert not Task.objects.filter(closed_at=None).exists()


def _silent() -> None:
    raise Unavailable


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_waits() -> None:
    """
    A job that a fact asked for is done by the next worker, and done once.
    """
    made = dossier()
    worker.run(jobs.QUEUES, concurrency=2, name="test", wait=False)

    kinds = [row.kind for row in ledger.history(made.code)]
    # There is no account to pay to: the job failed, and a person was told.
    assert ["Received"] == kinds
    assert TaskKind.WORK_FAILED == Task.objects.get().kind
    assert {"failed": 1} == statuses()


@pytest.mark.django_db(transaction=True)
def test_a_dead_workers_job_is_given_to_a_living_one(database_url: str) -> None:
    """
    Killed with -9 in the middle of a job, a worker loses it to the next one.
    """
    jobs.enqueue("sleep_for_a_test")
    program = "tests/support/sleeping_worker.py"
    with subprocess.Popen(
        [sys.executable, program],
        stdout=subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": "."},
    ) as process:
        assert process.stdout
        assert b"working\n" == process.stdout.readline()
        process.kill()
    assert {"doing": 1} == statuses()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'")

    assert 1 == sweeps.rescue()
    assert {"todo": 1} == statuses()


@pytest.mark.django_db(transaction=True)
def test_a_sweep_finds_the_forgotten() -> None:
    """
    A dossier whose job was lost is asked for again when it has stood still for long enough.
    """
    dossier()
    sql("DELETE FROM procrastinate_jobs")
    sweeps.sweep()
    assert {} == statuses()

    sql("UPDATE hub_register_dossier SET changed_at = now() - interval '3 minutes'")
    sweeps.sweep()
    sweeps.sweep()

    # once: a dossier that a job is about was not forgotten
    assert {"todo": 1} == statuses()


@pytest.mark.django_db(transaction=True)
def test_a_dossier_that_failed_is_left_alone_for_an_hour() -> None:
    """
    A person was told; the sweep tries again later, and closes the task once it moved on.
    """
    made = dossier()
    worker.run(jobs.QUEUES, concurrency=1, name="test", wait=False)
    sql("UPDATE hub_register_dossier SET changed_at = now() - interval '3 minutes'")
    sweeps.sweep()
    assert {"failed": 1} == statuses()
    assert 1 == Task.objects.filter(closed_at=None).count()

    sql("UPDATE hub_scheduler_failedjob SET told_at = now() - interval '2 hours'")
    sweeps.sweep()
    assert {"failed": 1, "todo": 1} == statuses()

    account()
    worker.run(jobs.QUEUES, concurrency=1, name="test", wait=False)
    assert "Charged" == ledger.history(made.code)[1].kind
    sweeps.sweep()
    assert not Task.objects.filter(kind=TaskKind.WORK_FAILED, closed_at=None).exists()


def test_every_name_that_is_enqueued_has_a_job() -> None:
    """
    No room asks for a job that nobody has written, and no job has two names.
    """
    known = {name for name in app.tasks if not name.startswith("builtin")}
    source = subprocess.run(
        ["grep", "-rhoE", r"enqueue\(\s*\"[a-z_]+\"|^DRAIN = \"[a-z_]+\"", *ROOM_NAMES],
        capture_output=True,
        text=True,
        check=True,
    )
    asked = {line.split('"')[1] for line in source.stdout.splitlines()}

    assert asked
    assert asked <= known
