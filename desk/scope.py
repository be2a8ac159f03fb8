"""
Who sees which dossiers: the first wall (row-level security in the database is the second).

A role in a unit reaches the dossiers that the unit or one below it decides, and those that a
centre among them returns. What a role sees of them is ``SEES``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from desk.models import Membership
from dossiers.roles import Role
from dossiers.status import Business, Money
from register.models import Dossier, Task, Unit

Person = User | AnonymousUser

_SIGNED = (
    Business.SIGNED,
    Business.NUMBERED,
    Business.SEALED,
    Business.VERIFIED,
    Business.RELEASED,
)

_UNSIGNED = (Business.RECEIVED, Business.ON_TRAY)

#: What each role needs to see, and nothing more.
SEES: dict[Role, Q] = {
    Role.OFFICIAL: Q(),
    Role.CLERK: Q(business__in=_SIGNED),
    Role.FINANCE: ~Q(money=Money.NONE),
    Role.POST: Q(business=Business.RELEASED, state__by_post=True),
    Role.MANAGER: Q(),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may reach: each role with its units."""

    username: str
    reach: dict[Role, frozenset[str]]

    @property
    def roles(self) -> tuple[Role, ...]:
        """The person's roles, in the order of the enum."""
        return tuple(role for role in Role if role in self.reach)

    @property
    def units(self) -> frozenset[str]:
        """Every unit that any role reaches."""
        return frozenset().union(*self.reach.values())

    def has(self, *roles: Role) -> bool:
        """Tell whether the person holds one of *roles*."""
        return any(role in self.reach for role in roles)

    def dossiers(self, *roles: Role) -> QuerySet[Dossier]:
        """Return the dossiers that the person sees in *roles* (default: in all of theirs)."""
        held = [role for role in (roles or self.roles) if role in self.reach]
        if not held:
            return Dossier.objects.none()
        return Dossier.objects.filter(reduce(or_, (self._sees(role) for role in held)))

    def unsigned(self, *roles: Role) -> QuerySet[Dossier]:
        """
        Return what the person's units decide and nobody has signed yet, in *roles*.

        Further than ``SEES``: a clerk prepares a file for its signature, and sees no more of it.
        """
        units = frozenset().union(*(self.reach.get(role, frozenset()) for role in roles))
        return Dossier.objects.filter(unit__in=units, business__in=_UNSIGNED)

    def tasks(self) -> QuerySet[Task]:
        """Return the open tasks of the person's roles; a manager sees those of every role."""
        mine = [
            Q(unit__in=units) if role is Role.MANAGER else Q(unit__in=units, role=role)
            for role, units in self.reach.items()
        ]
        if not mine:
            return Task.objects.none()
        return Task.objects.filter(reduce(or_, mine), closed_at=None)

    def _sees(self, role: Role) -> Q:
        units = self.reach[role]
        return SEES[role] & (Q(unit__in=units) | Q(centre__in=units))


def of(person: Person) -> Scope:
    """Return the scope of *person*; nobody signed in reaches nothing."""
    if isinstance(person, AnonymousUser):
        return Scope("", {})
    tree = _tree()
    reach: dict[Role, frozenset[str]] = {}
    for role, unit in Membership.objects.filter(user_id=person.pk).values_list("role", "unit_id"):
        reach[Role(role)] = reach.get(Role(role), frozenset()) | below([unit], tree)
    return Scope(person.get_username(), reach)


def dossiers_for(person: Person, *roles: Role) -> QuerySet[Dossier]:
    """Return the dossiers that *person* sees in *roles* (default: in all of theirs)."""
    return of(person).dossiers(*roles)


def below(units: Iterable[str], tree: dict[str, list[str]] | None = None) -> frozenset[str]:
    """Return *units* and every unit below them."""
    children = _tree() if tree is None else tree
    found: set[str] = set()
    waiting = list(units)
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += children.get(unit, [])
    return frozenset(found)


def _tree() -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for code, parent in Unit.objects.values_list("code", "parent_id"):
        if parent:
            children.setdefault(parent, []).append(code)
    return children
