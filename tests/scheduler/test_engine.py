"""The engine: jobs run once, survive workers, are patient, and end on a person's list."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django import app

from connectors import Refused, Unavailable, Unsure
from dossiers.work import TaskKind
from register import jobs, ledger
from register.models import Task
from scheduler import engine, sweeps, worker
from scheduler import jobs as table
from scheduler.effects import BusyError
from tests.support.dossier_kit import dossier

ROOM_NAMES = ("register", "signing", "payments", "dispatch", "scheduler", "desk")


def statuses() -> dict[str, int]:
    """How many jobs are in which status."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, count(*) FROM procrastinate_jobs GROUP BY status")
        return dict(cursor.fetchall())


@pytest.mark.parametrize(
    ("error", "attempts", "seconds"),
    [
        (Unsure(), 0, 1),
        (Unsure(), 9, 3600),
        (Unsure(), 10, None),
        (Unavailable(), 11, 3600),
        (BusyError(), 0, 2),
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

    assert 1 == asyncio.run(rescued())
    assert {"todo": 1} == statuses()


async def rescued() -> int:
    """Look after dead workers as the clock does."""
    async with engine.opened(1):
        return await sweeps.rescue()


@pytest.mark.django_db(transaction=True)
def test_a_sweep_finds_the_forgotten() -> None:
    """
    A dossier whose job was lost is asked for again when it has stood still for long enough.
    """
    dossier()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        sweeps.sweep()
        assert {} == statuses()
        cursor.execute("UPDATE hub_register_dossier SET changed_at = now() - interval '3 minutes'")
    sweeps.sweep()

    assert {"todo": 1} == statuses()


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
