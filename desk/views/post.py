"""Post ("Bưu chính"): parcels that wait, manifests, the hand-over to the postal worker."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk import readings
from desk.access import DeskRequest, needs
from desk.views import returned
from dispatch import manifests
from dispatch.models import Manifest, Office, Shipment
from dossiers.manifests import ManifestState
from dossiers.roles import Role
from register import documents, world
from register.models import Dossier

#: What is told by a manifest's papers: form → media type.
FORMS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Counter:
    """One post office and what waits for its postal worker."""

    office: Office
    waiting: list[Shipment]
    returned: list[Dossier]
    """Parcels that came to nothing: a person decides."""
    manifests: list[Manifest]


@needs(Role.POST, Role.MANAGER)
def show(request: DeskRequest) -> HttpResponse:
    """Show each office with its parcels and its manifests of the day."""
    counters = [_counter(request, office) for office in _offices(request).order_by("name")]
    return render(
        request,
        "desk/post.html",
        {
            "counters": counters,
            "may_act": request.scope.has(Role.POST),
            "communes": returned.communes(),
        },
    )


@needs(Role.POST)
@require_POST
def close(request: DeskRequest) -> HttpResponse:
    """Close the manifest of one office: what is ready goes on it, what is not is named."""
    office = get_object_or_404(_offices(request), pk=request.POST.get("office", ""))
    try:
        made = manifests.close(office, office.carrier, world.today(), by=request.scope.username)
    except manifests.NothingToListError:
        text = _("No parcel could be listed; look at what needs a person.")
        messages.error(request, text, extra_tags="err")
        return redirect("post")
    text = _("Manifest %(number)s is closed with %(n)d parcels.")
    messages.success(request, text % {"number": made.number, "n": made.parcels}, extra_tags="ok")
    return redirect("post-manifest", made.number)


@needs(Role.POST, Role.MANAGER)
def manifest(request: DeskRequest, number: str) -> HttpResponse:
    """Show one manifest; names and communes are what the paper says, so the read is kept."""
    found = _manifest(request, number)
    lines = list(found.lines.select_related("shipment__dossier__applicant"))
    for line in lines:
        readings.note(request.scope.username, line.shipment.dossier_id, "manifest")
    return render(
        request,
        "desk/manifest.html",
        {
            "manifest": found,
            "lines": lines,
            "open_to_take": found.state in (ManifestState.CLOSED, ManifestState.OFFERED)
            and request.scope.has(Role.POST),
        },
    )


@needs(Role.POST, Role.MANAGER)
def download(request: DeskRequest, number: str, form: str) -> HttpResponseBase:
    """Return the manifest's paper exactly as it was closed."""
    if form not in FORMS:
        raise Http404
    digest = getattr(_manifest(request, number), form)
    if not digest:
        raise Http404
    return FileResponse(
        documents.path(digest).open("rb"),
        as_attachment=True,
        content_type=FORMS[form],
        filename=f"{number}.{form}",
    )


@needs(Role.POST)
@require_POST
def hand_over(request: DeskRequest, number: str) -> HttpResponse:
    """Keep that the postal worker took the parcels."""
    worker = request.POST.get("postal_worker", "").strip()
    if not worker:
        messages.error(request, _("Write who takes the parcels."), extra_tags="err")
    else:
        found = _manifest(request, number)
        manifests.hand_over(found, postal_worker=worker[:150], missing=_missing(request, found))
        messages.success(request, _("The hand-over is kept."), extra_tags="ok")
    return redirect("post-manifest", number)


def _missing(request: DeskRequest, manifest: Manifest) -> dict[str, str]:
    """Return why each parcel that was not there was missing, as the desk wrote it."""
    return {
        line.item: said[:200]
        for line in manifest.lines.all()
        if (said := request.POST.get(f"missing-{line.position}", "").strip())
    }


def _offices(request: DeskRequest) -> QuerySet[Office]:
    reach = request.scope.reach
    units = reach.get(Role.POST, frozenset()) | reach.get(Role.MANAGER, frozenset())
    return Office.objects.filter(unit__in=units)


def _manifest(request: DeskRequest, number: str) -> Manifest:
    offices = _offices(request)
    return get_object_or_404(
        Manifest.objects.filter(office__in=offices).select_related("office"), pk=number
    )


def _counter(request: DeskRequest, office: Office) -> Counter:
    waiting = manifests.waiting(office, office.carrier)
    made = Manifest.objects.filter(office=office).order_by("-day", "-closed_at")
    return Counter(
        office,
        list(waiting.select_related("dossier__applicant")[:200]),
        returned.waiting(request, office),
        list(made[:10]),
    )
