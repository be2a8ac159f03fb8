"""Dossiers whose register and rooms agree, as a good day leaves them."""

from __future__ import annotations

from dispatch import shipments
from dossiers import facts
from dossiers.parcels import Booking
from dossiers.signing_status import ItemStatus, SigningRole
from payments import matching
from register import documents, ledger, world
from register.models import Dossier
from signing.models import Signer, SigningItem, Token
from tests.support import money_kit
from tests.support.money_kit import Line
from tests.support.post_kit import item, office

CERTIFICATE = b"no certificate"


def whole(number: int = 1) -> Dossier:
    """Bring dossier *number* from its department to the post, with a row in every room."""
    charge = money_kit.charge(number)
    code = charge.dossier_id
    files = [documents.put(f"%PDF {number} {part}".encode(), "application/pdf") for part in "123"]
    ready, signed, sealed = files
    ledger.record(code, facts.Submitted(ready, "hung"), by="hub")
    ledger.record(code, facts.Signed(signed, ready, "hung", "f" * 64), by="hung")
    ledger.record(code, facts.Numbered(f"{number}/GPXD", "2026-11-23", "lan"), by="lan")
    ledger.record(code, facts.Sealed(sealed, signed, "lan", "e" * 64), by="lan")
    _item(code, SigningRole.OFFICIAL, ready, signed)
    _item(code, SigningRole.SEAL, signed, sealed)
    ledger.record(code, facts.Verified(sealed, "pyhanko"), by="hub")
    money_kit.take(Line(75_000, charge.reference, f"FT{number}"), sequence=number, opening=0)
    matching.run()
    ledger.record(code, facts.Released(sealed, 75_000, 75_000), by="hub")
    office()
    shipment = shipments.prepare(code)
    shipments.booked(shipment, Booking(shipment.reference, item(number)))
    return Dossier.objects.get(pk=code)


def _item(code: str, role: SigningRole, document: str, signed: str) -> SigningItem:
    return SigningItem.objects.create(
        dossier_id=code,
        role=role,
        document=document,
        signer=signer(role),
        status=ItemStatus.SIGNED,
        signed=signed,
        submitted_at=world.now(),
        changed_at=world.now(),
    )


def signer(role: SigningRole) -> Signer:
    """Return an appointment whose certificate nobody looks at."""
    token, _new = Token.objects.get_or_create(label="t", defaults={"module": "m", "pin_file": "p"})
    made, _new = Signer.objects.get_or_create(
        role=role,
        person="hung",
        unit_id="H49.12",
        defaults={
            "name": "Hùng",
            "token": token,
            "key": "01",
            "certificate_der": CERTIFICATE,
            "fingerprint": "f" * 64,
            "picture": "0" * 64,
            "valid_from": "2026-01-01",
        },
    )
    return made
