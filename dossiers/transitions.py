"""
The transition table: which fact may follow which status.

A row names the fact, the axis it needs, and the statuses from which it may happen.
A fact with several rows needs all of them. What is not in the table cannot happen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dossiers import facts
from dossiers.release import reasons_to_hold
from dossiers.status import CAME_TO_NOTHING, CARRIED, ENDED, Business, Delivery, Money

if TYPE_CHECKING:
    from dossiers.state import State


class TransitionError(ValueError):
    """This fact cannot follow the dossier's present state."""

    def __init__(self, fact: facts.Fact, reason: str) -> None:
        """Keep which *fact* was told and the *reason* why it cannot be."""
        super().__init__(f"{fact.kind}: {reason}")
        self.fact, self.reason = fact, reason


B, M, D = Business, Money, Delivery
_OPEN = tuple(status for status in B if status not in (B.NEW, B.WITHDRAWN))
_CARRYING = (D.LISTED, D.HANDED_OVER, *CARRIED)

TABLE: tuple[tuple[type[facts.Fact], str, tuple[str, ...]], ...] = (
    (facts.Received, "business", (B.NEW, B.SENT_BACK)),
    (facts.Submitted, "business", (B.RECEIVED,)),
    (facts.Placed, "business", (B.ON_TRAY,)),
    (facts.SentBack, "business", (B.ON_TRAY,)),
    (facts.Signed, "business", (B.ON_TRAY,)),
    (facts.Numbered, "business", (B.SIGNED,)),
    (facts.Sealed, "business", (B.NUMBERED,)),
    (facts.Verified, "business", (B.SEALED,)),
    (facts.Released, "business", (B.VERIFIED,)),
    (facts.Stamped, "business", (B.RELEASED,)),
    (facts.Withdrawn, "business", tuple(s for s in _OPEN if s != B.RELEASED)),
    (facts.Charged, "business", _OPEN),
    (facts.Charged, "money", (M.NONE,)),
    (facts.PaymentAsked, "money", (M.DUE, M.SHORT)),
    # Money that arrives is always told, also when it is too late, too much or twice.
    (facts.Paid, "money", tuple(s for s in M if s != M.NONE)),
    (facts.PaymentReversed, "money", (M.SHORT, M.PAID, M.OVER)),
    (facts.Refunded, "money", (M.SHORT, M.PAID, M.OVER)),
    (facts.Booked, "business", (B.RELEASED,)),
    (facts.Booked, "delivery", (D.NONE,)),
    (facts.BookingRefused, "business", (B.RELEASED,)),
    (facts.BookingRefused, "delivery", (D.NONE,)),
    (facts.AddressCorrected, "business", (B.RELEASED,)),
    (facts.AddressCorrected, "delivery", CAME_TO_NOTHING),
    (facts.SentAgain, "business", (B.RELEASED,)),
    (facts.SentAgain, "delivery", CAME_TO_NOTHING),
    (facts.KeptAtCounter, "business", (B.RELEASED,)),
    (facts.KeptAtCounter, "delivery", CAME_TO_NOTHING),
    (facts.Listed, "delivery", CARRIED),
    (facts.HandedOver, "delivery", _CARRYING),
    (facts.Carried, "delivery", _CARRYING),
    (facts.Collected, "business", (B.RELEASED,)),
    (facts.Collected, "delivery", (D.NONE,)),
    (facts.DeliveryCorrected, "delivery", (*_CARRYING, *ENDED)),
)


def check(state: State, fact: facts.Fact) -> None:
    """Return quietly if *fact* may follow *state*; raise TransitionError otherwise."""
    rows = [(axis, origins) for kind, axis, origins in TABLE if kind is type(fact)]
    if not rows:
        raise TransitionError(fact, "not in the transition table")
    for axis, origins in rows:
        if (status := getattr(state, axis)) not in origins:
            raise TransitionError(fact, f"{axis} is {status}")
    if guard := _GUARDS.get(type(fact)):
        guard(state, fact)


def refundable(state: State) -> int:
    """
    Return how many đồng may go back to the payer: what is above the fee.

    All of it when the dossier was withdrawn. Never so much that a result which left, or may
    leave, would be unpaid.
    """
    if state.business is B.WITHDRAWN:
        return state.paid
    return max(state.paid - state.due, 0)


def _same_file(
    state: State, fact: facts.Placed | facts.Signed | facts.Sealed | facts.Stamped
) -> None:
    if fact.over != state.document:
        raise TransitionError(fact, "made over another file than the dossier's")


def _sealed_file(state: State, fact: facts.Verified) -> None:
    if fact.document != state.document:
        raise TransitionError(fact, "another file was verified")


def _through_the_gate(state: State, fact: facts.Released) -> None:
    if reasons := reasons_to_hold(state):
        raise TransitionError(fact, "; ".join(reasons))
    if (fact.document, fact.due, fact.paid) != (state.document, state.due, state.paid):
        raise TransitionError(fact, "the gate looked at another file or amount")


def _positive(_state: State, fact: facts.Paid | facts.PaymentReversed) -> None:
    if fact.amount <= 0:
        raise TransitionError(fact, "an amount must be positive")


def _not_negative(_state: State, fact: facts.Charged) -> None:
    if fact.amount < 0:
        raise TransitionError(fact, "a charge cannot be negative")


def _not_more_than_paid(state: State, fact: facts.PaymentReversed) -> None:
    _positive(state, fact)
    if fact.amount > state.paid:
        raise TransitionError(fact, "more reversed than was paid")


def _surplus_only(state: State, fact: facts.Refunded) -> None:
    if fact.amount <= 0:
        raise TransitionError(fact, "an amount must be positive")
    if fact.amount > refundable(state):
        raise TransitionError(fact, "more refunded than is surplus")
    if fact.evidence in state.evidence:
        raise TransitionError(fact, "this transfer was told already")


def _same_manifest(state: State, fact: facts.HandedOver) -> None:
    if fact.manifest != state.manifest:
        raise TransitionError(fact, "the parcel stands on another manifest")


def _known_status(_state: State, fact: facts.Carried | facts.DeliveryCorrected) -> None:
    if fact.status not in CARRIED:
        raise TransitionError(fact, f"{fact.status!r} is no status of a parcel")


_GUARDS: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.Placed: _same_file,
    facts.Signed: _same_file,
    facts.Sealed: _same_file,
    facts.Verified: _sealed_file,
    facts.Stamped: _same_file,
    facts.Released: _through_the_gate,
    facts.Charged: _not_negative,
    facts.Paid: _positive,
    facts.PaymentReversed: _not_more_than_paid,
    facts.Refunded: _surplus_only,
    facts.HandedOver: _same_manifest,
    facts.Carried: _known_status,
    facts.DeliveryCorrected: _known_status,
}
