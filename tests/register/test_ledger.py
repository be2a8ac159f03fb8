"""The only writer: facts appended, chained, projected, and walled in by the database."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from dossiers import facts
from dossiers.status import Business
from dossiers.steps import Step
from dossiers.transitions import TransitionError
from register import jobs, ledger, world
from register.models import Dossier, Fact
from tests.support.dossier_kit import REFERENCE, dossier, walk

pytestmark = pytest.mark.django_db


def jobs_waiting(name: str = "advance") -> int:
    """Return how many jobs of that name wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'",
            [name],
        )
        return int(cursor.fetchone()[0])


def test_a_good_day_is_recorded() -> None:
    """
    Facts told in order leave a projection that is their fold, and a chain that holds.
    """
    made = dossier()
    walk(made)
    made.refresh_from_db()

    assert Business.RELEASED == made.business
    assert (75_000, 75_000) == (made.released_due, made.released_paid)
    assert Step.BOOK == made.next_step
    assert 9 == made.facts == len(ledger.history(made.code))
    assert [] == ledger.audit(made.code)


def test_what_cannot_follow_leaves_nothing_behind() -> None:
    """
    A refused fact adds no row, no job and no change.
    """
    made = dossier()
    waiting = jobs_waiting()

    with pytest.raises(TransitionError):
        ledger.record(made.code, facts.Verified("1" * 64, "x"), by="test")

    assert 1 == len(ledger.history(made.code))
    assert waiting == jobs_waiting()
    assert [] == ledger.audit(made.code)


def test_the_next_step_is_asked_for_in_the_same_transaction() -> None:
    """
    A rolled back fact takes its job with it; a committed one has it.
    """
    made = dossier()
    before = jobs_waiting()

    with transaction.atomic():
        ledger.record(made.code, facts.Charged(REFERENCE, 75_000, "transfer"), by="test")
        assert before + 1 == jobs_waiting()
        transaction.set_rollback(True)

    assert before == jobs_waiting()
    ledger.record(made.code, facts.Charged(REFERENCE, 75_000, "transfer"), by="test")
    assert before + 1 == jobs_waiting()


def test_waiting_for_a_person_asks_for_no_job() -> None:
    """
    A dossier on a tray waits; the engine is not kept busy with it.
    """
    made = dossier()
    ledger.record(made.code, facts.Charged(REFERENCE, 75_000, "transfer"), by="test")
    before = jobs_waiting()

    ledger.record(made.code, facts.Submitted("1" * 64, "hung"), by="test")

    assert before == jobs_waiting()


def test_the_same_money_is_counted_once() -> None:
    """
    Evidence that was counted before changes nothing and adds no fact.
    """
    made = dossier()
    walk(made, until=facts.Paid)

    state = ledger.record(made.code, facts.Paid(75_000, "transfer", "bank:1"), by="test")

    assert 75_000 == state.paid
    assert 8 == len(ledger.history(made.code))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE hub_register_fact SET body = '{}'",
        "DELETE FROM hub_register_fact",
    ],
)
def test_facts_are_never_changed(sql: str) -> None:
    """
    The database refuses to change or delete a fact, whoever asks.
    """
    dossier()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize(
    ("until", "missing"),
    [
        (facts.Submitted, "unsigned, unsealed, unverified, unpaid"),
        (facts.Numbered, "unsealed, unverified, unpaid"),
        (facts.Sealed, "unverified, unpaid"),
        (facts.Verified, "unpaid"),
    ],
)
def test_the_gate_stands_in_the_database(until: type[facts.Fact], missing: str) -> None:
    """
    Not even code that goes past the ledger can release a dossier that is not ready.
    """
    made = dossier()
    walk(made, until=until)

    with pytest.raises(DatabaseError, match=missing), transaction.atomic():
        Dossier.objects.filter(pk=made.code).update(
            business=Business.RELEASED,
            released_at=world.now(),
            document="3" * 64,
            verified="3" * 64,
            released_due=75_000,
            released_paid=75_000,
        )


def test_the_constraint_holds_without_the_trigger() -> None:
    """
    A released dossier keeps a verified file and a paid snapshot, whatever is updated later.
    """
    made = dossier()
    walk(made)

    for change in ({"verified": "0" * 64}, {"released_paid": 1}, {"released_at": None}):
        with pytest.raises(IntegrityError, match="dossier_gate"), transaction.atomic():
            Dossier.objects.filter(pk=made.code).update(**change)


def test_money_taken_back_later_is_told() -> None:
    """
    A reversal after the release is a fact like any other; the release stays on record.
    """
    made = dossier()
    walk(made)

    state = ledger.record(made.code, facts.PaymentReversed(75_000, "bank:2"), by="test")

    assert ("due", "released") == (state.money, state.business)


@pytest.mark.parametrize(
    ("tamper", "seq", "reason"),
    [
        ("UPDATE hub_register_fact SET by = 'x' WHERE seq = 3", 3, "hash"),
        ("DELETE FROM hub_register_fact WHERE seq = 3", 4, "missing"),
        ("DELETE FROM hub_register_fact WHERE seq = 9", 9, "missing at the end"),
        ("UPDATE hub_register_dossier SET state = state || '{\"paid\": 1}'", 9, "fold"),
    ],
)
def test_tampering_is_found(tamper: str, seq: int, reason: str) -> None:
    """
    A changed, deleted or cut off fact, and a projection that tells another story, are found.
    """
    made = dossier()
    walk(made)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hub_register_fact DISABLE TRIGGER append_only")
        cursor.execute(tamper)
        cursor.execute("ALTER TABLE hub_register_fact ENABLE TRIGGER append_only")

    faults = ledger.audit(made.code)

    assert seq == faults[0].seq
    assert any(reason in fault.reason for fault in faults)


@pytest.mark.django_db(transaction=True)
def test_two_writers_take_turns() -> None:
    """
    Facts told at the same moment are both kept, one after the other, in one chain.
    """
    made = dossier()
    ledger.record(made.code, facts.Charged(REFERENCE, 75_000, "transfer"), by="test")

    def pay(number: int) -> None:
        ledger.record(made.code, facts.Paid(1_000, "transfer", f"bank:{number}"), by="test")
        connection.close()

    threads = [threading.Thread(target=pay, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 8_000 == ledger.state(made.code).paid
    assert list(range(1, 11)) == [row.seq for row in ledger.history(made.code)]
    assert [] == ledger.audit(made.code)


def test_a_web_request_sees_its_own_units_only() -> None:
    """
    Row-level security: without a scope nothing is seen, with one only that unit's dossiers.
    """
    dossier("H49.61-261123-0001")
    dossier("H49.62-261123-0001", centre="H49.62")

    def seen(units: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('motcua.units', %s, true)", [units])
        codes = list(Dossier.objects.order_by("code").values_list("code", flat=True))
        assert codes == list(Fact.objects.values_list("dossier_id", flat=True).distinct())
        return codes

    assert [] == seen("")
    assert ["H49.61-261123-0001"] == seen("H49.61")
    assert ["H49.62-261123-0001"] == seen("H49.62,H49.99")
    assert 2 == len(seen("H49.12"))
    assert 2 == len(seen("*"))


def test_facts_lie_in_the_partition_of_their_month() -> None:
    """
    A month's partition takes its facts; made twice it is made once.
    """
    with connection.cursor() as cursor:
        for _again in range(2):
            cursor.execute(
                "SELECT hub_register_partition('hub_register_fact', %s)", [world.today()]
            )
        dossier()
        cursor.execute("SELECT tableoid::regclass::text FROM hub_register_fact")
        assert f"hub_register_fact_{world.now():%Y_%m}" == cursor.fetchone()[0]


def test_a_job_has_a_name_and_plain_arguments() -> None:
    """
    enqueue() returns the engine's number, and the job waits in its queue.
    """
    number = jobs.enqueue("advance", queue="signing", priority=3, dossier="x")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, priority, args FROM procrastinate_jobs WHERE id = %s", [number]
        )
        queue, priority, args = cursor.fetchone()

    assert ("signing", 3) == (queue, priority)
    assert "x" in str(args)
