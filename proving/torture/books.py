"""
The books are compared: what was acknowledged, what is stored, what the platform holds.

``lost`` is what was acknowledged and is not there, or was not followed up; ``doubled`` is what
is there twice, or differently, or from nobody. Each is a list of words for a person; both must
be empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count

from dossiers import facts
from dossiers.discrepancies import Code
from dossiers.settlement import AttemptState
from dossiers.status import Money
from dossiers.steps import OURS
from dossiers.work import IntentState
from payments.models import Attempt, Discrepancy
from proving.torture.messages import CALLBACK, RESULT, Message, sha256
from register import documents, ledger
from register.models import Document, Dossier, Fact, Inbox, Intent, Task
from scheduler.models import Run

GATEWAY = "platform"

#: Facts that a dossier of ours is told once; the official and the clerk never come here.
ONCE = (facts.Received, facts.Charged, facts.PaymentAsked, facts.Submitted, facts.Paid)

#: Jobs about something that come from the clock's own; those have no arguments. Nobody waits
#: for either: they come again and again.
CLOCKWORK = ("fetch_statement", "track_carrier")

Sent = Mapping[tuple[str, str], Message]
Rows = list[dict[str, Any]]


@dataclass
class Books:
    """What the comparison found."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unacknowledged: int = 0
    """Stored without the sender knowing."""


def compare(sent: Sent, orders: Rows, letters: Rows) -> Books:
    """Compare what was *sent* and the platform's *orders* and *letters* with what is stored."""
    books = Books()
    _callbacks(books, _only(sent, CALLBACK), letters)
    _results(books, _only(sent, RESULT))
    _payments(books, orders)
    books.doubled += [
        f"{one.identity}: {len(one.answers)} different answers to one request"
        for one in sent.values()
        if len(one.answers) > 1
    ]
    books.doubled += _bookkeeping()
    return books


def _only(sent: Sent, kind: str) -> dict[str, Message]:
    return {identity: one for (of, identity), one in sent.items() if of == kind}


def _callbacks(books: Books, sent: Mapping[str, Message], letters: Rows) -> None:
    stored: dict[str, bytes] = {}
    for external, body in Inbox.objects.values_list("external_id", "body").iterator():
        reference = external.partition(":")[0]
        if reference in stored:
            books.doubled.append(f"{reference}: two rows in the inbox")
        stored[reference] = bytes(body)
    theirs = {letter["reference"]: letter for letter in letters}
    known = set(_followed_up())
    for reference, message in sent.items():
        if message.acknowledged is None:
            books.unacknowledged += reference in stored
        elif stored.get(reference) != message.body:
            books.lost.append(f"{reference}: acknowledged, not stored")
        elif reference not in known:
            books.lost.append(f"{reference}: acknowledged, not followed up")
    for reference, letter in theirs.items():
        if "00" in letter["answers"].split() and reference not in stored:
            books.lost.append(f"{reference}: the platform's own callback is not stored")
    strangers = stored.keys() - sent.keys() - theirs.keys()
    books.doubled += [f"{reference}: stored, sent by nobody" for reference in strangers]


def _followed_up() -> Iterator[str]:
    """Give the references about which the platform was asked, or that are nobody's payment."""
    about = Discrepancy.objects.filter(code=Code.UNIDENTIFIED)
    for subject in about.values_list("subject", flat=True).iterator():
        yield subject.removeprefix(f"{GATEWAY}:")
    yield from Attempt.objects.exclude(state=AttemptState.BEGUN).values_list("reference", flat=True)


def _results(books: Books, sent: Mapping[str, Message]) -> None:
    received = set(
        Fact.objects.filter(kind=facts.Received.__name__).values_list("dossier_id", flat=True)
    )
    there = set(Document.objects.values_list("sha256", flat=True))
    for code, message in sent.items():
        if message.acknowledged is None:
            books.unacknowledged += code in received
        elif code not in received:
            books.lost.append(f"{code}: acknowledged, not received")
        elif sha256(message) not in there or not _is_whole(sha256(message)):
            books.lost.append(f"{code}: acknowledged, its file is not whole")
    books.doubled += [f"{code}: received, sent by nobody" for code in received - sent.keys()]


def _is_whole(digest: str) -> bool:
    try:
        documents.get(digest)
    except (OSError, documents.DamagedError):
        return False
    return True


def _payments(books: Books, orders: Rows) -> None:
    """Each dossier was asked for once at the platform; what was paid there is paid here."""
    of = Counter(order["dossier"] for order in orders)
    books.doubled += [f"{code}: {n} orders at the platform" for code, n in of.items() if n > 1]
    ours = dict(Attempt.objects.values_list("reference", "state"))
    paid = Dossier.objects.filter(money=Money.PAID)
    settled = set(paid.values_list("charge__attempts__reference", flat=True))
    for order in orders:
        reference = order["reference"]
        if reference not in ours:
            books.doubled.append(f"{reference}: at the platform without a try of ours")
        elif order["transaction_id"] and reference not in settled:
            books.lost.append(f"{reference}: paid at the platform, not here")
    placed = {order["reference"] for order in orders}
    for reference, state in ours.items():
        if state != AttemptState.BEGUN and reference not in placed:
            books.lost.append(f"{reference}: asked for here, not at the platform")


def _bookkeeping() -> Iterator[str]:
    """Give what the hub's own tables say twice, or say wrongly."""
    once = Fact.objects.filter(kind__in=[kind.__name__ for kind in ONCE])
    yield from _more_than_once(once.values_list("dossier_id", "kind"))
    unidentified = Discrepancy.objects.filter(code=Code.UNIDENTIFIED)
    yield from _more_than_once(unidentified.values_list("code", "subject"))
    yield from _more_than_once(Attempt.objects.values_list("charge__dossier_id", "gateway"))
    yield from _more_than_once(Run.objects.values_list("job"))
    for intent in Intent.objects.filter(state=IntentState.OPEN):
        yield f"{intent}: was never resolved"
    for code in Dossier.objects.values_list("pk", flat=True).iterator():
        yield from (f"{code} {fault.seq}: {fault.reason}" for fault in ledger.audit(code))


def _more_than_once(rows: Any) -> Iterable[str]:
    found = rows.annotate(n=Count("*")).filter(n__gt=1)
    return (f"{' '.join(map(str, row[:-1]))}: {row[-1]} times" for row in found)


def unsettled(orders: Rows) -> int:
    """Return how much is still under way: jobs, steps of the hub's own, payments to confirm."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
            " AND args <> '{}' AND NOT task_name = ANY (%s)",
            [list(CLOCKWORK)],
        )
        jobs = int(cursor.fetchone()[0])
    asked = Task.objects.filter(closed_at=None, dossier__isnull=False).values("dossier")
    steps = Dossier.objects.filter(next_step__in=OURS).exclude(pk__in=asked).count()
    paid = {order["reference"] for order in orders if order["transaction_id"]}
    unpaid = Dossier.objects.exclude(money=Money.PAID).values_list(
        "charge__attempts__reference", flat=True
    )
    unpaid_orders = sum(not order["transaction_id"] for order in orders)
    return jobs + steps + len(paid.intersection(unpaid)) + unpaid_orders


def given_up() -> dict[str, int]:
    """Return the jobs that ended on a person's list, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1"
        )
        return {str(name): int(count) for name, count in cursor.fetchall()}
