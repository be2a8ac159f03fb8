"""
Locks that PostgreSQL holds, so that a killed worker leaves none behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class HeldError(Exception):
    """Another session holds this lock; the job engine tries again later."""


@contextmanager
def holding(name: str) -> Iterator[None]:
    """
    Hold the lock *name* on this connection, across transactions.

    HeldError if somebody else holds it: nothing ever waits inside a job, because a waiting
    job would keep a worker from everybody else's work.
    """
    if not _run("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name):
        raise HeldError(name)
    try:
        yield
    finally:
        _run("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)


def until_commit(name: str) -> None:
    """
    Hold the lock *name* until the present transaction ends; wait for whoever holds it.

    For short transactions only, such as giving out the next number.
    """
    _run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", name)


def _run(statement: str, name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"signing {name}"])
        return cursor.fetchone()[0]
