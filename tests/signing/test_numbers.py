"""A register's numbers: in order, never back, and each that is on no result has its reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dossiers import facts
from register import ledger
from register.models import Dossier
from signing.models import Number, NumberNote
from signing.policy import numbers, registers
from signing.policy.registers import Register
from tests.support import dossier_kit

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 31)


def signed(number: int) -> Dossier:
    """Return a dossier that waits for its number."""
    made = dossier_kit.dossier(f"H49.61-261123-{number:04d}")
    dossier_kit.walk(made, until=facts.Signed)
    return Dossier.objects.get(pk=made.pk)


def give(number: int, day: date = DAY, **how: int) -> Number:
    """Give dossier *number* its number."""
    return numbers.assign(signed(number).pk, day=day, clerk="lan", **how)


def register() -> Register:
    """Return the register of all the test's dossiers."""
    return registers.of(Dossier.objects.all()[0], DAY)


def test_nothing_is_dated_back() -> None:
    """After a number of a day, none of the day before; the next year's begins at 01."""
    give(1)
    with pytest.raises(numbers.BackdatedError):
        give(2, DAY - timedelta(days=1))

    assert ["01/GPXD", "02/GPXD"] == [str(give(3, DAY + timedelta(days=1))), str(give(4))]
    assert not numbers.can_be_given(signed(5), DAY - timedelta(days=1))


def test_numbers_are_kept_free_and_used() -> None:
    """The next result goes on behind them; a kept one is used once, by a result of its own."""
    give(1)
    assert [2, 3] == numbers.keep_free(register(), 2, reason="Quyết định họp sáng", by="lan")
    assert "04/GPXD" == str(give(2))
    assert "02/GPXD" == str(give(3, kept=2))
    with pytest.raises(numbers.NotFreeError):
        give(4, kept=2)
    with pytest.raises(numbers.NotFreeError):
        give(5, kept=9)

    assert [] == numbers.gaps(register())


def test_a_void_number_is_never_given_again() -> None:
    """Only of a withdrawn result, or of one kept free; with a reason and a name."""
    given = give(1)
    with pytest.raises(numbers.StillValidError):
        numbers.void(register(), 1, reason="sai", by="lan")
    ledger.record(given.dossier_id, facts.Withdrawn("đổi ý"), by="test")
    with pytest.raises(numbers.NoReasonError):
        numbers.void(register(), 1, reason=" ", by="lan")
    with pytest.raises(numbers.NotGivenError):
        numbers.void(register(), 7, reason="sai", by="lan")

    first = numbers.void(register(), 1, reason="hồ sơ rút", by="lan")
    assert first == numbers.void(register(), 1, reason="lần nữa", by="lan")
    assert ("hồ sơ rút", "lan") == (first.reason, first.by)
    numbers.keep_free(register(), 1, reason="dành", by="lan")
    numbers.void(register(), 2, reason="không dùng", by="lan")
    assert "03/GPXD" == str(give(2))
    assert not numbers.can_be_given(Dossier.objects.get(pk=given.dossier_id), DAY)


@pytest.mark.parametrize("count", [0, numbers.KEPT_FREE + 1])
def test_not_too_many_are_kept_free(count: int) -> None:
    """Whoever keeps hundreds free hides a gap."""
    give(1)
    with pytest.raises(numbers.TooManyError):
        numbers.keep_free(register(), count, reason="x", by="lan")
    assert 0 == NumberNote.objects.count()


def test_a_gap_is_seen() -> None:
    """A number that vanished without a word is named."""
    for number in (1, 2, 3):
        give(number)
    Number.objects.filter(value=2).delete()

    assert [2] == numbers.gaps(register())
