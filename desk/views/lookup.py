"""
The citizen's page ("Tra cứu hồ sơ"): dossier code and secret code, typed together.

An unknown code and a wrong secret have the same answer. The page shows the procedure, the
agency, the steps with their times, what is still to be paid and the item number; the owner's
name is masked, and nothing else about a person is there.
"""

from __future__ import annotations

import hmac
import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from desk import misses, rows
from desk.access import public
from desk.words import Word
from dossiers.status import Delivery
from dossiers.steps import Step
from payments import vietqr
from payments.models import Charge
from register import ledger, world
from register.models import Dossier, Fact

QR_LIVES = timedelta(hours=2)
_SALT = "desk.lookup.qr"

#: The citizen's steps: word, and the facts of which any one completes it.
_COMMON: tuple[tuple[Word, tuple[str, ...]], ...] = (
    (_("Result received from the agency"), ("Received",)),
    (_("Signed by the agency"), ("Signed",)),
    (_("Sealed"), ("Sealed",)),
    (_("Fees settled and result released"), ("Released",)),
)
_BY_POST: tuple[tuple[Word, tuple[str, ...]], ...] = (
    (_("Handed over to the post"), ("HandedOver",)),
    (_("Delivered to you"), (Delivery.DELIVERED,)),
)
_AT_COUNTER: tuple[tuple[Word, tuple[str, ...]], ...] = (
    (_("Collected at the counter"), ("Collected",)),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step on the citizen's page."""

    word: Word
    at: datetime | None
    look: str
    """``d`` done, ``c`` current, empty for later."""


@public
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show the form, or the dossier that both codes belong to."""
    if request.method != "POST":
        return render(request, "desk/lookup.html", {})
    code = request.POST.get("code", "").strip()[:60]
    here = misses.address(request)
    if misses.too_many("look-up", here) or misses.too_many("dossier", here, code):
        return _refused(request, code, 429)
    with rows.everything():
        dossier = _find(code, request.POST.get("secret", "").strip())
        if dossier is None:
            misses.note("look-up", here)
            misses.note("dossier", here, code)
            return _refused(request, code, 404)
        return render(request, "desk/lookup.html", _found(dossier))


@public
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Draw the VietQR text that *token* was signed over; no token of ours, no code."""
    try:
        text = signing.loads(token, salt=_SALT, max_age=QR_LIVES)
    except signing.BadSignature as error:
        raise Http404 from error
    image = io.BytesIO()
    segno.make(text, error="m", boost_error=False).save(
        image, kind="svg", border=0, xmldecl=False, omitsize=True, dark="#14212b"
    )
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


def _find(code: str, secret: str) -> Dossier | None:
    """Return the dossier if both codes are right; the same work is done when they are not."""
    dossier = (
        Dossier.objects.filter(pk=code)
        .select_related("procedure", "unit", "centre", "applicant")
        .first()
    )
    wanted = dossier.secret if dossier else world.token(5)
    right = hmac.compare_digest(wanted.encode(), secret.casefold().encode())
    return dossier if right else None


def _refused(request: HttpRequest, code: str, status: int) -> HttpResponse:
    shown = {"refused": True, "rest": status == 429, "code": code}
    return render(request, "desk/lookup.html", shown, status=status)


def _found(dossier: Dossier) -> dict[str, object]:
    stages = _stages(dossier)
    over = dossier.next_step == Step.DONE
    return {
        "dossier": dossier,
        "code": dossier.code,
        "state": dossier.as_state(),
        "stages": stages,
        "done": sum(stage.look == "d" for stage in stages),
        "over": over,
        "late": not over and dossier.due_at < world.now(),
        "left": abs(dossier.due_at - world.now()),
        **_to_pay(dossier),
    }


def _stages(dossier: Dossier) -> list[Stage]:
    first: dict[str, datetime] = {}
    for row in ledger.history(dossier.code):
        first.setdefault(_moment(row), row.at)
    rest = _BY_POST if dossier.as_state().by_post else _AT_COUNTER
    stages: list[Stage] = []
    for label, kinds in (*_COMMON, *rest):
        at = next((first[kind] for kind in kinds if kind in first), None)
        waiting = any(stage.look == "c" for stage in stages)
        stages.append(Stage(label, at, "d" if at else "" if waiting else "c"))
    return stages


def _moment(row: Fact) -> str:
    """Return a fact's kind, or for a carrier's message what it says."""
    return str(row.body["status"]) if row.kind == "Carried" else row.kind


def _to_pay(dossier: Dossier) -> dict[str, object]:
    """Return what is still to be paid and where its VietQR code is drawn."""
    missing = dossier.due - dossier.paid
    charge = Charge.objects.filter(dossier=dossier).select_related("account").first()
    if missing <= 0 or charge is None or charge.account is None:
        return {"missing": 0}
    account = charge.account
    text = vietqr.payload(account.bin, account.number, missing, purpose=charge.reference)
    token = signing.dumps(text, salt=_SALT)
    return {
        "missing": missing,
        "bank": vietqr.banks()[account.bin],
        "account": account.number,
        "reference": charge.reference,
        "qr": reverse("public-qr", args=[token]),
    }
