"""
Making and changing the tables while other parts of the hub go on working.

A migration that waits for a lock makes everybody wait who comes after it. So it waits for a
moment only: then it gives up, nothing is changed, and whoever started it starts it again. What
was made before stays, and is not made twice.
"""

from __future__ import annotations

from django.core.management import call_command
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected, LockNotAvailable

#: How long everybody may have to wait because of us.
LOCK_TIMEOUT = "3s"

#: Held by whoever migrates, so that two machines that start at once do not both do it.
_LOCK = "SELECT pg_try_advisory_lock(hashtextextended('motcua migrate', 0))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('motcua migrate', 0))"

_INVALID = """
SELECT format('%I', c.relname) FROM pg_index x
JOIN pg_class c ON c.oid = x.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT x.indisvalid AND n.nspname = current_schema() AND c.relkind = 'i'
"""

_BUSY = """\
Bảng đang được phiên khác giữ; chưa thay đổi gì thêm.
Another session holds a table that must be changed; nothing more was changed.
Next: run the same command again. If it happens again, see who holds it:
  SELECT pid, state, xact_start, left(query, 60) FROM pg_stat_activity
  WHERE xact_start < now() - interval '3 seconds' ORDER BY xact_start"""

_TWO = """\
Một tiến trình khác đang cập nhật các bảng.
Another process is changing the tables just now.
Next: wait until it has ended, then run the same command again."""


class BusyError(Exception):
    """The tables cannot be changed now; the message says what to do next."""


def migrate() -> None:
    """
    Bring the tables to this version.

    BusyError with the next act if a table is held, or somebody else is at it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if not cursor.fetchone()[0]:
            raise BusyError(_TWO)
        try:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            _drop_what_was_broken_off()
            call_command("migrate", verbosity=0, skip_checks=True)
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                raise BusyError(_BUSY) from error
            raise
        finally:
            if connection.is_usable():
                cursor.execute("RESET lock_timeout")
                cursor.execute(_UNLOCK)


def _drop_what_was_broken_off() -> None:
    """Drop indexes whose making was broken off: they are never used, and stand in the way."""
    with connection.cursor() as cursor:
        cursor.execute(_INVALID)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
