"""A parcel that came to nothing: sent again, sent elsewhere, or kept at the counter."""

from __future__ import annotations

import pytest

from dispatch import scans, shipments
from dispatch.models import Shipment
from dossiers import facts
from dossiers.personal import Address, Phone
from dossiers.status import Delivery
from dossiers.steps import Step
from dossiers.transitions import TransitionError
from dossiers.units import UnknownUnitError
from dossiers.work import TaskKind
from register import ledger
from register.models import Applicant, Dossier, Fact, Task
from tests.support.post_kit import booked, released, scan

pytestmark = pytest.mark.django_db


def returned() -> Shipment:
    """Return a shipment whose parcel came back."""
    shipment = booked()
    scans.take("vnpost", [scan(shipment, Delivery.RETURNED, after=9)], "m1")
    shipment.refresh_from_db()
    return shipment


def step(code: str) -> str:
    """Return the dossier's next step."""
    return Dossier.objects.get(pk=code).next_step


def open_tasks() -> list[str]:
    """Return the kinds of the open tasks."""
    return list(Task.objects.filter(closed_at=None).values_list("kind", flat=True))


def test_a_returned_parcel_waits_for_a_person() -> None:
    """
    It is not done: somebody must decide what becomes of it.
    """
    code = returned().dossier_id

    assert Step.AWAIT_PERSON == step(code)
    assert [TaskKind.DELIVERY_FAILED] == open_tasks()


def test_it_is_sent_again_under_the_next_reference() -> None:
    """
    One act: the fact, the next booking under a new reference, the task closed by name.
    """
    first = returned()

    shipments.send_again(first.dossier_id, by="minh")

    assert Step.BOOK == step(first.dossier_id)
    assert f"{first.dossier_id}-D-2" == shipments.prepare(first.dossier_id).reference
    assert ("SentAgain", "minh") == Fact.objects.order_by("seq").values_list("kind", "by").last()
    assert [] == open_tasks()
    assert "minh" == Task.objects.get().closed_by


def test_a_mended_address_is_where_the_next_parcel_goes() -> None:
    """
    Address, commune and phone are the owner's row, never the fact's; the chain still holds.
    """
    first = returned()
    code = first.dossier_id

    shipments.correct_address(
        code, address=Address("5 Lê Lợi"), ward="06676", phone=Phone("0987654321"), by="minh"
    )

    parcel = shipments.parcel(shipments.prepare(code))
    assert ("5 Lê Lợi", "06676") == (parcel.address.reveal(), parcel.unit)
    assert "0987654321" == parcel.phone.reveal()
    assert "Lê Lợi" not in str(list(Fact.objects.values_list("body", flat=True)))
    assert [] == ledger.audit(code)


def test_a_commune_that_is_none_changes_nothing() -> None:
    """
    A code that means no commune today is refused before anything is written.
    """
    first = returned()
    before = Applicant.objects.values().get()

    with pytest.raises(UnknownUnitError):
        shipments.correct_address(
            first.dossier_id, address=Address("5 Lê Lợi"), ward="99999", by="minh"
        )

    assert before == Applicant.objects.values().get()
    assert Step.AWAIT_PERSON == step(first.dossier_id)


def test_it_is_kept_at_the_counter() -> None:
    """
    The citizen comes for it; nothing is booked, and collecting it ends the dossier.
    """
    code = returned().dossier_id

    shipments.keep_at_counter(code, by="minh")

    assert Step.AWAIT_CITIZEN == step(code)
    assert [] == open_tasks()
    ledger.record(code, facts.Collected("quầy 3"), by="minh")
    assert Step.DONE == step(code)


def test_a_refused_booking_is_decided_likewise() -> None:
    """
    The carrier said no: the same three acts, and its own task is closed.
    """
    code = released()
    shipments.refused(shipments.prepare(code), "no such street")
    assert [TaskKind.BOOKING_REFUSED] == open_tasks()

    shipments.send_again(code, by="minh")

    assert [] == open_tasks()
    assert f"{code}-D-2" == shipments.prepare(code).reference


def test_a_parcel_corrected_to_returned_is_sent_again() -> None:
    """
    A person's correction moves only the dossier; the used reference is not used again.
    """
    shipment = booked()
    code = shipment.dossier_id
    scans.take("vnpost", [scan(shipment, Delivery.DELIVERED, after=1)], "m1")
    ledger.record(
        code, facts.DeliveryCorrected(Delivery.RETURNED, "wrong house", "minh"), by="minh"
    )

    shipments.send_again(code, by="minh")

    assert f"{code}-D-2" == shipments.prepare(code).reference


@pytest.mark.parametrize("act", [shipments.send_again, shipments.keep_at_counter])
def test_only_once_and_only_what_came_to_nothing(act: object) -> None:
    """
    A second click, and a parcel on its way, are refused and leave nothing behind.
    """
    first = returned()
    act(first.dossier_id, by="minh")  # type: ignore[operator]
    told = Fact.objects.count()

    with pytest.raises(TransitionError):
        act(first.dossier_id, by="minh")  # type: ignore[operator]
    with pytest.raises(TransitionError):
        act(booked(2).dossier_id, by="minh")  # type: ignore[operator]

    assert told == Fact.objects.filter(dossier=first.dossier_id).count()


def test_the_second_parcel_travels_by_its_own_scans() -> None:
    """
    What the carrier still says of the first parcel does not move the second.
    """
    first = returned()
    shipments.send_again(first.dossier_id, by="minh")
    second = shipments.prepare(first.dossier_id)
    shipments.booked(second, shipments.Booking(second.reference, ""))

    scans.take("vnpost", [scan(first, Delivery.DELIVERED, after=1, name="late")], "m2")
    assert Delivery.BOOKED == Dossier.objects.get().delivery
    scans.take("vnpost", [scan(second, Delivery.ACCEPTED, after=2)], "m3")
    assert Delivery.ACCEPTED == Dossier.objects.get().delivery
