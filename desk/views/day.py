"""Progress of the day: how far the day's dossiers have come, one bar per step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from desk import days
from desk.access import DeskRequest, needs
from desk.words import Word
from dossiers.roles import Role
from dossiers.status import Business, Delivery, Money
from register import world

_SIGNED = (
    Business.SIGNED,
    Business.NUMBERED,
    Business.SEALED,
    Business.VERIFIED,
    Business.RELEASED,
)
_SEALED = (Business.SEALED, Business.VERIFIED, Business.RELEASED)
_NOT_BOOKED = (Delivery.NONE, Delivery.REFUSED, Delivery.CANCELLED, Delivery.COLLECTED)
_AT_THE_CENTRE = (*_NOT_BOOKED, Delivery.BOOKED, Delivery.LISTED)
_POST = Q(state__by_post=True)

#: Each step: its word, who has come so far, of whom, and how its bar looks.
STEPS: tuple[tuple[Word, Q, Q, str], ...] = (
    (_("Received"), Q(), Q(), ""),
    (_("Fee set"), ~Q(money=Money.NONE), Q(), ""),
    (_("Fee paid"), Q(money__in=(Money.PAID, Money.OVER, Money.EXEMPT)), Q(), ""),
    (_("Signed"), Q(business__in=_SIGNED), Q(), ""),
    (_("Sealed"), Q(business__in=_SEALED), Q(), "seal"),
    (_("Released"), Q(business=Business.RELEASED), Q(), ""),
    (_("Post booked"), _POST & ~Q(delivery__in=_NOT_BOOKED), _POST, ""),
    (_("On a manifest"), _POST & ~Q(state__manifest=""), _POST, ""),
    (_("Handed over"), _POST & ~Q(delivery__in=_AT_THE_CENTRE), _POST, ""),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the day."""

    word: Word
    done: int
    total: int
    look: str

    @property
    def full(self) -> bool:
        """Tell whether every dossier has come so far."""
        return bool(self.total) and self.done == self.total


@needs(Role.MANAGER)
def show(request: DeskRequest) -> HttpResponse:
    """Show the bars; htmx asks for them again while the page is open."""
    day = days.read(request.GET.get("day", ""))
    template = "desk/parts/bars.html" if request.headers.get("HX-Request") else "desk/day.html"
    return render(request, template, {"bars": bars(request, day), "day": day})


def bars(request: DeskRequest, day: date) -> list[Bar]:
    """Count the dossiers received on *day* (Vietnam's) that the leader sees, step by step."""
    start = datetime.combine(day, time(), world.VIETNAM)
    received = request.scope.dossiers(Role.MANAGER).filter(
        received_at__gte=start, received_at__lt=start + timedelta(days=1)
    )
    counts: dict[str, int] = received.aggregate(
        **{f"done{n}": Count("pk", filter=done) for n, (_w, done, _t, _l) in enumerate(STEPS)},
        **{f"total{n}": Count("pk", filter=total) for n, (_w, _d, total, _l) in enumerate(STEPS)},
    )
    return [
        Bar(word, counts[f"done{n}"], counts[f"total{n}"], look)
        for n, (word, _done, _total, look) in enumerate(STEPS)
    ]
