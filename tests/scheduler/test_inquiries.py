"""What the hub asks by itself, and for which days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from payments.models import StatementFile
from register import world
from scheduler import inquiries
from tests.support.money_kit import account

pytestmark = pytest.mark.django_db

#: Ten minutes past midnight of 24 November in Vietnam.
NIGHT = datetime(2026, 11, 23, 17, 10, tzinfo=UTC)


def days_asked() -> list[str]:
    """The days for which a statement was asked, in order."""
    with world.running_in(replace(world.current(), now=lambda: NIGHT)):
        inquiries.fetch_statements()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'day' FROM procrastinate_jobs"
            " WHERE task_name = 'fetch_statement' ORDER BY id"
        )
        return [day for (day,) in cursor.fetchall()]


def have(day: date) -> None:
    """Keep a statement of *day*."""
    StatementFile.objects.create(
        sha256=day.isoformat(), account=account(), format="camt", day=day, taken_at=NIGHT
    )


def test_after_midnight_yesterday_is_still_asked_for() -> None:
    """
    Money booked in the evening, after our last question of the day, is not lost.
    """
    have(date(2026, 11, 23))
    have(date(2026, 11, 24))

    assert ["2026-11-23", "2026-11-24"] == days_asked()


def test_a_bank_that_was_silent_is_caught_up_with() -> None:
    """
    Every day since the last statement is asked for, the last one again.
    """
    have(date(2026, 11, 20))

    assert [f"2026-11-{day}" for day in range(20, 25)] == days_asked()


def test_the_past_is_not_asked_for_for_ever() -> None:
    """
    A new account begins with yesterday; a very old one does not ask for months.
    """
    account()
    assert ["2026-11-23", "2026-11-24"] == days_asked()


def test_an_old_account_looks_back_so_far() -> None:
    """
    At most the days of LOOK_BACK.
    """
    have(date(2026, 11, 24) - timedelta(days=200))

    assert inquiries.LOOK_BACK.days + 1 == len(days_asked())
