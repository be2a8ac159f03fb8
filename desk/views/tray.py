"""
The signing tray and the sealing tray: one desk, blue for the official, red for the clerk.

An official approves what was seen to its end (the very bytes, by their hash); the agency's
seal follows the official's signature, so a clerk need not turn every page again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from desk import papers, readings, story
from desk.access import DeskRequest, needs, no_content
from desk.tray_checks import Check, checks_of, reasons
from desk.words import Word
from dossiers.roles import Role
from dossiers.signing_status import BatchStatus, ItemStatus, SigningRole
from register import documents, world
from register.models import Dossier
from signing import batches, trays
from signing.models import Batch, SigningItem
from signing.policy import confirmations

AT_MOST = 300
"""Items shown on a tray; the most pressing ones."""
SHOWN = 40
"""Items shown of a running batch."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What differs between the two trays."""

    role: Role
    signing: SigningRole
    place: str
    """Beginning of the names of its addresses."""
    title: Word
    queue: Word
    act: Word
    empty: Word


KINDS = {
    Role.OFFICIAL: Kind(
        Role.OFFICIAL,
        SigningRole.OFFICIAL,
        "signing",
        gettext_lazy("Signing tray"),
        gettext_lazy("Results that wait for your signature"),
        gettext_lazy("Sign"),
        gettext_lazy("Nothing waits for your signature."),
    ),
    Role.CLERK: Kind(
        Role.CLERK,
        SigningRole.SEAL,
        "sealing",
        gettext_lazy("Sealing"),
        gettext_lazy("Results that wait for number and seal"),
        gettext_lazy("Number and seal"),
        gettext_lazy("Nothing waits for the seal."),
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One result on the tray."""

    item: SigningItem
    dossier: Dossier
    seen: bool
    choosable: bool

    @property
    def document(self) -> str:
        """SHA-256 of what is seen and signed."""
        return self.item.document


@needs(Role.OFFICIAL, Role.CLERK)
def show(request: DeskRequest, role: Role) -> HttpResponse:
    """Show the tray with one result open; asked by htmx, only that result."""
    kind = KINDS[role]
    rows = _rows(request, kind)
    current = _current(rows, request.GET.get("item", ""))
    context = {"words": kind, "sealing": role is Role.CLERK, "current": current}
    if current:
        context |= _opened(request, current, kind)
    if request.headers.get("HX-Request"):
        return render(request, "desk/parts/paper.html", context)
    context |= {
        "groups": _groups(rows),
        "total": len(rows),
        "running": _batches(request, kind).exclude(status=BatchStatus.DONE),
        "seen_url": reverse(f"{kind.place}-seen"),
        "start_url": reverse(f"{kind.place}-start"),
        "batch_page": f"{kind.place}-batch",
    }
    return render(request, "desk/tray.html", context)


@needs(Role.OFFICIAL, Role.CLERK)
@require_POST
def seen(request: DeskRequest, role: Role) -> HttpResponse:
    """Keep that these very bytes were seen to their end; another version must be seen anew."""
    item = get_object_or_404(_mine(request, KINDS[role]), pk=request.POST.get("item") or 0)
    if request.POST.get("document") != item.document:
        return HttpResponseBadRequest()
    confirmations.seen(request.scope.username, item.document)
    return no_content()


@needs(Role.OFFICIAL, Role.CLERK)
@require_POST
def start(request: DeskRequest, role: Role) -> HttpResponse:
    """Open a batch of the chosen results and lead to its progress."""
    kind = KINDS[role]
    wanted = [int(pk) for pk in request.POST.getlist("item") if pk.isdigit()]
    chosen = {row.item.pk: row for row in _rows(request, kind) if row.choosable}
    if not wanted or not chosen.keys() >= set(wanted):
        text = _("Choose results that you have seen to the end, then sign again.")
        messages.error(request, text, extra_tags="err")
        return redirect(kind.place)
    items = [chosen[pk].item for pk in wanted]
    try:
        batch = batches.open(items, person=request.scope.username, role=kind.signing)
    except batches.RefusedError as error:
        for code, against in error.reasons.items():
            messages.error(request, f"{code}: {reasons(against)}", extra_tags="err")
        return redirect(kind.place)
    return redirect(f"{kind.place}-batch", batch.code)


@needs(Role.OFFICIAL)
@require_POST
def send_back(request: DeskRequest, role: Role) -> HttpResponse:
    """Return a result to its agency with a reason."""
    item = get_object_or_404(_mine(request, KINDS[role]), pk=request.POST.get("item") or 0)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("Write the reason, so that the agency can mend it."), "err")
        return redirect("signing")
    try:
        trays.send_back(item, person=request.scope.username, reason=reason)
    except trays.NotOnTrayError:
        messages.error(request, _("This result is no longer on your tray."), extra_tags="err")
    else:
        text = _("%(code)s was sent back.") % {"code": item.dossier_id}
        messages.success(request, text, extra_tags="ok")
    return redirect("signing")


@needs(Role.OFFICIAL, Role.CLERK)
def batch(request: DeskRequest, role: Role, code: str) -> HttpResponse:
    """Show how far a batch is; htmx asks again until it is over."""
    kind = KINDS[role]
    found = get_object_or_404(_batches(request, kind), pk=code)
    items = SigningItem.objects.filter(batch=found)
    total, done, failed = (
        items.count(),
        items.filter(status=ItemStatus.SIGNED).count(),
        items.filter(status=ItemStatus.FAILED).count(),
    )
    left = total - done - failed
    shown = items.select_related("dossier__procedure").order_by("sequence")
    first = max(0, done + failed - SHOWN // 4)
    context = {
        "batch": found,
        "items": [_progress(item) for item in shown[first : first + SHOWN]],
        "hidden": max(0, total - SHOWN),
        "total": total,
        "done": done,
        "failed": failed,
        "left": left,
        "over": left == 0,
        "stopped": found.status == BatchStatus.STOPPED,
        "go_on_url": reverse(f"{kind.place}-go-on", args=[found.code]),
        "sealing": role is Role.CLERK,
        "tray_url": reverse(kind.place),
    }
    asked = "parts/batch" if request.headers.get("HX-Request") else "batch"
    return render(request, f"desk/{asked}.html", context)


@needs(Role.OFFICIAL, Role.CLERK)
@require_POST
def go_on(request: DeskRequest, role: Role, code: str) -> HttpResponse:
    """Let the batch's token try again, because its person says so."""
    kind = KINDS[role]
    found = get_object_or_404(_batches(request, kind), pk=code, status=BatchStatus.STOPPED)
    batches.go_on(found.token_id, person=request.scope.username)
    text = _("The token's queue goes on; its PIN is tried once more.")
    messages.success(request, text, extra_tags="ok")
    return redirect(f"{kind.place}-batch", code)


def _mine(request: DeskRequest, kind: Kind) -> QuerySet[SigningItem]:
    """Return what lies on this person's own tray, in their scope."""
    if not request.scope.has(kind.role):
        return SigningItem.objects.none()
    return SigningItem.objects.filter(
        role=kind.signing,
        status=ItemStatus.ON_TRAY,
        signer__person=request.scope.username,
        dossier__in=request.scope.dossiers(kind.role),
    )


def _rows(request: DeskRequest, kind: Kind) -> list[Row]:
    items = list(
        _mine(request, kind)
        .select_related("dossier__procedure", "dossier__applicant", "signer")
        .order_by("dossier__due_at", "pk")[:AT_MOST]
    )
    known = confirmations.seen_by(request.scope.username, [item.document for item in items])
    sealing = kind.signing is SigningRole.SEAL
    return [
        Row(item, item.dossier, item.document in known, sealing or item.document in known)
        for item in items
    ]


def _current(rows: list[Row], wanted: str) -> Row | None:
    return next((row for row in rows if str(row.item.pk) == wanted), rows[0] if rows else None)


def _opened(request: HttpRequest, row: Row, kind: Kind) -> dict[str, object]:
    """Return what the middle and the right of the desk show; the read is kept."""
    person = request.user.get_username()
    readings.note(person, row.dossier.code, kind.place)
    checks: list[Check] = checks_of(row.item, person=person, at=world.now())
    return {
        "pages": papers.pages(documents.get(row.document)),
        "checks": checks,
        "story": story.of(row.dossier.code),
    }


def _groups(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    now = world.now()
    return [
        (heading, list(group))
        for heading, group in groupby(rows, lambda row: _heading(row.dossier.due_at, now))
    ]


def _heading(due_at: datetime, now: datetime) -> str:
    if due_at < now:
        return _("Overdue")
    days = (due_at.astimezone(world.VIETNAM).date() - world.today()) // timedelta(days=1)
    if days == 0:
        return _("Due today")
    if days == 1:
        return _("Due tomorrow")
    return ngettext("Due within %(n)d week", "Due within %(n)d weeks", days // 7 + 1) % {
        "n": days // 7 + 1
    }


def _batches(request: DeskRequest, kind: Kind) -> QuerySet[Batch]:
    return Batch.objects.filter(role=kind.signing, person=request.scope.username)


_LOOKS = {
    ItemStatus.SIGNED: ("ok", "check"),
    ItemStatus.FAILED: ("err", "alert"),
    ItemStatus.QUEUED: ("q", "dotc"),
}


def _progress(item: SigningItem) -> dict[str, object]:
    look, icon = _LOOKS.get(ItemStatus(item.status), ("q", "dotc"))
    return {"row": item, "look": look, "icon": icon}
