"""Bugs can be planted into the running hub and taken out again, and the rules notice them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from payments import queries
from proving import cuts, planted
from register import ledger
from scheduler import advance

ROOT = Path(__file__).resolve().parents[2]

#: A few that need no luck: they show on nearly every day.
SOME = (
    *("acknowledged_before_stored", "checksum_off", "number_lost", "name_in_a_job"),
    *("pin_sent_again", "settlement_counted_twice", "signed_file_changed"),
)

HUNT = """
import json
from proving import ground
with ground.opened(1) as there:
    from proving import planted
    print(json.dumps(planted.hunt(there, seeds={seeds}, names={names})))
"""


@pytest.mark.parametrize("name", sorted(planted.REGISTRY))
def test_every_bug_has_its_place(name: str) -> None:
    """
    The place of each planted bug is there in the hub of today, and is as it was afterwards.

    A place that has moved is found here, not by a hunt that finds nothing.
    """
    before = _codes()
    with planted.planted(name):
        pass
    assert before == _codes()


def _codes() -> list[CodeType]:
    return [
        function.__code__ for function in (ledger.record, advance._book, queries.text.__wrapped__)
    ]


def test_there_are_enough_of_them_and_each_says_what_it_breaks() -> None:
    """
    The registry has the bugs that the issue names and many more, each with a sentence.
    """
    assert 36 <= len(planted.REGISTRY)
    assert [] == [one.name for one in planted.REGISTRY.values() if not one.breaks.endswith(".")]


def test_a_cut_changes_the_function_for_everybody_and_only_for_a_while() -> None:
    """
    Who took the function before the cut has the bug, too; afterwards nobody has it.
    """
    held = _doubled
    cut = cuts.code(f"{__name__}:_doubled", "2 * number", "3 * number")
    # The module is imported under this name by pytest alone.
    sys.modules.setdefault(__name__, sys.modules[_doubled.__module__])
    with cut():
        assert 9 == held(3)
    assert 6 == held(3)


def _doubled(number: int) -> int:
    return 2 * number


def test_a_cut_whose_place_is_gone_says_so() -> None:
    """
    Neither a text that is not there nor one that is there twice is cut.
    """
    for old in ("not there", "code"):
        with pytest.raises(cuts.StaleError), cuts.code("register.ledger:state", old, "")():
            pass
    with pytest.raises(cuts.StaleError), cuts.value("register.ledger:nothing", lambda _: None)():
        pass


def test_a_finding_counts_only_if_the_day_is_quiet_without_the_bug() -> None:
    """
    A rule that breaks on the same day of a sound hub catches no bug; the hunt goes on.
    """
    hunt = planted._Hunt(2, ["number_lost"])
    played: list[dict[str, Any]] = []
    while not hunt.is_over:
        for task in hunt.tasks():
            played.append(dict(task))
            loud = "plant" in task or task["seed"] == 0
            outcome = {"seed": task["seed"], "rule": "a_rule" if loud else "", "words": ""}
            hunt.judge(task, outcome)
    assert {"number_lost": 1} == {name: one["seed"] for name, one in hunt.caught.items()}
    assert [
        {"seed": 0, "plant": "number_lost"},
        {"seed": 0, "staged": ""},
        {"seed": 1, "plant": "number_lost"},
        {"seed": 1, "staged": ""},
    ] == played


@pytest.mark.slow
def test_some_bugs_are_caught() -> None:
    """
    A few bugs that would each cost somebody dear are noticed by a rule within a few days.
    """
    done = subprocess.run(
        [sys.executable, "-c", HUNT.format(seeds=6, names=list(SOME))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert {"planted": len(SOME), "caught": len(SOME)} == {
        name: told[name] for name in ("planted", "caught")
    }, told
