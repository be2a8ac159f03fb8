"""Reconciliation ("Đối soát"): the day per account, lines that need a person, what matched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Model, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk import days, differences
from desk.access import DeskRequest, needs
from dossiers.discrepancies import Code
from dossiers.roles import Role
from payments import close as closing
from payments import discrepancies
from payments.models import Account, Allocation, BankTransaction, DailyClose, Discrepancy

PER_PAGE = 50
TABS = ("open", "matched", "waiting")


@dataclass(frozen=True, slots=True)
class Day:
    """One account's day."""

    account: Account
    lines: int
    arrived: int
    matched_lines: int
    matched: int
    open: int
    """Differences of the account that nobody has cleared."""
    close: DailyClose | None

    @property
    def rest(self) -> int:
        """Đồng that belong to no charge yet."""
        return self.arrived - self.matched


@needs(Role.FINANCE, Role.MANAGER)
def show(request: DeskRequest) -> HttpResponse:
    """Show the day: accounts above, the chosen list below with one entry in full."""
    day = days.read(request.GET.get("day", ""))
    accounts = _accounts(request)
    lists = {
        "open": differences.open_to(request.scope),
        "matched": _matched(accounts, day),
        "waiting": _waiting(accounts),
    }
    tab = request.GET.get("tab", "open")
    chosen = tab if tab in lists else "open"
    page = Paginator(lists[chosen], PER_PAGE).get_page(request.GET.get("page"))
    per_account = [_account_day(account, day) for account in accounts]
    current = _current(request, chosen, list(page.object_list))
    return render(
        request,
        "desk/money.html",
        {
            "day": day,
            "days": per_account,
            "total": _total(per_account),
            "tab": chosen,
            "counts": {key: lists[key].count() for key in TABS},
            "page": page,
            "current": current,
            "refund": _refund(request, current),
            "may_close": request.scope.has(Role.FINANCE),
        },
    )


@needs(Role.FINANCE)
@require_POST
def close(request: DeskRequest) -> HttpResponse:
    """Close an account's day, or say what still has no name."""
    account = get_object_or_404(_accounts(request), pk=request.POST.get("account") or 0)
    day = days.read(request.POST.get("day", ""))
    try:
        closing.close_day(account, day, by=request.scope.username)
    except closing.UnnamedError as error:
        text = _("%(n)d lines have neither a dossier nor a name yet; run the matching first.")
        messages.error(request, text % {"n": len(error.lines)}, extra_tags="err")
    except closing.ClosedError:
        text = _("A later day is closed already; this one cannot be closed any more.")
        messages.error(request, text, extra_tags="err")
    else:
        messages.success(
            request,
            _("The day is closed; the minute is kept and chained to the one before."),
            extra_tags="ok",
        )
    return _back(request)


@needs(Role.FINANCE)
@require_POST
def resolve(request: DeskRequest) -> HttpResponse:
    """Clear a difference: a person says how, in one sentence."""
    found = get_object_or_404(differences.open_to(request.scope), pk=request.POST.get("line") or 0)
    said = request.POST.get("resolution", "").strip()[:300]
    if not said:
        messages.error(request, _("Write how it was settled."), extra_tags="err")
    else:
        discrepancies.close(
            Code(found.code), found.subject, by=request.scope.username, resolution=said
        )
        messages.success(request, _("The difference is settled and kept."), extra_tags="ok")
    return _back(request)


def _back(request: DeskRequest) -> HttpResponse:
    day = urlencode({"day": request.POST.get("day", "")})
    return redirect(f"{reverse('money')}?{day}")


def _accounts(request: DeskRequest) -> QuerySet[Account]:
    reach = request.scope.reach
    units = reach.get(Role.FINANCE, frozenset()) | reach.get(Role.MANAGER, frozenset())
    return Account.objects.filter(unit__in=units).order_by("number")


def _matched(accounts: QuerySet[Account], day: date) -> QuerySet[Allocation]:
    return (
        Allocation.objects.filter(
            transaction__account__in=accounts,
            transaction__booked_on=day,
            reverses=None,
            allocation=None,
        )
        .select_related("transaction__account", "charge__dossier__procedure")
        .order_by("-at", "-pk")
    )


def _waiting(accounts: QuerySet[Account]) -> QuerySet[BankTransaction]:
    return (
        BankTransaction.objects.filter(account__in=accounts, waiting__isnull=False)
        .select_related("account")
        .order_by("booked_on", "pk")
    )


def _account_day(account: Account, day: date) -> Day:
    credit = BankTransaction.objects.filter(account=account, booked_on=day, amount__gt=0)
    arrived = credit.aggregate(lines=Count("pk"), total=Sum("amount", default=0))
    given = Allocation.objects.filter(transaction__in=credit)
    return Day(
        account=account,
        lines=arrived["lines"],
        arrived=arrived["total"],
        matched_lines=given.filter(reverses=None, allocation=None)
        .values("transaction")
        .distinct()
        .count(),
        matched=given.aggregate(total=Sum("amount", default=0))["total"],
        open=Discrepancy.objects.filter(account=account, closed_at=None).count(),
        close=DailyClose.objects.filter(account=account, day=day).first(),
    )


def _total(days: list[Day]) -> dict[str, int]:
    names = ("lines", "arrived", "matched_lines", "matched", "rest")
    return {name: sum(getattr(day, name) for day in days) for name in names}


def _refund(request: DeskRequest, current: Model | None) -> differences.RefundPanel | None:
    if not isinstance(current, Discrepancy):
        return None
    return differences.panel(current, request.scope)


def _current(request: DeskRequest, tab: str, shown: list[Model]) -> Model | None:
    """Return the entry to show in full: the one asked for, else the first."""
    if tab == "waiting":
        return None
    wanted = request.GET.get("line", "")
    return next((one for one in shown if str(one.pk) == wanted), shown[0] if shown else None)
