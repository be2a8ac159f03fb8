"""Simulated days: rules hold, seeds replay, kills change nothing, and a finding is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from proving import crashes, ground, simulate
from proving.flows import FLOWS
from proving.ground import Ground, Outcome

#: CI's share; the full runs are commands, and their figures stand in docs/reliability.md.
DAYS = range(24)


@pytest.fixture(scope="module")
def there() -> Iterator[Ground]:
    """A ground with two players."""
    with ground.opened(2) as opened:
        yield opened


def played(there: Ground, seeds: list[int]) -> dict[int, Outcome]:
    """Play days and return what came of each."""
    return {task["seed"]: outcome for task, outcome in there.play({"seed": s} for s in seeds)}


@pytest.mark.slow
def test_no_rule_breaks_in_ci_s_share_of_days(there: Ground) -> None:
    """
    Days with faults of every family: every rule holds after every step, and everything ends.
    """
    outcomes = played(there, list(DAYS))

    assert {} == {
        seed: (one["rule"], one["words"]) for seed, one in outcomes.items() if one["rule"]
    }
    assert 25 <= len({fault for one in outcomes.values() for fault in one["faults"]})
    assert sum(one["crashes"] for one in outcomes.values())


@pytest.mark.slow
def test_a_seed_tells_the_same_day_again(there: Ground) -> None:
    """
    The hash of a trace depends on the seed and on nothing else, not on what was played before.
    """
    first = played(there, [3, 8, 13])
    again = played(there, [13, 21, 8, 3])

    assert {seed: first[seed]["digest"] for seed in first} == {
        seed: again[seed]["digest"] for seed in first
    }
    assert again[21]["digest"] not in {one["digest"] for one in first.values()}


@pytest.mark.slow
def test_one_kill_anywhere_in_any_flow_changes_nothing(there: Ground) -> None:
    """
    All schedules of one kill of every flow, and a share of those of two, end as if none had been.
    """
    told = crashes.explore(there, kills=2, flows=list(FLOWS), share=0.02)

    assert [] == told["broken"]
    assert 0 == told["violations"]
    assert all(0 < one["points"] < one["schedules"] + 1 for one in told["flows"].values())


@pytest.mark.slow
def test_a_finding_is_told_with_its_shortest_story(there: Ground) -> None:
    """
    A broken rule comes with seed, words and a story that is no longer than the day's own.
    """
    for seed in DAYS:
        task = {"seed": seed, "plant": PLANT}
        _task, outcome = next(iter(there.play([task])))
        if outcome["rule"]:
            break

    told = simulate.shortest(there, task, outcome)

    assert (outcome["rule"], seed) == (told["rule"], told["seed"])
    assert 0 < len(told["story"]) <= len(outcome["story"])
    assert not set(told["without"]) & set(told["faults"])


PLANT = "chain_skips_a_fact"
"""A bug that shows soon; see ``proving.planted``."""
