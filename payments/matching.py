"""
Matching: which charge each line of a statement pays, in set SQL and with evidence.

Stage 1 machine ids, stage 2 references with check digits, stage 3 the class of the amount.
A line leaves the queue allocated to one charge, or with a discrepancy that has an owner;
nothing is posted on a guess. Money that went out under a reference of ours is a refund's, or
has a discrepancy too; what else a bank takes (its own fees) is only in the book. The
statements are in ``sql/``; what they found is told to the register in the same transaction.
Two workers at once claim different lines and lock the dossiers before they look at what
these were paid already.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from dossiers import facts
from dossiers.book import EntryKind
from dossiers.discrepancies import Code
from dossiers.settlement import AGREES, Match
from payments import book, discrepancies, queries, refunds
from payments.discrepancies import About
from payments.models import Attempt, BankTransaction, Charge
from register import ledger, world
from register.ledger import HUB

RULE: Final = "2026-11/1"
"""Version of the rules; it stands in every allocation that they made."""

SETTLED_WITHIN: Final = timedelta(days=2)
"""After the gateway's word the money must be on a statement by then."""

_LIMIT: Final = 50_000
_TRANSFER: Final = "transfer"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What one run did: lines looked at, allocations by class, discrepancies opened by code."""

    lines: int
    matched: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)


def run() -> MatchReport:
    """Match every line that waits, and name what a gateway owes us for too long."""
    with transaction.atomic():
        lines = [row["transaction_id"] for row in queries.run("claim", {"limit": _LIMIT})]
        report = MatchReport(len(lines))
        if lines:
            _match(lines, report)
        _name_unsettled(report)
    world.point("matched")
    return report


def _match(lines: list[int], report: MatchReport) -> None:
    queries.run("drop_found")
    queries.run("find", {"lines": lines})
    queries.run("find_outgoing", {"lines": lines})
    queries.run("lock")
    made = queries.run("allocate", {"rule": RULE, "by": HUB, "at": world.now()})
    allocations = [row["id"] for row in made]
    book.post(EntryKind.ALLOCATED, allocations)
    for row in queries.run("allocated", {"allocations": allocations}):
        report.matched[row["match"]] += 1
        _tell(row)
        _name_difference(row, report)
    for row in queries.run("strangers", {"lines": lines, "allocations": allocations}):
        _name_stranger(row, report)
    for row in queries.run("outgoing"):
        _show_refund(row, report)
    queries.run("done", {"lines": lines})


def _tell(row: Row) -> None:
    """Tell the register that money came; a settlement's gateway has told of it already."""
    if not row["counted"]:
        discrepancies.close(
            Code.NOTIFIED_NOT_SETTLED,
            row["attempt"],
            by=HUB,
            resolution=f"settled by {_subject(row)}",
        )
        return
    evidence = f"bank:{row['account']}:{_line_id(row)}"
    channel = row["gateway"] or _TRANSFER
    ledger.record(
        row["dossier"],
        facts.Paid(amount=row["amount"], channel=channel, evidence=evidence),
        by=HUB,
    )
    if row["match"] == Match.SPLIT:
        discrepancies.close(
            Code.SHORT, row["charge"], by=HUB, resolution=f"completed by {_subject(row)}"
        )


def _name_difference(row: Row, report: MatchReport) -> None:
    """Open what an allocation that does not agree, or agrees with a surprise, calls for."""
    found = _differences(row)
    if not found:
        return
    about = About(
        transaction=BankTransaction.objects.get(pk=row["transaction_id"]),
        charge=Charge.objects.get(pk=row["charge_id"]),
    )
    detail = {"line": row["transaction_id"], "amount": row["amount"], "due": row["due"]}
    for code, subject, amount in found:
        report.opened[code] += 1
        discrepancies.open(code, subject, amount, about=about, detail=detail)


def _differences(row: Row) -> list[tuple[Code, str, int]]:
    """Return the code, subject and amount of each difference that *row* shows."""
    found: list[tuple[Code, str, int]] = []
    match = Match(row["match"])
    if match is Match.SETTLEMENT and row["amount"] != row["attempted"]:
        kept = row["attempted"] - row["amount"]
        found.append((Code.FEE_CUT if kept > 0 else Code.OVER, row["attempt"], abs(kept)))
    if match not in AGREES:
        found.append(_by_amount(match, row))
    if row["counted"] and row["attempt"] and not row["told_by_gateway"]:
        found.append((Code.PAID_NOT_NOTIFIED, row["attempt"], row["amount"]))
    if row["withdrawn"] and row["counted"]:
        found.append((Code.PAID_AFTER_CANCEL, _subject(row), row["amount"]))
    return found


def _by_amount(match: Match, row: Row) -> tuple[Code, str, int]:
    """A short payment is a matter of its charge, every surplus one of its own line."""
    paid = ledger.state(row["dossier"]).paid
    if match is Match.SHORT:
        return Code.SHORT, row["charge"], row["due"] - paid
    if match is Match.DUPLICATE:
        return Code.DUPLICATE, _subject(row), row["amount"]
    return Code.OVER, _subject(row), paid - row["due"]


def _name_stranger(row: Row, report: MatchReport) -> None:
    """Open the discrepancy of a line that was given to no charge."""
    line = BankTransaction.objects.select_related("account").get(pk=row["transaction_id"])
    if row["reversal"]:
        code = Code.REVERSED
    elif row["charges"] > 1:
        code = Code.AMBIGUOUS
    elif row["charges"] == 1:
        code = Code.WRONG_ACCOUNT
    else:
        code = Code.UNIDENTIFIED
    report.opened[code] += 1
    charge = Charge.objects.get(pk=row["charge_id"]) if code is Code.WRONG_ACCOUNT else None
    detail = {
        "line": line.pk,
        "references": row["marks"],
        "sum_agrees": bool(row["charges"]) and row["asked"] == row["amount"],
    }
    subject = f"{line.account.number}:{line}"[:110]
    about = About(transaction=line, charge=charge)
    discrepancies.open(code, subject, abs(row["amount"]), about=about, detail=detail)


def _show_refund(row: Row, report: MatchReport) -> None:
    """Give a line that went out to the refund that it names, or name it itself."""
    line = BankTransaction.objects.select_related("account").get(pk=row["transaction_id"])
    if row["refund_id"] and refunds.shown(row["refund_id"], line):
        return
    code = Code.REFUND_UNMATCHED
    report.opened[code] += 1
    charge = Charge.objects.get(pk=row["charge_id"]) if row["charge_id"] else None
    discrepancies.open(
        code,
        f"{line.account.number}:{line}"[:110],
        abs(line.amount),
        about=About(transaction=line, charge=charge),
        detail={"line": line.pk, "references": line.references},
    )


def _name_unsettled(report: MatchReport) -> None:
    """Open a discrepancy for each payment that a gateway told of and no bank has shown in time."""
    code = Code.NOTIFIED_NOT_SETTLED
    before = world.now() - SETTLED_WITHIN
    late = [row["id"] for row in queries.run("unsettled", {"before": before, "code": code})]
    for attempt in Attempt.objects.filter(pk__in=late).select_related("charge__account"):
        report.opened[code] += 1
        about = About(account=attempt.charge.account, charge=attempt.charge)
        discrepancies.open(code, attempt.reference, attempt.amount, about=about)


def _line_id(row: Row) -> str:
    return f"{row['bank_reference']}:{row['occurrence']}"


def _subject(row: Row) -> str:
    return f"{row['account']}:{_line_id(row)}"[:110]
