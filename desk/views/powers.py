"""
Who may sign and seal ("Quyền ký"): appointments, delegations, custody of seals, in one's units.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from desk import powers as forms
from desk.access import DeskRequest, needs
from desk.words import Word, chosen
from desk.words_of_powers import choices
from dossiers.roles import Role
from dossiers.signing_status import HandOver
from register import documents, world
from signing.models import CustodyMinute, SealCustody
from signing.models.policy import Power
from signing.policy import minutes, powers

AT_MOST = 200
"""Rows of each kind on the page."""

#: Each part of the page: its heading, and what the button says that asks for another.
PARTS: dict[str, tuple[Word, Word]] = {
    "appointment": (gettext_lazy("Appointments"), gettext_lazy("Add an appointment")),
    "delegation": (gettext_lazy("Delegations"), gettext_lazy("Add a delegation")),
    "custody": (gettext_lazy("Custody of seals"), gettext_lazy("Add a custody")),
}


@needs(Role.MANAGER)
def show(request: DeskRequest) -> HttpResponse:
    """Show the three lists, each with its form."""
    return _page(request)


@needs(Role.MANAGER)
@require_POST
def ask(request: DeskRequest, kind: str) -> HttpResponse:
    """Ask for a power; another manager approves it."""
    form = _form(request, kind, request.POST)
    if not form.is_valid():
        return _page(request, {kind: form}, status=422)
    try:
        powers.ask(form.save(commit=False), by=request.scope.username)
    except powers.PowerError as error:
        form.add_error(None, chosen((error.vi, error.en)))
        return _page(request, {kind: form}, status=422)
    text = _("It is asked for; another manager must approve it.")
    messages.success(request, text, extra_tags="ok")
    return redirect("powers")


@needs(Role.MANAGER)
@require_POST
def approve(request: DeskRequest, kind: str, number: int) -> HttpResponse:
    """Approve as the second person."""
    try:
        powers.approve(_found(request, kind, number), by=request.scope.username)
    except powers.PowerError as error:
        messages.error(request, chosen((error.vi, error.en)), extra_tags="err")
    else:
        messages.success(request, _("It is approved."), extra_tags="ok")
    return redirect("powers")


@needs(Role.MANAGER)
@require_POST
def end(request: DeskRequest, kind: str, number: int) -> HttpResponse:
    """End a power from now on, or turn down what was asked for."""
    reason = request.POST.get("reason", "").strip()
    if reason:
        powers.end(_found(request, kind, number), by=request.scope.username, reason=reason)
        messages.success(request, _("It has ended; nothing more is signed by it."), "ok")
    else:
        messages.error(request, _("Write the reason."), extra_tags="err")
    return redirect("powers")


@needs(Role.MANAGER)
@require_POST
def minute(request: DeskRequest, number: int) -> HttpResponse:
    """Minute that a seal's key was handed over, or taken back."""
    custody = _found(request, "custody", number)
    given = {name: request.POST.get(name, "").strip()[:200] for name in ("giver", "receiver")}
    place, kind = request.POST.get("place", "").strip()[:200], request.POST.get("kind", "")
    if not all((*given.values(), place)) or kind not in set(HandOver):
        messages.error(request, _("Write who gives, who takes, and where."), extra_tags="err")
        return redirect("powers")
    said = minutes.Said(HandOver(kind), **given, place=place)
    if isinstance(custody, SealCustody):
        minutes.write(custody, said, by=request.scope.username)
    messages.success(request, _("The minute is written: print it, both sign."), extra_tags="ok")
    return redirect("powers")


@needs(Role.MANAGER)
def paper(request: DeskRequest, number: int) -> HttpResponse:
    """Give the minute as PDF."""
    found = get_object_or_404(CustodyMinute, pk=number, custody__unit__in=_units(request))
    return HttpResponse(documents.get(found.document), content_type=minutes.PDF)


def _units(request: DeskRequest) -> frozenset[str]:
    """Return the units in which this person is a manager."""
    return request.scope.reach[Role.MANAGER]


def _found(request: DeskRequest, kind: str, number: int) -> Power:
    if kind not in powers.KINDS:
        raise Http404
    return get_object_or_404(powers.of_units(kind, _units(request)), pk=number)


def _form(request: DeskRequest, kind: str, data: Any = None) -> forms.PowerForm:
    if kind not in forms.ALL:
        raise Http404
    return forms.ALL[kind](data, units=_units(request), kind=kind)


def _page(
    request: DeskRequest, filled: dict[str, forms.PowerForm] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return the page, with the form that could not be taken, as it was *filled* in."""
    parts = [
        {
            "kind": kind,
            "heading": heading,
            "add": add,
            "rows": [_row(request, power) for power in _rows(request, kind)],
            "form": (filled or {}).get(kind) or _form(request, kind),
            "open": kind in (filled or {}),
        }
        for kind, (heading, add) in PARTS.items()
    ]
    context = {"parts": parts, "hand_overs": choices(HandOver)}
    return render(request, "desk/powers.html", context, status=status)


def _rows(request: DeskRequest, kind: str) -> list[Power]:
    related = {
        "appointment": ("unit",),
        "delegation": ("giver", "taker__unit"),
        "custody": ("unit", "holder", "pin_holder"),
    }
    found = powers.of_units(kind, _units(request)).select_related(*related[kind])
    return list(found[:AT_MOST])


def _row(request: DeskRequest, power: Power) -> dict[str, object]:
    """Return *power* with what it looks like and what this person may do about it."""
    mine = power.asked_by == request.scope.username
    waits = power.approved_at is None and power.ended_at is None
    look, word = ("ok", _("In force")) if power.holds_at(world.now()) else ("", _("Not in force"))
    if waits:
        look, word = "wait", _("Waits for approval")
    elif power.ended_at is not None:
        look, word = "", _("Ended")
    return {
        "power": power,
        "look": look,
        "word": word,
        "may_approve": waits and not mine,
        "may_end": power.ended_at is None,
        "minutes": list(power.minutes.order_by("-at")) if isinstance(power, SealCustody) else [],
    }
