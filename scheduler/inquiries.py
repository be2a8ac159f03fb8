"""
What the hub asks by itself: payments still pending, statements, the carriers' feeds.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max

from connectors.carriers import Carrier
from dispatch import scans
from payments import attempts, intake, matching
from payments.models import Account, Attempt, StatementFile
from register import jobs, world
from scheduler import connections, effects

#: How far back a bank that was silent is caught up with.
LOOK_BACK = timedelta(days=14)


def confirm_payment(gateway: str, reference: str) -> None:
    """
    Ask *gateway* what became of our order *reference*, and settle by its answer.

    A callback only brings us here: what it said is not looked at again.
    """
    attempt = Attempt.objects.filter(gateway=gateway, reference=reference).first()
    if attempt is None:
        attempts.unknown(gateway, reference)
        return
    order = attempts.order(attempt)
    payment = effects.call(gateway, lambda: connections.gateway(gateway).find(order))
    attempts.settle(attempt, payment)


def ask_pending() -> None:
    """Ask for every payment whose outcome is still open and whose time to ask has come."""
    for attempt in attempts.pending(world.now()):
        jobs.enqueue(
            "confirm_payment",
            priority=jobs.Priority.CLOCK,
            lock=f"payment {attempt.reference}",
            gateway=attempt.gateway,
            reference=attempt.reference,
        )


def fetch_statements() -> None:
    """Ask every bank that can tell for the statements of each of our accounts there."""
    for account in Account.objects.exclude(bank="").order_by("number"):
        for day in _days(account):
            jobs.enqueue(
                "fetch_statement",
                priority=jobs.Priority.CLOCK,
                lock=f"account {account.number}",
                account=account.number,
                day=day.isoformat(),
            )


def _days(account: Account) -> list[date]:
    """
    Return the days to ask for: from the last one we have a statement of, up to today.

    Yesterday is always among them: it was not over when we last asked, and banks book late.
    """
    today = world.today()
    yesterday = today - timedelta(days=1)
    known = StatementFile.objects.filter(account=account, day__lte=yesterday)
    last = known.aggregate(day=Max("day"))["day"] or yesterday
    first = max(last, today - LOOK_BACK)
    return [first + timedelta(days=number) for number in range((today - first).days + 1)]


def fetch_statement(account: str, day: str) -> None:
    """Take the statement of *account* (its number) for *day* and match what is new."""
    ours = Account.objects.get(number=account)
    bank = connections.statement_bank(ours.bank)
    data = effects.call(bank.code, lambda: bank.statement(account, date.fromisoformat(day)))
    intake.take(data, account=ours, source=bank.code)
    matching.run()


def track() -> None:
    """Ask every carrier what has happened since the last time."""
    for code in connections.current().of(Carrier):
        _ask_feed(code)


def track_carrier(carrier: str) -> None:
    """Take one page of the feed; ask for the next one as long as there is more."""
    mark = scans.mark(carrier)
    page, after = effects.call(carrier, lambda: connections.carrier(carrier).scans(mark))
    scans.take(carrier, page, after)
    if after != mark:
        _ask_feed(carrier)


def _ask_feed(carrier: str) -> None:
    """Have the next page of the feed taken: one page at a time, because the mark moves with it."""
    lock = f"carrier {carrier}"
    jobs.enqueue("track_carrier", priority=jobs.Priority.CLOCK, lock=lock, carrier=carrier)
