"""An agency with its official and its clerk, their tokens registered, results on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers import facts
from dossiers.signing_status import SigningRole
from register import documents, ledger
from register.models import Dossier
from signing import trays
from signing.models import Signer, SigningItem, Token
from signing.policy import appointments, confirmations
from tests.support import dossier_kit
from tests.support import signing_kit as kit

OFFICIAL, CLERK = "hung", "lan"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Desk:
    """Who signs and who seals for one agency."""

    official: Signer
    clerk: Signer


def desk(official: kit.SoftToken, seal: kit.SoftToken) -> Desk:
    """Register both tokens and both appointments for the agency of ``dossier_kit``."""
    dossier_kit.catalogue()
    return Desk(
        _appoint(SigningRole.OFFICIAL, OFFICIAL, official, kit.signature_png()),
        _appoint(SigningRole.SEAL, CLERK, seal, kit.seal_png()),
    )


def _appoint(role: SigningRole, person: str, token: kit.SoftToken, picture: bytes) -> Signer:
    held, _new = Token.objects.get_or_create(
        label=token.label,
        defaults={
            "module": str(kit.MODULE),
            "pin_file": str(token.pin_file),
            "environment": token.environment,
        },
    )
    made = Signer.objects.create(
        role=role,
        person=person,
        unit_id="H49.12",
        name=kit.NAME,
        title=kit.TITLE,
        token=held,
        key="01",
        certificate_der=token.certificate.der,
        fingerprint=token.certificate.fingerprint,
        picture=documents.put(picture, "image/png"),
        valid_from=SINCE,
    )
    return appointments.enrol(made, authority="01/QĐ", by="test")


def result(number: int = 1) -> Dossier:
    """Receive a result whose fee is already asked for."""
    made = dossier_kit.dossier(f"H49.61-261123-{number:04d}", pdf=kit.result_pdf())
    ledger.record(made.code, facts.Charged(dossier_kit.REFERENCE, 75_000, "transfer"), by="test")
    return made


def on_tray(number: int = 1) -> SigningItem:
    """Put a result on the official's tray."""
    item = trays.submit(result(number).code)
    assert item
    confirmations.seen(OFFICIAL, item.document)
    return item


def seal_item(item: SigningItem) -> SigningItem:
    """Return the clerk's item of the same dossier."""
    return SigningItem.objects.get(dossier=item.dossier_id, role=SigningRole.SEAL)
