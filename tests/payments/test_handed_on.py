"""The database marks which payments of a gateway a statement has shown."""

from __future__ import annotations

import pytest
from django.db import connection

from payments import attempts, matching
from payments.models import Allocation, Attempt
from register import world
from tests.support.money_kit import Line, charge, paid, take

pytestmark = pytest.mark.django_db


def settled() -> Attempt:
    """A payment that the gateway told of and no statement has shown."""
    attempt = attempts.begin(charge().dossier_id)
    attempts.asked(attempt, "https://pay.example")
    return attempts.settle(attempt, paid(attempt))


def test_a_settlement_marks_its_payment() -> None:
    """
    The line that hands the money on takes the payment off the list of what a gateway owes.
    """
    attempt = settled()
    assert not Attempt.objects.get().handed_on

    take(Line(attempt.amount, reference="FT1", end_to_end=attempt.reference))
    matching.run()

    assert Attempt.objects.get().handed_on


def test_a_contra_row_takes_the_mark_back() -> None:
    """
    What was given by mistake is owed again.
    """
    attempt = settled()
    take(Line(attempt.amount, reference="FT1", end_to_end=attempt.reference))
    matching.run()

    given = Allocation.objects.get()
    Allocation.objects.create(
        transaction=given.transaction,
        charge=given.charge,
        attempt=attempt,
        amount=-given.amount,
        stage=given.stage,
        match=given.match,
        counted=given.counted,
        evidence="sai",
        rule=given.rule,
        by="hang",
        at=world.now(),
        reverses=given,
    )

    assert not Attempt.objects.get().handed_on


def test_what_is_owed_is_found_by_one_small_index() -> None:
    """
    However many payments were shown, the question what is owed does not look at them.
    """
    settled()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM hub_payments_attempt"
            " WHERE counted AND NOT handed_on AND settled_at < now()"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "attempt_owed" in plan
