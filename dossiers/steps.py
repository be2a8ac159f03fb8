"""
What comes next for a dossier: one step, or whom it waits for.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dossiers.release import reasons_to_hold
from dossiers.status import ENDED, Business, Delivery, Money

if TYPE_CHECKING:
    from dossiers.state import State


class Step(StrEnum):
    """The next thing to do. The first group is the hub's; the others wait for someone."""

    CHARGE = "charge"
    ASK_PAYMENT = "ask_payment"
    SUBMIT = "submit"
    VERIFY = "verify"
    RELEASE = "release"
    BOOK = "book"

    AWAIT_OFFICIAL = "await_official"
    AWAIT_CLERK = "await_clerk"
    AWAIT_MONEY = "await_money"
    AWAIT_MANIFEST = "await_manifest"
    AWAIT_POSTAL_WORKER = "await_postal_worker"
    AWAIT_CARRIER = "await_carrier"
    AWAIT_CITIZEN = "await_citizen"
    AWAIT_DEPARTMENT = "await_department"
    AWAIT_PERSON = "await_person"
    DONE = "done"


#: Steps that the hub takes by itself.
OURS = (Step.CHARGE, Step.ASK_PAYMENT, Step.SUBMIT, Step.VERIFY, Step.RELEASE, Step.BOOK)

_BUSINESS = {
    Business.RECEIVED: Step.SUBMIT,
    Business.ON_TRAY: Step.AWAIT_OFFICIAL,
    Business.SENT_BACK: Step.AWAIT_DEPARTMENT,
    Business.SIGNED: Step.AWAIT_CLERK,
    Business.NUMBERED: Step.AWAIT_CLERK,
    Business.SEALED: Step.VERIFY,
    Business.WITHDRAWN: Step.DONE,
}

_DELIVERY = {
    Delivery.REFUSED: Step.AWAIT_PERSON,
    Delivery.BOOKED: Step.AWAIT_MANIFEST,
    Delivery.LISTED: Step.AWAIT_POSTAL_WORKER,
    Delivery.RETURNED: Step.AWAIT_PERSON,
    Delivery.CANCELLED: Step.AWAIT_PERSON,
}


def next_step(state: State) -> Step:
    """Return the one step that *state* asks for. Money is asked for before anybody signs."""
    if state.business in (Business.NEW, Business.WITHDRAWN):
        return Step.DONE
    if state.money is Money.NONE:
        return Step.CHARGE
    if state.money is Money.DUE and state.channel == "platform" and not state.asked:
        return Step.ASK_PAYMENT
    if state.business in _BUSINESS:
        return _BUSINESS[state.business]
    if state.business is Business.VERIFIED:
        return Step.AWAIT_MONEY if reasons_to_hold(state) else Step.RELEASE
    return _after_the_gate(state)


def _after_the_gate(state: State) -> Step:
    if state.delivery is Delivery.NONE:
        return Step.BOOK if state.by_post else Step.AWAIT_CITIZEN
    if state.delivery is Delivery.ACCEPTED and not state.manifest:
        # The carrier's feed may know a parcel before the manifest takes it.
        return Step.AWAIT_MANIFEST
    if state.delivery in _DELIVERY:
        return _DELIVERY[state.delivery]
    return Step.DONE if state.delivery in ENDED else Step.AWAIT_CARRIER
