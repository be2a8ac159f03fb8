"""
A department hands over a finished result.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dossiers import facts
from dossiers.personal import Address, IdNumber, Name, Phone
from dossiers.status import Business
from dossiers.work import TaskKind
from register import documents, ledger, tasks, world
from register.models import Applicant, Dossier, IdempotencyKey


class DuplicateDossierError(Exception):
    """There is already a dossier with this code."""


class KeyReusedError(Exception):
    """This idempotency key was used for another request."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom the dossier belongs to ("chủ hồ sơ")."""

    name: Name
    phone: Phone
    id_number: IdNumber
    address: Address
    ward: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A result as a department hands it over."""

    code: str
    procedure: str
    unit: str
    centre: str
    delivery: str
    due_at: datetime
    owner: Owner


def receive(
    handed: Handed, pdf: bytes, *, client: str, key: str, media_type: str = "application/pdf"
) -> tuple[Dossier, bool]:
    """
    Store the *pdf* (or other file, of *media_type*) and open the dossier.

    Return the dossier and whether it is new.

    *client* and *key* make the request idempotent for ever: the same request again returns
    the same dossier. A dossier that its official sent back takes a corrected result, under
    another key. KeyReusedError if the key came with another request, DuplicateDossierError if
    the code is taken.
    """
    request = _fingerprint(handed, pdf)
    if known := IdempotencyKey.objects.filter(client=client, key=key).first():
        return _again(known, request)
    digest = documents.put(pdf, media_type)
    with transaction.atomic():
        dossier, new = _open(handed)
        if not new:
            # The same key may have come twice at once; whoever was first holds the code.
            if known := IdempotencyKey.objects.filter(client=client, key=key).first():
                return _again(known, request)
            if dossier.business != Business.SENT_BACK:
                raise DuplicateDossierError(handed.code)
            tasks.close(TaskKind.SENT_BACK, handed.code, by=client)
        IdempotencyKey.objects.create(
            client=client, key=key, request_sha256=request, dossier=dossier
        )
        ledger.record(
            handed.code,
            facts.Received(
                document=digest,
                procedure=handed.procedure,
                unit=handed.unit,
                centre=handed.centre,
                due_at=handed.due_at.isoformat(),
                delivery=handed.delivery,
            ),
            by=client,
        )
    dossier.refresh_from_db()
    return dossier, new


def _again(known: IdempotencyKey, request: str) -> tuple[Dossier, bool]:
    if known.request_sha256 != request:
        raise KeyReusedError(known.key)
    return known.dossier, False


def _open(handed: Handed) -> tuple[Dossier, bool]:
    now = world.now()
    dossier, new = Dossier.objects.get_or_create(
        code=handed.code,
        defaults={
            "unit_id": handed.unit,
            "centre_id": handed.centre,
            "procedure_id": handed.procedure,
            "secret": world.token(5),
            "received_at": now,
            "due_at": handed.due_at,
            "changed_at": now,
        },
    )
    if new:
        owner = handed.owner
        Applicant.objects.create(
            dossier=dossier,
            name_text=owner.name.reveal(),
            phone_text=owner.phone.reveal(),
            id_number_text=owner.id_number.reveal(),
            address_text=owner.address.reveal(),
            ward=owner.ward,
        )
    return dossier, new


def _fingerprint(handed: Handed, pdf: bytes) -> str:
    """Hash what the department said; the due time may be our own reckoning, so it is left out."""
    owner = handed.owner
    parts = [
        handed.code,
        handed.procedure,
        handed.unit,
        handed.centre,
        handed.delivery,
        owner.name.reveal(),
        owner.phone.reveal(),
        owner.id_number.reveal(),
        owner.address.reveal(),
        owner.ward,
        hashlib.sha256(pdf).hexdigest(),
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
