"""
What the hub and a bank or gateway tell each other, whoever it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dossiers.personal import AccountNumber, Name


@dataclass(frozen=True, slots=True)
class Line:
    """One fee (phí) or charge (lệ phí) of a payment."""

    kind: str
    """``phi`` or ``le_phi``: they are never added into one line."""
    code: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Order:
    """One try to have a payment taken by a gateway; kept before it is sent."""

    reference: str
    """Our own, new for each try and never used again."""
    charge: str
    """The charge it pays (``QN…``)."""
    dossier: str
    amount: int
    note: str
    """What the payer reads; ASCII letters, digits, blanks, dashes."""
    at: datetime
    """When it was made, aware; a later question must repeat exactly this instant."""
    payer: Name
    lines: tuple[Line, ...] = field(default=())


class Outcome(StrEnum):
    """What a gateway says of an order."""

    PAID = "paid"
    PENDING = "pending"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Payment:
    """What a gateway says of an order, asked by us or told in a callback."""

    reference: str
    outcome: Outcome
    amount: int
    transaction: str
    """The gateway's own number; empty unless paid."""
    at: datetime | None = None
    words: str = ""
    """The gateway's own words, raw."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that our bank is to send from our account ("lệnh chi"); kept before it is sent."""

    reference: str
    """Our own, new for each order and never used again; it stands on the statement's line."""
    account: str
    """Ours, from which it goes."""
    amount: int
    payee: Name
    payee_bank: str
    """BIN of the payee's bank (``970436``)."""
    payee_account: AccountNumber
    note: str
    """What the payee reads; ASCII letters, digits, blanks, dashes."""


@dataclass(frozen=True, slots=True)
class Transferred:
    """What our bank says of an order that it carried out."""

    transaction: str
    """The bank's own number; the same as on the statement."""
    amount: int
    at: datetime
