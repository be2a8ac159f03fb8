"""
What every connector must do, whoever is on the other side.

A connector's test file gives a *world*: the other side over real HTTP on loopback. These
classes ask the questions; a new bank or carrier inherits the class of its kind from
``bank_contract`` or ``carrier_contract``. What all share is here.
"""

from __future__ import annotations

import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

import httpx
import pytest

from connectors import Connector, Refused, Unavailable, Unsure, http
from dossiers.orders import Line, Order
from dossiers.parcels import Parcel
from dossiers.personal import AccountNumber, Address, Name, Phone
from dossiers.release import Released, release
from dossiers.state import State
from dossiers.status import Business
from tests.support.loopback import Switch, nowhere

EFFECT = [
    ("nobody listens", Unavailable),
    ("busy", Unavailable),
    ("silent", Unsure),
    ("hangs up", Unsure),
    ("broken", Unsure),
    ("no", Refused),
    ("garbage", Unsure),
    ("elsewhere", Unsure),
    ("huge", Unsure),
    ("packed", Unsure),
]
QUESTION = [(fault, Unavailable if error is Unsure else error) for fault, error in EFFECT]

IMPATIENT = httpx.Timeout(30, read=1)
"""Waits one second for a word, so that a test of silence ends soon."""

SECRET = "canary-secret-0123456789"
PAYER = Name("Nguyễn Thị Hoàng Yến")
PHONE = Phone("0912345678")
ADDRESS = Address("12 Trần Phú, tổ 3")
PAYEE_ACCOUNT = AccountNumber("0011004123456")
CANARIES = (
    *(SECRET, PAYER.reveal(), PHONE.reveal(), ADDRESS.reveal(), PAYEE_ACCOUNT.reveal()),
    "?",
)
"""What must not stand in an error; ``?`` begins a query string."""

ORDER = Order(
    reference="QN000012840001",
    charge="QN0000128417",
    dossier="H49.61.2-261120-0012",
    amount=50_000,
    note="Nop phi ho so H49-261120-0012",
    at=datetime(2026, 11, 23, 8, 30, 45, tzinfo=UTC),
    payer=PAYER,
    lines=(Line("phi", "P1", "Phí thẩm định", 30_000), Line("le_phi", "L1", "Lệ phí", 20_000)),
)


def released(reference: str = "H49.61.2-261120-0012-D-1", unit: str = "06685") -> Released:
    """Return a result that passed the gate, in a parcel."""
    state = State(Business.VERIFIED, document="f", verified="f", charge="QN0000128417")
    return release(state, Parcel(reference, PAYER, PHONE, ADDRESS, unit))


def says_nothing(error: BaseException) -> bool:
    """Tell whether the traceback of *error* is free of secrets and personal data."""
    frames = "".join(traceback.format_exception(error))
    message = str(error)
    return not any(canary in frames for canary in CANARIES[:-1]) and "?" not in message


class World(ABC):
    """The other side of one connector, for one test."""

    switch: Switch
    url: str
    patience = http.TIMEOUT

    @property
    def http(self) -> httpx.Client:
        """A client as the hub's, with this world's patience."""
        return http.client(timeout=self.patience)

    @abstractmethod
    def connector(self, url: str) -> Any:
        """Return the connector under test, with the other side at *url*."""


class ConnectorContract:
    """Every connector passes these."""

    question: ClassVar[str]
    """End of the path at which questions are asked."""

    @pytest.fixture
    def world(self) -> Iterator[World]:
        """The other side; each connector's test file has its own."""
        raise NotImplementedError

    def fail(
        self, world: World, fault: str, at: str, error: type[Exception]
    ) -> Callable[..., None]:
        """Return a caller of a connector that meets *fault*; it checks class and text."""
        world.switch.fault, world.switch.at = fault, at
        if fault == "silent":
            world.patience = IMPATIENT
        connector = world.connector(nowhere() if fault == "nobody listens" else world.url)

        def call(method: str, *given: Any) -> None:
            with pytest.raises(error) as caught:
                getattr(connector, method)(*given)
            assert type(caught.value) is error
            assert says_nothing(caught.value)

        return call

    def test_names_itself(self, world: World) -> None:
        """
        A connector has a code for the register, a label for people, and settings that hide.
        """
        connector = world.connector(world.url)

        assert isinstance(connector, Connector)
        assert connector.code
        assert connector.label
        assert SECRET not in repr(connector.settings)

    def test_checks_without_harm(self, world: World) -> None:
        """
        ``doctor`` can ask whether the other side is there.
        """
        world.connector(world.url).check()

    def test_check_tells_when_nobody_is_there(self, world: World) -> None:
        """
        A wrong address is found by ``doctor``, not by the first citizen.
        """
        with pytest.raises(Unavailable):
            world.connector(nowhere()).check()
