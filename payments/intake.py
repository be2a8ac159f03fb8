"""
Taking a bank's statement: each movement of money becomes one row, once.

The bytes go to the document store, the lines to the table, and all of it or nothing. A line
is the same as one that is held if the bank's reference, day and amount are the same (where
the bank gives no reference: also the memo and the ids) *and* it is not the second of its
kind in this file. So a statement that comes again or overlaps adds nothing, and real twins
are both kept.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from django.db import transaction
from django.db.models import Max

from dossiers.book import EntryKind
from dossiers.discrepancies import Code
from dossiers.roles import Role
from dossiers.work import TaskKind
from payments import book, discrepancies, memos, readers
from payments.discrepancies import About
from payments.models import Account, BankTransaction, DailyClose, StatementFile, Waiting
from payments.readers import Head, Reason, StatementLine, StatementRefused
from register import documents, tasks, world

_BATCH: Final = 1000
_XML, _TEXT = "application/xml", "text/plain"
_DONG: Final = "VND"


def take(data: bytes, *, account: Account, source: str) -> StatementFile:
    """
    Take the statement *data* of *account*, which came from *source* (a connector, a person).

    The same bytes again change nothing. StatementRefused, with a task for a person and
    nothing taken, if it cannot be read, is of another account or not in đồng.
    """
    digest = hashlib.sha256(data).hexdigest()
    if known := StatementFile.objects.filter(sha256=digest).first():
        return known
    try:
        heads = _checked(data, account)
    except StatementRefused as refused:
        _tell_a_person(refused, digest, account)
        raise
    documents.put(data, _XML if heads[0].format.startswith("camt") else _TEXT)
    with transaction.atomic():
        # One file of an account at a time, and none while its day is being closed.
        Account.objects.select_for_update().get(pk=account.pk)
        file, new = StatementFile.objects.get_or_create(
            sha256=digest, defaults=_about(heads) | {"account": account, "source": source}
        )
        if new:
            _keep(data, file)
            book.post(EntryKind.TAKEN, [file.pk])
            _compare_with_the_last(file, heads)
    world.point("statement taken")
    return file


def _checked(data: bytes, account: Account) -> list[Head]:
    """Read *data* to its end, which proves it; return the heads of its statements."""
    heads = [piece for piece in readers.pieces(io.BytesIO(data)) if isinstance(piece, Head)]
    for head in heads:
        if not _same_number(head.account, account.number):
            raise StatementRefused(Reason.WRONG_ACCOUNT)
        if head.currency != _DONG:
            raise StatementRefused(Reason.NOT_DONG, head.currency)
    return heads


def _same_number(told: str, ours: str) -> bool:
    """Compare account numbers; MT940 puts the bank before (``BANK/123``) and a currency behind."""
    return ours in (told, told.rpartition("/")[2].removesuffix(_DONG).strip())


def _about(heads: list[Head]) -> dict[str, object]:
    first, last = heads[0], heads[-1]
    return {
        "format": first.format,
        "sequence": last.sequence,
        "opening": first.opening,
        "closing": last.closing,
        "day": last.day,
        "taken_at": world.now(),
    }


def _tell_a_person(refused: StatementRefused, digest: str, account: Account) -> None:
    detail = {"reason": refused.reason, "where": refused.where, "account": account.number}
    tasks.open(
        TaskKind.STATEMENT_REFUSED,
        Role.FINANCE,
        subject=digest,
        unit=account.unit_id,
        detail=detail,
    )
    if refused.reason is Reason.NOT_DONG:
        about = About(account=account)
        discrepancies.open(Code.CURRENCY, digest, 0, about=about, detail=detail)


def _keep(data: bytes, file: StatementFile) -> None:
    """Keep the lines that are not held yet."""
    lines = (
        piece for piece in readers.pieces(io.BytesIO(data)) if isinstance(piece, StatementLine)
    )
    closed = DailyClose.objects.filter(account=file.account).aggregate(day=Max("day"))["day"]
    numbering = _Numbering(file)
    late = 0
    while batch := list(islice(lines, _BATCH)):
        rows = BankTransaction.objects.bulk_create(numbering.new(batch))
        Waiting.objects.bulk_create(Waiting(transaction=row) for row in rows)
        late += sum(row.amount for row in rows if closed and row.booked_on <= closed)
    if late:
        about = About(account=file.account)
        discrepancies.open(Code.LATE_CUTOFF, file.sha256, late, about=about)


_Identity = tuple[str, date, int]
"""The bank's reference (or ours for it), the day booked, the amount."""


class _Numbering:
    """Finds which lines of a file are new, and gives them their occurrence."""

    def __init__(self, file: StatementFile) -> None:
        self._file = file
        self._seen: Counter[_Identity] = Counter()
        self._held: Counter[_Identity] = Counter()
        self._last: dict[str, int] = {}

    def new(self, lines: list[StatementLine]) -> Iterator[BankTransaction]:
        """Yield a row for each of *lines* that is not held yet."""
        named = [(_reference(line), line) for line in lines]
        self._look_up({reference for reference, _line in named})
        for reference, line in named:
            identity = (reference, line.booked_on, line.amount)
            self._seen[identity] += 1
            if self._seen[identity] > self._held[identity]:
                self._last[reference] = self._last.get(reference, 0) + 1
                yield _row(line, self._file, reference, self._last[reference])

    def _look_up(self, references: Iterable[str]) -> None:
        """Count what is held under *references* that were not met before in this file."""
        fresh = [reference for reference in references if reference not in self._last]
        self._last |= dict.fromkeys(fresh, 0)
        rows = BankTransaction.objects.filter(
            account=self._file.account, bank_reference__in=fresh
        ).values_list("bank_reference", "booked_on", "amount", "occurrence")
        for reference, booked_on, amount, occurrence in rows:
            self._held[reference, booked_on, amount] += 1
            self._last[reference] = max(self._last[reference], occurrence)


def _reference(line: StatementLine) -> str:
    """Return the bank's reference, or one made of the line where the bank gives none."""
    if line.reference:
        return line.reference[:70]
    text = [line.value_on.isoformat(), line.end_to_end, line.transaction, line.memo.reveal()]
    return "~" + hashlib.sha256("\x1f".join(text).encode()).hexdigest()[:32]


def _row(
    line: StatementLine, file: StatementFile, reference: str, occurrence: int
) -> BankTransaction:
    memo = line.memo.reveal()
    return BankTransaction(
        account=file.account,
        file=file,
        bank_reference=reference,
        occurrence=occurrence,
        booked_on=line.booked_on,
        value_on=line.value_on,
        amount=line.amount,
        reversal=line.reversal,
        end_to_end=line.end_to_end[:70],
        clearing=line.transaction[:70],
        memo_text=memo,
        memo_plain=memos.normalise(memo),
        party_text=line.party.reveal()[:200],
        references=[*memos.references(memo), *memos.numbered(memo)],
    )


def _compare_with_the_last(file: StatementFile, heads: list[Head]) -> None:
    """Name a missing statement, and a balance that does not go on where the last one ended."""
    if file.opening is None or file.day is None:
        return
    before = StatementFile.objects.filter(account=file.account, closing__isnull=False)
    last = before.filter(day__lt=file.day).order_by("-day", "-pk").first()
    if last is None:
        return
    about = About(account=file.account)
    subject = f"{file.account.number}:{file.day}"
    detail = {"file": file.sha256, "last": last.sha256}
    if file.opening != last.closing and not _overlaps(file, heads):
        broken = abs(file.opening - (last.closing or 0))
        discrepancies.open(Code.BALANCE_BREAK, subject, broken, about=about, detail=detail)
    if (heads[0].sequence or 0) > (last.sequence or 0) + 1 > 1:
        discrepancies.open(Code.STATEMENT_GAP, subject, 0, about=about, detail=detail)


def _overlaps(file: StatementFile, heads: list[Head]) -> bool:
    """Tell whether the statement begins with a balance that an earlier one began or ended with."""
    earlier = StatementFile.objects.filter(account=file.account).exclude(pk=file.pk)
    opening = heads[0].opening
    return earlier.filter(opening=opening).exists() or earlier.filter(closing=opening).exists()
