"""
Callbacks, stored raw before anything is believed.
"""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.db.models import F

from register import world
from register.models import Inbox


class ConflictError(Exception):
    """The same message identity came with another body."""


def store(source: str, external_id: str, body: bytes, *, verified: bool) -> tuple[Inbox, bool]:
    """
    Keep *body* as it came; return the row and whether it is new.

    The same identity with the same body is counted and changes nothing; with another body
    ConflictError: one of the two is false, and a person must look.
    """
    digest = hashlib.sha256(body).hexdigest()
    with transaction.atomic():
        row, new = Inbox.objects.get_or_create(
            source=source,
            external_id=external_id,
            defaults={
                "body_sha256": digest,
                "body": body,
                "verified": verified,
                "received_at": world.now(),
            },
        )
        if not new:
            Inbox.objects.filter(pk=row.pk).update(times=F("times") + 1)
    if row.body_sha256 != digest:
        message = f"{source} {external_id}"
        raise ConflictError(message)
    return row, new
