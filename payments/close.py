"""
The daily close: one account's day in four sets, every difference named, chained to the last.

The sets are those of a reconciliation minute ("biên bản đối soát"): both sides agree, only
ours, only theirs, differing. A day with a line that nobody has named is not closed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import transaction

from dossiers.settlement import AGREES
from payments import minute, queries
from payments.models import Account, DailyClose, Discrepancy, StatementFile
from register import documents, world

FIRST: Final = "0" * 64
"""What stands for the close before the first one."""


class UnnamedError(Exception):
    """Lines are neither matched nor a discrepancy with an owner; run the matching first."""

    def __init__(self, lines: list[str]) -> None:
        """Keep the identities of the *lines*."""
        super().__init__(f"{len(lines)}: {', '.join(lines[:5])}")
        self.lines = lines


class ClosedError(Exception):
    """A later day is closed already; the chain of closes goes forward only."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the chain of closes does not hold."""

    day: date
    reason: str


def close_day(account: Account, day: date, *, by: str) -> DailyClose:
    """
    Close *day* of *account*, signed for by *by*; the same close again if it is closed.

    It takes every line booked since the last close, and lines that the bank told of too late
    for the day they belong to. UnnamedError if a line has no name yet, ClosedError if a later
    day is closed.
    """
    with transaction.atomic():
        # No statement is taken while its day is being closed.
        account = Account.objects.select_for_update().get(pk=account.pk)
        last = DailyClose.objects.filter(account=account).order_by("-day").first()
        if last and last.day >= day:
            if known := DailyClose.objects.filter(account=account, day=day).first():
                return known
            raise ClosedError(str(last.day))
        window = _Window(account, day, last)
        if unnamed := queries.run("unnamed", window.values()):
            raise UnnamedError([row["line"] for row in unnamed])
        made = _made(window, by)
    world.point("day closed")
    return made


def verify(account: Account) -> list[Broken]:
    """Return what is wrong with the account's chain of closes; an empty list is good."""
    faults: list[Broken] = []
    previous = FIRST
    for closed in DailyClose.objects.filter(account=account).order_by("day"):
        if closed.previous != previous or closed.body["previous"] != previous:
            faults.append(Broken(closed.day, "a close is missing before this one"))
        if hashlib.sha256(_canonical(closed.body)).hexdigest() != closed.sha256:
            faults.append(Broken(closed.day, "the hash does not hold"))
        previous = closed.sha256
    return faults


@dataclass(frozen=True, slots=True)
class _Window:
    """The lines that a close takes: booked up to its day, and not taken by the one before."""

    account: Account
    day: date
    last: DailyClose | None

    def values(self) -> dict[str, Any]:
        """Return the window as values of a statement."""
        return {
            "account": self.account.pk,
            "day": self.day,
            "after": self.last.day if self.last else date.min,
            # Before the first close no line can be too late for one.
            "closed_at": self.last.closed_at if self.last else datetime.max.replace(tzinfo=UTC),
            "agrees": [match.value for match in AGREES],
        }


def _made(window: _Window, by: str) -> DailyClose:
    now = world.now()
    body = _body(window, by, now)
    canonical = _canonical(body)
    return DailyClose.objects.create(
        account=window.account,
        day=window.day,
        body=body,
        sha256=documents.put(canonical, "application/json"),
        previous=body["previous"],
        document=documents.put(minute.draw(body), "application/pdf"),
        closed_at=now,
        closed_by=by,
    )


def _body(window: _Window, by: str, now: datetime) -> dict[str, Any]:
    """Return the minute as JSON values; amounts in đồng."""
    account = window.account
    sets = {
        row["name"]: {"count": row["count"], "amount": row["amount"]}
        for row in queries.run("four_sets", window.values())
    }
    kinds = {row["kind"]: row["amount"] for row in queries.run("kinds", window.values())}
    files = StatementFile.objects.filter(account=account, day=window.day).order_by("pk")
    newest = files.last()
    still_open = Discrepancy.objects.filter(account=account, closed_at=None).order_by("pk")
    return {
        "account": account.number,
        "name": account.name,
        "unit": account.unit_id,
        "day": window.day.isoformat(),
        "since": window.last.day.isoformat() if window.last else None,
        "sets": sets,
        "phi": kinds.get("phi", 0),
        "le_phi": kinds.get("le_phi", 0),
        "opening": newest.opening if newest else None,
        "closing": newest.closing if newest else None,
        "statements": [file.sha256 for file in files],
        "discrepancies": [
            {"code": row.code, "subject": row.subject, "amount": row.amount, "owner": row.owner}
            for row in still_open
        ],
        "closed_by": by,
        "closed_at": now.isoformat(),
        "previous": window.last.sha256 if window.last else FIRST,
    }


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
