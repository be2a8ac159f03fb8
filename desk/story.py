"""
The way of a dossier as people read it: every fact with its word, its time and what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk import words
from desk.templatetags.desk import money, short
from dossiers.status import Delivery
from register import ledger
from signing.pdf.unfit import MENDED, Mend

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One fact on the page."""

    at: datetime
    word: words.Word
    detail: str
    by: str
    bad: bool
    digest: str
    seq: int


#: Facts that a person should notice.
BAD = ("SentBack", "BookingRefused", "PaymentReversed", "Withdrawn", "DeliveryCorrected")


def of(code: str) -> list[Line]:
    """Return what happened to dossier *code*, oldest first."""
    return [
        Line(
            at=row.at,
            word=words.fact(row.kind),
            detail=_DETAIL[row.kind](row.body) if row.kind in _DETAIL else "",
            by=row.by,
            bad=row.kind in BAD,
            digest=row.hash,
            seq=row.seq,
        )
        for row in ledger.history(code)
    ]


def _file(body: Body) -> str:
    return f"SHA-256 {short(body['document'])}"


def _submitted(body: Body) -> str:
    """Tell which file was submitted and how it was mended before, if it was."""
    mended = [words.chosen(MENDED[Mend(word)]) for word in body.get("mended", ())]
    return " · ".join([_file(body), *mended])


def _carried(body: Body) -> str:
    word = words.DELIVERY.get(Delivery(body["status"]), body["status"])
    return _("%(status)s, by the carrier's clock %(at)s") % {
        "status": word,
        "at": date_format(
            timezone.localtime(datetime.fromisoformat(body["at"])), "SHORT_DATETIME_FORMAT"
        ),
    }


def _numbered(body: Body) -> str:
    return _("No. %(number)s of %(day)s") % {
        "number": body["number"],
        "day": date_format(date.fromisoformat(body["issued_on"]), "SHORT_DATE_FORMAT"),
    }


def _charged(body: Body) -> str:
    if not body["amount"]:
        return _("exempt")
    return f"{money(body['amount'])} · {body['reference']}"


_DETAIL: dict[str, Callable[[Body], str]] = {
    "Received": _file,
    "Submitted": _submitted,
    "Placed": _file,
    "SentBack": lambda body: str(body["reason"]),
    "Signed": _file,
    "Numbered": _numbered,
    "Sealed": _file,
    "Verified": _file,
    "Stamped": lambda body: f"{body.get('level', '')} · {_file(body)}".removeprefix(" · "),
    "Withdrawn": lambda body: str(body["reason"]),
    "Charged": _charged,
    "PaymentAsked": lambda body: str(body["reference"]),
    "Paid": lambda body: f"{money(body['amount'])} · {body['evidence']}",
    "PaymentReversed": lambda body: f"−{money(body['amount'])} · {body['evidence']}",
    "Refunded": lambda body: f"−{money(body['amount'])} · {body['reference']}",
    "Booked": lambda body: f"{body['carrier']} · {body['tracking'] or body['reference']}",
    "BookingRefused": lambda body: f"{body['carrier']}: {body['reason']}",
    "Listed": lambda body: str(body["manifest"]),
    "HandedOver": lambda body: str(body["manifest"]),
    "Carried": _carried,
    "DeliveryCorrected": lambda body: str(body["reason"]),
}
