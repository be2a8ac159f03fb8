"""
Locks that PostgreSQL holds, so that a killed worker leaves none behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def holding(name: str) -> Iterator[None]:
    """Hold the lock *name* on this connection, across transactions; wait for whoever holds it."""
    _run("SELECT pg_advisory_lock(hashtextextended(%s, 0))", name)
    try:
        yield
    finally:
        _run("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)


def until_commit(name: str) -> None:
    """Hold the lock *name* until the present transaction ends; wait for whoever holds it."""
    _run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", name)


def _run(statement: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"signing {name}"])
