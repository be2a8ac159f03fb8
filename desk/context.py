"""
What every page of the desk shows around itself: navigation with counts, health of connectors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk import health, words
from desk.scope import Scope
from dossiers.roles import Role
from dossiers.signing_status import ItemStatus, SigningRole
from dossiers.steps import Step
from dossiers.work import TaskKind
from register import world
from signing.models import SigningItem

Count = Callable[[Scope], int]


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    name: str
    """Name of the address."""
    label: words.Word
    icon: str
    roles: tuple[Role, ...]
    count: Count | None = None
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as one person sees it."""

    url: str
    label: words.Word
    icon: str
    count: int
    hot: bool
    current: bool


def _on_tray(scope: Scope) -> int:
    return _items(scope, SigningRole.OFFICIAL)


def _to_seal(scope: Scope) -> int:
    return _items(scope, SigningRole.SEAL)


def _items(scope: Scope, role: SigningRole) -> int:
    """Count what lies on the person's own tray."""
    return SigningItem.objects.filter(
        role=role, status=ItemStatus.ON_TRAY, signer__person=scope.username
    ).count()


def _differences(scope: Scope) -> int:
    return scope.tasks().filter(role=Role.FINANCE, kind=TaskKind.DISCREPANCY).count()


def _to_list(scope: Scope) -> int:
    waiting = (Step.AWAIT_MANIFEST, Step.AWAIT_POSTAL_WORKER)
    return scope.dossiers(Role.POST).filter(next_step__in=waiting).count()


def _waiting(scope: Scope) -> int:
    return scope.tasks().count()


EVERYBODY = tuple(Role)
_M = Role.MANAGER

#: Headings and places; a person sees those of their roles.
PLACES: tuple[tuple[words.Word, tuple[Place, ...]], ...] = (
    (
        _("Daily work"),
        (
            Place("work", _("My work"), "home", EVERYBODY),
            Place("signing", _("Signing tray"), "pen", (Role.OFFICIAL,), _on_tray),
            Place("sealing", _("Sealing"), "stamp", (Role.CLERK,), _to_seal),
            Place("money", _("Reconciliation"), "scales", (Role.FINANCE, _M), _differences),
            Place("post", _("Post"), "truck", (Role.POST, _M), _to_list),
        ),
    ),
    (
        _("Running the Centre"),
        (
            Place("attention", _("Needs attention"), "flag", (_M,), _waiting, hot=True),
            Place("day", _("Progress of the day"), "chart", (_M,)),
            Place("powers", _("Powers to sign"), "shield", (_M,)),
        ),
    ),
    (_("System"), (Place("connectors", _("Connections"), "plug", (Role.FINANCE, Role.POST, _M)),)),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what ``desk/base.html`` needs; nothing for a page without a person."""
    scope: Scope | None = getattr(request, "scope", None)
    if scope is None or not scope.reach or request.headers.get("HX-Request"):
        return {"now": world.now()}
    return {
        "now": world.now(),
        "scope": scope,
        "navigation": [
            (heading, entries)
            for heading, places in PLACES
            if (
                entries := [
                    _entry(place, request, scope) for place in places if scope.has(*place.roles)
                ]
            )
        ],
        "health": health.links(),
    }


def _entry(place: Place, request: HttpRequest, scope: Scope) -> Entry:
    url = reverse(place.name)
    match = request.resolver_match
    return Entry(
        url=url,
        label=place.label,
        icon=place.icon,
        count=place.count(scope) if place.count else 0,
        hot=place.hot,
        current=match is not None and (match.url_name or "").split("-")[0] == place.name,
    )
