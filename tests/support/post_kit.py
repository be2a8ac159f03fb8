"""Dossiers on their way by post."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dispatch import shipments
from dispatch.models import Office, Shipment
from dossiers import items
from dossiers.parcels import Booking, Scan
from dossiers.status import Delivery
from tests.support.dossier_kit import dossier, walk

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)


def office(code: str = "HLG", *, unit: str = "H49.61", carrier: str = "vnpost") -> Office:
    """Return a post office, made now if need be."""
    made, _new = Office.objects.get_or_create(
        code=code,
        defaults={
            "name": "Bưu cục Hạ Long",
            "unit_id": unit,
            "carrier": carrier,
            "sender_address": "Phường Hồng Gai",
            "cut_offs": ["10:00", "16:00"],
        },
    )
    return made


def released(number: int = 1, **changes: object) -> str:
    """Bring a dossier through the gate; return its code."""
    made = dossier(f"H49.61-261123-{number:04d}", **changes)
    office()
    walk(made)
    return made.code


def item(number: int) -> str:
    """Return the carrier's number of parcel *number*."""
    return items.compose("EB", 58_412_000 + number).text


def booked(number: int = 1, *, tracked: bool = True, **changes: object) -> Shipment:
    """Book a parcel; return its shipment."""
    shipment = shipments.prepare(released(number, **changes))
    tracking = item(number) if tracked else ""
    shipments.booked(shipment, Booking(shipment.reference, tracking))
    return shipment


def scan(shipment: Shipment, status: Delivery | None, *, after: int = 0, name: str = "") -> Scan:
    """Return what the carrier says happened *after* so many hours."""
    return Scan(
        id=name or f"{shipment.reference}:{status}:{after}",
        reference=shipment.reference,
        code="X" if status is None else f"c-{status}",
        words="theo bưu điện",
        status=status,
        at=AT + timedelta(hours=after),
        tracking=item(shipment.attempt),
    )
