"""Dates, times and money are written and read as people in Vietnam do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from desk import days, folded
from desk.templatetags import desk as atoms
from tests.support import desk_kit


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "0\u00a0₫"),
        (75_000, "75.000\u00a0₫"),
        (1_234_567, "1.234.567\u00a0₫"),
        (-500, "-500\u00a0₫"),
    ],
)
def test_money_is_grouped_by_dots(amount: int, written: str) -> None:
    """1.234.567 ₫, and the sign is never torn off at the end of a line."""
    with override("vi"):
        assert written == atoms.money(amount)


def test_a_typed_day_is_read_day_first() -> None:
    """05/06/2026 is the fifth of June; Django's own Vietnamese reads the sixth of May."""
    with override("vi"):
        assert date(2026, 6, 5) == days.read("05/06/2026")


def test_a_day_that_is_none_is_today() -> None:
    """Nonsense in an address does not break the page."""
    with desk_kit.this_morning(), override("vi"):
        assert date(2026, 11, 23) == days.read("32/13/2026")


def test_an_instant_is_shown_in_vietnams_time() -> None:
    """18:30 UTC is half past one in the morning of the next day."""
    with desk_kit.this_morning(), override("vi"):
        shown = atoms.instant(datetime(2026, 11, 22, 18, 30, tzinfo=UTC))
    assert '<time datetime="2026-11-23T01:30:00+07:00">01:30 23/11/2026</time>' == shown


@pytest.mark.parametrize(
    ("length", "vietnamese"),
    [
        (timedelta(minutes=50), "50 phút"),
        (timedelta(hours=26), "26 giờ"),
        (timedelta(days=3), "3 ngày"),
    ],
)
def test_a_span_is_said_in_its_largest_unit(length: timedelta, vietnamese: str) -> None:
    """Nobody reads 4.320 minutes."""
    with override("vi"):
        assert vietnamese == atoms.span(length)


@given(st.text(alphabet=folded.MARKED, max_size=30))
def test_folding_leaves_plain_letters(text: str) -> None:
    """Whatever Vietnamese is typed, the search compares capital ASCII letters."""
    assert folded.fold(text).isascii()


def test_letters_and_their_bare_forms_stand_opposite() -> None:
    """PostgreSQL's translate() needs one bare letter for each marked one."""
    assert len(folded.MARKED) == len(folded.BARE)
    assert ("Đ", "D") == (folded.MARKED[-2], folded.BARE[-2])
