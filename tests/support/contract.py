"""
What every connector must do, whoever is on the other side.

A connector's test file gives a *world*: the other side over real HTTP on loopback. These
classes ask the questions; a new bank or carrier inherits the class of its kind.
"""

from __future__ import annotations

import json
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import Connector, Refused, Unavailable, Unsure, http
from connectors.banks import Gateway, StatementBank
from connectors.carriers import Carrier
from dossiers.orders import Line, Order, Outcome
from dossiers.parcels import Parcel
from dossiers.personal import Address, Name, Phone
from dossiers.release import Released, release
from dossiers.state import State
from dossiers.status import Business, Delivery
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
CANARIES = (SECRET, PAYER.reveal(), PHONE.reveal(), ADDRESS.reveal(), "?")
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


class GatewayWorld(World):
    """A gateway's side."""

    @abstractmethod
    def connector(self, url: str) -> Gateway:
        """Return the gateway, with the other side at *url*."""

    @abstractmethod
    def learn(self, order: Order, url: str) -> None:
        """Let the other side know *order* if asking alone (*url* was the answer) did not."""

    @abstractmethod
    def pay(self, order: Order) -> bytes:
        """Let the citizen pay; return the callback."""

    @abstractmethod
    def break_off(self, order: Order) -> bytes:
        """Let the payment fail; return the callback."""

    @abstractmethod
    def changed(self, body: bytes) -> Iterator[bytes]:
        """Give callbacks that differ from *body* in one value each, seal not made anew."""

    @abstractmethod
    def sample(self) -> bytes:
        """Return a callback with a right seal."""

    @abstractmethod
    def orders(self) -> int:
        """Return how many orders the other side holds."""


class GatewayContract(ConnectorContract):
    """Every gateway passes these."""

    effect: ClassVar[str | None]
    """End of the path of ``ask``; None if asking sends nothing."""

    @pytest.mark.parametrize(("fault", "error"), EFFECT)
    def test_asking_fails_in_three_ways(
        self, world: GatewayWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Whatever happens on the wire while asking is Refused, Unavailable or Unsure.
        """
        if self.effect is None:
            world.switch.fault = fault
            assert world.connector(nowhere()).ask(ORDER).startswith("http")
            assert [] == world.switch.calls
            return
        self.fail(world, fault, self.effect, error)("ask", ORDER)

    @pytest.mark.parametrize(("fault", "error"), QUESTION)
    def test_a_question_is_never_unsure(
        self, world: GatewayWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Asking what became of an order changes nothing, so it can always be asked again.
        """
        self.fail(world, fault, self.question, error)("find", ORDER)

    def test_asking_twice_is_one_order(self, world: GatewayWorld) -> None:
        """
        The same order asked for again leads to the same page.
        """
        gateway = world.connector(world.url)
        first, second = gateway.ask(ORDER), gateway.ask(ORDER)
        world.learn(ORDER, first)

        assert first == second
        assert 1 == world.orders()

    def test_an_order_never_asked_for_is_not_found(self, world: GatewayWorld) -> None:
        """
        After a request that never left, the hub learns that nothing is there.
        """
        assert None is world.connector(world.url).find(ORDER)

    def test_an_order_is_pending_until_paid(self, world: GatewayWorld) -> None:
        """
        A page that nobody paid at is neither paid nor failed.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        found = gateway.find(ORDER)

        assert found is not None
        assert (ORDER.reference, Outcome.PENDING, "") == (
            found.reference,
            found.outcome,
            found.transaction,
        )

    def test_a_payment_whose_callback_was_lost_is_found(self, world: GatewayWorld) -> None:
        """
        The truth can be asked for: amount, transaction and an instant with its zone.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        world.pay(ORDER)
        found = gateway.find(ORDER)

        assert found is not None
        assert (ORDER.reference, Outcome.PAID, 50_000) == (
            found.reference,
            found.outcome,
            found.amount,
        )
        assert found.transaction
        assert found.at is not None
        assert found.at.utcoffset() is not None

    def test_a_failed_payment_is_failed(self, world: GatewayWorld) -> None:
        """
        A payment that failed is told so by question and by callback.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        told = gateway.read(world.break_off(ORDER), {})
        found = gateway.find(ORDER)

        assert found is not None
        assert (Outcome.FAILED, Outcome.FAILED) == (told.outcome, found.outcome)

    def test_a_true_callback_says_what_a_question_says(self, world: GatewayWorld) -> None:
        """
        The callback and the question tell the same payment.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        told = gateway.read(world.pay(ORDER), {})
        found = gateway.find(ORDER)

        assert found is not None
        assert (found.reference, found.outcome, found.amount, found.transaction, found.at) == (
            told.reference,
            told.outcome,
            told.amount,
            told.transaction,
            told.at,
        )

    def test_a_changed_callback_is_refused(self, world: GatewayWorld) -> None:
        """
        Nobody but the gateway can tell the hub that a fee was paid.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        bodies = list(world.changed(world.pay(ORDER)))

        assert len(bodies) > 5
        for body in bodies:
            with pytest.raises(Refused) as caught:
                gateway.read(body, {})
            assert says_nothing(caught.value)

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(
        body=st.binary(max_size=200)
        | st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
            lambda some: (
                st.lists(some, max_size=3)
                | st.dictionaries(st.sampled_from(("MaXacThuc", "MaLoi", "SoTien", "x")), some)
            ),
        ).map(lambda value: json.dumps(value).encode())
    )
    def test_any_bytes_are_refused_and_nothing_else(self, world: GatewayWorld, body: bytes) -> None:
        """
        A stranger's bytes never break the hub: they are Refused, and never answered with a seal.
        """
        gateway = world.connector(world.url)
        with pytest.raises(Refused):
            gateway.read(body, {})
        answer = gateway.answer(body, accepted=True)

        assert b"MaXacThuc" not in answer.body
        assert answer.body != gateway.answer(world.sample(), accepted=True).body

    @abstractmethod
    def is_yes(self, answer: bytes) -> bool:
        """Tell whether *answer* makes the gateway stop calling."""

    def test_answers_yes_only_when_stored(self, world: GatewayWorld) -> None:
        """
        The gateway calls again until the hub has the callback; a forged one gets a no.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        true = world.pay(ORDER)
        changed = next(world.changed(true))

        assert self.is_yes(gateway.answer(true, accepted=True).body)
        assert not self.is_yes(gateway.answer(true, accepted=False).body)
        assert not self.is_yes(gateway.answer(changed, accepted=True).body)


class StatementContract(ConnectorContract):
    """Every bank with statements passes these."""

    account: ClassVar[str]
    day: ClassVar[date]

    @pytest.mark.parametrize(("fault", "error"), QUESTION)
    def test_a_question_is_never_unsure(
        self, world: World, fault: str, error: type[Exception]
    ) -> None:
        """
        A statement that did not come whole is asked for again.
        """
        self.fail(world, fault, self.question, error)("statement", self.account, self.day)

    def test_the_statement_is_the_banks_own(self, world: World) -> None:
        """
        The hub gets the statement byte for byte, the same every time.
        """
        bank: StatementBank = world.connector(world.url)
        statement = bank.statement(self.account, self.day)

        assert self.account.encode() in statement
        assert statement == bank.statement(self.account, self.day)


class CarrierWorld(World):
    """A carrier's side."""

    @abstractmethod
    def connector(self, url: str) -> Carrier:
        """Return the carrier, with the other side at *url*."""

    @abstractmethod
    def move(self, reference: str, code: str) -> None:
        """Let the parcel *reference* be scanned with *code*."""

    @abstractmethod
    def parcels(self) -> int:
        """Return how many parcels the other side holds."""


class CarrierContract(ConnectorContract):
    """Every carrier passes these."""

    effect: ClassVar[str]
    delivered: ClassVar[str]
    """The carrier's code for delivered."""

    @pytest.mark.parametrize(("fault", "error"), EFFECT)
    def test_booking_fails_in_three_ways(
        self, world: CarrierWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Whatever happens on the wire while booking is Refused, Unavailable or Unsure.
        """
        self.fail(world, fault, self.effect, error)("book", released())

    def test_booking_sends_once(self, world: CarrierWorld) -> None:
        """
        A connector never repeats a booking by itself, not even after silence.
        """
        self.fail(world, "hangs up", self.effect, Unsure)("book", released())

        assert 1 == sum(path.endswith(self.effect) for path in world.switch.calls)
        assert 1 == world.parcels()

    def test_a_parcel_not_booked_is_not_shown(self, world: CarrierWorld) -> None:
        """
        What was never booked is not found.
        """
        assert None is world.connector(world.url).find(released().parcel.reference, "")

    def test_a_booking_keeps_our_reference(self, world: CarrierWorld) -> None:
        """
        A booking is told under our own reference.
        """
        carrier = world.connector(world.url)

        assert released().parcel.reference == carrier.book(released()).reference
        assert 1 == world.parcels()

    def test_every_status_is_one_that_a_parcel_can_have(self, world: CarrierWorld) -> None:
        """
        The status table speaks the hub's words only, and tells delivered from returned.
        """
        module = __import__(type(world.connector(world.url)).__module__, fromlist=["STATUSES"])

        assert set(module.STATUSES.values()) <= set(Delivery)
        assert {Delivery.DELIVERED, Delivery.RETURNED} <= set(module.STATUSES.values())


class FeedContract(CarrierContract):
    """Every carrier whose scans are fetched, and whose bookings can be looked up, passes these."""

    @pytest.mark.parametrize(("fault", "error"), QUESTION)
    @pytest.mark.parametrize("ask", ["find", "scans"])
    def test_a_question_is_never_unsure(
        self, world: CarrierWorld, ask: str, fault: str, error: type[Exception]
    ) -> None:
        """
        Looking changes nothing, so it can always be done again.
        """
        given = ("x", "") if ask == "find" else ("",)
        self.fail(world, fault, self.question, error)(ask, *given)

    def test_booking_twice_is_one_parcel(self, world: CarrierWorld) -> None:
        """
        The same reference booked again is the same booking.
        """
        carrier = world.connector(world.url)

        assert carrier.book(released()) == carrier.book(released())
        assert 1 == world.parcels()

    def test_a_booking_is_found_after_silence(self, world: CarrierWorld) -> None:
        """
        The answer was lost; the mark from before leads to the parcel and its number.
        """
        carrier = world.connector(world.url)
        carrier.book(released("H49.61.2-261120-0011-D-1"))
        _, mark = carrier.scans("")
        self.fail(world, "hangs up", self.effect, Unsure)("book", released())
        world.switch.fault = ""
        found = carrier.find(released().parcel.reference, mark)

        assert carrier.shows_within is not None
        assert found is not None
        assert released().parcel.reference == found.reference
        assert found.tracking
        assert None is carrier.find("H49.61.2-261120-0011-D-1", mark)

    def test_scans_are_read_once_and_in_order(self, world: CarrierWorld) -> None:
        """
        Reading on from the mark brings nothing twice and leaves nothing out.
        """
        carrier = world.connector(world.url)
        carrier.book(released())
        before, mark = carrier.scans("")
        world.move(released().parcel.reference, self.delivered)
        after, end = carrier.scans(mark)

        assert [Delivery.BOOKED] == [scan.status for scan in before]
        assert [Delivery.DELIVERED] == [scan.status for scan in after]
        assert ([], end) == carrier.scans(end)
        assert all(scan.at.utcoffset() is not None for scan in before + after)

    def test_an_unknown_code_is_kept_and_means_nothing(self, world: CarrierWorld) -> None:
        """
        A code outside the table is shown to a person; it moves no parcel.
        """
        carrier = world.connector(world.url)
        carrier.book(released())
        world.move(released().parcel.reference, "987")
        scans, _ = carrier.scans("")

        assert ("987", None) == (scans[-1].code, scans[-1].status)
