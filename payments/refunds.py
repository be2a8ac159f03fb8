"""
Refunds: surplus money goes back to its payer ("hoàn phí"), by two persons.

One person asks, for a difference that says why; another approves; then the job ``refund`` has
our bank send it under our own reference. It is done when the bank says so, or when a line of
its statement shows it, whichever is first, and only then is the dossier told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from dossiers import facts
from dossiers.book import EntryKind
from dossiers.discrepancies import Code
from dossiers.orders import Transfer
from dossiers.personal import AccountNumber, Name
from dossiers.roles import Role
from dossiers.settlement import RefundState
from dossiers.transitions import refundable
from dossiers.work import TaskKind
from payments import book, discrepancies, vietqr
from payments.models import BankTransaction, Charge, Discrepancy, Refund
from register import jobs, ledger, tasks, world
from register.ledger import HUB
from register.models import Dossier

#: The differences that mean that a payer's money is too much.
REASONS: Final = (Code.DUPLICATE, Code.OVER, Code.PAID_AFTER_CANCEL)

_RESERVED: Final = (RefundState.ASKED, RefundState.APPROVED)


class NothingToRefundError(Exception):
    """The dossier holds no surplus that is not on its way back already."""


class SamePersonError(Exception):
    """Who asked for a refund cannot decide about it; another person must."""


class UnfitPayeeError(ValueError):
    """No bank has this BIN, the account is no number of one, or the name is missing."""


@dataclass(frozen=True, slots=True)
class Payee:
    """To whom the money goes back."""

    name: Name
    bank: str
    """BIN."""
    account: AccountNumber

    def __post_init__(self) -> None:
        """Refuse a payee that no bank could pay."""
        number = self.account.reveal()
        fits = number.isascii() and number.isalnum() and 4 <= len(number) <= 19
        if not (fits and self.name and self.bank in vietqr.banks()):
            raise UnfitPayeeError


def ask(discrepancy: Discrepancy, payee: Payee, *, by: str) -> Refund:
    """
    Ask that the surplus which *discrepancy* names goes back to *payee*; another must approve.

    Asked again, the same refund is returned. NothingToRefundError if the difference is closed,
    is not about surplus, or what it names is not there any more.
    """
    if discrepancy.charge is None or discrepancy.code not in REASONS:
        raise NothingToRefundError(discrepancy.code)
    with transaction.atomic():
        charge = _locked(discrepancy.charge)
        found = Discrepancy.objects.select_for_update(of=("self",)).get(pk=discrepancy.pk)
        earlier = list(found.refunds.order_by("pk"))
        if earlier and earlier[-1].state not in (RefundState.REFUSED, RefundState.DECLINED):
            return earlier[-1]
        amount, account = min(found.amount, _surplus(charge)), found.account or charge.account
        if found.closed_at or amount <= 0 or account is None:
            raise NothingToRefundError(charge.reference)
        made = Refund.objects.create(
            reference=f"{charge.reference}R{charge.refunds.count() + 1:02d}",
            charge=charge,
            discrepancy=found,
            account=account,
            amount=amount,
            payee_text=payee.name.reveal(),
            payee_bank=payee.bank,
            payee_account_text=payee.account.reveal(),
            asked_by=by,
            asked_at=world.now(),
        )
        for one in earlier:
            tasks.close(TaskKind.REFUND_REFUSED, one.reference, by=by)
        _tell(TaskKind.REFUND_ASKED, Role.FINANCE, made)
    world.point("refund asked")
    return made


def approve(refund: Refund, *, by: str) -> Refund:
    """
    Let the refund go, as the second person; the bank is ordered by a job.

    Approved already: nothing. SamePersonError if *by* asked for it, NothingToRefundError if
    the surplus has gone meanwhile.
    """
    with transaction.atomic():
        ours = _decided(refund, by)
        if ours.state != RefundState.ASKED:
            return ours
        if ours.amount > _surplus(ours.charge, but=ours):
            raise NothingToRefundError(ours.reference)
        _decide(ours, RefundState.APPROVED, by)
        want(ours.reference)
    world.point("refund approved")
    return ours


def decline(refund: Refund, *, by: str) -> Refund:
    """Say no, as the second person; the difference stays open. SamePersonError as above."""
    with transaction.atomic():
        ours = _decided(refund, by)
        if ours.state == RefundState.ASKED:
            ours.ended_at = world.now()
            _decide(ours, RefundState.DECLINED, by)
    world.point("refund declined")
    return ours


def order(refund: Refund) -> Transfer:
    """Return what the bank is ordered; the same each time."""
    dossier = refund.charge.dossier_id.replace(".", "-")
    return Transfer(
        reference=refund.reference,
        account=refund.account.number,
        amount=refund.amount,
        payee=refund.payee,
        payee_bank=refund.payee_bank,
        payee_account=refund.payee_account,
        note=f"{refund.reference} HOAN PHI HO SO {dossier}",
    )


def done(refund: Refund, number: str) -> None:
    """
    Take the bank's word that it sent the money, as its transfer *number*.

    Dossier, book, difference and tasks follow in one transaction, or join the caller's; done
    before: nothing. TransitionError if the dossier's surplus has gone meanwhile.
    """
    with transaction.atomic():
        ours = _fresh(refund)
        if ours.state != RefundState.APPROVED:
            return
        ours.state, ours.bank_reference, ours.ended_at = RefundState.DONE, number, world.now()
        ours.save()
        book.post(EntryKind.REFUNDED, [ours.pk], by=ours.approved_by)
        evidence = f"bank:{ours.account.number}:{number}"
        fact = facts.Refunded(amount=ours.amount, evidence=evidence, reference=ours.reference)
        ledger.record(ours.charge.dossier_id, fact, by=ours.approved_by)
        why = ours.discrepancy
        words = f"refunded as {ours.reference}"
        discrepancies.close(Code(why.code), why.subject, by=ours.approved_by, resolution=words)
        for kind in (TaskKind.OUTCOME_UNKNOWN, TaskKind.REFUND_BY_HAND):
            tasks.close(kind, ours.reference, by=HUB)


def refused(refund: Refund, reason: str) -> None:
    """Note that the bank said no and sent nothing; a person looks. The difference stays open."""
    with transaction.atomic():
        ours = _fresh(refund)
        if ours.state != RefundState.APPROVED:
            return
        ours.state, ours.ended_at = RefundState.REFUSED, world.now()
        ours.save()
        _tell(TaskKind.REFUND_REFUSED, Role.FINANCE, ours, words=reason[:200])
        tasks.close(TaskKind.OUTCOME_UNKNOWN, ours.reference, by=HUB)


def by_hand(refund: Refund) -> None:
    """Have a person send it: the account's bank takes no orders from the hub."""
    _tell(TaskKind.REFUND_BY_HAND, Role.FINANCE, refund)


def unknown(refund: Refund) -> None:
    """Have a person ask the bank: neither a look-up nor time has said what became of it."""
    _tell(TaskKind.OUTCOME_UNKNOWN, Role.FINANCE, refund)


def shown(pk: int, line: BankTransaction) -> bool:
    """
    Give refund *pk* the *line* that shows it; False if that cannot be its line.

    A line is proof: a refund whose outcome the bank has not told is done by it. Not its line:
    another amount, a second line, or a refund that was never ordered.
    """
    with transaction.atomic():
        ours = _fresh(Refund.objects.get(pk=pk))
        expected = ours.state in (RefundState.APPROVED, RefundState.DONE)
        if not expected or ours.transaction_id or ours.amount != -line.amount:
            return False
        if ours.state == RefundState.APPROVED:
            if ours.amount > refundable(ledger.state(ours.charge.dossier_id)):
                return False
            done(ours, line.bank_reference)
            # What is left open of the order is settled by who gave it.
            want(ours.reference)
        Refund.objects.filter(pk=pk).update(transaction=line)
        book.post(EntryKind.SHOWN, [pk])
    return True


def get(reference: str) -> Refund:
    """Return the refund *reference* as it is now; Refund.DoesNotExist if there is none."""
    return Refund.objects.select_related("charge", "account").get(reference=reference)


def want(reference: str, *, priority: int = jobs.Priority.STEP) -> None:
    """Have the bank ordered, or asked, by a job: one at a time for each refund."""
    jobs.enqueue("refund", priority=priority, lock=f"refund {reference}", reference=reference)


def _locked(charge: Charge) -> Charge:
    """Lock the charge's dossier, as everything that counts money does first."""
    Dossier.objects.select_for_update().get(pk=charge.dossier_id)
    return charge


def _fresh(refund: Refund) -> Refund:
    """Lock the dossier, then the refund, and return it as it is now."""
    _locked(refund.charge)
    return (
        Refund.objects.select_for_update(of=("self",))
        .select_related("charge", "account", "discrepancy")
        .get(pk=refund.pk)
    )


def _surplus(charge: Charge, *, but: Refund | None = None) -> int:
    """Return the đồng that may go back and are not on their way already, save those of *but*."""
    reserved = sum(
        other.amount for other in charge.refunds.filter(state__in=_RESERVED) if other != but
    )
    return refundable(ledger.state(charge.dossier_id)) - reserved


def _decided(refund: Refund, by: str) -> Refund:
    ours = _fresh(refund)
    if ours.asked_by == by:
        raise SamePersonError(by)
    return ours


def _decide(refund: Refund, state: RefundState, by: str) -> None:
    refund.state, refund.approved_by, refund.approved_at = state, by, world.now()
    refund.save()
    tasks.close(TaskKind.REFUND_ASKED, refund.reference, by=by)


def _tell(kind: TaskKind, role: Role, refund: Refund, **words: str) -> None:
    tasks.open(
        kind,
        role,
        dossier=refund.charge.dossier_id,
        subject=refund.reference,
        unit=refund.account.unit_id,
        detail={"amount": refund.amount, **words},
    )
