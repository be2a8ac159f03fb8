"""An official's and a clerk's item of ``desk_kit``, to be spoiled one thing at a time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from dossiers.signing_status import HandOver, SigningForm, SigningRole
from register import documents, world
from register.models import Dossier
from signing.models import (
    Appointment,
    CustodyMinute,
    Delegation,
    Proof,
    SealCustody,
    Signer,
    SigningItem,
)
from signing.policy import cases, confirmations, titles
from signing.verification import trusting
from tests.support import desk_kit, signing_kit
from tests.support.dossier_kit import catalogue

OFFICIAL, CLERK = "hung", "hoa"
YESTERDAY = date(2026, 11, 22)


def power(**changes: Any) -> dict[str, Any]:
    """Return what every power has: asked for, approved, in force since a year."""
    given = {
        "authority": "12/QĐ-SXD",
        "valid_from": date(2025, 7, 1),
        "asked_by": "tuan",
        "asked_at": desk_kit.NOW - timedelta(days=300),
        "approved_by": "mai",
        "approved_at": desk_kit.NOW - timedelta(days=299),
    }
    return given | changes


def stage() -> tuple[int, int]:
    """Make people and two results; return the official's item and the clerk's."""
    catalogue()
    desk_kit.appoint()
    desk_kit.person(desk_kit.Role.OFFICIAL)
    desk_kit.person(desk_kit.Role.CLERK)
    first, second = desk_kit.on_tray(1), desk_kit.to_seal(2)
    confirmations.seen(OFFICIAL, first.document)
    return first.pk, second.pk


def load(pk: int) -> SigningItem:
    """Return an item as signing reads it."""
    return SigningItem.objects.select_related(*cases.RELATED).get(pk=pk)


def delegate(item: SigningItem, *, head: bool = True, **changes: Any) -> Delegation:
    """Have the item's signer sign in a head's place."""
    signer, unit = item.signer, item.signer.unit
    taker = signer.appointment
    assert taker
    giver = Appointment.objects.create(title="GIÁM ĐỐC", unit=unit, head=head, **power())
    given = {"form": SigningForm.KT, **power(), **changes}
    made = Delegation.objects.create(giver=giver, taker=taker, **given)
    signer.delegation = made
    signer.title = "\n".join(titles.block(signer))
    signer.save()
    item.title_block = signer.title
    item.save()
    return made


def certify(signer: Signer, der: bytes) -> None:
    """Give *signer* another certificate, registered as it should be."""
    signer.certificate_der, signer.fingerprint = der, signing_kit.load(der).fingerprint
    signer.save()


def certificate(*, common: str = "hung", usage: bool = True, issuer: str = "Test Root") -> bytes:
    """Return a certificate that holds, but for what is said otherwise."""
    key, root = signing_kit.rsa_key(common.strip() or "blank"), signing_kit.authority(issuer)
    if usage:
        return root.issue(common, key)
    good = x509.load_der_x509_certificate(root.issue(common, key))
    flags = dict.fromkeys(
        (
            *("digital_signature", "content_commitment", "data_encipherment", "key_agreement"),
            *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    built = x509.CertificateBuilder(
        issuer_name=good.issuer,
        subject_name=good.subject,
        public_key=good.public_key(),
        serial_number=good.serial_number + 1,
        not_valid_before=good.not_valid_before_utc,
        not_valid_after=good.not_valid_after_utc,
    ).add_extension(x509.KeyUsage(key_encipherment=True, **flags), critical=True)
    return built.sign(root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def file(item: SigningItem, data: bytes) -> None:
    """Have the item be about *data*, and the dossier's facts say so."""
    item.document = documents.put(data, "application/pdf")
    item.save()
    dossier = Dossier.objects.get(pk=item.dossier_id)
    Dossier.objects.filter(pk=dossier.pk).update(state=dossier.state | {"document": item.document})
    confirmations.seen(OFFICIAL, item.document)


def custody(item: SigningItem, *, minuted: bool = True, **changes: Any) -> SealCustody:
    """Change how the item's seal is kept."""
    held = cases.custody_of(item.signer, desk_kit.NOW)
    assert held
    SealCustody.objects.filter(pk=held.pk).update(**changes)
    if minuted:
        CustodyMinute.objects.create(
            custody=held,
            kind=HandOver.GIVEN,
            giver="Trần A, Giám đốc",
            receiver="Vũ Thị Hòa, Văn thư",
            place="Trung tâm",
            at=desk_kit.NOW,
            by="tuan",
            document="0" * 64,
        )
    return held


def signed_trust(tree: str) -> Path:
    """Make the trust signed configuration, our root in *tree*; return its folder."""
    folder = world.home() / "trust"
    (folder / "root.pem").unlink()
    signing_kit.authority().write(folder / tree)
    public = trusting.make_key(world.home() / "province.key")
    trusting.sign(folder, world.home() / "province.key")
    public.rename(world.home() / trusting.KEY)
    return folder


def prove(signer: Signer, **changes: Any) -> None:
    """Keep an authority's word about the signer's certificate."""
    given = {"kind": "ocsp", "document": "0" * 64, "told_at": desk_kit.NOW}
    until = desk_kit.NOW + timedelta(hours=8)
    Proof.objects.create(
        certificate=signer.fingerprint, **{"next_update": until, **given, **changes}
    )


def official_item(dossier: str) -> SigningItem:
    """Return the official's item of *dossier*."""
    return SigningItem.objects.get(dossier=dossier, role=SigningRole.OFFICIAL)
