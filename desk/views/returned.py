"""Parcels that came to nothing: sent again, sent to a mended address, or kept at the counter."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk.access import DeskRequest, needs
from dispatch import shipments
from dispatch.models import Office
from dossiers.personal import Address, Phone
from dossiers.roles import Role
from dossiers.status import CAME_TO_NOTHING
from dossiers.steps import Step
from dossiers.transitions import TransitionError
from dossiers.units import Unit, UnknownUnitError
from register import places, world
from register.models import Dossier

PROVINCE = "22"
"""Statistics code of the province whose communes are offered; any other may be typed."""


def waiting(request: DeskRequest, office: Office) -> list[Dossier]:
    """Return the dossiers of the centre of *office* whose parcel came to nothing."""
    reached = request.scope.dossiers(Role.POST, Role.MANAGER).select_related("applicant")
    # The step is there for its index: of a centre's million dossiers few need a person.
    stuck = reached.filter(centre=office.unit_id, next_step=Step.AWAIT_PERSON)
    return list(stuck.filter(delivery__in=CAME_TO_NOTHING).order_by("due_at", "code")[:200])


def communes() -> tuple[Unit, ...]:
    """Return the communes of the province as they are today."""
    return places.tree().children(PROVINCE, world.today())


@needs(Role.POST)
@require_POST
def send_again(request: DeskRequest, code: str) -> HttpResponse:
    """Have the parcel booked again to the same address."""
    return _act(request, code, lambda by: shipments.send_again(code, by=by))


@needs(Role.POST)
@require_POST
def keep(request: DeskRequest, code: str) -> HttpResponse:
    """Keep the result at the counter."""
    return _act(request, code, lambda by: shipments.keep_at_counter(code, by=by))


@needs(Role.POST)
@require_POST
def correct(request: DeskRequest, code: str) -> HttpResponse:
    """Mend the address and have the parcel booked again."""
    address, ward, phone = (
        request.POST.get(name, "").strip() for name in ("address", "ward", "phone")
    )
    if not address:
        messages.error(request, _("Write the new address."), extra_tags="err")
        return redirect("post")
    return _act(
        request,
        code,
        lambda by: shipments.correct_address(
            code,
            address=Address(address[:400]),
            ward=ward.split(" ")[0],
            phone=Phone(phone[:20]) if phone else None,
            by=by,
        ),
    )


def _act(request: DeskRequest, code: str, do: Callable[[str], object]) -> HttpResponse:
    """Do what a person decided of dossier *code*, and say what came of it."""
    get_object_or_404(request.scope.dossiers(Role.POST), pk=code)
    try:
        do(request.scope.username)
    except TransitionError:
        text = _("Somebody has decided about this parcel already.")
        messages.error(request, text, extra_tags="err")
    except UnknownUnitError:
        text = _("There is no commune with this code today; choose one from the list.")
        messages.error(request, text, extra_tags="err")
    else:
        text = _("What you decided about %(code)s is kept.") % {"code": code}
        messages.success(request, text, extra_tags="ok")
    return redirect("post")
