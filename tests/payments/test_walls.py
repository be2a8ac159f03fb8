"""The second wall: the database shows money only to those whose it is."""

from __future__ import annotations

import pytest
from django.db import connection

from payments import attempts, close, matching, refunds
from payments.models import (
    Account,
    Allocation,
    Attempt,
    BankTransaction,
    Charge,
    ChargeLine,
    DailyClose,
    Discrepancy,
    Entry,
    Posting,
    Refund,
    StatementFile,
)
from tests.support.money_kit import DAY, Line, account, charge, take
from tests.support.refund_kit import ASKER, PAYEE

pytestmark = pytest.mark.django_db

TABLES = (
    *(Account, Charge, ChargeLine, Attempt, StatementFile, BankTransaction),
    *(Allocation, Discrepancy, DailyClose, Refund, Entry, Posting),
)


def seen(units: str) -> dict[str, int]:
    """Return how many rows of each table a connection for *units* sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('motcua.units', %s, true)", [units])
        found = {table.__name__: table.objects.count() for table in TABLES}
        cursor.execute("SELECT set_config('motcua.units', '*', true)")
    return found


def test_money_is_seen_by_its_own_unit_only() -> None:
    """The deciding agency sees every table's row; another agency, and nobody, see none."""
    due = charge()
    attempts.begin(due.dossier_id)
    take(Line(80_000, due.reference, "FT1"))
    matching.run()
    refunds.ask(Discrepancy.objects.get(), PAYEE, by=ASKER)
    close.close_day(account(), DAY, by="hang")

    # The book has an entry for each of charge, statement and allocation, of two postings each.
    ours = {table.__name__: 1 for table in TABLES} | {"Entry": 3, "Posting": 6}
    assert ours == seen("*")
    assert ours == seen("H49.12")
    assert dict.fromkeys(ours, 0) == seen("H49.13") == seen("")
