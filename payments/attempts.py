"""
Attempts: tries to have a charge paid through a gateway.

What a gateway tells in a callback is a hint; only its answer to our own question settles an
attempt, and only if the amount is the one we asked for. Each real payment is counted once,
whoever tells of it first: the gateway or the bank.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from dossiers import facts
from dossiers.book import EntryKind
from dossiers.discrepancies import Code
from dossiers.orders import Line, Order, Outcome, Payment
from dossiers.roles import Role
from dossiers.settlement import AttemptState
from dossiers.work import TaskKind
from payments import book, discrepancies
from payments.discrepancies import About
from payments.models import Allocation, Attempt, Charge
from register import ledger, tasks, world
from register.ledger import HUB
from register.models import Dossier

GATEWAY: Final = "platform"
"""Code of the connector that takes payments: the national payment platform."""

#: Seconds until the next question, by how many were asked; the last one for ever. A payment
#: that is pending is never given up: a late success is a success.
DELAYS: Final = (20, 40, 60, 300, 900, 3600)

_OPEN: Final = (AttemptState.BEGUN, AttemptState.ASKED, AttemptState.PENDING)


class NothingDueError(Exception):
    """The charge is paid, or nothing was ever due; there is nothing to ask for."""


def begin(code: str) -> Attempt:
    """
    Return the try that dossier *code* is to be paid by, committed before anything is sent.

    A try that the gateway may have heard of is returned again, not followed by another one.
    NothingDueError if nothing is missing.
    """
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=code)
        charge = Charge.objects.get(dossier=dossier)
        if known := charge.attempts.filter(state__in=_OPEN).order_by("-pk").first():
            return known
        missing = charge.amount - dossier.paid
        if missing <= 0:
            raise NothingDueError(code)
        number = charge.attempts.count() + 1
        return Attempt.objects.create(
            charge=charge,
            gateway=GATEWAY,
            reference=f"{charge.reference}T{number:02d}",
            # Gateways tell time by the second; what we keep is what they are told.
            at=world.now().replace(microsecond=0),
            amount=missing,
        )


def order(attempt: Attempt) -> Order:
    """Return what the gateway is asked for; the same, to the second, each time."""
    charge = attempt.charge
    dossier = charge.dossier
    return Order(
        reference=attempt.reference,
        charge=charge.reference,
        dossier=dossier.code,
        amount=attempt.amount,
        note=f"{attempt.reference} HO SO {dossier.code.replace('.', '-')}",
        at=attempt.at,
        payer=dossier.applicant.name,
        lines=tuple(
            Line(line.kind, line.code, line.name, line.amount)
            for line in charge.lines.order_by("pk")
        ),
    )


def asked(attempt: Attempt, url: str) -> None:
    """Keep the address where the citizen pays; the dossier goes on while they do."""
    with transaction.atomic():
        ours = _locked(attempt)
        if ours.url or ours.state not in _OPEN:
            return
        ours.url = url
        if ours.state == AttemptState.BEGUN:
            ours.state = AttemptState.ASKED
            _ask_again(ours)
        ours.save()
        _record_asked(ours)


def refused(attempt: Attempt, reason: str) -> None:
    """
    Note that the gateway refused the order, and have a person look.

    The dossier goes on: its owner can still pay by transfer.
    """
    with transaction.atomic():
        ours = _locked(attempt)
        if ours.state != AttemptState.BEGUN:
            return
        ours.state = AttemptState.FAILED
        ours.save()
        _record_asked(ours)
        tasks.open(
            TaskKind.PAYMENT_REFUSED,
            Role.FINANCE,
            dossier=ours.charge.dossier_id,
            subject=ours.reference,
            detail={"gateway": ours.gateway, "words": reason[:200]},
        )


def settle(attempt: Attempt, payment: Payment | None) -> Attempt:
    """
    Take the gateway's answer to our question about *attempt*; None: it never heard of it.

    Paid in full: recorded, unless the bank's line was counted before. Another amount: a
    discrepancy and nothing else. Settled already: nothing. ValueError if the answer is
    about another order.
    """
    if payment and payment.reference != attempt.reference:
        message = f"asked about {attempt.reference}, answered about {payment.reference}"
        raise ValueError(message)
    with transaction.atomic():
        ours = _locked(attempt)
        if payment and payment.outcome is Outcome.PAID:
            _paid(ours, payment)
        elif ours.state != AttemptState.PAID:
            _not_paid(ours, payment)
        ours.save()
    world.point("payment settled")
    return ours


def pending(now: datetime) -> list[Attempt]:
    """Return the attempts whose outcome is open and whose time to ask has come by *now*."""
    return list(Attempt.objects.filter(state__in=_OPEN, ask_after__lte=now).order_by("ask_after"))


def unknown(gateway: str, reference: str) -> None:
    """Name the difference: *gateway* told of a payment for a *reference* that is not ours."""
    discrepancies.open(
        Code.UNIDENTIFIED,
        f"{gateway}:{reference}"[:110],
        0,
        about=About(),
        detail={"gateway": gateway, "reference": reference[:60]},
    )


def _locked(attempt: Attempt) -> Attempt:
    """
    Lock the dossier, then the attempt.

    Everything that counts money locks in this order, so that nothing waits in a circle.
    """
    Dossier.objects.select_for_update().get(charge__attempts=attempt.pk)
    return (
        Attempt.objects.select_for_update(of=("self",)).select_related("charge").get(pk=attempt.pk)
    )


def _record_asked(attempt: Attempt) -> None:
    fact = facts.PaymentAsked(channel=attempt.gateway, reference=attempt.reference)
    ledger.record(attempt.charge.dossier_id, fact, by=HUB)


def _not_paid(attempt: Attempt, payment: Payment | None) -> None:
    """Keep a failure; ask again later about everything else, for ever."""
    if payment and payment.outcome is Outcome.FAILED:
        attempt.state, attempt.ask_after = AttemptState.FAILED, None
        return
    if payment:
        attempt.state = AttemptState.PENDING
    _ask_again(attempt)


def _ask_again(attempt: Attempt) -> None:
    delay = DELAYS[min(attempt.questions, len(DELAYS) - 1)]
    attempt.questions += 1
    attempt.ask_after = world.now() + timedelta(seconds=delay)


def _paid(attempt: Attempt, payment: Payment) -> None:
    about = About(charge=attempt.charge, account=attempt.charge.account)
    detail = {"asked": attempt.amount, "told": payment.amount, "transaction": payment.transaction}
    subject = f"{attempt.gateway}:{attempt.reference}"
    if attempt.state == AttemptState.PAID:
        if payment.transaction != attempt.transaction:
            code = Code.DUPLICATE
            discrepancies.open(code, subject, payment.amount, about=about, detail=detail)
        return
    if payment.amount != attempt.amount:
        code = Code.SHORT if payment.amount < attempt.amount else Code.OVER
        difference = abs(payment.amount - attempt.amount)
        discrepancies.open(code, subject, difference, about=about, detail=detail)
        # A person decides now; asking on would give the same answer.
        attempt.ask_after = None
        return
    attempt.state, attempt.transaction = AttemptState.PAID, payment.transaction
    attempt.settled_at, attempt.ask_after = world.now(), None
    _count(attempt)


def _count(attempt: Attempt) -> None:
    """Record the money, unless the bank's line told of it first."""
    if _at_the_bank(attempt):
        discrepancies.close(
            Code.PAID_NOT_NOTIFIED,
            attempt.reference,
            by=HUB,
            resolution=f"{attempt.gateway} told of it as {attempt.transaction}",
        )
        return
    attempt.counted = True
    attempt.save()
    book.post(EntryKind.CLEARED, [attempt.pk])
    charge = attempt.charge
    evidence = f"{attempt.gateway}:{attempt.transaction}"
    fact = facts.Paid(amount=attempt.amount, channel=attempt.gateway, evidence=evidence)
    surplus = ledger.record(charge.dossier_id, fact, by=HUB).paid - charge.amount
    if surplus > 0:
        code = Code.DUPLICATE if surplus >= attempt.amount else Code.OVER
        discrepancies.open(
            code,
            f"{attempt.gateway}:{attempt.reference}",
            surplus,
            about=About(charge=charge, account=charge.account),
        )


def _at_the_bank(attempt: Attempt) -> bool:
    """Tell whether a line of a statement was counted as this attempt's money."""
    return Allocation.objects.filter(
        attempt=attempt, counted=True, reverses=None, allocation=None
    ).exists()
