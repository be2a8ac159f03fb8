"""Dossiers begun on an older version finish on this one, while the older one still serves."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from config.postgres import Postgres
from dossiers.steps import Step
from tests.support import upgrade_kit as kit
from tests.support.upgrade_kit import ROOT, Hub

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
FINISH, SERVE = HERE / "finish.py", HERE / "serve.py"

#: Seconds that somebody may have to wait because tables change; a busy machine is slow anyway.
PATIENCE = 8.0

Told = dict[str, Any]


@pytest.fixture
def old_tree(tmp_path: Path) -> Path:
    """The newest commit with other tables than ours."""
    commit = kit.previous()
    if commit is None:
        pytest.skip("there is no commit before in this clone")
    return kit.checkout(commit, tmp_path / "old")


@pytest.fixture
def hub(server: Postgres, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hub]:
    """An empty hub of the test's own."""
    tmp_path.chmod(0o711)
    name = "upgrade_" + "".join(sign if sign.isalnum() else "_" for sign in request.node.name)
    with kit.hub(server, tmp_path, name[:60]) as made:
        yield made


@contextmanager
def serving(hub: Hub, tree: Path) -> Iterator[Told]:
    """Let the version of *tree* serve meanwhile; what it tells is there afterwards."""
    told: Told = {}
    with hub.start(tree, "-c", kit.DJANGO, str(SERVE)) as process:
        assert process.stdout
        first = process.stdout.readline()
        assert "serving\n" == first, process.communicate()[1][-3000:]
        try:
            yield told
        finally:
            said, errors = process.communicate(timeout=60)
            assert 0 == process.returncode, errors[-3000:]
            told |= json.loads(said.splitlines()[-1])


def upgrade(hub: Hub) -> None:
    """Bring the tables to this version by the operator's own command."""
    hub.run(ROOT, "-m", "config", "init")


def check_finished(told: Told, places: dict[str, str], *, before: Told | None = None) -> None:
    """Every dossier ended, each chain holds, and nothing happened twice."""
    after, begun = told["after"], (before or told["before"])["dossiers"]
    stood = {code: after["dossiers"][code] for code in places.values()}

    assert {code: [] for code in stood} == {code: one["faults"] for code, one in stood.items()}
    assert dict.fromkeys(stood, "done") == {code: one["step"] for code, one in stood.items()}
    assert dict.fromkeys(stood, "done") == {code: one["kept_step"] for code, one in stood.items()}
    for code, one in stood.items():
        # what was told before is the beginning of what is told now
        assert begun[code]["kinds"] == one["kinds"][: len(begun[code]["kinds"])]
        assert Counter(one["references"]) == Counter(set(one["references"]))
        assert one["paid"] in (0, one["due"])
        once = ("Charged", "Paid", "Numbered", "Released", "Listed", "HandedOver", "Collected")
        assert {} == {kind: n for kind in once if (n := one["kinds"].count(kind)) > 1}
    assert set() == {reference for reference, times in after["booked"].items() if times > 1}
    assert [] == after["failed_jobs"] + after["unsettled"]
    assert 0 == after["waiting_lines"]


def shape(hub: Hub) -> dict[str, int]:
    """Return where each table and index of ours lies: a rewritten one lies elsewhere."""
    with hub.open() as link:
        rows = link.execute(
            "SELECT c.relname, pg_relation_filenode(c.oid) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i')"
        ).fetchall()
    return dict(rows)


def columns(hub: Hub) -> dict[tuple[str, str], tuple[str, bool]]:
    """Return type of each column, and whether a row may be stored that does not tell it."""
    with hub.open(user="postgres") as link:
        rows = link.execute(
            "SELECT table_name, column_name, udt_name || COALESCE("
            "character_maximum_length::text, ''), is_nullable = 'YES'"
            " OR column_default IS NOT NULL OR is_identity = 'YES'"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
    return {(table, column): (kind, optional) for table, column, kind, optional in rows}


@pytest.mark.parametrize("version", kit.kept())
def test_dossiers_of_a_kept_version_finish_on_this_one(hub: Hub, version: str) -> None:
    """
    At every step, with dead workers' effects and jobs and queued signatures: all go on to the end.
    """
    outside = kit.load(hub, version)
    upgrade(hub)

    told = hub.program(ROOT, FINISH, str(hub.home))

    begun = {told["before"]["dossiers"][code]["step"] for code in outside["places"].values()}
    assert {step.value for step in Step} == begun
    check_finished(told, outside["places"])


@pytest.mark.parametrize("version", kit.kept())
def test_an_older_version_runs_on_the_newer_tables(hub: Hub, version: str) -> None:
    """
    Nothing is gone, changed or suddenly wanted, and no table and no index was written anew.
    """
    kit.load(hub, version)
    before, lay = columns(hub), shape(hub)
    upgrade(hub)
    after, lies = columns(hub), shape(hub)

    tables = {table for table, _column in before}
    wanted = [
        f"{table}.{column}"
        for (table, column), (_kind, optional) in after.items()
        if table in tables and (table, column) not in before and not optional
    ]
    assert {} == {
        at: kind for at, kind in before.items() if after.get(at, ("", True))[0] != kind[0]
    }
    assert [] == wanted
    assert [] == [name for name, file in lay.items() if lies.get(name, file) != file]


def test_the_version_before_serves_while_the_tables_change(hub: Hub, old_tree: Path) -> None:
    """
    It serves through the change and after it; then this version finishes what it began.
    """
    outside = kit.stand(hub, old_tree)
    with serving(hub, old_tree) as told:
        upgrade(hub)

    assert [] == told["errors"]
    assert told["done"] > 0
    assert told["slowest"] < PATIENCE
    check_finished(hub.program(ROOT, FINISH, str(hub.home)), outside["places"])


def test_the_version_before_can_take_over_again(hub: Hub, old_tree: Path) -> None:
    """
    After two rounds of this version it finishes the rest; this one says that all of it is right.
    """
    outside = kit.stand(hub, old_tree)
    upgrade(hub)
    begun = hub.program(ROOT, FINISH, str(hub.home), "2")

    hub.program(old_tree, old_tree / FINISH.relative_to(ROOT), str(hub.home))

    judged = hub.program(ROOT, FINISH, str(hub.home), "0")
    check_finished(judged, outside["places"], before=begun["before"])


def test_a_held_table_is_told_and_nothing_is_changed(hub: Hub) -> None:
    """
    A migration that does not get its lock gives up with the next act; the same command goes on.
    """
    kit.load(hub, kit.kept()[-1])
    with hub.open() as holder:
        holder.execute("BEGIN")
        for table in ("hub_register_dossier", "hub_payments_attempt", "hub_payments_charge"):
            holder.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE".encode())
        done = _init(hub)
        holder.execute("ROLLBACK")

    assert 1 == done.returncode
    assert "Next: run the same command again" in done.stderr
    upgrade(hub)


def test_one_machine_changes_the_tables_at_a_time(hub: Hub) -> None:
    """
    A second machine that starts meanwhile is told to wait, and changes nothing.
    """
    kit.load(hub, kit.kept()[-1])
    with hub.open() as holder:
        holder.execute("SELECT pg_advisory_lock(hashtextextended('motcua migrate', 0))")
        done = _init(hub)

    assert 1 == done.returncode
    assert "Another process is changing the tables" in done.stderr


def _init(hub: Hub) -> subprocess.CompletedProcess[str]:
    with hub.start(ROOT, "-m", "config", "init") as process:
        said, errors = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, said, errors)
