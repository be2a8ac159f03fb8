"""Every line ends allocated with evidence, or as a discrepancy with an owner; no đồng twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from dossiers import facts
from dossiers.discrepancies import Code
from dossiers.roles import Role
from dossiers.settlement import Match, Stage
from dossiers.status import Money
from payments import attempts, matching
from payments.models import Allocation, Attempt, BankTransaction, Charge, Discrepancy, Waiting
from register import ledger, world
from register.models import Dossier, Task
from tests.support.money_kit import DAY, Line, account, charge, paid, take

pytestmark = pytest.mark.django_db


def matches() -> list[tuple[str, str, int]]:
    """Return stage, class and amount of all allocations, in the order of the lines."""
    return list(Allocation.objects.order_by("transaction").values_list("stage", "match", "amount"))


def opened() -> list[tuple[str, int]]:
    """Return code and amount of the open discrepancies."""
    rows = Discrepancy.objects.filter(closed_at=None).order_by("pk")
    return list(rows.values_list("code", "amount"))


def begun(number: int = 1) -> Attempt:
    """Return a try that its gateway has been asked about."""
    made = attempts.begin(charge(number).dossier_id)
    attempts.asked(made, "https://pay.test/1")
    return made


def test_a_transfer_with_a_reference_is_exact() -> None:
    """A reference in the memo and the right amount make the dossier paid, with evidence."""
    due = charge()
    take(Line(75_000, f"MBVCB.1.{due.reference.lower()} nop phi.CT tu 1 NGUYEN VAN A", "FT1"))

    report = matching.run()

    assert {Match.EXACT: 1} == report.matched
    made = Allocation.objects.get()
    assert (Stage.REFERENCE, due.reference, matching.RULE) == (
        made.stage,
        made.evidence,
        made.rule,
    )
    state = ledger.state(due.dossier_id)
    assert (Money.PAID, ("bank:1017595600:FT1:1",)) == (state.money, state.evidence)
    assert [] == opened()
    assert 0 == Waiting.objects.count()


def test_running_again_changes_nothing() -> None:
    """Matching an hour later, or a statement that comes again, counts nothing twice."""
    due = charge()
    lines = (Line(75_000, due.reference, "FT1"), Line(50_000, "nop tien", "FT2"))
    take(*lines)
    matching.run()

    take(*lines, sequence=2)
    report = matching.run()

    assert 0 == report.lines
    assert 75_000 == ledger.state(due.dossier_id).paid
    assert [(Code.UNIDENTIFIED, 50_000)] == opened()


def test_a_short_payment_is_told_and_holds_the_dossier() -> None:
    """Part of the money is part of the money: SHORT, and a discrepancy of what is missing."""
    due = charge()
    take(Line(70_000, due.reference, "FT1"))

    matching.run()

    state = ledger.state(due.dossier_id)
    assert (Money.SHORT, 70_000) == (state.money, state.paid)
    assert [(Code.SHORT, 5_000)] == opened()
    assert Role.FINANCE == Discrepancy.objects.get().owner == Task.objects.get().role


def test_the_missing_part_completes_it() -> None:
    """When the rest arrives the charge is paid and the discrepancy closes by itself."""
    due = charge()
    take(Line(70_000, due.reference, "FT1"))
    matching.run()
    take(Line(70_000, due.reference, "FT1"), Line(5_000, due.reference, "FT2"))
    matching.run()

    assert [Match.SHORT, Match.SPLIT] == [match for _stage, match, _amount in matches()]
    assert Money.PAID == ledger.state(due.dossier_id).money
    assert [] == opened()
    assert not Task.objects.filter(closed_at=None).exists()


def test_two_parts_in_one_statement() -> None:
    """Parts that come together are classed in order, each against what was before it."""
    due = charge()
    take(Line(25_000, due.reference, "FT1"), Line(50_000, due.reference, "FT2"))

    matching.run()

    assert [Match.SHORT, Match.SPLIT] == [match for _stage, match, _amount in matches()]
    assert [] == opened()


def test_twins_are_one_payment_and_one_duplicate() -> None:
    """Of two equal payments the second is surplus: told, named, and no reason to hold."""
    due = charge()
    twin = Line(75_000, due.reference, "FT1")
    take(twin, twin)

    matching.run()

    assert [Match.EXACT, Match.DUPLICATE] == [match for _stage, match, _amount in matches()]
    assert (Money.OVER, 150_000) == (
        ledger.state(due.dossier_id).money,
        ledger.state(due.dossier_id).paid,
    )
    assert [(Code.DUPLICATE, 75_000)] == opened()


def test_too_much_is_over() -> None:
    """The surplus is the discrepancy's amount."""
    take(Line(80_000, charge().reference, "FT1"))

    matching.run()

    assert [(Code.OVER, 5_000)] == opened()


def test_late_is_exact_after_the_day() -> None:
    """Money after the last day is taken, and its class says so."""
    due = charge()
    Charge.objects.update(payable_until=DAY - timedelta(days=1))
    take(Line(75_000, due.reference, "FT1"))

    matching.run()

    assert [(Stage.REFERENCE, Match.LATE, 75_000)] == matches()
    assert [] == opened()


def test_money_without_a_name_is_unidentified() -> None:
    """No reference, no allocation: a discrepancy, and no guess by amount."""
    due = charge()
    take(Line(75_000, "nop le phi", "FT1"))

    matching.run()

    assert [] == matches()
    assert [(Code.UNIDENTIFIED, 75_000)] == opened()
    assert Money.DUE == ledger.state(due.dossier_id).money


def test_two_charges_in_one_memo_are_a_persons() -> None:
    """A memo with two references is given to neither; the list says whether the sum agrees."""
    first, second = charge(1), charge(2)
    take(Line(150_000, f"{first.reference} {second.reference}", "FT1"))

    matching.run()

    assert [] == matches()
    assert [(Code.AMBIGUOUS, 150_000)] == opened()
    assert Discrepancy.objects.get().detail["sum_agrees"] is True


def test_money_on_another_account_is_not_ours_to_count() -> None:
    """A right reference on another unit's account pays nothing here; a person moves it."""
    due = charge()
    other = account("222", unit="H49.13")
    Charge.objects.update(account=other)
    take(Line(75_000, due.reference, "FT1"))

    matching.run()

    assert [(Code.WRONG_ACCOUNT, 75_000)] == opened()
    assert 0 == ledger.state(due.dossier_id).paid


def test_money_taken_back_is_named() -> None:
    """A reversal is a discrepancy; ordinary money that goes out is not."""
    take(
        Line(-75_000, "HOAN TRA", "FT1", reversal=True),
        Line(-1_100, "PHI QUAN LY", "FT2"),
        opening=100_000,
    )

    matching.run()

    assert [(Code.REVERSED, 75_000)] == opened()


def test_money_for_a_withdrawn_dossier_is_the_managers() -> None:
    """Money that comes after the end is told, and the manager decides."""
    due = charge()
    ledger.record(due.dossier_id, facts.Withdrawn("thay đổi"), by="test")
    take(Line(75_000, due.reference, "FT1"))

    matching.run()

    found = Discrepancy.objects.get()
    assert (Code.PAID_AFTER_CANCEL, Role.MANAGER) == (found.code, found.owner)
    assert 75_000 == ledger.state(due.dossier_id).paid


# Money that a gateway hands on


def told_first(made: Attempt, line: Line) -> None:
    """The gateway tells of the money, then the bank shows it."""
    attempts.settle(made, paid(made))
    take(line)
    matching.run()


def shown_first(made: Attempt, line: Line) -> None:
    """The bank shows the money before the gateway has told of it."""
    take(line)
    matching.run()
    assert [(Code.PAID_NOT_NOTIFIED, 75_000)] == opened()
    attempts.settle(made, paid(made))


@pytest.mark.parametrize(
    ("order", "by"),
    [
        # A transaction's number is known from the gateway only, so then it tells first.
        (told_first, "transaction"),
        (told_first, "reference"),
        (told_first, "memo"),
        (shown_first, "reference"),
        (shown_first, "memo"),
    ],
)
def test_a_gateways_money_is_counted_once(order: Callable[[Attempt, Line], None], by: str) -> None:
    """Whoever tells first, and whatever identity the line carries, the money is paid once."""
    made = begun()
    lines = {
        "transaction": Line(75_000, "PAYPLAT", "FTGD1", end_to_end="GD1"),
        "reference": Line(75_000, "PAYPLAT", "FT1", end_to_end=made.reference),
        "memo": Line(75_000, attempts.order(made).note, "FT1"),
    }

    order(made, lines[by])

    state = ledger.state(made.charge.dossier_id)
    assert (Money.PAID, 75_000, 1) == (state.money, state.paid, len(state.evidence))
    assert [Stage.MACHINE_ID] == [stage for stage, _match, _amount in matches()]
    assert [] == opened()


def test_a_settlement_without_an_identity_is_found_by_the_charge() -> None:
    """The charge's reference and the amount of money a gateway owes us is its settlement."""
    made = begun()

    told_first(made, Line(75_000, f"CT DEN {made.charge.reference}", "FT1"))

    assert [(Stage.REFERENCE, Match.SETTLEMENT, 75_000)] == matches()
    assert 75_000 == ledger.state(made.charge.dossier_id).paid


def test_after_the_settlement_a_transfer_is_a_duplicate() -> None:
    """One line settles the gateway's word; a second one is a second payment."""
    made = begun()
    attempts.settle(made, paid(made))
    line = Line(75_000, made.charge.reference, "FT1")
    take(line, replace(line, reference="FT2"))

    matching.run()

    assert [Match.SETTLEMENT, Match.DUPLICATE] == [match for _s, match, _a in matches()]
    assert 150_000 == ledger.state(made.charge.dossier_id).paid
    assert [(Code.DUPLICATE, 75_000)] == opened()


def test_a_gateways_fee_is_named() -> None:
    """Less than told is handed on: the difference is a discrepancy, the dossier stays paid."""
    made = begun()

    told_first(made, Line(73_900, "PAYPLAT", "FT1", end_to_end="GD1"))

    assert [(Code.FEE_CUT, 1_100)] == opened()
    assert Money.PAID == ledger.state(made.charge.dossier_id).money


def test_what_a_gateway_owes_too_long_is_named_until_it_comes() -> None:
    """Two days after the gateway's word the bank must have it; when it comes the name goes."""
    made = begun()
    attempts.settle(made, paid(made))
    later = world.now() + matching.SETTLED_WITHIN + timedelta(minutes=1)

    assert {} == matching.run().opened
    with world.running_in(replace(world.current(), now=lambda: later)):
        matching.run()
        matching.run()
        assert [(Code.NOTIFIED_NOT_SETTLED, 75_000)] == opened()
        take(Line(75_000, "PAYPLAT", "FT1", end_to_end="GD1"))
        matching.run()

    assert [] == opened()


# The walls


def test_an_allocation_is_exclusive() -> None:
    """The database refuses to give a line's money away a second time."""
    due = charge()
    take(Line(75_000, due.reference, "FT1"))
    matching.run()
    made = Allocation.objects.get()
    made.pk = None

    with pytest.raises(IntegrityError, match="allocation_exclusive"), transaction.atomic():
        made.save(force_insert=True)
    made.part = 2
    with pytest.raises(IntegrityError, match="would be given away"), transaction.atomic():
        made.save(force_insert=True)


def test_an_allocation_is_undone_by_a_contra_row_only() -> None:
    """Update and delete are refused; a contra row of the same amount makes room for another."""
    due = charge()
    take(Line(75_000, due.reference, "FT1"))
    matching.run()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Allocation.objects.update(amount=F("amount") - 1)

    made = Allocation.objects.get()
    contra = Allocation.objects.get()
    contra.pk, contra.reverses, contra.amount = None, made, -74_000
    with pytest.raises(IntegrityError, match="contra row"), transaction.atomic():
        contra.save(force_insert=True)
    contra.amount = -75_000
    contra.save(force_insert=True)
    Waiting.objects.create(transaction=BankTransaction.objects.get())
    matching.run()

    assert [1, 1, 2] == list(Allocation.objects.order_by("pk").values_list("generation", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_each_line_away_once() -> None:
    """Lines of the same charges, matched by several workers at the same time, are counted once."""
    dues = [charge(number) for number in range(1, 6)]
    lines = [
        Line(75_000, due.reference, f"FT{due.pk}-{again}") for due in dues for again in range(4)
    ]
    take(*lines)
    start, faults = threading.Barrier(4), []

    def work() -> None:
        try:
            start.wait()
            matching.run()
        except Exception as error:  # noqa: BLE001 - a thread's failure is the test's
            faults.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [] == faults
    assert len(lines) == Allocation.objects.count()
    assert len(dues) == Allocation.objects.filter(match=Match.EXACT).count()
    assert {300_000} == set(Dossier.objects.values_list("paid", flat=True))


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_on_lines_of_one_charge_each() -> None:
    """
    Two workers that hold different lines of one charge look at it one after the other.
    """
    due = charge()
    take(Line(75_000, due.reference, "FT1"))
    entered, leave = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            matching.run()
            entered.set()
            leave.wait(10)
        connection.close()

    first = threading.Thread(target=slow)
    first.start()
    entered.wait(10)
    take(Line(75_000, due.reference, "FT1"), Line(75_000, due.reference, "FT2"))
    second = threading.Thread(target=lambda: (matching.run(), connection.close()))
    second.start()
    second.join(1)
    assert second.is_alive()
    leave.set()
    first.join()
    second.join()

    assert [Match.EXACT, Match.DUPLICATE] == [match for _s, match, _a in matches()]
