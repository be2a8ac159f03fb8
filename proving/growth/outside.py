"""
The other side, in the same process: it says yes at once.
"""

from __future__ import annotations

from connectors.banks import Answer, Gateway
from connectors.carriers import Carrier
from dossiers.orders import Order, Outcome, Payment
from dossiers.parcels import Booking, Scan
from dossiers.release import Released
from proving.growth.fill import CARRIER, GATEWAY


class FakeGateway(Gateway):
    """A gateway that takes every payment at once."""

    code, label = GATEWAY, "Fake gateway"

    def check(self) -> None:
        """Nothing can be wrong."""

    def ask(self, order: Order) -> str:
        """Return an address."""
        return f"https://pay.example/{order.reference}"

    def find(self, order: Order) -> Payment:
        """Say that it is paid."""
        return self._paid(order.reference, order.amount)

    def read(self, body: bytes, _headers: object) -> Payment:
        """Believe everything."""
        return self._paid(body.decode(), 0)

    def answer(self, _body: bytes, *, accepted: bool) -> Answer:
        """Say yes or no."""
        return Answer(200 if accepted else 400, "text/plain", b"")

    @staticmethod
    def _paid(reference: str, amount: int) -> Payment:
        return Payment(reference, Outcome.PAID, amount, f"FG{reference}")


class FakePost(Carrier):
    """A carrier that takes every parcel at once."""

    code, label = CARRIER, "Fake post"

    def check(self) -> None:
        """Nothing can be wrong."""

    def book(self, released: Released) -> Booking:
        """Promise to carry it."""
        return Booking(released.parcel.reference, f"F{released.parcel.reference[-14:]}")

    def find(self, _reference: str, _mark: str) -> Booking | None:
        """Know nothing of before."""
        return None

    def scans(self, mark: str) -> tuple[list[Scan], str]:
        """Have seen nothing."""
        return [], mark
