"""From the gate to the booking."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from dispatch import scans, shipments
from dispatch.models import Shipment
from dossiers import facts
from dossiers.parcels import Booking
from dossiers.status import Delivery
from dossiers.transitions import TransitionError
from dossiers.work import TaskKind
from register import ledger
from register.models import Task
from tests.support.dossier_kit import dossier, walk
from tests.support.post_kit import booked, item, released, scan

pytestmark = pytest.mark.django_db


def test_preparing_twice_is_preparing_once() -> None:
    """While a shipment lives, its reference is the one that is given again."""
    code = released()
    first = shipments.prepare(code)
    assert f"{code}-D-1" == first.reference
    assert first == shipments.prepare(code)


def test_after_a_refusal_the_next_reference() -> None:
    """A refused booking opens a task; the mended address is booked under a new reference."""
    shipment = shipments.prepare(released())
    shipments.refused(shipment, "unknown commune")
    assert Delivery.REFUSED == shipment.state
    assert [TaskKind.BOOKING_REFUSED] == list(Task.objects.values_list("kind", flat=True))
    ledger.record(shipment.dossier_id, facts.AddressCorrected(person="lan"), by="lan")
    again = shipments.prepare(shipment.dossier_id)
    assert f"{shipment.dossier_id}-D-2" == again.reference


def test_booked_twice_is_booked_once() -> None:
    """The carrier's promise is one fact and one row, however often it is told."""
    shipment = booked()
    shipments.booked(shipment, Booking(shipment.reference, item(9)))
    kinds = [row.kind for row in ledger.history(shipment.dossier_id)]
    assert kinds.count("Booked") == 1
    assert (Delivery.BOOKED, item(1)) == (shipment.state, shipment.tracking)
    assert shipment.reference == ledger.state(shipment.dossier_id).parcel


def test_nothing_is_kept_of_a_booking_that_cannot_be() -> None:
    """Row and fact are one transaction: a dossier that is not released is not booked."""
    made = dossier()
    walk(made, until=facts.Verified)
    shipment = Shipment(reference=f"{made.code}-D-1", dossier=made, attempt=1, carrier="vnpost")
    shipment.office = shipments.prepare(released(2)).office
    shipment.prepared_at = shipment.changed_at = made.changed_at
    shipment.save()
    with pytest.raises(TransitionError), transaction.atomic():
        shipments.booked(shipment, Booking(shipment.reference, ""))
    shipment.refresh_from_db()
    assert Delivery.NONE == shipment.state


def test_a_leg_has_one_live_shipment() -> None:
    """The database itself refuses a second live shipment of one leg."""
    shipment = shipments.prepare(released())
    twin = Shipment.objects.get(pk=shipment.pk)
    twin.reference, twin.attempt = f"{shipment.dossier_id}-D-2", 2
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_the_parcel_goes_where_the_owner_lives() -> None:
    """Recipient and address come from the dossier's owner; the label names today's commune."""
    shipment = shipments.prepare(released())
    parcel = shipments.parcel(shipment)
    assert ("Nguyễn Văn An", "06685") == (parcel.recipient.reveal(), parcel.unit)
    assert "Phường Hồng Gai, Tỉnh Quảng Ninh" == shipments.label(shipment).place
    assert shipment.reference == shipments.label(shipment).item


def test_a_centre_without_a_post_office_is_told() -> None:
    """No office serves the centre: an error with a name, and nothing prepared."""
    code = released(1, centre="H49.62")
    with pytest.raises(shipments.NoOfficeError):
        shipments.prepare(code)
    assert not Shipment.objects.exists()


def test_the_feed_may_know_a_booking_before_we_do() -> None:
    """Our booking was unsure when the feed showed the parcel; once adopted, its news follow."""
    shipment = shipments.prepare(released())
    scans.take("vnpost", [scan(shipment, Delivery.ACCEPTED, after=1)], "m1")
    assert Delivery.NONE == ledger.state(shipment.dossier_id).delivery
    shipments.booked(shipment, Booking(shipment.reference, ""))
    assert Delivery.ACCEPTED == ledger.state(shipment.dossier_id).delivery
    assert (Delivery.ACCEPTED, item(1)) == (shipment.state, shipment.tracking)
