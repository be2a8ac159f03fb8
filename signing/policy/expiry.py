"""
Certificates that end: whose they are, and when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from register import world
from signing.certificates import read_folder
from signing.models import Signer
from signing.results import trust


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that this installation leans on."""

    holder: str
    """A user and role, a connector and setting, or an authority; never more of a person."""
    fingerprint: str
    """SHA-256."""
    ends_at: datetime


def held(holder: str, certificate: x509.Certificate) -> Held:
    """Return what is to be known of *certificate*, which *holder* has."""
    digest = sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
    return Held(holder, digest, certificate.not_valid_after_utc)


def everybody() -> Iterator[Held]:
    """Give the certificates of those who would sign today, and the trusted authorities'."""
    yield from _signers()
    folder = trust().folder
    if folder and folder.is_dir():
        yield from _authorities(folder)


def _signers() -> Iterator[Held]:
    """Only the newest appointment of a role and agency counts, as in ``choice.signer_for``."""
    today, seen = world.today(), set()
    for signer in Signer.objects.order_by("-valid_from", "pk"):
        place = (signer.role, signer.unit_id)
        if place in seen or not signer.holds_on(today):
            continue
        seen.add(place)
        yield held(f"{signer.person} {signer.role}", signer.certificate.parsed)


def _authorities(folder: Path) -> Iterator[Held]:
    """One certificate per name: the longest; a renewed one replaces the one before."""
    longest: dict[bytes, x509.Certificate] = {}
    for certificate in read_folder(folder):
        name = certificate.subject.public_bytes()
        known = longest.get(name)
        if known is None or known.not_valid_after_utc < certificate.not_valid_after_utc:
            longest[name] = certificate
    for certificate in longest.values():
        names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        yield held(str(names[0].value) if names else "trust", certificate)
