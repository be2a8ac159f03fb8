"""
What carriers say of parcels: kept as said, once, and folded into the dossier by when it happened.

Nothing is dropped and nothing is guessed. A code that is not in the carrier's table, a parcel
that is not ours, or news of a parcel that had arrived already, is kept and shown to a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dispatch import locks
from dispatch.models import CarrierEvent, FeedMark, Shipment
from dossiers import facts
from dossiers.parcels import Scan
from dossiers.roles import Role
from dossiers.state import State
from dossiers.status import ENDED, Delivery
from dossiers.transitions import TransitionError
from dossiers.work import TaskKind
from register import ledger, tasks, world

#: After these a person decides: try again, mend the address, keep it for the citizen.
FAILING = (
    Delivery.ATTEMPT_FAILED,
    Delivery.RETURNING,
    Delivery.RETURNED,
    Delivery.CANCELLED,
)


def mark(carrier: str) -> str:
    """Return how far the feed of *carrier* has been read; ``""`` is the beginning."""
    return FeedMark.objects.filter(pk=carrier).values_list("mark", flat=True).first() or ""


def take(carrier: str, scans: Iterable[Scan], mark: str) -> int:
    """
    Take a page of the feed of *carrier* and the *mark* after it, both or neither.

    Returns how many events were new. The same page again changes nothing.
    """
    scans = list(scans)
    with transaction.atomic():
        locks.hold(scan.reference for scan in scans)
        new = sum(_take(carrier, scan) for scan in scans)
        FeedMark.objects.update_or_create(
            carrier=carrier, defaults={"mark": mark, "read_at": world.now()}
        )
    world.point("scans taken")
    return new


def replay(shipment: Shipment) -> None:
    """Tell the dossier what the feed said of *shipment* before its booking was known."""
    events = CarrierEvent.objects.filter(carrier=shipment.carrier, reference=shipment.reference)
    for event in events.order_by("at", "pk"):
        if event.status:
            _tell(shipment, event)


def _take(carrier: str, scan: Scan) -> bool:
    event, new = CarrierEvent.objects.get_or_create(
        carrier=carrier,
        event_id=scan.id,
        defaults={
            "reference": scan.reference,
            "code": scan.code,
            "said": scan.words,
            "status": scan.status or "",
            "at": scan.at,
            "tracking": scan.tracking,
            "office": scan.office,
            "told_at": world.now(),
        },
    )
    if new:
        _follow(event)
    return new


def _follow(event: CarrierEvent) -> None:
    """Find whose parcel it is and tell the dossier, or show the event to a person."""
    shipment = Shipment.objects.filter(pk=event.reference, carrier=event.carrier).first()
    if shipment is None or not event.status:
        _show(event, shipment)
    elif shipment.state != Delivery.NONE:
        _tell(shipment, event)
    # Else our booking is still unsure: ``shipments.booked`` replays the event.


def _tell(shipment: Shipment, event: CarrierEvent) -> None:
    before = ledger.state(shipment.dossier_id)
    if before.parcel != shipment.reference:
        _show(event, shipment)  # an older try; the dossier travels under another reference
        return
    fact = facts.Carried(
        status=event.status, code=event.code, at=event.at.isoformat(), tracking=event.tracking
    )
    try:
        after = ledger.record(shipment.dossier_id, fact, by=event.carrier)
    except TransitionError:
        # A person has decided otherwise, for example kept it at the counter. One parcel's odd
        # news must not stop the feed for everybody.
        _show(event, shipment)
        return
    shipment.state, shipment.tracking = after.delivery, after.tracking
    shipment.changed_at = world.now()
    shipment.save()
    if _contradicts(before, event):
        _show(event, shipment)
    _failing(shipment, before, after)


def _contradicts(before: State, event: CarrierEvent) -> bool:
    """Tell whether a parcel that had arrived moves on: only a named correction may believe it."""
    if before.delivery not in ENDED or event.status == before.delivery:
        return False
    return not before.carried_at or event.at > datetime.fromisoformat(before.carried_at)


def _failing(shipment: Shipment, before: State, after: State) -> None:
    if after.delivery == before.delivery:
        return
    if after.delivery in FAILING:
        tasks.open(
            TaskKind.DELIVERY_FAILED,
            Role.POST,
            dossier=shipment.dossier_id,
            detail={"reference": shipment.reference, "status": after.delivery},
        )
    elif after.delivery == Delivery.DELIVERED:
        tasks.close(TaskKind.DELIVERY_FAILED, shipment.dossier_id, by=shipment.carrier)


def _show(event: CarrierEvent, shipment: Shipment | None) -> None:
    """Put the event on the post's list; where the parcel is not ours, on the province's."""
    tasks.open(
        TaskKind.UNKNOWN_SCAN,
        Role.POST,
        dossier=shipment.dossier_id if shipment else None,
        subject=f"{event.carrier}:{event.event_id}",
        unit="" if shipment else tasks.PROVINCE,
        detail={"reference": event.reference, "code": event.code, "words": event.said},
    )
