"""
The four statuses of a dossier, which never mix.

No status word is written anywhere else; the Vietnamese words live in ``desk``.
Source of the separation: one late bank message must not move a business status.
"""

from enum import StrEnum


class Business(StrEnum):
    """Where the result is between the department and the gate."""

    NEW = "new"
    RECEIVED = "received"
    ON_TRAY = "on_tray"
    SENT_BACK = "sent_back"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    VERIFIED = "verified"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Money(StrEnum):
    """What is known of the fee (phí) and the charge (lệ phí)."""

    NONE = "none"
    EXEMPT = "exempt"
    DUE = "due"
    SHORT = "short"
    PAID = "paid"
    OVER = "over"
    REFUNDED = "refunded"
    """All of it went back to the payer of a dossier that was withdrawn ("đã hoàn phí")."""


class Delivery(StrEnum):
    """Where the paper is between the gate and the citizen."""

    NONE = "none"
    REFUSED = "refused"
    BOOKED = "booked"
    LISTED = "listed"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    ATTEMPT_FAILED = "attempt_failed"
    RETURNING = "returning"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    COLLECTED = "collected"


class Synchronisation(StrEnum):
    """What the national portal has been told."""

    NONE = "none"
    SENT = "sent"


#: What a carrier may tell of a parcel; anything else is kept raw and shown to a person.
CARRIED = (
    Delivery.BOOKED,
    Delivery.ACCEPTED,
    Delivery.IN_TRANSIT,
    Delivery.OUT_FOR_DELIVERY,
    Delivery.ATTEMPT_FAILED,
    Delivery.RETURNING,
    Delivery.DELIVERED,
    Delivery.RETURNED,
    Delivery.CANCELLED,
)

#: The parcel will not arrive: a person sends it again, or keeps it at the counter.
CAME_TO_NOTHING = (Delivery.REFUSED, Delivery.CANCELLED, Delivery.RETURNED)

#: A late scan never moves a parcel on from here; only a named correction does.
ENDED = (Delivery.DELIVERED, Delivery.RETURNED, Delivery.CANCELLED, Delivery.COLLECTED)
