"""
One dossier, one step, one effect, one fact.

``advance`` asks ``dossiers.next_step`` what comes next, and does it if it is the hub's to do.
Each step ends in one fact, and that fact asks for the next step. Steps that wait for a
person, the money or the post do nothing here; what they wait for will call again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from connectors import Refused, Unsure
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
from register.models import Intent
from scheduler import connections, effects
from signing import results, trays

HUB = "hub"
"""Who tells a fact that no person tells."""


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
    ledger.record(
        code, facts.Released(document=state.document, due=state.due, paid=state.paid), by=HUB
    )


def _book(code: str) -> None:
    """Book the parcel once: under our reference, asked about after any silence."""
    shipment = shipments.prepare(code)
    carrier = connections.carrier(shipment.carrier)
    intent = intents.begin(
        "book",
        shipment.reference,
        dossier=code,
        request={"carrier": carrier.code, "mark": scans.mark(carrier.code)},
    )
    effects.claim(intent)
    released = release(ledger.state(code), shipments.parcel(shipment))
    try:
        if intent.tried_before:
            booking = _look_for(intent, carrier, shipment)
        else:
            booking = effects.attempt(intent, carrier.code, lambda: carrier.book(released))
    except Refused as error:
        with transaction.atomic():
            intents.finish(intent, IntentState.REFUSED, answer={"words": str(error)})
            shipments.refused(shipment, str(error))
        return
    if booking is not None:
        with transaction.atomic():
            intents.finish(intent, IntentState.DONE, answer={"tracking": booking.tracking})
            shipments.booked(shipment, booking)
            tasks.close(TaskKind.OUTCOME_UNKNOWN, code, by=HUB)


def _look_for(intent: Intent, carrier: Carrier, shipment: Shipment) -> Booking | None:
    """
    Ask after a booking whose outcome is unknown.

    Found: it is adopted. Not shown although the carrier would show it by now: booked again,
    once, under the same reference. Otherwise a person looks.
    """
    found = effects.call(
        carrier.code, lambda: carrier.find(shipment.reference, intent.request["mark"])
    )
    if found is not None:
        return found
    shown_by = intent.opened_at + (carrier.shows_within or timedelta.max)
    if carrier.shows_within is None or intent.request.get("again"):
        intents.finish(intent, IntentState.UNSURE, answer={"words": "not shown by the carrier"})
        tasks.open(TaskKind.OUTCOME_UNKNOWN, Role.POST, dossier=shipment.dossier_id)
        return None
    if world.now() < shown_by:
        intents.finish(intent, IntentState.UNSURE, answer={"words": "not shown yet"})
        message = f"{carrier.code} does not show {shipment.reference} yet"
        raise Unsure(message)
    intents.note(intent, again=True)
    released = release(ledger.state(shipment.dossier_id), shipments.parcel(shipment))
    return effects.attempt(intent, carrier.code, lambda: carrier.book(released))


STEPS: dict[Step, Callable[[str], None]] = {
    Step.CHARGE: _charge,
    Step.ASK_PAYMENT: _ask_payment,
    Step.SUBMIT: _submit,
    Step.VERIFY: _verify,
    Step.RELEASE: _release,
    Step.BOOK: _book,
}
