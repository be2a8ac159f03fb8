"""
What must hold before every signature; each refusal names its check.

Law: the key is used within the agency's competence and the title of the certificate; the
official signs before the seal; nobody both approves and seals.
"""

from __future__ import annotations

from datetime import datetime

from dossiers.signing_status import SigningRole
from dossiers.status import Business
from register import world
from signing.models import SigningItem

#: Where the result must stand for each signature.
_READY = {
    SigningRole.OFFICIAL: (Business.ON_TRAY,),
    SigningRole.SEAL: (Business.SIGNED, Business.NUMBERED),
}


def reasons_against(item: SigningItem, *, person: str, at: datetime) -> list[str]:
    """Return why *person* may not give this signature at *at* (aware), or an empty list."""
    state, signer = item.dossier.as_state(), item.signer
    fine = {
        "not_your_item": signer.person == person,
        "appointment_not_in_force": signer.holds_on(at.astimezone(world.VIETNAM).date()),
        "other_agency": signer.unit_id == item.dossier.unit_id,
        "certificate_not_in_force": signer.certificate.holds_at(at),
        "certificate_unknown": signer.certificate.fingerprint == signer.fingerprint,
        "not_the_time": state.business in _READY[SigningRole(item.role)],
        "other_file": state.document == item.document,
        "four_eyes": item.role != SigningRole.SEAL or state.official != person,
    }
    return [reason for reason, holds in fine.items() if not holds]
