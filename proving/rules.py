"""
The rules that are seen in rows: read from ``rules.sql`` (after each step) and ``last_rules.sql``.

A rule is a comment ``-- name: sentence``, perhaps a comment ``-- needs table``, and a query
whose rows are what breaks it. A further query of the same name may leave its sentence out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

from proving.story import Violation

_RULE = re.compile(
    r"^-- (?P<name>[a-z_]+)(?:: (?P<words>.+))?\n(?:-- needs (?P<needs>\w+)\n)?(?P<query>[^;]+);",
    re.MULTILINE,
)
_TOGETHER = """
WITH fact AS MATERIALIZED (SELECT dossier_id, kind, body FROM hub_register_fact),
secret (pattern) AS (SELECT '{secret}')
{queries} LIMIT 1
"""

EACH_STEP, LAST = "rules.sql", "last_rules.sql"


@dataclass(frozen=True, slots=True)
class Rule:
    """One query whose rows are what breaks a rule."""

    name: str
    words: str
    needs: str
    """A table without which the rule says nothing yet."""
    query: str


@cache
def read(file: str) -> tuple[Rule, ...]:
    """Return the rules of *file*, in its order."""
    text = Path(__file__).with_name(file).read_text(encoding="utf-8")
    return tuple(
        Rule(found["name"], found["words"] or "", found["needs"] or "", found["query"].strip())
        for found in _RULE.finditer(text)
    )


def hold(sql: psycopg.Connection, file: str, *, secret: str) -> None:
    """
    Raise Violation if a rule of *file* is broken as session *sql* sees it.

    *secret* is a pattern that no row may match.
    """
    if broken := sql.execute(_statement(sql, file, secret)).fetchone():
        raise Violation(*broken)


@cache
def _statement(sql: psycopg.Connection, file: str, secret: str) -> str:
    """Return all rules of *file* as one statement, put together once for a session."""
    there = {row[0] for row in sql.execute("SELECT tablename FROM pg_tables").fetchall()}
    queries = "\nUNION ALL ".join(
        f"SELECT '{rule.name}', what::text FROM ({rule.query}) AS broken (what)"
        for rule in read(file)
        if not rule.needs or rule.needs in there
    )
    return _TOGETHER.format(secret=secret, queries=queries)
