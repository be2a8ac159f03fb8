"""
What waits for a person: opened once, closed by a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from dossiers import roles
from dossiers.roles import Role
from dossiers.work import TaskKind
from register import world
from register.models import Dossier, Task

PROVINCE = roles.PROVINCE


def open(
    kind: TaskKind,
    role: Role,
    *,
    dossier: str | None = None,
    subject: str = "",
    unit: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Task:
    """
    Put a task on the list of *role* in *unit*; the same open task is returned, not doubled.

    *subject* tells tasks of one kind apart (default: the dossier's code); *unit* defaults to
    the dossier's centre. *detail* holds codes and amounts, never personal data.
    """
    if dossier and not unit:
        unit = Dossier.objects.values_list("centre_id", flat=True).get(pk=dossier)
    task, _new = Task.objects.get_or_create(
        kind=kind,
        subject=subject or dossier or "",
        closed_at=None,
        defaults={
            "role": role,
            "unit": unit,
            "dossier_id": dossier,
            "detail": dict(detail or {}),
            "opened_at": world.now(),
        },
    )
    return task


def note(task: Task, detail: Mapping[str, Any]) -> None:
    """Say in an open task what has become of it; *detail* replaces what it said before."""
    Task.objects.filter(pk=task.pk, closed_at=None).update(detail=dict(detail))


def close(kind: TaskKind, subject: str, *, by: str) -> bool:
    """Close the open task of *kind* about *subject*; False if there was none."""
    return bool(
        Task.objects.filter(kind=kind, subject=subject, closed_at=None).update(
            closed_at=world.now(), closed_by=by
        )
    )


def close_moved_on(kind: TaskKind, *, by: str) -> int:
    """Close the tasks of *kind* whose dossier has changed since they opened; return how many."""
    moved_on = Task.objects.filter(
        kind=kind, closed_at=None, dossier__changed_at__gt=F("opened_at")
    )
    return moved_on.update(closed_at=world.now(), closed_by=by)
