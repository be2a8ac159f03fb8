"""My work ("Việc của tôi"): what waits for this person, and every dossier they may see."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from desk import folded
from desk.access import DeskRequest, needs
from desk.words import Word
from dossiers.roles import Role
from dossiers.status import ENDED
from dossiers.steps import Step
from register import world
from register.models import Dossier

PER_PAGE = 25

#: Which steps wait for which role.
WAITS: dict[Role, tuple[Step, ...]] = {
    Role.OFFICIAL: (Step.AWAIT_OFFICIAL,),
    Role.CLERK: (Step.AWAIT_CLERK,),
    Role.FINANCE: (Step.AWAIT_MONEY,),
    Role.POST: (Step.AWAIT_MANIFEST, Step.AWAIT_POSTAL_WORKER),
    Role.MANAGER: (Step.AWAIT_PERSON, Step.AWAIT_DEPARTMENT),
}

LABELS: dict[str, Word] = {
    "mine": _("Waiting for me"),
    "open": _("In progress"),
    "late": _("Overdue"),
    "today": _("Due today"),
    "done": _("Done"),
    "all": _("All"),
}


@needs()
def show(request: DeskRequest) -> HttpResponse:
    """Show the list, filtered by what is chosen and searched for."""
    every = request.scope.dossiers().select_related("procedure", "applicant", "unit")
    filters = _filters(request.scope.roles)
    chosen = request.GET.get("show", "mine")
    if chosen not in filters:
        chosen = "mine"
    query = request.GET.get("q", "")
    found = folded.search(every.filter(filters[chosen]), query).order_by("due_at", "code")
    return render(
        request,
        "desk/work.html",
        {
            "chips": [_chip(every, filters, key, chosen) for key in filters],
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "chosen": chosen,
            "query": query,
            "tasks": request.scope.tasks().order_by("opened_at")[:6],
            "task_count": request.scope.tasks().count(),
        },
    )


def _filters(roles: tuple[Role, ...]) -> dict[str, Q]:
    waits = [step for role in roles for step in WAITS[role]]
    done = Q(next_step=Step.DONE) | Q(delivery__in=ENDED)
    now, midnight = world.now(), _end_of_today()
    return {
        "mine": Q(next_step__in=waits),
        "open": ~done,
        "late": ~done & Q(due_at__lt=now),
        "today": ~done & Q(due_at__gte=now, due_at__lt=midnight),
        "done": done,
        "all": Q(),
    }


def _end_of_today() -> datetime:
    return datetime.combine(world.today() + timedelta(days=1), time(), world.VIETNAM)


def _chip(
    every: QuerySet[Dossier], filters: dict[str, Q], key: str, chosen: str
) -> tuple[str, Word, int, bool]:
    return key, LABELS[key], every.filter(filters[key]).count(), key == chosen
