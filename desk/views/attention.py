"""Needs attention ("Hồ sơ cần chú ý"): what is stuck, why, since when, and who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desk import words
from desk.access import DeskRequest, needs
from desk.views.work import WAITS
from dossiers.release import reasons_to_hold
from dossiers.roles import Role
from dossiers.status import Business
from dossiers.steps import Step
from dossiers.work import TaskKind
from register import world
from register.models import Dossier, Task

AT_MOST = 200

#: Where the person of a role does something about it.
PLACE: dict[Role, str] = {
    Role.OFFICIAL: "signing",
    Role.CLERK: "sealing",
    Role.FINANCE: "money",
    Role.POST: "post",
    Role.MANAGER: "connectors",
}


@dataclass(frozen=True, slots=True)
class Stuck:
    """One row: a task, or a dossier that is late or held."""

    dossier: Dossier | None
    subject: str
    where: words.Word
    why: str
    since: datetime
    role: Role

    @property
    def holder(self) -> words.Word:
        """Who holds it."""
        return words.of(self.role)

    @property
    def place(self) -> str:
        """Where something is done about it."""
        return reverse(PLACE[self.role])

    @property
    def promise(self) -> datetime:
        """When the citizen was promised the result; a row without a dossier comes first."""
        return self.dossier.due_at if self.dossier else self.since - timedelta(days=3650)


@needs(Role.MANAGER)
def show(request: DeskRequest) -> HttpResponse:
    """Show the rows, the most pressing promise first."""
    open_dossiers = _open(request.scope.dossiers(Role.MANAGER))
    rows = _tasks(request) + _late_or_held(open_dossiers)
    rows.sort(key=lambda row: row.promise)
    chosen = request.GET.get("role", "")
    roles = [role for role in Role if any(row.role is role for row in rows)]
    shown = [row for row in rows if not chosen or row.role == chosen]
    return render(
        request,
        "desk/attention.html",
        {
            "rows": shown[:AT_MOST],
            "total": len(rows),
            "chosen": chosen,
            "chips": [(role, sum(row.role is role for row in rows)) for role in roles],
            **_figures(open_dossiers),
        },
    )


def _open(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return dossiers.exclude(next_step=Step.DONE)


def _figures(dossiers: QuerySet[Dossier]) -> dict[str, int]:
    now = world.now()
    return {
        "in_progress": dossiers.count(),
        "late": dossiers.filter(due_at__lt=now).count(),
        "soon": dossiers.filter(due_at__gte=now, due_at__lt=now + timedelta(days=1)).count(),
        "held": dossiers.filter(_HELD).count(),
    }


#: Verified, and still the gate does not open.
_HELD = Q(business=Business.VERIFIED, next_step=Step.AWAIT_MONEY)


def _tasks(request: DeskRequest) -> list[Stuck]:
    found = request.scope.tasks().select_related("dossier__procedure").order_by("opened_at")
    return [_from_task(task) for task in found[:AT_MOST]]


def _from_task(task: Task) -> Stuck:
    dossier = task.dossier
    where = words.of(Step(dossier.next_step)) if dossier else task.subject
    return Stuck(
        dossier=dossier,
        subject=task.subject,
        where=where,
        why=str(words.of(TaskKind(task.kind))),
        since=task.opened_at,
        role=Role(task.role),
    )


def _late_or_held(dossiers: QuerySet[Dossier]) -> list[Stuck]:
    told = Task.objects.filter(closed_at=None, dossier__isnull=False).values("dossier_id")
    found = (
        dossiers.filter(Q(due_at__lt=world.now()) | _HELD)
        .exclude(pk__in=told)
        .select_related("procedure")
        .order_by("due_at")
    )
    return [_from_dossier(dossier) for dossier in found[:AT_MOST]]


def _from_dossier(dossier: Dossier) -> Stuck:
    step = Step(dossier.next_step)
    if step is Step.AWAIT_MONEY:
        why = _("Held at the gate: %(reasons)s") % {
            "reasons": words.held(reasons_to_hold(dossier.as_state()))
        }
    else:
        why = _("Past the promised time")
    return Stuck(dossier, dossier.code, words.of(step), why, dossier.changed_at, _holder(step))


def _holder(step: Step) -> Role:
    """Return who must act on a dossier that waits at *step*; the leader when nobody else."""
    return next((role for role, steps in WAITS.items() if step in steps), Role.MANAGER)
