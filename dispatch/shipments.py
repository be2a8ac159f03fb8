"""
Shipments: one try to carry one leg of a dossier, from the reference to the booking.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from dispatch import scans
from dispatch.models import FAILED, Office, Shipment
from dispatch.sheets import Label, Row
from dossiers import facts
from dossiers.codes import Leg, booking_reference
from dossiers.parcels import Booking, Parcel
from dossiers.personal import Address, Phone
from dossiers.roles import Role
from dossiers.state import State
from dossiers.status import Delivery
from dossiers.work import TaskKind
from register import ledger, places, tasks, world
from register.models import Applicant, Dossier

HUB = "dispatch"
"""Who tells the facts of this room."""


class NoOfficeError(LookupError):
    """Trung tâm chưa có bưu cục phục vụ. / No post office serves this centre: add one."""


def prepare(code: str) -> Shipment:
    """
    Return the live shipment that brings dossier *code* home, made now if there is none.

    A new one takes the next reference, so that a refused or returned parcel's is never used
    again. NoOfficeError if no post office serves the centre.
    """
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=code)
        tries = Shipment.objects.filter(dossier=dossier, leg=Leg.DELIVER)
        if live := tries.exclude(state__in=FAILED).first():
            return live
        office = Office.objects.filter(unit=dossier.centre_id).order_by("code").first()
        if office is None:
            raise NoOfficeError(dossier.centre_id)
        attempt = (tries.aggregate(last=Max("attempt"))["last"] or 0) + 1
        return Shipment.objects.create(
            reference=booking_reference(code, Leg.DELIVER, attempt),
            dossier=dossier,
            leg=Leg.DELIVER,
            attempt=attempt,
            carrier=office.carrier,
            office=office,
            prepared_at=world.now(),
            changed_at=world.now(),
        )


def parcel(shipment: Shipment) -> Parcel:
    """Return what the carrier is told, by the address as it is now."""
    return _parcel(shipment, Applicant.objects.get(pk=shipment.dossier_id))


def label(shipment: Shipment) -> Label:
    """Return what the envelope says."""
    told, office = parcel(shipment), shipment.office
    return Label(
        parcel=told,
        item=shipment.item,
        place=", ".join(unit.name for unit in places.path(told.unit, world.today())) or told.unit,
        sender=office.unit.name,
        sender_address=office.sender_address,
        office=office.name,
    )


def row(shipment: Shipment, owner: Applicant, *, position: int) -> Row:
    """Return the line of a manifest at *position*, from 1."""
    told = _parcel(shipment, owner)
    return Row(
        position=position,
        item=shipment.item,
        reference=shipment.reference,
        recipient=told.recipient,
        commune=places.name(told.unit, world.today()),
        weight=told.weight,
        cod=told.cod,
    )


def owners(shipments: Iterable[Shipment]) -> dict[str, Applicant]:
    """Return whom the dossiers of *shipments* belong to, by dossier, in one question."""
    codes = {shipment.dossier_id for shipment in shipments}
    return {owner.dossier_id: owner for owner in Applicant.objects.filter(pk__in=codes)}


def _parcel(shipment: Shipment, owner: Applicant) -> Parcel:
    return Parcel(
        reference=shipment.reference,
        recipient=owner.name,
        phone=owner.phone,
        address=owner.address,
        unit=owner.ward,
    )


def booked(shipment: Shipment, booking: Booking) -> None:
    """
    Keep that the carrier promised to carry *shipment*; the second time changes nothing.

    What the carrier's feed said of it before this was known follows at once.
    """
    with transaction.atomic():
        row = Shipment.objects.select_for_update().get(pk=shipment.pk)
        if row.state == Delivery.NONE:
            fact = facts.Booked(
                carrier=row.carrier, reference=row.reference, tracking=booking.tracking
            )
            state = ledger.record(row.dossier_id, fact, by=HUB)
            row.state, row.tracking, row.changed_at = state.delivery, booking.tracking, world.now()
            row.save()
            scans.replay(row)
    shipment.refresh_from_db()


def refused(shipment: Shipment, reason: str) -> None:
    """Keep that the carrier said no, and put it on the post's list; *reason* in its own words."""
    with transaction.atomic():
        row = Shipment.objects.select_for_update().get(pk=shipment.pk)
        if row.state == Delivery.NONE:
            fact = facts.BookingRefused(carrier=row.carrier, reference=row.reference, reason=reason)
            state = ledger.record(row.dossier_id, fact, by=HUB)
            row.state, row.changed_at = state.delivery, world.now()
            row.save()
            tasks.open(
                TaskKind.BOOKING_REFUSED,
                Role.POST,
                dossier=row.dossier_id,
                detail={"reference": row.reference, "reason": reason},
            )
    shipment.refresh_from_db()


def correct_address(
    code: str, *, address: Address, ward: str, by: str, phone: Phone | None = None
) -> State:
    """
    Mend where a refused or returned parcel goes, and have it booked under the next reference.

    *ward* is the commune's statistics code. UnknownUnitError if no commune has it today,
    TransitionError if the parcel is not one that came to nothing; then nothing is changed.
    """
    places.tree().at(ward, world.today())
    mended = {"address_text": address.reveal(), "ward": ward}
    if phone:
        mended["phone_text"] = phone.reveal()
    with transaction.atomic():
        after = _decided(code, facts.AddressCorrected(by), by)
        Applicant.objects.filter(pk=code).update(**mended)
    return after


def send_again(code: str, *, by: str) -> State:
    """
    Have a refused or returned parcel booked again to the same address, under the next reference.

    TransitionError if the parcel is not one that came to nothing, for example done before.
    """
    return _decided(code, facts.SentAgain(by), by)


def keep_at_counter(code: str, *, by: str) -> State:
    """
    Keep a refused or returned result for the citizen at the counter; it is not sent again.

    TransitionError if the parcel is not one that came to nothing, for example done before.
    """
    return _decided(code, facts.KeptAtCounter(by), by)


def _decided(code: str, fact: facts.Fact, by: str) -> State:
    """Record what a person decided of a parcel that came to nothing, and clear the post's list."""
    with transaction.atomic():
        # The shipment before the dossier, in the order of ``manifests`` and ``scans``.
        tries = Shipment.objects.select_for_update().filter(dossier=code, leg=Leg.DELIVER)
        newest = tries.order_by("-attempt").first()
        before = ledger.state(code)
        after = ledger.record(code, fact, by=by)
        if newest and newest.state != before.delivery:
            # A person's correction moves only the dossier; now the reference must be used up too.
            newest.state, newest.changed_at = before.delivery, world.now()
            newest.save()
        for kind in (TaskKind.DELIVERY_FAILED, TaskKind.BOOKING_REFUSED):
            tasks.close(kind, code, by=by)
    return after
