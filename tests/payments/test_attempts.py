"""Charges and tries to have them paid: only a gateway's answer counts, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from dossiers import money
from dossiers.discrepancies import Code
from dossiers.orders import Outcome, Payment
from dossiers.settlement import AttemptState
from dossiers.status import Money
from dossiers.work import TaskKind
from payments import attempts, charges
from payments.models import Attempt, Charge, ChargeLine, Discrepancy
from register import ledger, world
from register.models import Procedure, Task
from tests.support.dossier_kit import dossier
from tests.support.money_kit import account, charge, paid

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 8, 30, 45, 678901, tzinfo=UTC)


def begun() -> Attempt:
    """Return a try that its gateway has been asked about."""
    made = attempts.begin(charge().dossier_id)
    attempts.asked(made, "https://pay.test/1")
    made.refresh_from_db()
    return made


def code_of(attempt: Attempt) -> str:
    """Return the code of the attempt's dossier."""
    return attempt.charge.dossier_id


def test_a_charge_asks_once_for_the_procedures_fees() -> None:
    """A charge has a right reference, its lines and its fact; asking again is the same."""
    first = charge()
    again = charges.open(first.dossier_id)

    assert first == again
    assert money.is_reference(first.reference)
    assert ("le_phi", "LP01", 75_000) == ChargeLine.objects.values_list(
        "kind", "code", "amount"
    ).get()
    state = ledger.state(first.dossier_id)
    assert (Money.DUE, 75_000, first.reference) == (state.money, state.due, state.charge)
    assert ("970436", "1017595600") == charges.account(first.dossier_id)


def test_two_charges_have_two_references() -> None:
    """Numbers come from the database's sequence."""
    assert charge(1).reference != charge(2).reference


def test_no_fee_is_exempt_and_needs_no_account() -> None:
    """A procedure without fees is charged 0 đồng; there is no account to pay it to."""
    made = dossier()
    Procedure.objects.update(fees=[])

    opened = charges.open(made.code)

    assert (0, None) == (opened.amount, opened.account)
    assert Money.EXEMPT == ledger.state(made.code).money
    with pytest.raises(charges.NoAccountError):
        charges.account(made.code)
    with pytest.raises(attempts.NothingDueError):
        attempts.begin(made.code)


def test_money_without_an_account_is_refused() -> None:
    """Nobody is asked to pay into nowhere, and nothing is left behind."""
    made = dossier()

    with pytest.raises(charges.NoAccountError):
        charges.open(made.code)

    assert 0 == Charge.objects.count()
    assert Money.NONE == ledger.state(made.code).money


def test_the_account_is_the_agencys_before_the_centres() -> None:
    """The deciding agency's account wins; the centre's stands in where it has none."""
    account("222", unit="H49.61")
    made = dossier()
    first = charges.open(made.code)
    assert first.account is not None
    assert "222" == first.account.number

    assert charge(2).account == account()


def test_an_order_repeats_itself_to_the_second() -> None:
    """What the gateway is asked twice is the same twice; its note holds no sign but dashes."""
    with world.running_in(replace(world.current(), now=lambda: NOW)):
        made = attempts.begin(charge().dossier_id)

    order = attempts.order(made)
    again = attempts.order(Attempt.objects.get(pk=made.pk))

    assert order == again
    assert NOW.replace(microsecond=0) == order.at
    assert (75_000, made.charge.reference) == (order.amount, order.charge)
    assert order.note.replace(" ", "").replace("-", "").isalnum()
    assert order.reference in order.note
    assert "Nguyễn" not in repr(order).replace("Nguyễn V** A*", "")


def test_beginning_again_is_the_same_try() -> None:
    """A try that the gateway may have heard of is not followed by another one."""
    first = begun()

    assert first == attempts.begin(code_of(first))
    attempts.settle(first, Payment(first.reference, Outcome.PENDING, 0, ""))
    assert first == attempts.begin(code_of(first))
    assert first.reference == ledger.state(code_of(first)).asked


def test_a_failed_try_is_followed_by_another() -> None:
    """A new try has a reference of its own."""
    first = begun()
    attempts.settle(first, Payment(first.reference, Outcome.FAILED, 0, ""))

    second = attempts.begin(code_of(first))

    assert second.reference == f"{first.charge.reference}T02"


def test_paid_in_full_is_recorded_with_its_evidence() -> None:
    """The gateway's answer makes the dossier paid, and asking stops."""
    made = begun()

    settled = attempts.settle(made, paid(made))

    state = ledger.state(code_of(made))
    assert (Money.PAID, ("platform:GD1",)) == (state.money, state.evidence)
    assert (AttemptState.PAID, "GD1", None) == (
        settled.state,
        settled.transaction,
        settled.ask_after,
    )


def test_settling_twice_changes_nothing() -> None:
    """A duplicate answer is success without effect."""
    made = begun()
    attempts.settle(made, paid(made))
    told = len(ledger.history(code_of(made)))

    attempts.settle(made, paid(made))
    attempts.settle(made, Payment(made.reference, Outcome.PENDING, 0, ""))
    attempts.settle(made, None)

    made.refresh_from_db()
    assert told == len(ledger.history(code_of(made)))
    assert AttemptState.PAID == made.state
    assert 0 == Discrepancy.objects.count()


@pytest.mark.parametrize(("amount", "code"), [(74_999, Code.SHORT), (75_001, Code.OVER)])
def test_another_amount_is_a_discrepancy_and_nothing_else(amount: int, code: Code) -> None:
    """A gateway that says paid with another amount makes nothing paid; a person looks."""
    made = begun()

    attempts.settle(made, paid(made, amount))
    attempts.settle(made, paid(made, amount))

    state = ledger.state(code_of(made))
    assert (Money.DUE, 0) == (state.money, state.paid)
    assert (code, 1) == Discrepancy.objects.values_list("code", "amount").get()
    assert TaskKind.DISCREPANCY == Task.objects.get().kind


def test_another_transaction_for_a_paid_try_is_a_duplicate() -> None:
    """The same order paid under two numbers is named, not swallowed."""
    made = begun()
    attempts.settle(made, paid(made))

    attempts.settle(made, paid(made, transaction="GD2"))

    assert Code.DUPLICATE == Discrepancy.objects.get().code
    assert 75_000 == ledger.state(code_of(made)).paid


def test_two_tries_paid_is_paid_twice() -> None:
    """Money of two tries is all told, and the second is named a duplicate."""
    first = begun()
    attempts.settle(first, Payment(first.reference, Outcome.FAILED, 0, ""))
    second = attempts.begin(code_of(first))
    attempts.settle(second, paid(second, transaction="GD2"))

    attempts.settle(first, paid(first))

    assert Money.OVER == ledger.state(code_of(first)).money
    assert (Code.DUPLICATE, 75_000) == Discrepancy.objects.values_list("code", "amount").get()


def test_an_answer_about_another_order_is_refused() -> None:
    """A gateway that mixes up its orders moves no money here."""
    made = begun()
    other = replace(paid(made), reference="QN0000000101T01")

    with pytest.raises(ValueError, match="answered about"):
        attempts.settle(made, other)


def test_a_pending_payment_is_asked_about_for_ever() -> None:
    """Questions grow rarer and never stop; a late success is a success."""
    clock = [NOW]
    with world.running_in(replace(world.current(), now=lambda: clock[0])):
        made = begun()
        asked = 0
        for _hour in range(24 * 10):
            clock[0] += timedelta(hours=1)
            for attempt in attempts.pending(clock[0]):
                attempts.settle(attempt, Payment(attempt.reference, Outcome.PENDING, 0, ""))
                asked += 1
        assert asked == 24 * 10
        attempts.settle(made, paid(made))

    assert Money.PAID == ledger.state(code_of(made)).money
    assert [] == attempts.pending(clock[0] + timedelta(days=365))


def test_the_first_questions_come_soon() -> None:
    """Nothing is asked at once; after twenty seconds it is."""
    with world.running_in(replace(world.current(), now=lambda: NOW)):
        made = begun()

    assert [] == attempts.pending(NOW + timedelta(seconds=19))
    assert [made] == attempts.pending(NOW + timedelta(seconds=20))


def test_a_refused_order_is_a_persons_and_the_dossier_goes_on() -> None:
    """The gateway's no stands on the list of finance; paying by transfer stays open."""
    made = attempts.begin(charge().dossier_id)

    attempts.refused(made, "Sai thông tin")
    attempts.refused(made, "Sai thông tin")

    assert TaskKind.PAYMENT_REFUSED == Task.objects.get().kind
    assert made.reference == ledger.state(code_of(made)).asked


def test_a_reference_that_is_not_ours_is_named_once() -> None:
    """A callback about nothing of ours is a discrepancy of finance."""
    attempts.unknown("platform", "XX1")
    attempts.unknown("platform", "XX1")

    found = Discrepancy.objects.get()
    assert (Code.UNIDENTIFIED, "platform:XX1") == (found.code, found.subject)


def test_the_lines_of_a_charge_stay_as_they_were() -> None:
    """The database refuses to change what was asked for."""
    charge()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ChargeLine.objects.update(amount=1)
