"""``./motcua manage book`` says what the book holds, and fails where it does not agree."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from dossiers import facts
from dossiers.work import TaskKind
from payments import matching
from register import ledger
from register.models import Task
from scheduler.bookkeeping import check_book
from tests.support.money_kit import NUMBER, Line, charge, take

pytestmark = pytest.mark.django_db


def run(*options: str) -> str:
    """Run the command; return what it prints."""
    printed = StringIO()
    call_command("book", *options, stdout=printed)
    return printed.getvalue()


def test_the_accounts_are_shown() -> None:
    """A good book prints its accounts, as a page and as JSON."""
    take(Line(75_000, charge().reference, "FT1"))
    matching.run()

    assert f"bank:{NUMBER}" in run()
    told = json.loads(run("--json"))
    assert (0, []) == (sum(told["accounts"].values()), told["differences"])


def test_a_difference_ends_with_1_and_stands_on_a_list_until_it_is_gone() -> None:
    """A payment past the book is printed, and the nightly look tells a person, once."""
    due = charge()
    ledger.record(due.dossier_id, facts.Paid(75_000, "transfer", "bank:x"), by="test")

    with pytest.raises(CommandError, match="1 place"):
        run("--json")
    check_book()
    check_book()
    task = Task.objects.get(kind=TaskKind.PARITY)
    assert f"book receivable {due.reference}" == task.subject

    ledger.record(due.dossier_id, facts.PaymentReversed(75_000, "r"), by="test")
    check_book()
    task.refresh_from_db()
    assert task.closed_at is not None


def test_what_has_no_entry_is_posted_on_demand() -> None:
    """After an upgrade while the hub served, one command brings the book up to date."""
    charge()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE hub_payments_posting, hub_payments_entry")

    with pytest.raises(CommandError):
        run()
    assert "receivable" in run("--post")
