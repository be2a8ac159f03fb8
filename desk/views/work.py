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
from dossiers.steps import Step
from register import world
from register.models import Dossier

PER_PAGE = 25

AT_MOST = 1000
"""
Dossiers that are counted and leafed through; who wants another one searches for it.

Years of finished dossiers are in reach, and a number that nobody reads must not cost a look at
each of them.
"""

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

#: Lists of what is over as well: the newest first. The others: what is due first.
NEWEST_FIRST = ("done", "all")


@needs()
def show(request: DeskRequest) -> HttpResponse:
    """Show the list, filtered by what is chosen and searched for."""
    every = request.scope.dossiers().select_related("procedure", "applicant", "unit")
    filters = _filters(request.scope.roles)
    chosen = request.GET.get("show", "mine")
    if chosen not in filters:
        chosen = "mine"
    query = request.GET.get("q", "")
    order = ("-received_at", "-code") if chosen in NEWEST_FIRST else ("due_at", "code")
    found = folded.search(every.filter(filters[chosen]), query).order_by(*order)
    return render(
        request,
        "desk/work.html",
        {
            "chips": [_chip(every, filters, key, chosen) for key in filters],
            "page": Paginator(found[:AT_MOST], PER_PAGE).get_page(request.GET.get("page")),
            "chosen": chosen,
            "by_due_time": chosen not in NEWEST_FIRST,
            "query": query,
            "tasks": request.scope.tasks().order_by("opened_at")[:6],
            "task_count": request.scope.tasks().count(),
        },
    )


def _filters(roles: tuple[Role, ...]) -> dict[str, Q]:
    waits = [step for role in roles for step in WAITS[role]]
    done = Q(next_step=Step.DONE)
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
) -> tuple[str, Word, int, bool, bool]:
    """Return key, label, number, whether there are more than that, and whether it is chosen."""
    number = every.filter(filters[key])[: AT_MOST + 1].count()
    return key, LABELS[key], min(number, AT_MOST), number > AT_MOST, key == chosen
