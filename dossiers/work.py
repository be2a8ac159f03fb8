"""
Work in hand: intents of the hub and tasks of people, in fixed words.
"""

from enum import StrEnum


class IntentState(StrEnum):
    """What is known of an effect that the hub meant to have."""

    OPEN = "open"
    """Committed; perhaps on its way."""
    UNSURE = "unsure"
    """It left and no clear answer came: ask, never repeat."""
    DONE = "done"
    REFUSED = "refused"


class TaskKind(StrEnum):
    """Why a person must look. One word each; the sentences live in ``desk``."""

    BOOKING_REFUSED = "booking_refused"
    OUTCOME_UNKNOWN = "outcome_unknown"
    UNKNOWN_SCAN = "unknown_scan"
    DELIVERY_FAILED = "delivery_failed"
    DISCREPANCY = "discrepancy"
    PAYMENT_REFUSED = "payment_refused"
    STATEMENT_REFUSED = "statement_refused"
    REFUND_ASKED = "refund_asked"
    REFUND_REFUSED = "refund_refused"
    REFUND_BY_HAND = "refund_by_hand"
    FORGED_CALLBACK = "forged_callback"
    CALLBACK_CONFLICT = "callback_conflict"
    SIGNATURE_INVALID = "signature_invalid"
    UNFIT_DOCUMENT = "unfit_document"
    NO_PLACE = "no_place"
    NO_SIGNER = "no_signer"
    POWER_ASKED = "power_asked"
    TOKEN_MISSING = "token_missing"  # noqa: S105 - a word, not a secret
    PIN_WRONG = "pin_wrong"
    SIGNING_REFUSED = "signing_refused"
    SENT_BACK = "sent_back"
    WORK_FAILED = "work_failed"
    CONNECTOR_DOWN = "connector_down"
    STAMP_LATE = "stamp_late"
    ARCHIVE_LATE = "archive_late"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_ENDING = "certificate_ending"
    PARITY = "parity"
