"""
Discrepancies: every difference has a code, an amount and an owner, and stands on their list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dossiers.discrepancies import Code, owner
from dossiers.work import TaskKind
from payments.models import Account, BankTransaction, Charge, Discrepancy
from register import tasks, world


@dataclass(frozen=True, slots=True)
class About:
    """What a discrepancy is about; whatever of these is known."""

    account: Account | None = None
    transaction: BankTransaction | None = None
    charge: Charge | None = None

    @property
    def where(self) -> Account | None:
        """The account whose day it belongs to."""
        if self.account:
            return self.account
        if self.transaction:
            return self.transaction.account
        return self.charge.account if self.charge else None

    @property
    def unit(self) -> str:
        """The unit whose money it is; the province where nobody knows."""
        return self.where.unit_id if self.where else tasks.PROVINCE


def open(
    code: Code,
    subject: str,
    amount: int,
    *,
    about: About,
    detail: Mapping[str, Any] | None = None,
) -> Discrepancy:
    """
    Open the discrepancy *code* of *amount* đồng about *subject*, with a task for its owner.

    The same open one is returned, not doubled. *detail* holds codes and amounts, never
    personal data.
    """
    with transaction.atomic():
        found, new = Discrepancy.objects.get_or_create(
            code=code,
            subject=subject,
            closed_at=None,
            defaults={
                "amount": amount,
                "owner": owner(code),
                "unit": about.unit,
                "account": about.where,
                "transaction": about.transaction,
                "charge": about.charge,
                "detail": dict(detail or {}),
                "opened_at": world.now(),
            },
        )
        if new:
            tasks.open(
                TaskKind.DISCREPANCY,
                owner(code),
                dossier=about.charge.dossier_id if about.charge else None,
                subject=task_subject(found),
                unit=about.unit,
                detail={"code": code, "amount": amount, "discrepancy": found.pk},
            )
    return found


def close(code: Code, subject: str, *, by: str, resolution: str) -> bool:
    """Close the open discrepancy and its task; False if there was none. *resolution* says why."""
    with transaction.atomic():
        found = (
            Discrepancy.objects.select_for_update()
            .filter(code=code, subject=subject, closed_at=None)
            .first()
        )
        if found is None:
            return False
        found.closed_at, found.closed_by, found.resolution = world.now(), by, resolution
        found.save(update_fields=["closed_at", "closed_by", "resolution"])
        tasks.close(TaskKind.DISCREPANCY, task_subject(found), by=by)
    return True


def task_subject(discrepancy: Discrepancy) -> str:
    """Return the subject under which the discrepancy's task stands on a list."""
    return f"{discrepancy.code} {discrepancy.subject}"[:120]
