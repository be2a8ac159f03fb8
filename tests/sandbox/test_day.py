from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import day, people, transfers
from sandbox.day import Trouble

Rows = list[dict[str, Any]]
CODE = re.compile(r"H49\.61\.[0-9]{2}-261123-[0-9]{4,}")
ACCOUNT = "1017000022333"
REFERENCE = "QN1234567890"


def test_same_seed_same_day(procedures: Rows, units: Rows) -> None:
    """
    A seed tells one day, and a longer day begins like a shorter one.
    """
    long, short = (day.plan("7", n, procedures, units) for n in (90, 50))
    assert long == day.plan("7", 90, procedures, units)
    assert long[:50] == short


def test_other_seed_other_day(procedures: Rows, units: Rows) -> None:
    """
    Another seed tells another day.
    """
    assert day.plan("1", 40, procedures, units) != day.plan("2", 40, procedures, units)


def test_every_trouble_happens(procedures: Rows, units: Rows) -> None:
    """
    Forty dossiers have each trouble once.
    """
    troubles = [case.trouble for case in day.plan("x", day.BLOCK, procedures, units)]
    assert {1} == {troubles.count(trouble) for trouble in Trouble if trouble != Trouble.NONE}


@settings(max_examples=20)
@given(seed=st.text(max_size=20))
def test_cases_hold_together(procedures: Rows, units: Rows, seed: str) -> None:
    """
    Whatever the seed: codes, people, places and money are as they must be.
    """
    in_force = {row["code"] for row in units if not row["valid_to"]}
    cases = day.plan(seed, 40, procedures, units)
    assert 40 == len({case.code for case in cases})
    for case in cases:
        assert CODE.fullmatch(case.code)
        assert case.unit in people.agencies()
        assert case.applicant.ward in in_force
        assert case.applicant.id_number.startswith("099")
        assert case.received_at < case.due_at
        assert ("counter" == case.channel) == (case.amount == 0)
        assert 1 <= case.pages <= 6


def test_procedures_belong_to_known_agencies(procedures: Rows) -> None:
    """
    The hub's procedures and the sandbox's people name the same agencies; there are enough of each.
    """
    assert 12 <= len(procedures)
    assert {row["unit"] for row in procedures} <= people.agencies().keys()
    assert len(procedures) == len({row["code"] for row in procedures})


@pytest.mark.parametrize(
    ("trouble", "paid"),
    [
        (Trouble.NONE, [100_000]),
        (Trouble.UNPAID, []),
        (Trouble.SHORT_PAID, [90_000]),
        (Trouble.OVERPAID, [110_000]),
        (Trouble.PAID_TWICE, [100_000, 100_000]),
        (Trouble.PAID_IN_PARTS, [50_000, 50_000]),
        (Trouble.PAID_LATE, [100_000]),
    ],
)
def test_what_is_transferred(
    procedures: Rows, units: Rows, trouble: Trouble, paid: list[int]
) -> None:
    """
    Each trouble pays what its name says.
    """
    case = _case(procedures, units, trouble)
    made = transfers.of_case(case, REFERENCE, account=ACCOUNT, amount=100_000)
    assert paid == [transfer.amount for transfer in made]
    assert len(made) == len({transfer.bank_reference for transfer in made})


def _case(procedures: Rows, units: Rows, trouble: Trouble) -> day.Case:
    cases = day.plan("7", 40, procedures, units)
    return next(
        case
        for case in cases
        if case.trouble == trouble and (case.channel == "transfer" or trouble == Trouble.UNPAID)
    )


def test_late_money_comes_the_next_day(procedures: Rows, units: Rows) -> None:
    """
    A late payment is booked on the day after.
    """
    case = _case(procedures, units, Trouble.PAID_LATE)
    (late,) = transfers.of_case(case, REFERENCE, account=ACCOUNT)
    assert late.booked_at.startswith("2026-11-24")


def test_references_in_memos(procedures: Rows, units: Rows) -> None:
    """
    The reference is in the memo, once the bank's dashes are out; not after a typo or without one.
    """
    for case in day.plan("memo", 400, procedures, units):
        for transfer in transfers.of_case(case, REFERENCE, account=ACCOUNT):
            there = REFERENCE in re.sub("[^A-Z0-9]", "", transfer.memo)
            wrong = {Trouble.TYPO_IN_REFERENCE, Trouble.NO_REFERENCE}
            assert there == (case.trouble not in wrong), transfer.memo
            assert transfer.memo.isascii()
            assert transfer.memo == transfer.memo.upper()


def test_strangers() -> None:
    """
    Strangers' money is the same for the same seed and never names a reference.
    """
    one, other = (
        transfers.strangers("7", 100, account=ACCOUNT, day=date(2026, 11, 23)) for _ in range(2)
    )
    assert one == other
    assert 9 == len(one)
    assert not any("QN" in transfer.memo for transfer in one)
