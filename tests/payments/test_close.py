"""A day is closed when every difference has a name, and the closes are a chain."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction

from dossiers.discrepancies import Code
from payments import attempts, close, matching, minute
from payments.models import DailyClose
from register import documents
from tests.support.money_kit import DAY, Line, account, charge, paid, take

pytestmark = pytest.mark.django_db


def test_a_day_with_a_line_that_waits_is_not_closed() -> None:
    """A line that nobody has looked at keeps the day open, and is named."""
    take(Line(50_000, "nop tien", "FT1"))

    with pytest.raises(close.UnnamedError) as refused:
        close.close_day(account(), DAY, by="hang")

    assert ["FT1:1"] == refused.value.lines
    assert 0 == DailyClose.objects.count()


def test_four_sets() -> None:
    """Each line and each word of a gateway falls into one set, phí and lệ phí apart."""
    first, second, third = charge(1), charge(2), charge(3)
    attempt = attempts.begin(third.dossier_id)
    attempts.settle(attempt, paid(attempt))
    take(
        Line(75_000, first.reference, "FT1"),
        Line(70_000, second.reference, "FT2"),
        Line(9_000, "nop tien", "FT3"),
        Line(-1_100, "PHI", "FT4"),
    )
    matching.run()

    closed = close.close_day(account(), DAY + timedelta(days=1), by="hang")

    expected = {
        "agree": {"count": 1, "amount": 75_000},
        "differing": {"count": 1, "amount": 70_000},
        "theirs_only": {"count": 1, "amount": 9_000},
        "ours_only": {"count": 1, "amount": 75_000},
        "outgoing": {"count": 1, "amount": -1_100},
    }
    # The gateway's word is of the world's today, which may be before or after the statement's.
    assert expected | {"ours_only": closed.body["sets"]["ours_only"]} == closed.body["sets"]
    assert (0, 75_000) == (closed.body["phi"], closed.body["le_phi"])
    codes = [row["code"] for row in closed.body["discrepancies"]]
    assert [Code.SHORT, Code.UNIDENTIFIED] == codes


def test_closes_are_a_chain() -> None:
    """Each close names the hash of the one before, and both lie in the document store."""
    take(Line(5, "x", "FT1"))
    matching.run()
    first = close.close_day(account(), DAY, by="hang")
    second = close.close_day(account(), DAY + timedelta(days=1), by="hang")

    assert (close.FIRST, first.sha256) == (first.previous, second.previous)
    assert [] == close.verify(account())
    assert documents.get(first.sha256).startswith(b'{"account":"1017595600"')
    assert documents.get(first.document).startswith(b"%PDF")


def test_a_line_is_closed_once() -> None:
    """The next day's close does not count the last one's lines again."""
    take(Line(5, "x", "FT1"))
    matching.run()
    close.close_day(account(), DAY, by="hang")

    second = close.close_day(account(), DAY + timedelta(days=1), by="hang")

    assert {"count": 0, "amount": 0} == second.body["sets"]["theirs_only"]


def test_closing_again_is_the_same_close() -> None:
    """A day is closed once; a day before the last close is refused."""
    first = close.close_day(account(), DAY, by="hang")

    assert first == close.close_day(account(), DAY, by="lan")
    with pytest.raises(close.ClosedError):
        close.close_day(account(), DAY - timedelta(days=1), by="hang")


def test_a_changed_close_is_found() -> None:
    """The database refuses to change a close; done behind its back, the chain shows it."""
    close.close_day(account(), DAY, by="hang")
    close.close_day(account(), DAY + timedelta(days=1), by="hang")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        DailyClose.objects.update(closed_by="khác")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE hub_payments_dailyclose DISABLE TRIGGER append_only")
        cursor.execute(
            "UPDATE hub_payments_dailyclose SET body = jsonb_set(body, '{phi}', '1')"
            " WHERE day = %s",
            [DAY],
        )
        cursor.execute("ALTER TABLE hub_payments_dailyclose ENABLE TRIGGER append_only")

    assert [close.Broken(DAY, "the hash does not hold")] == close.verify(account())


def test_the_minute_is_read_in_vietnamese() -> None:
    """The PDF says the sets, the amounts in figures and words, and is the same drawn again."""
    due = charge()
    take(Line(75_000, due.reference, "FT1"), Line(9_000, "nop tien", "FT2"))
    matching.run()
    closed = close.close_day(account(), DAY, by="Nguyễn Thu Hằng")

    data = documents.get(closed.document)
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    text = " ".join(page.get_text_bounded().split())
    for words in (
        "BIÊN BẢN ĐỐI SOÁT PHÍ, LỆ PHÍ",
        "Ngày 23/11/2026",
        "Lệ phí: 75.000 đồng",
        "Bảy mươi lăm nghìn đồng",
        "Nguyễn Thu Hằng",
        "unidentified",
    ):
        assert words in text
    assert data == minute.draw(closed.body)
