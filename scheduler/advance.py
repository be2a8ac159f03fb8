"""
One dossier, one step, one effect, one fact.

``advance`` asks ``dossiers.next_step`` what comes next, and does it if it is the hub's to do.
Each step ends in one fact, and that fact asks for the next step. Steps that wait for a
person, the money or the post do nothing here; what they wait for will call again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from connectors import Refused, Unavailable
from connectors.carriers import Carrier
from dispatch import scans, shipments
from dispatch.models import Shipment
from dossiers import facts
from dossiers.parcels import Booking
from dossiers.release import release
from dossiers.roles import Role
from dossiers.steps import Step, next_step
from dossiers.transitions import TransitionError
from dossiers.work import IntentState, TaskKind
from payments import attempts, charges
from register import intents, ledger, tasks, world
from register.ledger import HUB
from register.models import Intent
from scheduler import connections, effects, stamps
from signing import results, trays
from signing.evidence import rounds


def advance(code: str) -> None:
    """Take the step that dossier *code* is ready for; do nothing if it waits for someone."""
    step = next_step(ledger.state(code))
    take = STEPS.get(step)
    if take is None:
        return
    try:
        take(code)
    except TransitionError:
        # Two workers may come for one step; the register lets one of them take it.
        if next_step(ledger.state(code)) is step:
            raise


def _charge(code: str) -> None:
    charges.open(code)


def _ask_payment(code: str) -> None:
    """Have the gateway take the money. Asking twice under one reference is harmless there."""
    attempt = attempts.begin(code)
    order = attempts.order(attempt)
    try:
        url = effects.call(attempt.gateway, lambda: connections.gateway(attempt.gateway).ask(order))
    except Refused as error:
        attempts.refused(attempt, str(error))
        return
    attempts.asked(attempt, url)


def _submit(code: str) -> None:
    trays.submit(code)


def _verify(code: str) -> None:
    results.verify(code)


def _release(code: str) -> None:
    """Open the gate; ``ledger`` and the database look again at what the gate looked at."""
    state = ledger.state(code)
    released = facts.Released(document=state.document, due=state.due, paid=state.paid)
    with transaction.atomic():
        ledger.record(code, released, by=HUB)
        stamps.want(code)
        rounds.want(code)


def _book(code: str) -> None:
    """Book the parcel once: under our reference, asked about after any silence."""
    shipment = shipments.prepare(code)
    carrier = connections.carrier(shipment.carrier)
    intent = intents.begin(
        "book",
        shipment.reference,
        dossier=code,
        request={"carrier": carrier.code, "mark": scans.mark(carrier.code), "sent": ""},
    )
    effects.claim(intent)
    # Without the note of its sending an order never left, however often it was claimed; one
    # that has no place for that note is of version 0.1.0, which did not write it.
    has_left = intent.tried_before and intent.request.get("sent") != ""
    booking = _look_for(intent, carrier, shipment) if has_left else None
    try:
        booking = booking or _send(intent, carrier, shipment, again=has_left)
    except Refused as error:
        with transaction.atomic():
            intents.finish(intent, IntentState.REFUSED, answer={"words": str(error)})
            shipments.refused(shipment, str(error))
        return
    with transaction.atomic():
        intents.finish(intent, IntentState.DONE, answer={"tracking": booking.tracking})
        shipments.booked(shipment, booking)
        tasks.close(TaskKind.OUTCOME_UNKNOWN, code, by=HUB)


def _send(intent: Intent, carrier: Carrier, shipment: Shipment, *, again: bool) -> Booking:
    released = release(ledger.state(shipment.dossier_id), shipments.parcel(shipment))
    intents.note(intent, sent=world.now().isoformat(), again=again)
    try:
        return effects.attempt(intent, carrier.code, lambda: carrier.book(released))
    except Unavailable:
        # It never left, so the one time that it may go again is not used up.
        intents.note(intent, again=False)
        raise


def _look_for(intent: Intent, carrier: Carrier, shipment: Shipment) -> Booking | None:
    """
    Ask after a booking that has left; None if it surely never arrived, and may go again.

    Unsure, and a person is told, if the carrier cannot be sure; Unsure also while it may yet
    come. Going again is under the same reference, and once.
    """
    mark = intent.request["mark"]
    tell = partial(tasks.open, TaskKind.OUTCOME_UNKNOWN, Role.POST, dossier=shipment.dossier_id)
    try:
        found = effects.inquire(
            intent, carrier.code, lambda: carrier.find(shipment.reference, mark)
        )
    except Refused as error:
        # A no to the question says nothing about the booking.
        raise effects.left_open(intent, str(error), tell=tell) from error
    if found is not None:
        return found
    if carrier.shows_within is None or intent.request.get("again"):
        raise effects.left_open(intent, "not shown by the carrier", tell=tell)
    sent = intent.request.get("sent") or intent.opened_at.isoformat()
    if world.now() < datetime.fromisoformat(sent) + carrier.shows_within:
        raise effects.left_open(intent, "not shown yet")
    return None


STEPS: dict[Step, Callable[[str], None]] = {
    Step.CHARGE: _charge,
    Step.ASK_PAYMENT: _ask_payment,
    Step.SUBMIT: _submit,
    Step.VERIFY: _verify,
    Step.RELEASE: _release,
    Step.BOOK: _book,
}
