"""
What the hub and a remote signing service ("ký số từ xa") tell each other, whoever that is.

The key lies there, the person confirms on a telephone; what leaves is a list of digests, what
comes back a list of signatures. One confirmation is for one list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dossiers.personal import IdNumber


class RemoteState(StrEnum):
    """How far a confirmation is."""

    WAITING = "waiting"
    """The person has not confirmed yet, or the service is still signing."""
    SIGNED = "signed"
    REFUSED = "refused"
    """The person, or the service, said no; nothing was or will be signed."""


class RemoteReason(StrEnum):
    """Why nothing was signed; one word each, the sentences live where people read them."""

    CANCELLED = "cancelled"
    """The person pressed no."""
    EXPIRED = "expired"
    """Nobody confirmed in time."""
    CERTIFICATE = "certificate"
    """The certificate there is expired, revoked or locked."""
    NO_CREDIT = "no_credit"
    """The subscription has no signatures left."""
    UNKNOWN = "unknown"
    """The service does not know the request: it never arrived, or was forgotten."""
    FAILED = "failed"
    """Anything else; the service's own words are beside it."""


@dataclass(frozen=True, slots=True)
class RemoteHash:
    """One thing to be signed."""

    id: str
    """What the person sees on both screens: the hub's and the service's."""
    name: str
    """Name of the document."""
    digest: bytes
    """Of the signed attributes."""
    algorithm: str = "sha256"


@dataclass(frozen=True, slots=True)
class RemoteOrder:
    """One list to be confirmed at once."""

    reference: str
    """Our own; the same list always has the same, and another list never."""
    user: IdNumber
    """The subscriber: a personal identification number or a tax code."""
    key: str
    """The service's name of the key: a serial number or a credential."""
    title: str
    """What the person reads above the list."""
    at: datetime
    hashes: tuple[RemoteHash, ...]


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """What the service says of a list."""

    state: RemoteState
    signatures: dict[str, bytes] = field(default_factory=dict)
    """By the id of the hash, as a token would answer: PKCS#1, or r and s side by side."""
    reason: RemoteReason | None = None
    words: str = ""
    """The service's own words, without personal data."""


@dataclass(frozen=True, slots=True)
class RemoteCertificate:
    """A certificate whose key lies at the service."""

    key: str
    der: bytes
    chain: tuple[bytes, ...] = ()
