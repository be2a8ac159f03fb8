"""
Canaries: planted persons and secrets, and everywhere that they must not be seen.

Names, phones and numbers of citizens lie in few columns that are made for them; the shared
secrets lie in the settings. No other row, no log line and no error may hold one of them.
"""

from __future__ import annotations

import logging  # noqa: TID251 - to hear what others say there
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
import structlog

from proving.story import Violation

#: Words of ``cast.CANARY``, ``otherside.SECRET`` and its like, for Python and PostgreSQL.
PATTERN = "canary|hoàng yến|0990777555|099777555333|private key"

RULE = "no_secrets"

_SEEN = re.compile(PATTERN, re.IGNORECASE)

#: Where personal data may lie, and must: everything else is shown, logged or handed on.
_ALLOWED = (
    "hub_register_applicant",
    "hub_register_inbox",
    "hub_payments_banktransaction",
    "hub_payments_refund",
)


def look(text: str, where: str) -> None:
    """Raise Violation if *text*, found *where*, holds a canary."""
    if _SEEN.search(text):
        raise Violation(RULE, where)


def look_at_error(error: BaseException | None, where: str) -> None:
    """Look at the texts of *error* and of all that it came from."""
    for one in chain(error):
        look(f"{one} {one.args!r}", f"{where}: {type(one).__name__}")


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give *error* and all that it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def look_everywhere(sql: psycopg.Connection) -> None:
    """Look at every row of the hub that is not made for personal data."""
    if found := sql.execute(_everywhere(sql), {"pattern": PATTERN}).fetchone():
        raise Violation(RULE, f"a row of {found[0]}")


@cache
def _everywhere(sql: psycopg.Connection) -> str:
    rows = sql.execute(
        "SELECT tablename FROM pg_tables t WHERE schemaname = 'public'"
        " AND (tablename LIKE 'hub\\_%' OR tablename LIKE 'procrastinate\\_%')"
        " AND NOT EXISTS (SELECT FROM pg_inherits i"
        " WHERE i.inhrelid = ('public.' || t.tablename)::regclass) ORDER BY 1"
    ).fetchall()
    tables = [table for (table,) in rows if table not in _ALLOWED]
    return " UNION ALL ".join(
        f"(SELECT '{table}' FROM \"{table}\" t WHERE t::text ~* %(pattern)s LIMIT 1)"
        for table in tables
    )


class _Ear(logging.Handler):
    """Keeps what was said in any log and holds a canary."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Hear *record*."""
        self._hear(record.getMessage())

    def process(self, _logger: Any, _name: str, words: Mapping[str, Any]) -> Mapping[str, Any]:
        """Be a processor of structlog: hear *words*, and let them go no further."""
        self._hear(repr(words))
        raise structlog.DropEvent

    def _hear(self, text: str) -> None:
        if _SEEN.search(text):
            self.heard.append(text)


_ear = _Ear()


def heard() -> list[str]:
    """Return what logs said of canaries since :func:`forget`."""
    return _ear.heard


def forget() -> None:
    """Begin to listen anew."""
    _ear.heard.clear()


@contextmanager
def listening() -> Iterator[None]:
    """Within: hear every log of this process."""
    before = structlog.get_config()
    logging.getLogger().addHandler(_ear)
    structlog.configure(processors=[_ear.process])
    try:
        yield
    finally:
        logging.getLogger().removeHandler(_ear)
        structlog.configure(**before)
