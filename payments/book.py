"""
The money book ("sổ kế toán"): double entry of everything that happens to money.

Each kind of event is one statement, ``sql/book_{kind}.sql``, which tells the postings of one
row or of fifty thousand; it is run in the transaction that records the event, and an event
that was posted before is not posted again. What an entry must be (a sum of zero, nothing
changed or added later) the database proves when that transaction commits.

==========================  ======================  =====================
event                       debit                   credit
==========================  ======================  =====================
a fee is asked for          receivable              budget, phí / lệ phí
a gateway tells of money    clearing of it          receivable
a statement: money in       bank account            suspense
a statement: money out      suspense                bank account
a line pays a charge        suspense                receivable
a line settles a gateway    suspense                clearing of it
a refund is sent            receivable              refunds
a line shows the refund     refunds                 suspense
==========================  ======================  =====================
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from dossiers.book import EntryKind
from payments import queries
from register import world
from register.ledger import HUB

_SIDE: Final = "{side}"


def post(kind: EntryKind, ids: Collection[int] | None, *, by: str = HUB) -> None:
    """
    Post the events of *kind* that the rows *ids* of its table record; None for all there are.

    Joins the caller's transaction. An event that has its entry already is left as it is.
    """
    if ids is not None and not ids:
        return
    queries.run_text(
        queries.text("book_post").replace(_SIDE, queries.text(f"book_{kind}")),
        {
            "kind": kind,
            "ids": None if ids is None else list(ids),
            "at": world.now(),
            "by": by,
        },
    )


def catch_up() -> None:
    """Post every event that has no entry: what an older version of the hub recorded."""
    with transaction.atomic():
        for kind in EntryKind:
            post(kind, None)


def trial() -> dict[str, int]:
    """Return what each account of the book holds, in đồng; the sum of all is zero."""
    return {row["book"]: row["amount"] for row in queries.run("book_trial")}


def balance(account: str) -> int:
    """Return what *account* (its code: ``suspense``, ``bank:1017595600``) holds, in đồng."""
    return trial().get(account, 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the book and what it was posted from do not agree."""

    about: str
    """An account of the book and, for receivables, the charge."""
    posted: int
    """What the book says, in đồng."""
    told: int
    """What charges, statements, allocations and refunds say."""

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.about}: book {self.posted}, rooms {self.told}"


def differences() -> list[Difference]:
    """
    Return where the book differs from what it was posted from; an empty list is good.

    One statement, so one instant: every charge's receivable is its fee less what its dossier
    was paid, each bank account the sum of its lines, each gateway's clearing its counted
    payments less their settlements, suspense what no one has explained.
    """
    found = [
        Difference(f"{row['book']} {row['whose']}".strip(), row["posted"], row["told"])
        for row in queries.run("book_check")
    ]
    if total := sum(trial().values()):
        found.append(Difference("sum", total, 0))
    return found


def check() -> list[str]:
    """Return :func:`differences` as text, one line each."""
    return [str(difference) for difference in differences()]
