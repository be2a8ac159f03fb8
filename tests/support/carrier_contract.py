"""
What every carrier must do.
"""

from __future__ import annotations

import sys
from abc import abstractmethod
from typing import ClassVar

import pytest

from connectors import Unsure
from connectors.carriers import Carrier
from dossiers.status import Delivery
from tests.support.contract import EFFECT, QUESTION, ConnectorContract, World, released


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
        module = sys.modules[type(world.connector(world.url)).__module__]

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
