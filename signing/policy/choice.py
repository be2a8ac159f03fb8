"""
Who signs a result: the newest of those whose powers cover it today.
"""

from __future__ import annotations

from datetime import datetime

from dossiers.signing_status import SigningRole
from register import world
from register.models import Dossier
from signing.models import Signer, SigningItem, Succession
from signing.policy import cases, checks


def signer_for(dossier: Dossier, role: SigningRole, *, at: datetime) -> Signer | None:
    """
    Return who signs results of the dossier's agency at *at*, the newest appointment first.

    After a merger the successor's people sign. Whoever has no power for this very procedure is
    passed over, so that a result never lies on a tray on which it cannot be signed.
    """
    day = at.astimezone(world.VIETNAM).date()
    followers = Succession.objects.filter(old=dossier.unit_id, on__lte=day)
    units = [dossier.unit_id, *followers.values_list("new", flat=True)]
    rows = Signer.objects.filter(role=role, unit__in=units).select_related(
        "unit", "token", "appointment__unit", "delegation__giver", "delegation__taker"
    )
    found = (signer for signer in rows.order_by("-valid_from", "pk") if signer.holds_on(day))
    return next((signer for signer in found if _may(signer, dossier, role, at)), None)


def _may(signer: Signer, dossier: Dossier, role: SigningRole, at: datetime) -> bool:
    """Tell whether no power is missing; nothing is asked of the file or the certificate yet."""
    case = cases.Case(
        item=SigningItem(dossier=dossier, role=role, signer=signer),
        person=signer.person,
        at=at,
        state=dossier.as_state(),
        custody=cases.custody_of(signer, at) if role is SigningRole.SEAL else None,
    )
    return all(checks.CHECKS[reason](case) for reason in checks.OF_POWERS)
