"""
The job ``refund``: have the bank send surplus money back, once.

Our own reference is committed before the order leaves, and so is the instant at which it does.
After any silence the bank is asked; an order that it surely never took is given again under
the same reference, which the bank takes once. What it cannot tell, a person finds out; a line
of its statement that shows the refund ends it too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from connectors import Refused
from connectors.banks import PayingBank
from dossiers.settlement import RefundState
from dossiers.work import IntentState
from payments import refunds
from payments.models import Refund
from register import intents, jobs, world
from register.models import Intent
from scheduler import connections, effects, queries

KIND = "refund"

#: A refund whose order nobody looks after for longer was forgotten.
FORGOTTEN = timedelta(minutes=2)

#: A refund whose job has failed is left alone for so long: a person has been told.
TOLD = timedelta(hours=1)


def refund(reference: str) -> None:
    """
    Have the refund *reference* sent, or find out whether it was; nothing if it has its end.

    An account whose bank takes no orders from us: a person sends it, under the reference.
    """
    ours = refunds.get(reference)
    if ours.state not in (RefundState.APPROVED, RefundState.DONE):
        return
    bank = connections.paying_bank(ours.account.bank)
    if bank is None:
        if ours.state == RefundState.APPROVED:
            refunds.by_hand(ours)
        return
    code = ours.charge.dossier_id
    intent = intents.begin(KIND, reference, dossier=code, request={"bank": bank.code})
    if intent.state not in (IntentState.OPEN, IntentState.UNSURE):
        return
    effects.claim(intent)
    # Looked at again under the lease: a line of a statement may have ended it meanwhile.
    ours = refunds.get(reference)
    if ours.state == RefundState.DONE:
        intents.finish(intent, IntentState.DONE, answer={"transaction": ours.bank_reference})
        return
    _order(intent, bank, ours)


def _order(intent: Intent, bank: PayingBank, ours: Refund) -> None:
    """Find or send the refund, and keep what became of it."""
    number = _look_for(intent, bank, ours) if "sent" in intent.request else None
    try:
        number = number or _send(intent, bank, ours)
    except Refused as error:
        with transaction.atomic():
            intents.finish(intent, IntentState.REFUSED, answer={"words": str(error)})
            refunds.refused(ours, str(error))
        world.point("refund refused")
        return
    with transaction.atomic():
        intents.finish(intent, IntentState.DONE, answer={"transaction": number})
        refunds.done(ours, number)
    world.point("refund done")


def _send(intent: Intent, bank: PayingBank, ours: Refund) -> str:
    # Without this note the order never left: it is written before, whatever happens then.
    intents.note(intent, sent=world.now().isoformat())
    world.point("refund noted")
    return effects.attempt(intent, bank.code, lambda: bank.transfer(refunds.order(ours)))


def _look_for(intent: Intent, bank: PayingBank, ours: Refund) -> str | None:
    """
    Ask after an order that has left, and return its number; None if it surely never arrived.

    Unsure, and a person is told, if the bank cannot be sure; Unsure also while it may yet come.
    """
    account, tell = ours.account.number, partial(refunds.unknown, ours)
    try:
        found = effects.inquire(
            intent, bank.code, lambda: bank.find_transfer(account, ours.reference)
        )
    except Refused as error:
        # A no to the question says nothing about the order.
        raise effects.left_open(intent, str(error), tell=tell) from error
    if found is not None and found.amount == ours.amount:
        return found.transaction
    if found is not None:
        raise effects.left_open(intent, "another amount was sent", tell=tell)
    if bank.shows_within is None:
        raise effects.left_open(intent, "not shown by the bank", tell=tell)
    if world.now() < datetime.fromisoformat(intent.request["sent"]) + bank.shows_within:
        raise effects.left_open(intent, "not shown yet")
    return None


def sweep() -> None:
    """Ask for every approved refund that no job is about, and that no person was told of."""
    now = world.now()
    values = {"before": now - FORGOTTEN, "lately": now - TOLD}
    for row in queries.run("refunds", values):
        refunds.want(row["reference"], priority=jobs.Priority.SWEEP)
