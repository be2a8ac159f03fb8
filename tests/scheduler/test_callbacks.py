"""A callback is kept once, asked about once, and believed never: one at a time, and by the door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import Refused
from connectors.banks import Answer, Gateway
from dossiers.orders import Outcome, Payment
from dossiers.work import TaskKind
from register import inbox, jobs, world
from register.models import ConnectorHealth, Inbox, Task
from scheduler import callbacks, connections
from tests.support import door_kit
from tests.support.door_kit import message

TRUE, AGAIN, OTHER_BODY, FORGED = (
    message(),
    message(),
    message(MaNganHang="BIDV"),
    message().replace(b'"75000"', b'"1"'),
)


@pytest.fixture(autouse=True)
def platform() -> Iterator[None]:
    """A hub that is connected to the national payment platform."""
    connections.install(lambda: connections.Connections({"platform": door_kit.GATEWAY}))
    yield
    connections.install(connections.Connections)


def word(body: bytes) -> bool:
    """Take a callback; return whether it was answered with yes."""
    return b'"00"' in callbacks.take("platform", body, {}).body.replace(b" ", b"")


def job_rows() -> list[tuple[object, ...]]:
    """What the engine has been asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, task_name, priority, lock, queueing_lock, args, status::text,"
            " scheduled_at, attempts FROM procrastinate_jobs ORDER BY id"
        )
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_a_callback_is_kept_once_and_counted() -> None:
    """
    The same callback is one row and one job; a new one is another.
    """
    assert [True, True, True] == [word(TRUE), word(AGAIN), word(message("QN2T1"))]

    assert [(2,), (1,)] == list(Inbox.objects.order_by("pk").values_list("times"))
    assert [TRUE, message("QN2T1")] == [bytes(row.body) for row in Inbox.objects.order_by("pk")]
    assert 2 == len(job_rows())


@pytest.mark.django_db
def test_the_job_is_one_that_enqueue_makes() -> None:
    """
    The statement asks the engine for what ``jobs.enqueue`` would ask for, to the last column.
    """
    word(TRUE)
    jobs.enqueue(
        inbox.ASK, priority=jobs.Priority.PERSON, gateway="platform", reference="QN0000000159T1"
    )

    ours, theirs = job_rows()

    assert theirs == ours


@pytest.mark.django_db
def test_another_body_is_a_conflict() -> None:
    """
    The first is kept, the second counted and refused, and a person is told once.
    """
    assert [True, False, False] == [word(TRUE), word(OTHER_BODY), word(OTHER_BODY)]

    row = Inbox.objects.get()
    assert (3, TRUE) == (row.times, bytes(row.body))
    task = Task.objects.get()
    assert TaskKind.CALLBACK_CONFLICT == task.kind
    assert f"platform {world.today():%Y-%m-%d}" == task.subject
    assert 1 == len(job_rows())


@pytest.mark.django_db
def test_a_forgery_is_counted_and_shown() -> None:
    """
    It leaves a count and one open task, nothing else.
    """
    assert [False, False] == [word(FORGED), word(FORGED)]

    assert 2 == ConnectorHealth.objects.get(pk="platform").forged
    assert [TaskKind.FORGED_CALLBACK] == list(Task.objects.values_list("kind", flat=True))
    assert [] == [*Inbox.objects.all(), *job_rows()]


@pytest.mark.django_db
def test_all_or_nothing() -> None:
    """
    If the transaction that a callback came in is lost, so are its row and its job.
    """
    with transaction.atomic():
        word(TRUE)
        transaction.set_rollback(True)

    assert [] == [*Inbox.objects.all(), *job_rows()]


@pytest.mark.django_db
def test_a_stranger_has_no_door() -> None:
    """
    Only gateways are called back.
    """
    with pytest.raises(connections.NotConnectedError):
        callbacks.take("nobody", TRUE, {})


class Odd(Gateway):
    """A gateway whose secret somebody has, and who signs anything."""

    code = "odd"
    label = "Odd"

    def __init__(self) -> None:
        """Need nothing."""

    def check(self) -> None: ...
    def ask(self, order: object) -> str: ...  # type: ignore[empty-body]
    def find(self, order: object) -> Payment | None: ...
    def read(self, body: bytes, headers: object) -> Payment:
        reference, transaction_ = body.decode("utf-8", "surrogatepass").split("\x1f")
        return Payment(reference, Outcome.PAID, 1, transaction_)

    def answer(self, body: bytes, *, accepted: bool) -> Answer:
        return Answer(200, "text/plain", b"")


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=130).filter(lambda text: "\x1f" not in text), st.text(max_size=20))
def test_no_signed_text_breaks_the_statement(reference: str, number: str) -> None:
    """
    Whatever stands under a right signature is kept, or refused; one row cannot fail a batch.
    """
    body = f"{reference}\x1f{number.replace(chr(31), '')}".encode("utf-8", "surrogatepass")
    try:
        letter = callbacks.read(Odd(), body, {})
    except Refused:
        return
    with connection.cursor() as cursor:
        cursor.execute(inbox.KEEP, inbox.batch([letter], at=world.now()))
        assert inbox.believed(cursor.fetchall())[letter.key]


def test_one_batch_holds_no_contradiction() -> None:
    """
    Two bodies under one identity must not meet in one statement.
    """
    letters = [callbacks.read(door_kit.GATEWAY, body, {}) for body in (TRUE, OTHER_BODY)]

    with pytest.raises(ValueError, match="two bodies"):
        inbox.batch(letters, at=world.now())


@pytest.mark.django_db(transaction=True)
def test_the_door_means_the_same(database_url: str) -> None:
    """
    The same callbacks leave the same rows and get the same answers, one by one or by the door.
    """
    story = [TRUE, AGAIN, OTHER_BODY, message("QN2T1"), FORGED, TRUE]
    with connection.cursor() as cursor:
        told = [callbacks.take("platform", body, {}).body for body in story]
        rows = door_kit.left(cursor)
        cursor.execute(
            "TRUNCATE hub_register_inbox, hub_register_task, hub_register_connectorhealth,"
            " procrastinate_jobs CASCADE"
        )
        with door_kit.running(database_url) as house:
            heard = [house.say(body).body for body in story]
        found = door_kit.left(cursor)

    assert told == heard
    assert rows == found
