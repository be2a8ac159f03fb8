"""Jobs for tests of the engine, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from register.jobs import QUEUES
from scheduler import worker

Row = tuple[str, int, Any]


@contextmanager
def job(name: str, function: Callable[..., None]) -> Iterator[None]:
    """Have a job *name* while the block runs."""
    app.task(name=name)(function)
    try:
        yield
    finally:
        del app.tasks[name]


def work(*, concurrency: int = 2) -> None:
    """Work until nothing is left to do."""
    worker.run(QUEUES, concurrency=concurrency, name="test", wait=False)


def statuses() -> dict[str, int]:
    """How many jobs are in which status."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, count(*) FROM procrastinate_jobs GROUP BY status")
        return dict(cursor.fetchall())


def rows() -> list[Row]:
    """Status, tries and time of every job, in order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts, scheduled_at FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def sql(statement: str, *values: object) -> None:
    """Change something from the side."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def now_is_later() -> None:
    """Let the time of every waiting job have come."""
    sql("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at IS NOT NULL")
    sql("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE scheduled_at IS NOT NULL")
