"""
The words of every status, step, fact, task and role: one table from enum to text.

Texts are English message ids; Vietnamese, the language of the desk, is in
``locale/vi/LC_MESSAGES/django.po``. A test proves that every member has a word in both.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from desk.words_of_money import (
    ADVICE,
    ATTEMPT,
    BOOK,
    DISCREPANCY,
    ENTRY,
    MATCH,
    REFUND,
    STAGE,
    Word,
)
from desk.words_of_powers import POWERS
from dossiers.book import BookAccountKind, EntryKind
from dossiers.discrepancies import Code
from dossiers.manifests import ManifestState
from dossiers.remote import RemoteReason
from dossiers.roles import Role
from dossiers.settlement import AttemptState, Match, RefundState, Stage
from dossiers.signing_status import (
    BatchStatus,
    ItemStatus,
    Level,
    ProofKind,
    SigningRole,
    VerdictWord,
)
from dossiers.status import Business, Delivery, Money, Synchronisation
from dossiers.steps import Step
from dossiers.work import IntentState, TaskKind

__all__ = ["ADVICE", "Word", "chosen", "fact", "held", "look", "of"]

BUSINESS: dict[StrEnum, Word] = {
    Business.NEW: _("Newly registered"),
    Business.RECEIVED: _("Result received"),
    Business.ON_TRAY: _("Awaiting signature"),
    Business.SENT_BACK: _("Sent back to the agency"),
    Business.SIGNED: _("Signed, awaiting number and seal"),
    Business.NUMBERED: _("Numbered, awaiting seal"),
    Business.SEALED: _("Sealed, being verified"),
    Business.VERIFIED: _("Signatures verified"),
    Business.RELEASED: _("Released"),
    Business.WITHDRAWN: _("Withdrawn by the citizen"),
}

MONEY: dict[StrEnum, Word] = {
    Money.NONE: _("Fee not set yet"),
    Money.EXEMPT: _("Exempt from fees"),
    Money.DUE: _("Awaiting payment"),
    Money.SHORT: _("Paid in part"),
    Money.PAID: _("Paid"),
    Money.OVER: _("Paid too much"),
    Money.REFUNDED: _("Refunded"),
}

DELIVERY: dict[StrEnum, Word] = {
    Delivery.NONE: _("Not sent yet"),
    Delivery.REFUSED: _("Refused by the carrier"),
    Delivery.BOOKED: _("Pick-up booked"),
    Delivery.LISTED: _("On a manifest"),
    Delivery.HANDED_OVER: _("Handed over to the post"),
    Delivery.ACCEPTED: _("Accepted by the post"),
    Delivery.IN_TRANSIT: _("In transit"),
    Delivery.OUT_FOR_DELIVERY: _("Out for delivery"),
    Delivery.ATTEMPT_FAILED: _("Delivery attempt failed"),
    Delivery.RETURNING: _("On the way back"),
    Delivery.DELIVERED: _("Delivered"),
    Delivery.RETURNED: _("Returned to the Centre"),
    Delivery.CANCELLED: _("Booking cancelled"),
    Delivery.COLLECTED: _("Collected at the counter"),
}

SYNCHRONISATION: dict[StrEnum, Word] = {
    Synchronisation.NONE: _("Not synchronised"),
    Synchronisation.SENT: _("Synchronised"),
}

STEP: dict[StrEnum, Word] = {
    Step.CHARGE: _("Set the fee"),
    Step.ASK_PAYMENT: _("Ask for payment"),
    Step.SUBMIT: _("Submit for signature"),
    Step.VERIFY: _("Verify the signatures"),
    Step.RELEASE: _("Let the result go"),
    Step.BOOK: _("Book the post"),
    Step.AWAIT_OFFICIAL: _("Waiting for the signer"),
    Step.AWAIT_CLERK: _("Waiting for the records clerk"),
    Step.AWAIT_MONEY: _("Waiting for the payment"),
    Step.AWAIT_MANIFEST: _("Waiting for the manifest"),
    Step.AWAIT_POSTAL_WORKER: _("Waiting for the postal worker"),
    Step.AWAIT_CARRIER: _("With the post"),
    Step.AWAIT_CITIZEN: _("Waiting to be collected"),
    Step.AWAIT_DEPARTMENT: _("Waiting for the agency"),
    Step.AWAIT_PERSON: _("Needs a person"),
    Step.DONE: _("Done"),
}

ROLE: dict[StrEnum, Word] = {
    Role.OFFICIAL: _("Signing official"),
    Role.CLERK: _("Records clerk"),
    Role.FINANCE: _("Accountant"),
    Role.POST: _("Postal worker"),
    Role.MANAGER: _("Centre leader"),
}

INTENT: dict[StrEnum, Word] = {
    IntentState.OPEN: _("Under way"),
    IntentState.UNSURE: _("Outcome unknown, being asked"),
    IntentState.DONE: _("Done"),
    IntentState.REFUSED: _("Refused"),
}

TASK: dict[StrEnum, Word] = {
    TaskKind.BOOKING_REFUSED: _("The carrier refused the parcel: check the address"),
    TaskKind.OUTCOME_UNKNOWN: _("No clear answer came: ask the other side"),
    TaskKind.UNKNOWN_SCAN: _("The carrier sent a status that is not in the table"),
    TaskKind.DELIVERY_FAILED: _("Delivery failed: call the recipient"),
    TaskKind.DISCREPANCY: _("Money does not agree: look at the line"),
    TaskKind.PAYMENT_REFUSED: _("The payment gateway refused: check the charge"),
    TaskKind.STATEMENT_REFUSED: _("A bank statement was refused: fetch it again"),
    TaskKind.REFUND_ASKED: _("A refund waits for a second person: approve or decline it"),
    TaskKind.REFUND_REFUSED: _("The bank refused a refund: check the payee"),
    TaskKind.REFUND_BY_HAND: _("The bank takes no orders from the hub: send the refund by hand"),
    TaskKind.FORGED_CALLBACK: _("A message with a false signature came: report it"),
    TaskKind.CALLBACK_CONFLICT: _("The same message came twice with other content"),
    TaskKind.SIGNATURE_INVALID: _("A signature does not hold: look at the file"),
    TaskKind.UNFIT_DOCUMENT: _("The file cannot be signed: send it back to the agency"),
    TaskKind.NO_PLACE: _("No place for the signature: choose one"),
    TaskKind.NO_SIGNER: _("Nobody may sign for this agency: name a signer"),
    TaskKind.POWER_ASKED: _("A power to sign waits for a second person: approve it or end it"),
    TaskKind.TOKEN_MISSING: _("The token is not plugged in: insert it"),
    TaskKind.PIN_WRONG: _("The PIN was wrong: type it again at the token"),
    TaskKind.SIGNING_REFUSED: _("Signing from afar was not confirmed: begin again"),
    TaskKind.SENT_BACK: _("The signer sent the result back: mend it"),
    TaskKind.WORK_FAILED: _("A step failed: read why and start it again"),
    TaskKind.STAMP_LATE: _("Time stamps are late: ask the time-stamping service"),
    TaskKind.CERTIFICATE_REVOKED: _("A signer's certificate was revoked: look at its results"),
    TaskKind.ARCHIVE_LATE: _("The archive has no time stamp: ask the time-stamping service"),
    TaskKind.CERTIFICATE_ENDING: _("A certificate ends soon: renew it"),
    TaskKind.PARITY: _("Two records do not agree: compare them"),
    TaskKind.CONNECTOR_DOWN: _("A partner does not answer: call them"),
}

MANIFEST: dict[StrEnum, Word] = {
    ManifestState.OPEN: _("Being made"),
    ManifestState.CLOSED: _("Closed"),
    ManifestState.OFFERED: _("Being handed over"),
    ManifestState.RECEIVED: _("Handed over in full"),
}

ITEM: dict[StrEnum, Word] = {
    ItemStatus.ON_TRAY: _("Waiting for approval"),
    ItemStatus.QUEUED: _("Waiting for the token"),
    ItemStatus.SIGNED: _("Signed, checked and kept"),
    ItemStatus.SENT_BACK: _("Sent back"),
    ItemStatus.FAILED: _("Not signed: a person must look"),
}

BATCH: dict[StrEnum, Word] = {
    BatchStatus.OPEN: _("Running"),
    BatchStatus.STOPPED: _("Stopped: look at the token, then go on"),
    BatchStatus.DONE: _("Finished"),
}

SIGNING_ROLE: dict[StrEnum, Word] = {
    SigningRole.OFFICIAL: _("Signature of the official"),
    SigningRole.SEAL: _("Seal of the agency"),
}

VERDICT: dict[StrEnum, Word] = {
    VerdictWord.VALID: _("Valid"),
    VerdictWord.NEEDS_A_PERSON: _("A person must look"),
    VerdictWord.NOT_VALID: _("Not valid"),
}

LEVEL: dict[StrEnum, Word] = {
    Level.B_B: _("Signed, time stamp pending"),
    Level.B_T: _("Time stamped, proof of the certificates pending"),
    Level.B_LT: _("Time stamped, with proof of the certificates (LT)"),
    Level.B_LTA: _("Proven for the archive: time stamps over everything (LTA)"),
}

PROOF: dict[StrEnum, Word] = {
    ProofKind.OCSP: _("Certificate status (OCSP)"),
    ProofKind.CRL: _("Revocation list (CRL)"),
}

FACT: dict[str, Word] = {
    "Received": _("Result received from the agency"),
    "Submitted": _("Submitted for signature"),
    "Placed": _("Place of the signature chosen"),
    "SentBack": _("Sent back"),
    "Signed": _("Signed"),
    "Numbered": _("Number and date given"),
    "Sealed": _("Sealed"),
    "Verified": _("Both signatures verified"),
    "Released": _("Passed the gate"),
    "Stamped": _("Time stamp added"),
    "Withdrawn": _("Withdrawn"),
    "Charged": _("Fee set"),
    "PaymentAsked": _("Payment asked for"),
    "Paid": _("Money arrived"),
    "PaymentReversed": _("Money taken back by the bank"),
    "Refunded": _("Surplus refunded to the payer"),
    "Booked": _("Post booked"),
    "BookingRefused": _("The carrier refused"),
    "AddressCorrected": _("Address corrected"),
    "SentAgain": _("Sent again by a person"),
    "KeptAtCounter": _("Kept at the counter by a person"),
    "Listed": _("Put on a manifest"),
    "HandedOver": _("Handed over to the postal worker"),
    "Carried": _("Message from the carrier"),
    "Collected": _("Collected by the citizen"),
    "DeliveryCorrected": _("Delivery corrected by a person"),
}

#: Why the gate holds a result; keys are the fixed words of ``dossiers.release``.
HELD: dict[str, Word] = {
    "withdrawn": _("withdrawn by the citizen"),
    "unsigned": _("not signed yet"),
    "unsealed": _("not sealed yet"),
    "unverified": _("signatures not verified yet"),
    "uncharged": _("fee not set yet"),
    "unpaid": _("fee not paid in full"),
}

REMOTE: dict[StrEnum, Word] = {
    RemoteReason.CANCELLED: _("Refused on the telephone"),
    RemoteReason.EXPIRED: _("Nobody confirmed in time"),
    RemoteReason.CERTIFICATE: _("The certificate at the service has ended or is locked"),
    RemoteReason.NO_CREDIT: _("The subscription has no signatures left"),
    RemoteReason.UNKNOWN: _("The service does not know the request"),
    RemoteReason.FAILED: _("The service could not sign"),
}

TABLES: dict[type[StrEnum], dict[StrEnum, Word]] = {
    Business: BUSINESS,
    Money: MONEY,
    Delivery: DELIVERY,
    Synchronisation: SYNCHRONISATION,
    Step: STEP,
    Role: ROLE,
    IntentState: INTENT,
    TaskKind: TASK,
    ManifestState: MANIFEST,
    Code: DISCREPANCY,
    AttemptState: ATTEMPT,
    RefundState: REFUND,
    BookAccountKind: BOOK,
    EntryKind: ENTRY,
    Stage: STAGE,
    Match: MATCH,
    ItemStatus: ITEM,
    BatchStatus: BATCH,
    SigningRole: SIGNING_ROLE,
    VerdictWord: VERDICT,
    Level: LEVEL,
    ProofKind: PROOF,
    RemoteReason: REMOTE,
    **POWERS,
}

#: How a status looks: the class of its tag and the icon beside the word.
LOOKS: dict[StrEnum, tuple[str, str]] = {
    Business.RECEIVED: ("info", "inbox"),
    Business.ON_TRAY: ("wait", "pen"),
    Business.SENT_BACK: ("err", "back"),
    Business.SIGNED: ("wait", "stamp"),
    Business.NUMBERED: ("wait", "stamp"),
    Business.SEALED: ("info", "shield"),
    Business.VERIFIED: ("info", "shield"),
    Business.RELEASED: ("ok", "check"),
    Money.EXEMPT: ("ok", "check"),
    Money.DUE: ("wait", "clock"),
    Money.SHORT: ("err", "alert"),
    Money.PAID: ("ok", "check"),
    Money.OVER: ("wait", "alert"),
    Money.REFUNDED: ("ok", "back"),
    Delivery.REFUSED: ("err", "alert"),
    Delivery.BOOKED: ("info", "truck"),
    Delivery.LISTED: ("info", "file"),
    Delivery.HANDED_OVER: ("info", "truck"),
    Delivery.ACCEPTED: ("info", "truck"),
    Delivery.IN_TRANSIT: ("info", "truck"),
    Delivery.OUT_FOR_DELIVERY: ("info", "truck"),
    Delivery.ATTEMPT_FAILED: ("err", "alert"),
    Delivery.RETURNING: ("err", "back"),
    Delivery.DELIVERED: ("ok", "check"),
    Delivery.RETURNED: ("err", "back"),
    Delivery.COLLECTED: ("ok", "check"),
    Synchronisation.SENT: ("sync", "link"),
    ManifestState.CLOSED: ("wait", "file"),
    ManifestState.OFFERED: ("wait", "truck"),
    ManifestState.RECEIVED: ("ok", "check"),
}


def of(member: StrEnum) -> Word:
    """Return the word of *member*; KeyError if its table lacks it, which a test forbids."""
    return TABLES[type(member)][member]


def look(member: StrEnum) -> tuple[str, str]:
    """Return the tag class and the icon of a status."""
    return LOOKS.get(member, ("", "dotc"))


def chosen(both: tuple[str, str]) -> str:
    """Return the Vietnamese or the English of *both*: the language of the page."""
    return both[0] if (get_language() or "vi").startswith("vi") else both[1]


def fact(kind: str) -> Word:
    """Return the word of a fact; one that a newer version wrote is shown as it is."""
    return FACT.get(kind, kind)


def held(reasons: list[str]) -> str:
    """Return why the gate holds, as one line."""
    return ", ".join(str(HELD[reason]) for reason in reasons)
