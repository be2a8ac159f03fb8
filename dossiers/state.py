"""
A dossier's state: nothing but the fold of its facts.

``apply`` is the only way from one state to the next. What it allows is the table in
``transitions``; what each fact leaves behind is told here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from dossiers import facts
from dossiers.status import ENDED, Business, Delivery, Money, Synchronisation
from dossiers.transitions import check


@dataclass(frozen=True, slots=True)
class State:
    """All that the next step depends on."""

    business: Business = Business.NEW
    money: Money = Money.NONE
    delivery: Delivery = Delivery.NONE
    synchronisation: Synchronisation = Synchronisation.NONE

    procedure: str = ""
    unit: str = ""
    centre: str = ""
    by_post: bool = False
    document: str = ""
    """SHA-256 of the newest file."""
    official: str = ""
    clerk: str = ""
    number: str = ""
    verified: str = ""
    """SHA-256 of the file that was verified; equal to ``document`` or worthless."""
    stamped: str = ""
    """SHA-256 of the file with a time stamp; empty while there is none."""

    charge: str = ""
    channel: str = ""
    asked: str = ""
    due: int = 0
    paid: int = 0
    evidence: tuple[str, ...] = ()

    carrier: str = ""
    parcel: str = ""
    tracking: str = ""
    bookings: int = 0
    manifest: str = ""
    carried_at: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        return asdict(self) | {"evidence": list(self.evidence)}

    @classmethod
    def is_whole(cls, body: Mapping[str, Any]) -> bool:
        """Tell whether *body* has every field: an older version, which knew fewer, writes less."""
        return body.keys() >= {field.name for field in fields(cls)}

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> State:
        """Return the state kept as *body*; missing fields take their defaults."""
        known = {field.name for field in fields(cls)}
        kept = {name: value for name, value in body.items() if name in known}
        for name, status in (
            ("business", Business),
            ("money", Money),
            ("delivery", Delivery),
            ("synchronisation", Synchronisation),
        ):
            if name in kept:
                kept[name] = status(kept[name])
        kept["evidence"] = tuple(kept.get("evidence", ()))
        return cls(**kept)


def fold(told: Iterable[facts.Fact]) -> State:
    """Return the state that *told* leaves behind; TransitionError at the first impossible fact."""
    state = State()
    for fact in told:
        state = apply(state, fact)
    return state


def apply(state: State, fact: facts.Fact) -> State:
    """Return the state after *fact*, or raise TransitionError."""
    check(state, fact)
    return _LEAVES[type(fact)](state, fact)


def money_status(due: int, paid: int) -> Money:
    """Say in one word how *paid* compares with *due* (integer đồng)."""
    if paid == due:
        return Money.PAID if due else Money.EXEMPT
    if paid > due:
        return Money.OVER
    return Money.SHORT if paid else Money.DUE


def _received(state: State, fact: facts.Received) -> State:
    return replace(
        state,
        business=Business.RECEIVED,
        document=fact.document,
        procedure=fact.procedure,
        unit=fact.unit,
        centre=fact.centre,
        by_post=fact.delivery == "post",
    )


def _submitted(state: State, fact: facts.Submitted) -> State:
    return replace(state, business=Business.ON_TRAY, document=fact.document, official=fact.official)


def _placed(state: State, fact: facts.Placed) -> State:
    return replace(state, document=fact.document)


def _sent_back(state: State, _fact: facts.SentBack) -> State:
    return replace(state, business=Business.SENT_BACK)


def _signed(state: State, fact: facts.Signed) -> State:
    return replace(state, business=Business.SIGNED, document=fact.document)


def _numbered(state: State, fact: facts.Numbered) -> State:
    return replace(state, business=Business.NUMBERED, number=fact.number)


def _sealed(state: State, fact: facts.Sealed) -> State:
    return replace(state, business=Business.SEALED, document=fact.document, clerk=fact.clerk)


def _verified(state: State, fact: facts.Verified) -> State:
    return replace(state, business=Business.VERIFIED, verified=fact.document)


def _released(state: State, _fact: facts.Released) -> State:
    return replace(state, business=Business.RELEASED)


def _stamped(state: State, fact: facts.Stamped) -> State:
    # The gate stands on a file that was verified: so was the stamped one, before this was told.
    return replace(state, document=fact.document, verified=fact.document, stamped=fact.document)


def _withdrawn(state: State, _fact: facts.Withdrawn) -> State:
    return replace(state, business=Business.WITHDRAWN)


def _charged(state: State, fact: facts.Charged) -> State:
    return replace(
        state,
        money=money_status(fact.amount, 0),
        charge=fact.reference,
        channel=fact.channel,
        due=fact.amount,
    )


def _asked(state: State, fact: facts.PaymentAsked) -> State:
    return replace(state, asked=fact.reference)


def _paid(state: State, fact: facts.Paid) -> State:
    if fact.evidence in state.evidence:
        return state
    return _money(state, fact.amount, fact.evidence)


def _reversed(state: State, fact: facts.PaymentReversed) -> State:
    return _money(state, -fact.amount, fact.evidence)


def _refunded(state: State, fact: facts.Refunded) -> State:
    left = _money(state, -fact.amount, fact.evidence)
    if state.business is Business.WITHDRAWN and not left.paid:
        # Nobody asks for the fee of a dossier that was taken back.
        return replace(left, money=Money.REFUNDED)
    return left


def _money(state: State, amount: int, evidence: str) -> State:
    paid = state.paid + amount
    return replace(
        state,
        paid=paid,
        money=money_status(state.due, paid),
        evidence=(*state.evidence, evidence),
    )


def _booked(state: State, fact: facts.Booked) -> State:
    return replace(
        state,
        delivery=Delivery.BOOKED,
        carrier=fact.carrier,
        parcel=fact.reference,
        tracking=fact.tracking,
        bookings=state.bookings + 1,
    )


def _booking_refused(state: State, fact: facts.BookingRefused) -> State:
    return replace(
        state, delivery=Delivery.REFUSED, carrier=fact.carrier, bookings=state.bookings + 1
    )


def _on_its_way_anew(state: State, _fact: facts.AddressCorrected | facts.SentAgain) -> State:
    # What was known of the parcel that came back does not hold for the next one.
    return replace(
        state, delivery=Delivery.NONE, parcel="", tracking="", manifest="", carried_at=""
    )


def _kept_at_counter(state: State, _fact: facts.KeptAtCounter) -> State:
    return replace(state, delivery=Delivery.NONE, by_post=False)


def _listed(state: State, fact: facts.Listed) -> State:
    carried = state.delivery is not Delivery.BOOKED
    return replace(
        state,
        delivery=state.delivery if carried else Delivery.LISTED,
        manifest=fact.manifest,
    )


def _handed_over(state: State, _fact: facts.HandedOver) -> State:
    # The carrier's own scan may be quicker than the desk's record of the hand-over.
    carried = state.delivery is not Delivery.LISTED
    return replace(state, delivery=state.delivery if carried else Delivery.HANDED_OVER)


def _carried(state: State, fact: facts.Carried) -> State:
    late = state.carried_at and datetime.fromisoformat(fact.at) < datetime.fromisoformat(
        state.carried_at
    )
    state = replace(state, tracking=fact.tracking or state.tracking)
    if late or state.delivery in ENDED or fact.status == Delivery.BOOKED:
        return state
    return replace(state, delivery=Delivery(fact.status), carried_at=fact.at)


def _collected(state: State, _fact: facts.Collected) -> State:
    return replace(state, delivery=Delivery.COLLECTED)


def _delivery_corrected(state: State, fact: facts.DeliveryCorrected) -> State:
    return replace(state, delivery=Delivery(fact.status))


_LEAVES: dict[type[facts.Fact], Callable[[State, Any], State]] = {
    facts.Received: _received,
    facts.Submitted: _submitted,
    facts.Placed: _placed,
    facts.SentBack: _sent_back,
    facts.Signed: _signed,
    facts.Numbered: _numbered,
    facts.Sealed: _sealed,
    facts.Verified: _verified,
    facts.Released: _released,
    facts.Stamped: _stamped,
    facts.Withdrawn: _withdrawn,
    facts.Charged: _charged,
    facts.PaymentAsked: _asked,
    facts.Paid: _paid,
    facts.PaymentReversed: _reversed,
    facts.Refunded: _refunded,
    facts.Booked: _booked,
    facts.BookingRefused: _booking_refused,
    facts.AddressCorrected: _on_its_way_anew,
    facts.SentAgain: _on_its_way_anew,
    facts.KeptAtCounter: _kept_at_counter,
    facts.Listed: _listed,
    facts.HandedOver: _handed_over,
    facts.Carried: _carried,
    facts.Collected: _collected,
    facts.DeliveryCorrected: _delivery_corrected,
}
