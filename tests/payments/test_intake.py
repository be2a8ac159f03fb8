"""A statement is taken once, whole or not at all, and real twins are both kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dossiers.discrepancies import Code
from dossiers.work import TaskKind
from payments import close, intake, matching
from payments.models import BankTransaction, Discrepancy, StatementFile
from payments.readers import Reason, StatementRefused
from register import documents
from register.models import Task
from tests.support.money_kit import DAY, Line, Statement, account, take

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)


def amounts() -> list[int]:
    """Return the amounts of all lines that are held."""
    return list(BankTransaction.objects.order_by("pk").values_list("amount", flat=True))


def test_a_statement_is_taken_with_its_bytes() -> None:
    """Head, lines and the bytes themselves are kept."""
    file = take(Line(50_000, "Nộp phí", "FT1"), Line(-1_100, "PHI", "FT2"))

    assert (0, 48_900, DAY, 1) == (file.opening, file.closing, file.day, file.sequence)
    first = BankTransaction.objects.get(bank_reference="FT1")
    assert ("Nộp phí", "NOP PHI", 1) == (first.memo_text, first.memo_plain, first.occurrence)
    assert b"FT1" in documents.get(file.sha256)


def test_the_same_bytes_again_change_nothing() -> None:
    """Importing a file twice is importing it once."""
    first = take(Line(50_000, "x"))

    assert first == take(Line(50_000, "x"))
    assert [50_000] == amounts()


def test_the_same_lines_in_another_file_are_not_taken_again() -> None:
    """Another file with the same lines (a new sequence, say) adds nothing, with or without ids."""
    lines = (Line(50_000, "x", "FT1"), Line(50_000, "x"), Line(50_000, "x"))
    take(*lines)
    take(*lines, sequence=2)

    assert [50_000] * 3 == amounts()
    assert 2 == StatementFile.objects.count()


def test_the_day_so_far_grows_into_the_day() -> None:
    """Statements of one day, each longer than the last, add only what is new."""
    lines = [Line(1_000 + n, "x", f"FT{n}") for n in range(5)] + [Line(9, "y")] * 3
    for until in (2, 6, 8, 8):
        take(*lines[:until])

    assert [line.amount for line in lines] == amounts()
    assert 0 == Discrepancy.objects.count()


def test_twins_are_two_payments() -> None:
    """Two lines alike to the letter are two rows, with or without a bank's reference."""
    twin, bare = Line(50_000, "NOP PHI", "FT1"), Line(50_000, "NOP PHI")
    take(twin, twin, bare, bare)

    assert [50_000] * 4 == amounts()
    assert [1, 2, 1, 2] == list(
        BankTransaction.objects.order_by("pk").values_list("occurrence", flat=True)
    )


def test_a_reference_used_again_on_another_day_is_another_payment() -> None:
    """Banks whose references begin anew every day lose no money here."""
    take(Line(50_000, "x", "0001"))
    take(Line(50_000, "x", "0001", day=TOMORROW), day=TOMORROW, sequence=2, opening=50_000)
    take(Line(60_000, "x", "0001", day=TOMORROW), day=TOMORROW, sequence=3, opening=100_000)

    assert [50_000, 50_000, 60_000] == amounts()


def test_statements_that_overlap_add_only_what_is_new() -> None:
    """Two periods that share a day share its lines, twins included."""
    first = [Line(10, "a"), Line(20, "b", day=TOMORROW), Line(20, "b", day=TOMORROW)]
    after = Line(30, "c", day=TOMORROW + timedelta(days=1))
    take(*first)
    take(*first[1:], after, day=after.day, opening=10, sequence=2)

    assert [10, 20, 20, 30] == amounts()


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (Statement((Line(1),), number="999"), Reason.WRONG_ACCOUNT),
        (Statement((Line(100),), currency="USD"), Reason.NOT_DONG),
    ],
)
def test_what_is_not_ours_is_refused_with_a_task(statement: Statement, reason: Reason) -> None:
    """Another account's statement or another currency is not taken; finance is told."""
    with pytest.raises(StatementRefused) as refused:
        intake.take(statement.xml(), account=account(), source="test")

    assert reason is refused.value.reason
    assert 0 == StatementFile.objects.count()
    assert Task.objects.filter(kind=TaskKind.STATEMENT_REFUSED).exists()
    foreign = reason is Reason.NOT_DONG
    assert foreign is Discrepancy.objects.filter(code=Code.CURRENCY).exists()


def test_a_broken_statement_leaves_no_line() -> None:
    """A file that ends too early leaves nothing but a person's task."""
    data = Statement((Line(1), Line(2))).xml()[:-60]

    with pytest.raises(StatementRefused):
        intake.take(data, account=account(), source="test")

    assert [] == amounts()


def test_a_missing_statement_is_named() -> None:
    """A jump in the sequence and a balance that does not go on are two discrepancies."""
    take(Line(50_000, "x", "FT1"))
    take(Line(1, "y", "FT9", day=TOMORROW), day=TOMORROW, sequence=3, opening=70_000)

    found = dict(Discrepancy.objects.values_list("code", "amount"))
    assert {Code.BALANCE_BREAK: 20_000, Code.STATEMENT_GAP: 0} == found


def test_money_told_of_after_the_close_is_named() -> None:
    """A line for a day that is closed is taken, and stands in a discrepancy."""
    take(Line(50_000, "x", "FT1"))
    matching.run()
    close.close_day(account(), DAY, by="hang")

    take(Line(50_000, "x", "FT1"), Line(7, "late", "FT2"))

    assert 7 == Discrepancy.objects.get(code=Code.LATE_CUTOFF).amount
    matching.run()
    later = close.close_day(account(), TOMORROW, by="hang")
    assert {"count": 1, "amount": 7} == later.body["sets"]["theirs_only"]


def test_a_line_stays_as_the_bank_told_it() -> None:
    """The database refuses to change or remove a line or a file."""
    take(Line(1, "x"))

    for rows in (BankTransaction.objects, StatementFile.objects):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(account=account("2"))
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.all()._raw_delete(rows.db)


def test_an_mt940_names_its_bank_before_the_account() -> None:
    """``BANK/1017595600`` and ``1017595600VND`` are our account."""
    for named in ("VCB/1017595600", "1017595600VND", "1017595600"):
        data = (
            f":20:{named}\n:25:{named}\n:28C:1/1\n:60F:C261123VND0,\n"
            ":61:2611231123C50000,NTRFNONREF//FT1\n:86:NOP PHI\n:62F:C261123VND50000,\n-\n"
        ).encode()
        file = intake.take(data, account=account(), source="test")
        assert "MT940" == file.format

    assert [50_000] == amounts()
