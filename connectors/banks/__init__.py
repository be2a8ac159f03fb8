"""
What the hub asks of a bank or a payment gateway.

Three kinds, because they differ in what they can do: a :class:`Gateway` takes a payment that
we ask for, a :class:`StatementBank` tells what really arrived on an account, a
:class:`PayingBank` also sends money from it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from connectors import Connector
from dossiers.orders import Order, Payment, Transfer, Transferred


@dataclass(frozen=True, slots=True)
class Answer:
    """What we say to a callback, in the gateway's own form."""

    status: int
    media_type: str
    body: bytes


class Gateway(Connector):
    """A gateway, or the national payment platform."""

    @abstractmethod
    def ask(self, order: Order) -> str:
        """Ask for the money, once or twice; return the address where the citizen pays."""

    @abstractmethod
    def find(self, order: Order) -> Payment | None:
        """
        Return what the gateway knows of *order*; None if it never heard of it.

        A question: after any failure it may be asked again. A code that is not in the
        gateway's table is PENDING with its own words: it changes nothing until a person looks.
        """

    @abstractmethod
    def read(self, body: bytes, headers: Mapping[str, str]) -> Payment:
        """
        Return the payment that a callback tells of.

        *body* is the raw body, or the raw query string of a gateway that calls by GET.
        Refused if the gateway did not make it: checked on every value as it came, in
        constant time. What it says is a hint all the same; ``find`` decides.
        """

    @abstractmethod
    def answer(self, body: bytes, *, accepted: bool) -> Answer:
        """
        Return the answer to a callback; *accepted* once it is stored, or already was.

        A callback that ``read`` refuses gets a plain no: our seal is never put on values
        that a stranger chose.
        """


class StatementBank(Connector):
    """A bank that tells what arrived on our account."""

    @abstractmethod
    def statement(self, account: str, day: date) -> bytes:
        """Return the day's statement as the bank made it (camt.053, MT940, …)."""


class PayingBank(Connector):
    """A bank that sends money from our account when it is ordered to."""

    shows_within: ClassVar[timedelta | None] = None
    """
    After this time an order that ``find_transfer`` does not show was never taken, and may be
    given once more: the bank takes one reference once. None: it promises neither, so nobody
    but a person orders again.
    """

    @abstractmethod
    def transfer(self, order: Transfer) -> str:
        """
        Send the money; return the bank's own number of the transfer.

        An effect: Refused means that nothing was sent, Unsure that it may have been. The same
        order given twice moves money once and returns the same number.
        """

    @abstractmethod
    def find_transfer(self, account: str, reference: str) -> Transferred | None:
        """
        Return what was sent from *account* under our *reference*; None if nothing was.

        A question: after any failure it may be asked again.
        """
