"""
What the hub asks of a carrier.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from connectors import Connector, Refused
from dossiers.parcels import Booking, Scan
from dossiers.release import Released


class Carrier(Connector):
    """A postal service."""

    shows_within: ClassVar[timedelta | None] = None
    """
    How long after a booking ``find`` is sure to show it; absence later proves that nothing was
    booked. None: absence proves nothing, and a person must look.
    """

    @abstractmethod
    def book(self, released: Released) -> Booking:
        """Book ``released.parcel``; booking the same reference again gives the same booking."""

    @abstractmethod
    def find(self, reference: str, mark: str) -> Booking | None:
        """
        Return the booking made under *reference*, or None if the carrier does not show it.

        *mark* is the tracking mark from before the booking was sent: where to look from,
        for a carrier whose feed is the only place to look.
        """

    @abstractmethod
    def scans(self, mark: str) -> tuple[list[Scan], str]:
        """Return what happened after *mark*, and the next *mark*; ``""`` is the beginning."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> list[Scan]:  # noqa: ARG002
        """
        Return what a callback tells of.

        Refused if the carrier did not make it, and always by a carrier that does not call.
        """
        message = f"{self.label} không gọi lại · {self.label} does not call back"
        raise Refused(message)
