"""
What came of the day: numbers that agree with each other, and where the papers lie.
"""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from dispatch.models import Manifest
from dossiers import facts
from dossiers.release import reasons_to_hold
from dossiers.settlement import AGREES
from dossiers.signing_status import Level
from dossiers.status import Business, Delivery, Money
from payments.models import Allocation, DailyClose, Discrepancy, StatementFile
from register import documents
from register.models import Dossier, Fact
from signing.models import LastStamp

_RELEASED = (Business.RELEASED,)


def tell(day: date, out: Path, faults: dict[str, int]) -> dict[str, Any]:
    """Return the summary of *day*; results, manifests, statement and minute are laid in *out*."""
    dossiers = list(Dossier.objects.select_related("procedure").order_by("code"))
    paid = [one for one in dossiers if one.money in (Money.PAID, Money.OVER)]
    return {
        "dossiers": len(dossiers),
        "signed": _told(facts.Signed),
        "sealed": _told(facts.Sealed),
        "charged": sum(1 for one in dossiers if one.due),
        "exempt": sum(1 for one in dossiers if one.money == Money.EXEMPT),
        "paid": len(paid),
        "matched": _matched(),
        "discrepancies": Discrepancy.objects.filter(closed_at=None).count(),
        "discrepancies_by_code": _sorted(
            Discrepancy.objects.filter(closed_at=None).values_list("code", flat=True)
        ),
        "released": _told(facts.Released),
        "archival": LastStamp.objects.filter(level=Level.B_LTA).count(),
        "at_counter": _waiting_at_counter(dossiers),
        "booked": _told(facts.Booked),
        "handed_over": _told(facts.HandedOver),
        "held": _held(dossiers),
        "manifests": _manifests(day, out),
        "artifacts": _artifacts(dossiers, day, out),
        "faults": faults,
    }


def _told(kind: type[facts.Fact]) -> int:
    """Return how many dossiers this fact was told of."""
    return Fact.objects.filter(kind=kind.__name__).values("dossier").distinct().count()


def _matched() -> int:
    """Return how many of the bank's lines were matched, with an amount that agrees."""
    rows = Allocation.objects.filter(reverses=None, match__in=AGREES)
    return rows.values("transaction").distinct().count()


def _waiting_at_counter(dossiers: list[Dossier]) -> int:
    return sum(
        1
        for one in dossiers
        if one.business in _RELEASED
        and one.delivery == Delivery.NONE
        and not one.as_state().by_post
    )


def _held(dossiers: list[Dossier]) -> list[dict[str, Any]]:
    """Return every dossier that did not leave the house, and why, in the gate's own words."""
    held = []
    for one in dossiers:
        reasons = [] if one.business in _RELEASED else reasons_to_hold(one.as_state())
        if one.business == Business.SENT_BACK:
            reasons = [Business.SENT_BACK]
        if one.delivery == Delivery.REFUSED:
            reasons = ["booking_refused"]
        if reasons:
            held.append({"code": one.code, "reasons": reasons, "due": one.due, "paid": one.paid})
    return held


def _sorted(words: Any) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _manifests(day: date, out: Path) -> list[dict[str, Any]]:
    rows = Manifest.objects.filter(day=day).order_by("number")
    return [
        {
            "path": _lay(row.pdf, out / f"{row.number}.pdf"),
            "xlsx": _lay(row.xlsx, out / f"{row.number}.xlsx"),
            "parcels": row.parcels,
        }
        for row in rows
    ]


def _artifacts(dossiers: list[Dossier], day: date, out: Path) -> dict[str, Any]:
    manifest = Manifest.objects.filter(day=day).order_by("number").first()
    statement = StatementFile.objects.order_by("-taken_at").first()
    closed = DailyClose.objects.filter(day=day).order_by("pk").first()
    return {
        "results": [
            _lay(one.document, out / "results" / f"{one.code}.pdf")
            for one in dossiers
            if one.verified
        ],
        "manifest": str(out / f"{manifest.number}.pdf") if manifest else None,
        "statement": _lay(statement.sha256, out / "statement.xml") if statement else None,
        "close": _lay(closed.document, out / "close.pdf") if closed else None,
    }


def _lay(digest: str, target: Path) -> str:
    """Copy a stored document to where a person finds it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(documents.path(digest), target)
    return str(target)
