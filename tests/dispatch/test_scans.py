"""What carriers say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dispatch import scans, shipments
from dispatch.models import CarrierEvent, FeedMark, Shipment
from dossiers.status import Delivery
from dossiers.work import TaskKind
from register import ledger
from register.models import Task
from tests.support.post_kit import booked, item, scan

pytestmark = pytest.mark.django_db


def delivery(shipment: Shipment) -> Delivery:
    """Return where the dossier's parcel is."""
    return ledger.state(shipment.dossier_id).delivery


def open_tasks() -> list[str]:
    """Return the kinds of the open tasks."""
    return list(Task.objects.filter(closed_at=None).values_list("kind", flat=True))


def test_events_and_mark_are_kept_together() -> None:
    """After a page the dossier has moved, the row too, and the feed goes on from the mark."""
    shipment = booked()
    assert scans.mark("vnpost") == ""
    assert scans.take("vnpost", [scan(shipment, Delivery.ACCEPTED)], "m1") == 1
    shipment.refresh_from_db()
    assert (Delivery.ACCEPTED, Delivery.ACCEPTED) == (delivery(shipment), shipment.state)
    assert scans.mark("vnpost") == "m1"


def test_a_page_that_fails_leaves_nothing_and_no_mark() -> None:
    """One impossible event in a page: no event is kept and the page will be read again."""
    shipment = booked()
    bad = replace(scan(shipment, Delivery.ACCEPTED, after=1), id="x" * 500)
    with pytest.raises(DatabaseError), transaction.atomic():
        scans.take("vnpost", [scan(shipment, Delivery.ACCEPTED), bad], "m1")
    assert not CarrierEvent.objects.exists()
    assert not FeedMark.objects.exists()
    assert Delivery.BOOKED == delivery(shipment)


def test_the_same_page_again_changes_nothing() -> None:
    """An event is told to the dossier once, however often the feed shows it."""
    shipment = booked()
    page = [scan(shipment, Delivery.ACCEPTED), scan(shipment, Delivery.IN_TRANSIT, after=1)]
    scans.take("vnpost", page, "m1")
    told = len(ledger.history(shipment.dossier_id))
    assert scans.take("vnpost", page, "m1") == 0
    assert told == len(ledger.history(shipment.dossier_id))


def test_late_news_do_not_move_it_back() -> None:
    """What happened earlier but is told later is history; the parcel stays where it is."""
    shipment = booked()
    scans.take("vnpost", [scan(shipment, Delivery.OUT_FOR_DELIVERY, after=5)], "m1")
    scans.take("vnpost", [scan(shipment, Delivery.IN_TRANSIT, after=2)], "m2")
    assert Delivery.OUT_FOR_DELIVERY == delivery(shipment)
    assert CarrierEvent.objects.count() == 2


def test_an_unknown_code_is_kept_and_shown() -> None:
    """A code that is not in the table changes nothing, is kept raw, and waits for a person."""
    shipment = booked()
    scans.take("vnpost", [scan(shipment, None)], "m1")
    assert Delivery.BOOKED == delivery(shipment)
    assert [TaskKind.UNKNOWN_SCAN] == open_tasks()
    assert [("X", "", "theo bưu điện")] == list(
        CarrierEvent.objects.values_list("code", "status", "said")
    )


def test_a_parcel_that_is_not_ours_is_kept_and_shown() -> None:
    """A reference that nobody knows, or of another carrier, is the province's to look at."""
    shipment = booked()
    stranger = replace(scan(shipment, Delivery.ACCEPTED), reference="QLVB-1")
    scans.take("vnpost", [stranger], "m1")
    scans.take("ems", [scan(shipment, Delivery.ACCEPTED)], "m1")
    assert [TaskKind.UNKNOWN_SCAN] * 2 == open_tasks()
    assert Delivery.BOOKED == delivery(shipment)


def test_a_parcel_that_arrived_moves_no_more_but_is_shown() -> None:
    """Returned after delivered: kept and shown; only a person's correction may believe it."""
    shipment = booked()
    scans.take("vnpost", [scan(shipment, Delivery.DELIVERED, after=3)], "m1")
    scans.take("vnpost", [scan(shipment, Delivery.IN_TRANSIT, after=2)], "m2")
    assert [] == open_tasks()
    scans.take("vnpost", [scan(shipment, Delivery.RETURNED, after=9)], "m3")
    assert Delivery.DELIVERED == delivery(shipment)
    assert [TaskKind.UNKNOWN_SCAN] == open_tasks()


def test_a_failed_delivery_waits_for_a_person_until_it_succeeds() -> None:
    """An attempt that failed is on the post's list; delivered at last, it goes away by itself."""
    shipment = booked()
    scans.take("vnpost", [scan(shipment, Delivery.ATTEMPT_FAILED, after=1)], "m1")
    assert [TaskKind.DELIVERY_FAILED] == open_tasks()
    scans.take("vnpost", [scan(shipment, Delivery.DELIVERED, after=2)], "m2")
    assert [] == open_tasks()


def test_the_carriers_number_is_learnt_from_the_feed() -> None:
    """A booking without a number gets it with the first event, and labels show it from then."""
    shipment = booked(tracked=False)
    scans.take("vnpost", [scan(shipment, Delivery.BOOKED)], "m1")
    shipment.refresh_from_db()
    assert (Delivery.BOOKED, item(1)) == (shipment.state, shipment.item)


def test_what_a_carrier_said_cannot_be_unsaid() -> None:
    """The database refuses to change or delete an event."""
    scans.take("vnpost", [scan(booked(), Delivery.ACCEPTED)], "m1")
    for change in (
        lambda: CarrierEvent.objects.update(code="Y"),
        lambda: CarrierEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


WAY = (Delivery.ACCEPTED, Delivery.IN_TRANSIT, Delivery.OUT_FOR_DELIVERY, Delivery.DELIVERED)


class TestAnyOrder(TestCase):
    """The state is a fold over when things happened, not over when we heard of them."""

    @settings(max_examples=15, deadline=None)
    @given(st.permutations(range(4)), st.lists(st.integers(0, 3), max_size=3))
    def test_a_parcel_ends_where_it_is(self, order: list[int], repeated: list[int]) -> None:
        """In any order, with any repeats, a delivered parcel is delivered."""
        shipment = booked()
        for step in [*order, *repeated]:
            scans.take("vnpost", [scan(shipment, WAY[step], after=step)], "m")
        assert Delivery.DELIVERED == delivery(shipment)
        assert CarrierEvent.objects.count() == 4


def test_news_of_a_parcel_that_a_person_kept_stops_nobody_s_feed() -> None:
    """
    Kept at the counter, and the carrier tells of it once more: shown, and all others go on.
    """
    kept, other = booked(1), booked(2)
    scans.take(
        "vnpost", [scan(kept, Delivery.ACCEPTED), scan(kept, Delivery.RETURNED, after=1)], "m1"
    )
    shipments.keep_at_counter(kept.dossier_id, by="buucuc")
    before = delivery(kept)

    late = scan(kept, Delivery.DELIVERED, after=2)
    assert 2 == scans.take("vnpost", [late, scan(other, Delivery.ACCEPTED)], "m2")

    assert (before, Delivery.ACCEPTED) == (delivery(kept), delivery(other))
    assert ("m2", [TaskKind.UNKNOWN_SCAN]) == (scans.mark("vnpost"), open_tasks())
