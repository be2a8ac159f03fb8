"""Refunds ("hoàn phí"): one person asks that surplus goes back, another one decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk import differences
from desk.access import DeskRequest, needs
from dossiers.personal import AccountNumber, Name
from dossiers.roles import Role
from payments import refunds
from payments.models import Discrepancy, Refund


@needs(Role.FINANCE, Role.MANAGER)
@require_POST
def ask(request: DeskRequest) -> HttpResponse:
    """Ask that the surplus goes back to the payee on the form."""
    found = _found(request)
    given = {name: request.POST.get(name, "").strip() for name in ("name", "bank", "account")}
    try:
        payee = refunds.Payee(
            Name(given["name"][:200]), given["bank"], AccountNumber(given["account"])
        )
        refunds.ask(found, payee, by=request.scope.username)
    except refunds.UnfitPayeeError:
        text = _("Write the payee's name, bank and account number.")
        messages.error(request, text, extra_tags="err")
    except refunds.NothingToRefundError:
        text = _("There is no surplus that is not on its way back already.")
        messages.error(request, text, extra_tags="err")
    else:
        text = _("The refund is asked for; another person must approve it.")
        messages.success(request, text, extra_tags="ok")
    return _back(request, found)


@needs(Role.FINANCE, Role.MANAGER)
@require_POST
def decide(request: DeskRequest) -> HttpResponse:
    """Approve or decline, as the second person."""
    found = _found(request)
    refund = get_object_or_404(
        Refund, discrepancy=found, reference=request.POST.get("reference", "")
    )
    act = refunds.approve if request.POST.get("act") == "approve" else refunds.decline
    try:
        act(refund, by=request.scope.username)
    except refunds.SamePersonError:
        text = _("Who asked for a refund cannot decide about it.")
        messages.error(request, text, extra_tags="err")
    except refunds.NothingToRefundError:
        text = _("There is no surplus that is not on its way back already.")
        messages.error(request, text, extra_tags="err")
    else:
        messages.success(request, _("Your decision is kept."), extra_tags="ok")
    return _back(request, found)


def _found(request: DeskRequest) -> Discrepancy:
    return get_object_or_404(differences.open_to(request.scope), pk=request.POST.get("line") or 0)


def _back(request: DeskRequest, found: Discrepancy) -> HttpResponse:
    day = request.POST.get("day", "")
    return redirect(f"{reverse('money')}?{urlencode({'day': day, 'line': str(found.pk)})}")
