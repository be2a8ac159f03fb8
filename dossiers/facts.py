"""
What can happen to a dossier, one small class per fact.

A fact is said once, in the past tense, and never changed: a mistake is answered by another
fact with a name and a person. Facts carry no personal data (names, phones, addresses live
in ``register.Applicant``), so that the chain of hashes can be shown to anyone.

Fields are JSON values only (str, int, bool, None, list, dict). Amounts are integer đồng.
Instants are ISO 8601 text with an offset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar


class UnknownFactError(ValueError):
    """The register holds a kind of fact that this version does not know."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to one dossier."""

    kinds: ClassVar[dict[str, type[Fact]]] = {}

    def __init_subclass__(cls) -> None:
        """Make every fact known by its class name."""
        Fact.kinds[cls.__name__] = cls

    @property
    def kind(self) -> str:
        """The name under which the register keeps this fact."""
        return type(self).__name__

    def body(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return asdict(self)


def read(kind: str, body: Mapping[str, Any]) -> Fact:
    """
    Return the fact that the register holds as *kind* and *body*.

    Fields that a newer version wrote are ignored; UnknownFactError if the kind is unknown.
    """
    if kind not in Fact.kinds:
        raise UnknownFactError(kind)
    cls = Fact.kinds[kind]
    known = {field.name for field in fields(cls)}
    return cls(**{name: value for name, value in body.items() if name in known})


# From the department to the gate


@dataclass(frozen=True, slots=True)
class Received(Fact):
    """A department handed over a finished result ("kết quả")."""

    document: str
    """SHA-256 of the PDF as it came."""
    procedure: str
    unit: str
    """Code of the agency that decides and signs ("cơ quan giải quyết")."""
    centre: str
    """Code of the centre that returns the result."""
    due_at: str
    delivery: str
    """``post`` or ``counter``."""


@dataclass(frozen=True, slots=True)
class Submitted(Fact):
    """The result lies on an official's tray ("trình ký")."""

    document: str
    """SHA-256 of the PDF with its empty signature fields: what will be signed."""
    official: str
    mended: list[str] = field(default_factory=list)
    """How the received PDF was mended before (``signing.pdf.unfit.Mend``), its look unchanged."""


@dataclass(frozen=True, slots=True)
class Placed(Fact):
    """A person chose another place for the signature, before anybody signed."""

    document: str
    """SHA-256 of the PDF with its empty fields at the new place."""
    over: str
    """SHA-256 of the one that it replaces."""
    person: str


@dataclass(frozen=True, slots=True)
class SentBack(Fact):
    """The official sent the result back ("chuyển trả lại")."""

    official: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signed(Fact):
    """The official's signature is in the file ("ký phê duyệt")."""

    document: str
    over: str
    """SHA-256 of the file that was signed."""
    official: str
    certificate: str
    """SHA-256 fingerprint of the signer's certificate."""
    confirmed: list[str] = field(default_factory=list)
    """What the official said by name (``signing_status.Confirmed``)."""


@dataclass(frozen=True, slots=True)
class Numbered(Fact):
    """The records clerk gave number and date ("cấp số")."""

    number: str
    """As printed, for example ``1284/GPXD``."""
    issued_on: str
    clerk: str


@dataclass(frozen=True, slots=True)
class Sealed(Fact):
    """The agency's seal is in the file ("đóng dấu")."""

    document: str
    over: str
    clerk: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Verified(Fact):
    """The finished file was read back and both signatures hold."""

    document: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Released(Fact):
    """The gate let the result go."""

    document: str
    due: int
    paid: int


@dataclass(frozen=True, slots=True)
class Stamped(Fact):
    """
    A time-stamping authority vouched for when the released file existed ("cấp dấu thời gian").

    Told again when the proof of revocation joins it, and when a stamp is renewed.

    The stamp is added after both signatures, which stay as they are; the stamped file was
    judged again, and is the result from now on.
    """

    document: str
    over: str
    """SHA-256 of the file that was stamped: the one that passed the gate, or a stamped one."""
    level: str = "B-T"
    """``dossiers.signing_status.Level`` of the file; told before levels were: only a time."""


@dataclass(frozen=True, slots=True)
class Withdrawn(Fact):
    """The citizen took the dossier back ("rút hồ sơ")."""

    reason: str


# Money


@dataclass(frozen=True, slots=True)
class Charged(Fact):
    """The hub asks for phí and lệ phí; an amount of 0 means exempt ("miễn")."""

    reference: str
    amount: int
    channel: str
    """``platform``, ``transfer`` or ``counter``."""


@dataclass(frozen=True, slots=True)
class PaymentAsked(Fact):
    """A gateway was asked to take the money."""

    channel: str
    reference: str
    """Our own reference at that gateway."""


@dataclass(frozen=True, slots=True)
class Paid(Fact):
    """Money for this dossier is certain: confirmed by a gateway or on a bank statement."""

    amount: int
    channel: str
    evidence: str
    """Identity of the gateway's transaction or the bank's line; the same is not counted twice."""


@dataclass(frozen=True, slots=True)
class PaymentReversed(Fact):
    """A bank took money back that it had told of."""

    amount: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Refunded(Fact):
    """Surplus money went back to its payer ("hoàn phí"), ordered by one and approved by another."""

    amount: int
    evidence: str
    """Identity of the bank's transfer; the same is not counted twice."""
    reference: str
    """Our own reference of the refund: the charge's + ``R`` + its number."""


# Post


@dataclass(frozen=True, slots=True)
class Booked(Fact):
    """A carrier promised to carry the parcel."""

    carrier: str
    reference: str
    tracking: str


@dataclass(frozen=True, slots=True)
class BookingRefused(Fact):
    """The carrier said no; a person must act."""

    carrier: str
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddressCorrected(Fact):
    """A person mended the address; the parcel may be booked again."""

    person: str


@dataclass(frozen=True, slots=True)
class SentAgain(Fact):
    """A person had a parcel that came back booked once more, to the same address."""

    person: str


@dataclass(frozen=True, slots=True)
class KeptAtCounter(Fact):
    """A person keeps the result for the citizen at the counter instead of sending it again."""

    person: str


@dataclass(frozen=True, slots=True)
class Listed(Fact):
    """The parcel stands on a closed manifest ("bảng kê")."""

    manifest: str


@dataclass(frozen=True, slots=True)
class HandedOver(Fact):
    """The postal worker took the parcel ("bàn giao")."""

    manifest: str
    postal_worker: str


@dataclass(frozen=True, slots=True)
class Carried(Fact):
    """The carrier told where the parcel is; folded by when it happened, not when it was told."""

    status: str
    code: str
    """The carrier's own code, kept raw."""
    at: str
    tracking: str = ""
    """The carrier's number of the parcel, where it tells one."""


@dataclass(frozen=True, slots=True)
class Collected(Fact):
    """The citizen took the result at the counter ("nhận tại quầy")."""

    desk: str


# Corrections by a named person


@dataclass(frozen=True, slots=True)
class DeliveryCorrected(Fact):
    """A person says where the parcel really is, with a reason."""

    status: str
    reason: str
    person: str
