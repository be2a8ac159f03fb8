from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.faults import TABLE, Fault, Faults, Plan, UnknownFaultError

REFERENCES = [f"ref{number}" for number in range(400)]


def test_draws_do_not_depend_on_order(tmp_path: Path) -> None:
    """
    The same seed gives every reference the same fault, whoever comes first.
    """
    plan = Plan(seed="7", rate=0.2)
    forwards, backwards = Faults(tmp_path / "a", plan), Faults(tmp_path / "b", plan)
    one = {name: forwards.draw("platform", "init", name) for name in REFERENCES[:60]}
    other = {name: backwards.draw("platform", "init", name) for name in REFERENCES[:60][::-1]}
    assert one == other


def test_only_the_first_try_is_hit(tmp_path: Path) -> None:
    """
    The second try of a reference goes through, also after a restart.
    """
    plan = Plan(rate=1.0)
    assert Fault.SLOW is Faults(tmp_path / "f", plan).draw("bank", "statement", "x")
    assert None is Faults(tmp_path / "f", plan).draw("bank", "statement", "x")


@pytest.mark.parametrize("place", TABLE)
def test_rate_is_the_chance_of_each_fault(place: tuple[str, str]) -> None:
    """
    With a rate of 0.05 about one first try in twenty meets the first fault of its operation.
    """
    plan = Plan(seed="rates", rate=0.05)
    hits = [plan.draw(*place, name) for name in REFERENCES]
    first = TABLE[place][0]
    assert 8 <= hits.count(first) <= 36


@given(seed=st.text(max_size=80), reference=st.text())
def test_rates_of_nought_and_one(seed: str, reference: str) -> None:
    """
    Nothing happens at 0 and everything at 1, whatever the seed and the reference.
    """
    assert None is Plan(seed=seed).draw("vnpost", "order", reference)
    sure = Plan(seed=seed, rates={Fault.DUPLICATE: 1.0})
    assert Fault.DUPLICATE is sure.draw("vnpost", "order", reference)


def test_seeds_differ() -> None:
    """
    Another seed is another day.
    """
    days = [
        [Plan(seed=seed, rate=0.3).draw("platform", "query", name) for name in REFERENCES]
        for seed in ("1", "2")
    ]
    assert days[0] != days[1]


def test_armed_fault_hits_once_and_is_counted(tmp_path: Path) -> None:
    """
    A fault armed by hand hits the reference it is meant for, once, at whatever try.
    """
    faults = Faults(tmp_path / "f", Plan())
    faults.draw("platform", "init", "a")
    faults.arm("platform", "init", "refused", "a")
    assert None is faults.draw("platform", "init", "b")
    assert Fault.REFUSED is faults.draw("platform", "init", "a")
    assert None is faults.draw("platform", "init", "a")
    hits = [{"party": "platform", "operation": "init", "fault": "refused", "n": 1}]
    assert {"hits": hits, "armed": []} == faults.state()


def test_unknown_faults_are_refused(tmp_path: Path) -> None:
    """
    Arming what the table does not have is an error, not a fault that never comes.
    """
    faults = Faults(tmp_path / "f", Plan())
    with pytest.raises(UnknownFaultError):
        faults.arm("bank", "statement", "forged_callback")


def test_the_same_seed_has_the_same_day_tomorrow() -> None:
    """
    What befalls a dossier follows from its place in the day, not from the date in its code.
    """
    plan = Plan(seed="7", rate=0.2)

    def day(date: str) -> list[Fault | None]:
        codes = (f"H49.61.21-{date}-{number:04d}-D-1" for number in range(200))
        return [plan.draw("vnpost", "order", code) for code in codes]

    assert day("261123") == day("261124")
    assert len(set(day("261123"))) > 3
