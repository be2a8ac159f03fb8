"""One dossier: its owner, its statuses, its files, its money, its parcel and every fact."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from desk import readings, story, words
from desk.access import DeskRequest, needs
from desk.views import documents
from dossiers.release import reasons_to_hold
from dossiers.roles import Role
from dossiers.signing_status import Level
from dossiers.status import Business
from dossiers.steps import Step
from register import ledger
from register.models import Applicant, Dossier
from signing.levels import stamps

#: What of the owner a role needs for its work; everything else stays masked.
REVEALS: dict[Role, frozenset[str]] = {
    Role.OFFICIAL: frozenset({"name"}),
    Role.CLERK: frozenset({"name"}),
    Role.FINANCE: frozenset({"name"}),
    Role.POST: frozenset({"name", "phone", "address"}),
    Role.MANAGER: frozenset({"name", "phone", "address"}),
}

FIELDS: tuple[tuple[str, words.Word], ...] = (
    ("name", _("Owner")),
    ("phone", _("Phone")),
    ("id_number", _("Personal identification number")),
    ("address", _("Address")),
)


@needs()
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show the dossier; the read is kept."""
    reached = request.scope.dossiers().select_related("procedure", "unit", "centre", "applicant")
    dossier = get_object_or_404(reached, pk=code)
    readings.note(request.scope.username, code, "dossier")
    state = dossier.as_state()
    return render(
        request,
        "desk/dossier.html",
        {
            "dossier": dossier,
            "state": state,
            "owner": _owner(dossier.applicant, request.scope.roles),
            "story": story.of(code),
            "files": [(words.fact(row.kind), row, digest) for row, digest in documents.files(code)],
            "held": _held(dossier),
            "stamp_pending": stamps.pending(code),
            "level": _level(code),
            "over": dossier.next_step == Step.DONE,
            "faults": ledger.audit(code),
        },
    )


def _level(code: str) -> words.Word:
    """Return how far the result proves itself; nothing where nobody stamps."""
    level = stamps.level(code)
    return words.of(level) if level is not Level.B_B or stamps.pending(code) else ""


def _owner(applicant: Applicant, roles: tuple[Role, ...]) -> list[tuple[words.Word, str]]:
    """Return what the person may read, each field revealed or masked."""
    open_fields = frozenset().union(*(REVEALS[role] for role in roles))
    shown = []
    for name, label in FIELDS:
        value = getattr(applicant, name)
        if value:
            shown.append((label, value.reveal() if name in open_fields else str(value)))
    return shown


def _held(dossier: Dossier) -> str:
    """Return why the gate holds this dossier; empty when it does not, or has not come so far."""
    if dossier.business in (Business.RELEASED, Business.WITHDRAWN):
        return ""
    return words.held(reasons_to_hold(dossier.as_state()))
