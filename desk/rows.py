"""
The second wall: which rows of the register this database session may see.

The policies of the register compare a row's unit with ``motcua.units``: unit codes parted by
commas, ``*`` for all, empty for none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection

ALL = "*"


def show(units: Iterable[str]) -> None:
    """Let this session see the rows of *units*, until something else is said."""
    _say(",".join(sorted(units)))


def forget() -> None:
    """Fall back to what the process may see by its role (nothing, in a web process)."""
    if connection.needs_rollback:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("RESET motcua.units")
    except (OperationalError, InterfaceError):
        # The database has gone, and the session with all that it was told.
        connection.close()


@contextmanager
def everything() -> Iterator[None]:
    """See all rows for one act that has its own guard (a secret code, a signed callback)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('motcua.units', true)")
        before = cursor.fetchone()[0] or ""
    _say(ALL)
    try:
        yield
    finally:
        _say(before)


def _say(units: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('motcua.units', %s, false)", [units])
