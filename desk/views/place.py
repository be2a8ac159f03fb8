"""Where one result is signed: a place that the page offers, a form field, or millimetres."""

from __future__ import annotations

import math

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk import readings, words
from desk.access import DeskRequest, needs
from dossiers.roles import Role
from dossiers.signing_status import SigningRole
from signing import moving
from signing.models import SigningItem
from signing.pdf.places import NoPlaceError, Placement, Source
from signing.pdf.unfit import UnfitError


@needs(Role.OFFICIAL, Role.CLERK)
@require_http_methods(["GET", "POST"])
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show the places of a result that nobody has signed; asked by POST, take the chosen one."""
    reached = request.scope.unsigned(Role.OFFICIAL, Role.CLERK).select_related("procedure")
    dossier = get_object_or_404(reached, pk=code)
    try:
        if request.method == "POST":
            return _take(request, code)
        choices = moving.choices(code)
    except (moving.TooLateError, NoPlaceError, UnfitError) as error:
        messages.error(request, words.chosen((error.vi, error.en)), extra_tags="err")
        again = request.method == "POST" and isinstance(error, NoPlaceError)
        return redirect("place", code) if again else redirect("work")
    readings.note(request.scope.username, code, "place")
    item = SigningItem.objects.filter(dossier=code, role=SigningRole.OFFICIAL).last()
    shown = [
        (f"{one.placement.page} {one.placement.x} {one.placement.y}", one.placement, said)
        for one, said in choices
    ]
    context = {"dossier": dossier, "now_at": item.placement if item else {}, "choices": shown}
    return render(request, "desk/place.html", context)


def _take(request: DeskRequest, code: str) -> HttpResponse:
    wish = _wish(request)
    if wish is None:
        text = _("Choose a place, or write page and millimetres.")
        messages.error(request, text, extra_tags="err")
        return redirect("place", code)
    moving.choose(code, wish, person=request.scope.username)
    text = _("The result is now signed at the chosen place; the official has to see it again.")
    messages.success(request, text, extra_tags="ok")
    return redirect("place", code)


def _wish(request: DeskRequest) -> Placement | None:
    """Return what was asked for, None if it is incomplete or no number."""
    asked = request.POST.get("choice", "own")
    if asked == "field":
        name = request.POST.get("field", "").strip()[:100]
        return Placement(Source.FIELD, 1, field=name) if name else None
    parts = [request.POST.get(name, "") for name in ("page", "x", "y")]
    try:
        page, x, y = (asked.split() if asked != "own" else parts)[:3]
        found = Placement(Source.EXPLICIT, int(page), _number(x), _number(y))
    except ValueError:
        return None
    return found if math.isfinite(found.x) and math.isfinite(found.y) else None


def _number(text: str) -> float:
    """Read a number with a decimal point or, as people here write it, a comma."""
    return float(text.replace(",", "."))
