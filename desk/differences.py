"""
Which differences of money a person works on, and how surplus goes back from there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from desk.scope import Scope
from dossiers.discrepancies import Code
from dossiers.roles import Role
from dossiers.settlement import RefundState
from payments import refunds, vietqr
from payments.models import Discrepancy, Refund


def open_to(scope: Scope) -> QuerySet[Discrepancy]:
    """
    Return the open differences that a person may settle, the oldest first.

    An accountant's own, and a manager's of any owner; also those whose refund waits for a
    second person.
    """
    finance = scope.reach.get(Role.FINANCE, frozenset())
    waiting = Refund.objects.filter(state=RefundState.ASKED).values("discrepancy")
    mine = Q(unit__in=finance) & (Q(owner=Role.FINANCE) | Q(pk__in=waiting))
    led = Q(unit__in=scope.reach.get(Role.MANAGER, frozenset()))
    return (
        Discrepancy.objects.filter(mine | led, closed_at=None)
        .select_related("transaction", "account", "charge__dossier__procedure")
        .order_by("opened_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class RefundPanel:
    """What a difference's page shows of its refund."""

    last: Refund | None
    """The newest one."""
    may_ask: bool
    may_decide: bool
    """It waits for a second person, and this is not the one who asked."""
    banks: dict[str, str]
    """Names by BIN, to choose the payee's from."""


def panel(found: Discrepancy, scope: Scope) -> RefundPanel | None:
    """Return what *found* shows of refunds; None if it is not about surplus of a dossier."""
    if found.charge_id is None or Code(found.code) not in refunds.REASONS:
        return None
    last = found.refunds.order_by("pk").last()
    over = last is None or last.state in (RefundState.DECLINED, RefundState.REFUSED)
    waits = last is not None and last.state == RefundState.ASKED
    return RefundPanel(
        last=last,
        may_ask=over,
        may_decide=waits and last is not None and last.asked_by != scope.username,
        banks=vietqr.banks() if over else {},
    )
