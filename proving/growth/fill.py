"""
A year of dossiers that nobody handed over, stored by the database itself.

A dossier is a number, and everything about it follows from the number (``seed.sql``). Its
facts, and the state that they leave, are those of ``dossiers``: they are told once here, with
marks such as ``@code`` in place of what differs, and ``rows.sql`` has them for each row. A
column that ``rows.sql`` does not know takes the zero of its type, so that a new one does not
stop the fill.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg

from dossiers import facts
from dossiers.book import EntryKind
from dossiers.manifests import ManifestState
from dossiers.settlement import AttemptState, Match, Stage
from dossiers.signing_status import BatchStatus, ItemStatus, SigningRole
from dossiers.state import fold
from dossiers.status import Delivery
from dossiers.steps import next_step
from dossiers.work import IntentState, TaskKind

AMOUNT: Final = 75_000
"""Đồng; what every stored dossier costs."""

MONTHS: Final = 12
"""Finished dossiers are spread over so many full months, and over the first DAYS of each."""
DAYS: Final = 18

OFFICIAL, CLERK = "official", "clerk"
CENTRE, CARRIER, GATEWAY = "H49.61", "fake_post", "platform"
UNITS: Final = ("H49.21", "H49.22", "H49.23", "H49.24")
OFFICES: Final = ("HLG1", "HLG2", "HLG3", "HLG4")

#: The life of a dossier, from the department to the citizen.
LIFE: Final[tuple[facts.Fact, ...]] = (
    facts.Received("@a", "@procedure", "@unit", CENTRE, "@due", "post"),
    facts.Charged("@charge", AMOUNT, "platform"),
    facts.PaymentAsked(GATEWAY, "@chargeT01"),
    facts.Submitted("@b", OFFICIAL),
    facts.Signed("@c", "@b", OFFICIAL, "@a"),
    facts.Numbered("@n/GP", "@day", CLERK),
    facts.Sealed("@d", "@c", CLERK, "@b"),
    facts.Verified("@d", "pyhanko"),
    facts.Paid(AMOUNT, GATEWAY, f"{GATEWAY}:GD@n"),
    facts.Released("@d", AMOUNT, AMOUNT),
    facts.Booked(CARRIER, "@code-D-1", "@tracking"),
    facts.Listed("@manifest"),
    facts.HandedOver("@manifest", "tai"),
    facts.Carried(Delivery.DELIVERED, "4", "@ended", "@tracking"),
)

#: Where open dossiers stand, by how many facts were told of them: on the official's tray, on
#: the clerk's, held for money, waiting for a manifest, with the post.
STANDING: Final = (4, 5, 8, 11, 13)

#: Words of ``dossiers`` and of the stage, as the statements use them.
_WORDS: Final[dict[str, Any]] = {
    "amount": AMOUNT,
    "centre": CENTRE,
    "carrier": CARRIER,
    "gateway": GATEWAY,
    "official": OFFICIAL,
    "clerk": CLERK,
    "units": list(UNITS),
    "offices": list(OFFICES),
    "role_official": SigningRole.OFFICIAL.value,
    "role_seal": SigningRole.SEAL.value,
    "intent_done": IntentState.DONE.value,
    "task": TaskKind.DELIVERY_FAILED.value,
    "batch_done": BatchStatus.DONE.value,
    "item_signed": ItemStatus.SIGNED.value,
    "item_on_tray": ItemStatus.ON_TRAY.value,
    "attempt_paid": AttemptState.PAID.value,
    "attempt_asked": AttemptState.ASKED.value,
    "stage": Stage.MACHINE_ID.value,
    "match": Match.SETTLEMENT.value,
    "manifest_received": ManifestState.RECEIVED.value,
    "carried": [
        word.value for word in (Delivery.ACCEPTED, Delivery.OUT_FOR_DELIVERY, Delivery.DELIVERED)
    ],
    **{f"entry_{kind}": kind.value for kind in EntryKind},
}

FACTS: Final = "hub_register_fact"

#: Sequences that go on after the numbers that the fill gave itself.
_NUMBERED: Final = ("charge", "attempt", "banktransaction", "statementfile", "entry")

Link = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Range:
    """Dossiers *first* up to but not with *last*, all over or all still open."""

    first: int
    last: int
    finished: bool = True


def fill(link: Link, wanted: Range, today: date) -> None:
    """
    Store the dossiers of *wanted* with everything that belongs to them.

    *link* is a superuser's: triggers and foreign keys rest meanwhile, and secondary indexes
    are made anew afterwards.
    """
    link.execute("SET session_replication_role = replica")
    _seed(link, wanted, today)
    pieces = _pieces()
    with link.transaction():
        indexes = list(_take_away_indexes(link, list(pieces)))
        for table, select in pieces.items():
            if table == FACTS and wanted.finished:
                _store_by_month(link, select, today)
            else:
                _insert(link, table, select)
        link.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for made in indexes:
            _run(link, made)
    link.execute("DROP TABLE growth_seed")
    for table in _NUMBERED:
        sequence = f"pg_get_serial_sequence('hub_payments_{table}', 'id')"
        _run(link, f"SELECT setval({sequence}, {wanted.last * 3 + 3})")
    _run(link, f"SELECT setval('hub_payments_charge_number', {wanted.last})")
    link.execute("RESET session_replication_role")


def _seed(link: Link, wanted: Range, today: date) -> None:
    """Lay down what follows from each number; make the months' partitions."""
    months = _months(today)
    for month in months:
        link.execute("SELECT hub_register_partition(%s, %s)", [FACTS, month])
    given = {
        "first": wanted.first,
        "last": wanted.last,
        "since": months[0] if wanted.finished else today - timedelta(days=3),
        "months": MONTHS if wanted.finished else 0,
        "days": DAYS if wanted.finished else 1,
        "standing": [len(LIFE)] if wanted.finished else list(STANDING),
    }
    _run(link, _file("seed.sql"), given)
    link.execute("ANALYZE growth_seed")


def _months(today: date) -> list[date]:
    """Return the first days of the full months before *today*'s, the oldest first."""
    first = (today.replace(day=1) - timedelta(days=MONTHS * 31 - 15)).replace(day=1)
    return [(first + timedelta(days=31 * number)).replace(day=1) for number in range(MONTHS)]


# -- the stories as SQL ---------------------------------------------------------------------


def _pieces() -> dict[str, str]:
    """Return of ``rows.sql`` the SELECT of each table, with the stories in their places."""
    named = _projection() | {"facts": _facts()}
    text = _file("rows.sql")
    for name, piece in named.items():
        text = text.replace(f"{{{name}}}", piece)
    found = re.split(r"^-- table: (\w+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _facts() -> str:
    """Return the facts of a life as rows of number, kind and body."""
    rows = (f"({seq}, '{fact.kind}', {_text(fact.body())})" for seq, fact in enumerate(LIFE, 1))
    return ", ".join(rows)


def _projection() -> dict[str, str]:
    """Return what the fold of its facts leaves of a dossier, as expressions by its columns."""
    states = {told: fold(LIFE[:told]) for told in (*STANDING, len(LIFE))}
    columns = {
        name: {told: f"'{getattr(state, name)}'" for told, state in states.items()}
        for name in ("business", "money", "delivery", "synchronisation")
    }
    columns["next_step"] = {told: f"'{next_step(state)}'" for told, state in states.items()}
    columns["paid"] = {told: str(state.paid) for told, state in states.items()}
    columns["state"] = {told: _text(state.as_json()) for told, state in states.items()}
    return {name: _by_told(values) for name, values in columns.items()}


def _by_told(values: Mapping[int, str]) -> str:
    """Return an expression that chooses by how many facts were told."""
    return f"(CASE d.told {' '.join(f'WHEN {at} THEN {one}' for at, one in values.items())} END)"


def _text(body: Mapping[str, Any]) -> str:
    """Return an expression of JSON text in which each mark is the row's own column."""
    text = json.dumps(body, ensure_ascii=False).replace("'", "''").replace("%", "%%")
    marked = re.sub(
        "@(charge|code|procedure|unit|manifest|tracking|due|ended|day|n|a|b|c|d)", _column, text
    )
    return f"('{marked}')"


def _column(mark: re.Match[str]) -> str:
    column = "(d.at + interval '20 days')" if mark[1] == "due" else f"d.{mark[1]}"
    return f"' || {column} || '"


# -- writing --------------------------------------------------------------------------------

_ZERO: Final = {
    "character varying": "''",
    "text": "''",
    "boolean": "false",
    "jsonb": "'{}'::jsonb",
    "ARRAY": "'{}'",
    "timestamp with time zone": "now()",
    "date": "now()::date",
}

_LACKING: Final = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO'
    AND column_default IS NULL AND is_identity = 'NO'
"""


def _insert(link: Link, table: str, select: str) -> None:
    """Store what *select* tells; columns that it does not name and that need a value get zero."""
    told = [column.name for column in _run(link, f"{select} LIMIT 0").description or ()]
    lacking = dict(link.execute(_LACKING, [table]).fetchall())
    zeros = {name: _ZERO.get(kind, "0") for name, kind in lacking.items() if name not in told}
    names = ", ".join(f'"{name}"' for name in (*told, *zeros))
    values = "".join(f", {value}" for value in zeros.values())
    _run(link, f"INSERT INTO {table} ({names}) SELECT one.*{values} FROM ({select}) AS one")


def _store_by_month(link: Link, select: str, today: date) -> None:
    """Store facts in each month's own table, which is quicker on its own than as a part."""
    for month in _months(today):
        part = f"{FACTS}_{month:%Y_%m}"
        bounds = link.execute(
            "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = %s", [part]
        ).fetchone()
        _run(link, f"ALTER TABLE {FACTS} DETACH PARTITION {part}")
        _run(link, f"ALTER TABLE {part} DROP CONSTRAINT {part}_pkey")
        of_month = f"d.at >= '{month}' AND d.at < '{month}'::date + interval '1 month'"
        _insert(link, part, f"{select} AND {of_month}")
        _run(link, f"ALTER TABLE {part} ADD PRIMARY KEY (dossier_id, seq, at)")
        _run(link, f"ALTER TABLE {FACTS} ATTACH PARTITION {part} {bounds[0] if bounds else ''}")


def _run(link: Link, text: str, given: Mapping[str, Any] | None = None) -> psycopg.Cursor[Any]:
    """Run *text* with the words of the house and what is *given*."""
    cursor = psycopg.ClientCursor(link)
    return cursor.execute(text.encode(), {**_WORDS, **(given or {})})


_CONSTRAINTS: Final = """
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE t.relname = ANY (%s) AND t.relkind = 'r' AND c.contype IN ('p', 'u')
    AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid)
"""
_INDEXES: Final = """
SELECT x.indexrelid::regclass::text, pg_get_indexdef(x.indexrelid)
FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relname = ANY (%s) AND t.relkind = 'r'
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid)
"""


def _take_away_indexes(link: Link, tables: list[str]) -> Iterator[str]:
    """Drop every index that no foreign key rests on; yield what makes it again."""
    for table, name, made in link.execute(_CONSTRAINTS, [tables]).fetchall():
        _run(link, f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        yield f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {made}'
    for name, made in link.execute(_INDEXES, [tables]).fetchall():
        _run(link, f"DROP INDEX {name}")
        yield made
