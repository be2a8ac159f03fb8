"""
SQL by name: each file in ``sql/`` is one statement and says in its first line what it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from dossiers.book import BookAccountKind, EntryKind
from dossiers.settlement import Match, RefundState, Stage
from dossiers.status import Business

#: Words of ``dossiers`` as the statements use them, so that no file spells one itself.
_WORDS = {
    **{f"match_{word.name.lower()}": word.value for word in Match},
    **{f"stage_{word.name.lower()}": word.value for word in Stage},
    **{f"book_{word.name.lower()}": word.value for word in BookAccountKind},
    **{f"entry_{word.name.lower()}": word.value for word in EntryKind},
    **{f"refund_{word.name.lower()}": word.value for word in RefundState},
    "business_withdrawn": Business.WITHDRAWN.value,
}


@cache
def text(name: str) -> str:
    """Return the statement ``sql/{name}.sql``; FileNotFoundError if there is none."""
    return Path(__file__).with_name("sql").joinpath(f"{name}.sql").read_text("utf-8")


def run(name: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Run statement *name* with *values*; return its rows, an empty list if it yields none."""
    return run_text(text(name), values)


def run_text(statement: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Run a *statement* that was put together of named ones; see :func:`run`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {**_WORDS, **(values or {})})
        if cursor.description is None:
            return []
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
