"""
What the hub and a carrier tell each other, whoever the carrier is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.personal import Address, Name, Phone


@dataclass(frozen=True, slots=True)
class Parcel:
    """
    One envelope and where it goes.

    It says nothing of the procedure: on an envelope that would reveal private life.
    """

    reference: str
    """Our own: ``{dossier code}-{C|D|R}-{n}``, C collect, D deliver, R return."""
    recipient: Name
    phone: Phone
    address: Address
    unit: str
    """Statistics code of the commune, valid today (``06685``)."""
    province: str = "22"
    weight: int = 100
    """Grams."""
    cod: int = 0
    """To be collected on delivery, integer đồng."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A parcel that a carrier promised to carry."""

    reference: str
    tracking: str
    """The carrier's own number; empty while the carrier has not told it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One thing that a carrier says has happened to a parcel."""

    id: str
    """The carrier's identity of this event; the same is never taken twice."""
    reference: str
    code: str
    """The carrier's own status code, raw."""
    words: str
    """The carrier's own words for it."""
    status: str | None
    """One of ``dossiers.status.CARRIED``, or None when the code is not in the carrier's table."""
    at: datetime
    tracking: str = ""
    office: str = ""
