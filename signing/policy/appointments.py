"""
Setting up who signs for an agency: what a signer's row stands for, written out as powers.

For setting up an installation, training and tests; on the desk's page a power is asked for by one
person and approved by another (``powers``).
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.db import transaction

from dossiers.signing_status import SealMode, SigningForm, SigningRole
from signing.models import Appointment, Delegation, SealCustody, Signer
from signing.policy import titles

CLERK = "Văn thư"


def enrol(signer: Signer, *, authority: str, by: str) -> Signer:
    """
    Give *signer* the appointment, delegation or custody that its row speaks of, unless it has it.

    *authority* is the deciding document, *by* who entered it. A title that begins with "KT.",
    "TL." or "TUQ." gets its head and its delegation; a seal is held at the agency (mode B).
    """
    if signer.appointment_id:
        return signer
    power = _power(signer, authority, by)
    printed, official = titles.take_apart(signer.title), signer.role == SigningRole.OFFICIAL
    with transaction.atomic():
        signer.appointment = Appointment.objects.create(
            person=signer.person,
            name=signer.name if official else "",
            title=printed.own if official else CLERK,
            unit_id=signer.unit_id,
            head=official and printed.form is None,
            body="" if printed.form else printed.body,
            **power,
        )
        if official and printed.form:
            signer.delegation = _delegation(signer.appointment, printed.form, printed, power)
        if not official:
            SealCustody.objects.create(
                unit_id=signer.unit_id,
                mode=SealMode.REMOTE,
                holder=signer.appointment,
                token_id=signer.token_id,
                **power,
            )
        signer.save(update_fields=["appointment", "delegation"])
    return signer


def _delegation(
    taker: Appointment, form: SigningForm, printed: titles.Printed, power: dict[str, Any]
) -> Delegation:
    head = Appointment.objects.create(
        title=printed.head, unit_id=taker.unit_id, head=True, body=printed.body, **power
    )
    return Delegation.objects.create(form=form, giver=head, taker=taker, **power)


def _power(signer: Signer, authority: str, by: str) -> dict[str, Any]:
    """Return what all its powers have; whoever sets an installation up approves by doing so."""
    since = datetime.combine(signer.valid_from, time(), tzinfo=UTC)
    return {
        "authority": authority,
        "valid_from": signer.valid_from,
        "valid_to": signer.valid_to,
        "asked_by": by,
        "asked_at": since,
        "approved_by": by,
        "approved_at": since,
    }
