"""
The one gate: no result leaves unsigned, unsealed, unverified or unpaid.

Carriers accept only a :class:`Released`, and only :func:`release` makes one. The same rule
stands in the database (``register`` migration 0002) and on the screen, in the same words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dossiers.status import Business

if TYPE_CHECKING:
    from dossiers.parcels import Parcel
    from dossiers.state import State

_KEY = object()

_AFTER_SIGNING = (
    Business.SIGNED,
    Business.NUMBERED,
    Business.SEALED,
    Business.VERIFIED,
    Business.RELEASED,
)
_AFTER_SEALING = (Business.SEALED, Business.VERIFIED, Business.RELEASED)


class HeldError(Exception):
    """The result may not leave; ``reasons`` says why, one word each."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the *reasons*."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Released:
    """Proof that a result passed the gate, with the parcel that will carry it."""

    document: str
    parcel: Parcel
    _key: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a proof that the gate did not make."""
        if self._key is not _KEY:
            message = "only dossiers.release.release() makes a Released"
            raise TypeError(message)


def reasons_to_hold(state: State) -> list[str]:
    """
    Return why the result may not leave, or an empty list.

    Reasons are fixed words (``unsigned``, ``unsealed``, ``unverified``, ``uncharged``,
    ``unpaid``, ``withdrawn``). Money above what is due does not hold a result: the surplus
    is a discrepancy of its own.
    """
    fine = {
        "withdrawn": state.business is not Business.WITHDRAWN,
        "unsigned": state.business in _AFTER_SIGNING,
        "unsealed": state.business in _AFTER_SEALING,
        "unverified": bool(state.document) and state.verified == state.document,
        "uncharged": bool(state.charge),
        "unpaid": state.paid >= state.due,
    }
    return [reason for reason, holds in fine.items() if not holds]


def release(state: State, parcel: Parcel) -> Released:
    """Let the result leave in *parcel*, or raise HeldError with every reason at once."""
    if reasons := reasons_to_hold(state):
        raise HeldError(reasons)
    return Released(state.document, parcel, _KEY)
