"""
Migrations since the first kept version run while the hub serves, and the version before runs on.

Each operation is looked at by the rules below. An exception stands in a table with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.state import ProjectState

from tests.support import upgrade_kit as kit

Key = tuple[str, str]

#: What is allowed although a rule is against it: why.
ALLOWED: dict[tuple[str, str, str], str] = {
    ("hub_payments", "0005_opening", "RunPython"): (
        "posts what came before the book into its new tables, in one transaction: a statement "
        "that comes meanwhile waits for its account until that commits, and nothing else waits"
    ),
    ("hub_payments", "0006_handed_on", "RunPython"): (
        "marks settled payments, 5,000 at a time, each batch in a transaction of its own; nobody "
        "else writes to a settled payment"
    ),
    ("hub_dispatch", "0003_cut_off", "RunSQL"): (
        "changes the few rows of parcels that came back, which nobody is writing to; see there"
    ),
    ("hub_signing", "0008_appointed", "RunPython"): (
        "makes an appointment for each of the few signers, which nobody changes meanwhile"
    ),
}

#: Tables that stay small, in which a scan under a lock is over before anybody notices.
SMALL = {
    "account",
    "apiclient",
    "connectorhealth",
    "feedmark",
    "manifestcount",
    "membership",
    "office",
    "procedure",
    "schedule",
    "signer",
    "token",
    "unit",
}

#: What SQL may not say of a table that is there already: why.
FORBIDDEN_SQL: dict[str, str] = {
    r"\bLOCK\s+TABLE\b": "everybody waits until the migration commits",
    r"\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)": "nobody can write while it is made",
    r"\bALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE\b": "the table is written anew under a lock",
    r"\bSET\s+NOT\s+NULL\b": "the table is read through under a lock",
    r"\bADD\s+(CONSTRAINT\s+\w+\s+)?(CHECK|FOREIGN|UNIQUE|PRIMARY|EXCLUDE)\b(?!.*NOT VALID)": (
        "the table is read through under a lock; add it NOT VALID, then validate it"
    ),
    r"\bDROP\s+(TABLE|COLUMN)\b|\bRENAME\b": "the version before still needs it",
    r"\bVACUUM\s+FULL\b|\bCLUSTER\b|\bTRUNCATE\b|\bREINDEX\b(?!.*CONCURRENTLY)": "a long lock",
    r"^\s*(UPDATE|DELETE)\b": "its rows are held until the migration commits; do it in pieces",
}


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    """Every migration that there is, without a database."""
    return MigrationLoader(None, ignore_no_migrations=True)


def ours(loader: MigrationLoader) -> list[Key]:
    """Return our own migrations that the first kept version has not, in their order."""
    labels = {app.label for app in apps.get_app_configs() if app.label.startswith("hub_")}
    text = (kit.SCHEMAS / f"{kit.kept()[0]}.sql").read_text()
    known = set(re.findall(r"\(\d+, '(hub_\w+)', '(\w+)', '", text))
    plan = list(loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True))
    return [key for key in plan if key[0] in labels and key not in known]


def operations(loader: MigrationLoader) -> Iterator[tuple[Key, Operation, ProjectState, set[Key]]]:
    """Yield each operation with the state before it, and the models that are new by then."""
    new: set[Key] = set()
    for key in ours(loader):
        migration = loader.graph.nodes[key]
        state = loader.project_state(key, at_end=False)
        for operation in migration.operations:
            for one in _inner(operation):
                yield key, one, state, new
                if isinstance(one, migrations.CreateModel):
                    new.add((key[0], one.name_lower))
            state = state.clone()
            operation.state_forwards(key[0], state)


def _inner(operation: Operation) -> list[Operation]:
    """Return what an operation does to the database."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return list(operation.database_operations)
    return [operation]


# -- the rules ------------------------------------------------------------------------------


def against(operation: Operation, model: Key | None, state: ProjectState) -> str:
    """Return why *operation* may not be done to a large table in use; empty if it may."""
    rule: Callable[..., str] | None = next(
        (rule for kind, rule in RULES.items() if isinstance(operation, kind)), None
    )
    if rule is None:
        return "no rule knows this operation"
    return rule(operation, model, state)


def _fine(*_given: Any) -> str:
    return ""


def _never(*_given: Any) -> str:
    return "the version before still reads and writes it; do it one release later"


def _locks(*_given: Any) -> str:
    return "nobody can write while it is made; use the way that works concurrently"


def _scans(*_given: Any) -> str:
    return "the table is read through under a lock; use AddConstraintNotValid, then validate"


def _add_field(operation: migrations.AddField, _model: Key, _state: ProjectState) -> str:
    field = operation.field
    if isinstance(field, models.ManyToManyField):
        return ""
    if not field.null and not field.has_db_default():
        return "the version before does not tell it: allow null, or give a db_default"
    if field.unique or field.db_index or field.remote_field:
        return "an index or a foreign key is made under a lock: add it afterwards"
    return ""


def _alter_field(operation: migrations.AlterField, model: Key, state: ProjectState) -> str:
    before = state.models[model].fields[operation.name]
    old, new = (
        field.clone().db_parameters(connection)["type"] or "" for field in (before, operation.field)
    )
    grows = re.sub(r"\d+", "", old) == re.sub(r"\d+", "", new) and _length(old) <= _length(new)
    if not grows:
        return "the type changes: the table is written anew under a lock"
    if before.null and not operation.field.null:
        return "the table is read through under a lock, and the version before stores nothing there"
    return ""


def _length(kind: str) -> int:
    return int(next(iter(re.findall(r"\d+", kind)), "0"))


def _sql(operation: migrations.RunSQL, _model: Key | None, _state: ProjectState) -> str:
    told = operation.sql if isinstance(operation.sql, str) else " ".join(map(str, operation.sql))
    # what stands inside a function runs later
    text = re.sub(r"\$\$.*?\$\$", "", told, flags=re.DOTALL)
    reasons = [
        reason
        for pattern, reason in FORBIDDEN_SQL.items()
        if re.search(pattern, text, re.IGNORECASE | re.MULTILINE)
    ]
    return "; ".join(reasons)


def _python(*_given: Any) -> str:
    return "what it locks, nobody can see from here: say it in ALLOWED"


RULES: dict[type[Operation], Callable[..., str]] = {
    migrations.CreateModel: _fine,
    AddIndexConcurrently: _fine,
    RemoveIndexConcurrently: _fine,
    AddConstraintNotValid: _fine,
    ValidateConstraint: _fine,
    migrations.AlterModelOptions: _fine,
    migrations.AlterModelManagers: _fine,
    migrations.AddField: _add_field,
    migrations.AlterField: _alter_field,
    migrations.RunSQL: _sql,
    migrations.RunPython: _python,
    migrations.AddIndex: _locks,
    migrations.AddConstraint: _scans,
    migrations.RemoveIndex: _locks,
    migrations.RemoveField: _never,
    migrations.RenameField: _never,
    migrations.DeleteModel: _never,
    migrations.RenameModel: _never,
    migrations.AlterModelTable: _never,
}


def model_of(key: Key, operation: Operation) -> Key | None:
    """Return the model that an operation is about, where it is about one."""
    if isinstance(operation, FieldOperation | IndexOperation):
        return key[0], operation.model_name.lower()
    return (key[0], operation.name.lower()) if isinstance(operation, ModelOperation) else None


# -- the tests ------------------------------------------------------------------------------


def test_no_migration_stops_the_traffic(loader: MigrationLoader) -> None:
    """
    None holds a large table in use for longer than a moment, or takes away what is still needed.
    """
    broken = []
    for key, operation, state, new in operations(loader):
        model, kind = model_of(key, operation), type(operation).__name__
        if model and (model in new or model[1] in SMALL):
            continue
        reason = against(operation, model, state)
        if reason and (*key, kind) not in ALLOWED:
            broken.append(f"{key[0]} {key[1]} {kind} {model and model[1]}: {reason}")

    assert [] == broken


def test_what_works_concurrently_is_in_no_transaction(loader: MigrationLoader) -> None:
    """
    A migration that makes an index beside the traffic does not hold other locks meanwhile.
    """
    assert [] == [
        key
        for key, operation, _state, _new in operations(loader)
        if loader.graph.nodes[key].atomic
        and (
            isinstance(operation, AddIndexConcurrently | RemoveIndexConcurrently)
            or (isinstance(operation, migrations.RunSQL) and "CONCURRENTLY" in str(operation.sql))
        )
    ]


def test_every_exception_is_still_needed(loader: MigrationLoader) -> None:
    """
    The table of exceptions has no line that excuses nothing.
    """
    there = {(*key, type(operation).__name__) for key, operation, _s, _n in operations(loader)}

    assert set() == set(ALLOWED) - there


@pytest.mark.parametrize(
    ("operation", "word"),
    [
        (migrations.AddField("dossier", "x", models.TextField(default="")), "db_default"),
        (migrations.AddField("dossier", "x", models.TextField(null=True, unique=True)), "index"),
        (migrations.RunSQL("CREATE INDEX x ON y (z)"), "nobody can write"),
        (migrations.RunSQL("LOCK TABLE x"), "everybody waits"),
        (migrations.RunSQL("ALTER TABLE x ALTER COLUMN y TYPE bigint"), "written anew"),
        (migrations.RunSQL("ALTER TABLE x ADD CONSTRAINT y CHECK (z > 0)"), "NOT VALID"),
        (migrations.RunSQL("UPDATE x SET y = 1"), "in pieces"),
        (migrations.RemoveField("dossier", "secret"), "version before"),
        (migrations.AlterField("dossier", "due", models.TextField()), "written anew"),
        (migrations.AlterField("dossier", "secret", models.CharField(max_length=5)), "anew"),
        (migrations.AddIndex("dossier", models.Index(fields=["due"], name="x")), "concurrently"),
    ],
)
def test_the_rules_see_what_stops_the_traffic(
    loader: MigrationLoader, operation: Operation, word: str
) -> None:
    """
    Each rule catches the mistake that it is for.
    """
    assert word in against(operation, ("hub_register", "dossier"), loader.project_state())


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("dossier", "x", models.TextField(null=True)),
        migrations.AddField("dossier", "x", models.IntegerField(default=0, db_default=0)),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY IF NOT EXISTS x ON y (z)"),
        migrations.RunSQL("CREATE FUNCTION x() RETURNS trigger AS $$ UPDATE y SET z = 1 $$"),
        migrations.RunSQL("ALTER TABLE x ADD CONSTRAINT y CHECK (z > 0) NOT VALID"),
        migrations.AlterField("dossier", "secret", models.CharField(max_length=40)),
    ],
)
def test_the_rules_let_pass_what_is_over_at_once(
    loader: MigrationLoader, operation: Operation
) -> None:
    """
    What PostgreSQL does in a moment is no matter.
    """
    assert "" == against(operation, ("hub_register", "dossier"), loader.project_state())


def test_kept_versions_are_in_order() -> None:
    """
    The oldest kept version is the first one: what is looked at begins there.
    """
    kept = kit.kept()

    assert "0.1.0" == kept[0]
    assert all(older != newer for older, newer in pairwise(kept))
