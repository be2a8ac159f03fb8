"""Surplus goes back by two persons, once, and never more than there is."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from dossiers.discrepancies import Code
from dossiers.personal import AccountNumber, Name
from dossiers.roles import Role
from dossiers.settlement import RefundState
from dossiers.status import Money
from dossiers.transitions import TransitionError
from dossiers.work import TaskKind
from payments import book, discrepancies, matching, refunds
from payments.models import Discrepancy, Refund
from register import ledger
from register.models import Task
from tests.support.money_kit import NUMBER, Line, charge, take
from tests.support.refund_kit import (
    ASKER,
    PAYEE,
    SECOND,
    after_withdrawal,
    approved,
    outgoing,
    paid_of,
    surplus,
)

pytestmark = pytest.mark.django_db


def open_tasks() -> list[tuple[str, str]]:
    """Return kind and role of what waits for a person, money that differs aside."""
    waiting = Task.objects.filter(closed_at=None).exclude(kind=TaskKind.DISCREPANCY)
    return list(waiting.order_by("pk").values_list("kind", "role"))


def test_one_asks_and_another_approves() -> None:
    """The first person's wish waits on the list of the second; then the bank may be ordered."""
    asked = refunds.ask(surplus(), PAYEE, by=ASKER)
    assert (RefundState.ASKED, 75_000, f"{asked.charge.reference}R01") == (
        asked.state,
        asked.amount,
        asked.reference,
    )
    assert [(TaskKind.REFUND_ASKED, Role.FINANCE)] == open_tasks()

    refunds.approve(asked, by=SECOND)

    asked.refresh_from_db()
    assert (RefundState.APPROVED, SECOND) == (asked.state, asked.approved_by)
    assert [] == open_tasks()
    order = refunds.order(asked)
    assert (asked.reference, 75_000, NUMBER) == (order.reference, order.amount, order.account)
    assert "0011004123456" not in repr(order)


def test_nobody_approves_what_they_asked() -> None:
    """The same person is refused, by the hub and by the database."""
    asked = refunds.ask(surplus(), PAYEE, by=ASKER)

    with pytest.raises(refunds.SamePersonError):
        refunds.approve(asked, by=ASKER)
    with pytest.raises(refunds.SamePersonError):
        refunds.decline(asked, by=ASKER)
    for by in (ASKER, ""):
        with pytest.raises(IntegrityError, match="refund_two_persons"), transaction.atomic():
            Refund.objects.update(state=RefundState.APPROVED, approved_by=by)


def test_asking_and_approving_twice_is_once() -> None:
    """A button pressed twice, or by two people, makes one refund."""
    found = surplus()
    first = refunds.ask(found, PAYEE, by=ASKER)

    assert first == refunds.ask(found, PAYEE, by="lan")
    refunds.approve(first, by=SECOND)
    again = refunds.approve(first, by="lan")

    assert SECOND == again.approved_by
    assert first == refunds.ask(found, PAYEE, by=ASKER)
    first.pk, first.reference = None, "QN0000000101R09"
    with pytest.raises(IntegrityError, match="refund_once"), transaction.atomic():
        first.save(force_insert=True)


def test_a_no_leaves_the_difference_open() -> None:
    """The second person declines; the difference stays, and can be asked for anew."""
    found = surplus()
    refunds.decline(refunds.ask(found, PAYEE, by=ASKER), by=SECOND)

    again = refunds.ask(found, PAYEE, by=ASKER)

    assert again.reference.endswith("R02")
    found.refresh_from_db()
    assert None is found.closed_at


@pytest.mark.parametrize(
    ("name", "bank", "account"),
    [
        ("", "970436", "0011"),
        ("An", "123456", "0011004"),
        ("An", "970436", "00 11"),
        ("An", "", ""),
    ],
)
def test_a_payee_that_no_bank_could_pay_is_refused(name: str, bank: str, account: str) -> None:
    """A name, a bank of the network, a number of letters and digits: or nothing is asked."""
    with pytest.raises(refunds.UnfitPayeeError):
        refunds.Payee(Name(name), bank, AccountNumber(account))


def test_only_surplus_goes_back() -> None:
    """Money that is short, or no one's, is nothing to refund; nor is a closed difference."""
    due = charge()
    take(Line(70_000, due.reference, "FT1"), Line(1_000, "x", "FT2"))
    matching.run()

    for found in Discrepancy.objects.all():
        with pytest.raises(refunds.NothingToRefundError):
            refunds.ask(found, PAYEE, by=ASKER)
    cleared = surplus(2)
    discrepancies.close(Code.DUPLICATE, cleared.subject, by="x", resolution="paid in cash")
    with pytest.raises(refunds.NothingToRefundError):
        refunds.ask(cleared, PAYEE, by=ASKER)


def test_two_differences_about_the_same_money_refund_it_once() -> None:
    """What is on its way back is no surplus any more."""
    found = surplus()
    refunds.ask(found, PAYEE, by=ASKER)
    other = discrepancies.open(
        Code.OVER, "other", 75_000, about=discrepancies.About(charge=found.charge)
    )

    with pytest.raises(refunds.NothingToRefundError):
        refunds.ask(other, PAYEE, by=ASKER)


def test_done_is_told_posted_and_closed_at_once() -> None:
    """The bank sent it: the dossier holds its fee, the book agrees, the difference is gone."""
    ours = approved()

    refunds.done(ours, "SBX1")
    refunds.done(ours, "SBX1")

    state = ledger.state(ours.charge.dossier_id)
    assert (Money.PAID, 75_000, f"bank:{NUMBER}:SBX1") == (
        state.money,
        state.paid,
        state.evidence[-1],
    )
    told = ledger.history(ours.charge.dossier_id)[-1]
    assert ("Refunded", SECOND) == (told.kind, told.by)
    assert (0, -75_000) == (book.balance("receivable"), book.balance("refunds"))
    assert [] == book.check()
    assert not Discrepancy.objects.filter(closed_at=None).exists()
    assert [] == open_tasks()


def test_all_of_a_withdrawn_dossiers_money_goes_back() -> None:
    """Nothing is kept of a fee that was paid too late, and nobody asks for it any more."""
    ours = refunds.approve(refunds.ask(after_withdrawal(), PAYEE, by=ASKER), by=SECOND)

    refunds.done(ours, "SBX1")

    state = ledger.state(ours.charge.dossier_id)
    assert (Money.REFUNDED, 0) == (state.money, state.paid)
    assert [] == book.check()


def test_what_the_bank_refuses_waits_for_a_person() -> None:
    """Nothing went; the difference stays open, and asking anew closes the task."""
    ours = approved()

    refunds.refused(ours, "Tài khoản không tồn tại")
    refunds.done(ours, "SBX1")

    assert 150_000 == paid_of(ours.charge)
    assert [(TaskKind.REFUND_REFUSED, Role.FINANCE)] == open_tasks()
    again = refunds.ask(Discrepancy.objects.get(), PAYEE, by=ASKER)
    assert again.reference.endswith("R02")
    assert [(TaskKind.REFUND_ASKED, Role.FINANCE)] == open_tasks()


def test_more_than_the_surplus_is_never_told() -> None:
    """Money that a bank took back meanwhile cannot go back once more."""
    ours = approved()
    Refund.objects.update(amount=75_001)

    with pytest.raises(TransitionError, match="surplus"), transaction.atomic():
        refunds.done(ours, "SBX1")

    assert 150_000 == paid_of(ours.charge)


# The line of the statement


def test_the_line_that_went_out_is_the_refunds() -> None:
    """After the bank's word its statement shows the money; nothing is left in the book's air."""
    ours = approved()
    refunds.done(ours, "FTR1")
    take(outgoing(ours), sequence=2, opening=150_000)

    matching.run()
    matching.run()

    ours.refresh_from_db()
    assert ours.transaction is not None
    assert (0, 0) == (book.balance("refunds"), book.balance("suspense"))
    assert 75_000 == book.balance(f"bank:{NUMBER}")
    assert [] == book.check()


def test_the_line_proves_a_refund_that_the_bank_did_not_tell_of() -> None:
    """A statement is quicker than a lost answer, or a person sent it by hand: it is done."""
    ours = approved()
    refunds.by_hand(ours)
    take(outgoing(ours), sequence=2, opening=150_000)

    matching.run()

    ours.refresh_from_db()
    assert (RefundState.DONE, 75_000) == (ours.state, paid_of(ours.charge))
    assert [] == book.check()
    assert [] == open_tasks()


@pytest.mark.parametrize("wrong", ["amount", "twice", "never ordered", "no refund"])
def test_other_money_that_goes_out_under_our_reference_is_named(wrong: str) -> None:
    """Another amount, a second time, an order never given: a person looks, nothing is told."""
    ours = approved()
    lines = [outgoing(ours)]
    if wrong == "amount":
        lines = [outgoing(ours, amount=74_000)]
    elif wrong == "twice":
        lines.append(outgoing(ours, reference="FTR2"))
    elif wrong == "never ordered":
        refunds.refused(ours, "no")
    else:
        lines = [Line(-75_000, f"CHI {ours.charge.reference}", "FTR3")]
    take(*lines, sequence=2, opening=150_000)

    report = matching.run()

    assert {Code.REFUND_UNMATCHED: 1} == report.opened
    assert (75_000 if wrong == "twice" else 150_000) == paid_of(ours.charge)
    assert [] == book.check()


def test_what_a_bank_takes_for_itself_is_no_refund() -> None:
    """A fee of the bank bears no reference of ours; it is in the book, and no difference."""
    take(Line(-1_100, "PHI QUAN LY", "FT1"), opening=5_000)

    assert {} == matching.run().opened
    assert (-1_100, 1_100) == (book.balance(f"bank:{NUMBER}"), book.balance("suspense"))


def test_money_that_comes_back_from_the_payee_is_surplus_again() -> None:
    """The payee's bank returns the refund: the dossier has it again, and the difference too."""
    ours = approved()
    refunds.done(ours, "FTR1")
    returned = Line(75_000, f"TRA LAI {ours.reference}", "FTB1", end_to_end=ours.reference)
    take(outgoing(ours), returned, sequence=2, opening=150_000)

    report = matching.run()

    assert {Code.DUPLICATE: 1} == report.opened
    assert 150_000 == paid_of(ours.charge)
    assert [] == book.check()
