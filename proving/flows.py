"""
The flows of the hub: where each begins and ends, and who acts in it.

What they are played with is in ``rehearsal``; here is only what a table can say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dossiers.status import Business, Delivery, Money


@dataclass(frozen=True, slots=True)
class Flow:
    """One thing that the hub does, from where it begins to where it has ended."""

    wish: str
    """How the citizen pays: ``platform``, ``transfer`` or ``never``."""
    begins: Callable[[dict[str, Any]], bool]
    """Of the dossier's state (or ``{}``): the flow starts here."""
    ends: Callable[[dict[str, Any]], bool]
    acts: tuple[str, ...] = ()
    """What people do in it; ``proving.cast.ACTS``."""
    lines: tuple[str, ...] = ()
    """What the clock fires in it."""
    before: tuple[str, ...] = ()
    """What they do to get there."""
    share: float = 1.0
    """Part of the amount that the citizen pays."""
    returned: bool = False


BOOKED_AGAIN = 2


def _at(axis: str, *statuses: str) -> Callable[[dict[str, Any]], bool]:
    return lambda state: state.get(axis) in statuses


FLOWS: dict[str, Flow] = {
    "pay": Flow(
        wish="platform",
        begins=lambda state: not state,
        ends=_at("money", Money.PAID),
        acts=("pay",),
        lines=("ask_pending",),
    ),
    "sign": Flow(
        wish="never",
        begins=_at("business", Business.ON_TRAY),
        ends=_at("business", Business.SIGNED),
        acts=("officials", "plug_in"),
    ),
    "seal": Flow(
        wish="never",
        begins=_at("business", Business.SIGNED),
        before=("officials",),
        ends=_at("business", Business.VERIFIED),
        acts=("clerks", "plug_in"),
    ),
    "book": Flow(
        wish="transfer",
        begins=_at("business", Business.RELEASED),
        before=("pay", "officials", "clerks"),
        ends=_at("delivery", Delivery.BOOKED),
        lines=("sweep",),
    ),
    "reconcile": Flow(
        wish="transfer",
        begins=_at("money", Money.DUE),
        ends=_at("money", Money.PAID),
        acts=("pay",),
        lines=("fetch_statements",),
    ),
    "close": Flow(
        wish="transfer",
        begins=_at("money", Money.PAID),
        before=("pay",),
        ends=lambda state: bool(state.get("closes")),
        acts=("close_day",),
    ),
    "refund": Flow(
        wish="transfer",
        share=2.0,
        begins=_at("money", Money.OVER),
        before=("pay",),
        ends=_at("money", Money.PAID),
        acts=("ask_refunds", "approve_refunds"),
        lines=("sweep_refunds",),
    ),
    "return": Flow(
        wish="transfer",
        returned=True,
        begins=_at("delivery", Delivery.RETURNING, Delivery.RETURNED),
        before=("pay", "officials", "clerks", "close_manifests", "fetch_parcels", "carry"),
        ends=lambda state: (
            state.get("bookings") == BOOKED_AGAIN and state["delivery"] == Delivery.BOOKED
        ),
        acts=("decide_parcels",),
        lines=("track", "sweep"),
    ),
}
