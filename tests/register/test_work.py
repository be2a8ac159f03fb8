"""Intents, tasks, documents and the intake."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from dossiers import facts
from dossiers.roles import Role
from dossiers.work import IntentState, TaskKind
from register import documents, health, intake, intents, ledger, tasks, world
from register.models import Applicant, ConnectorHealth, Document, Dossier, Task
from tests.support.dossier_kit import OWNER, catalogue, dossier, handed, walk

pytestmark = pytest.mark.django_db


def test_an_intent_means_one_effect() -> None:
    """
    The same reference is the same intent; for another effect it is a conflict.
    """
    code = dossier().code
    first = intents.begin("book", "r1", dossier=code, request={"a": 1})

    assert first == intents.begin("book", "r1", dossier=code, request={"a": 2})
    with pytest.raises(intents.ConflictError):
        intents.begin("cancel", "r1", dossier=code, request={})
    with pytest.raises(intents.ConflictError):
        intents.begin("book", "r1", dossier=None, request={})


def test_an_intent_is_held_by_one_worker() -> None:
    """
    While one worker tries, no other may; a lease that ran out is taken over and known as tried.
    """
    intent = intents.begin("book", "r1", dossier=None, request={})
    again = intents.begin("book", "r1", dossier=None, request={})

    assert intents.claim(intent)
    assert not intent.tried_before
    assert not intents.claim(again)
    later = replace(world.current(), now=lambda: world.World().now() + intents.LEASE * 2)
    with world.running_in(later):
        assert intents.claim(again)
    assert again.tried_before


@pytest.mark.django_db(transaction=True)
def test_a_dead_worker_loses_its_lease() -> None:
    """
    When a worker dies its database session ends, and the intent is free at once.
    """
    intent = intents.begin("book", "r1", dossier=None, request={})

    def die() -> None:
        assert intents.claim(intent)
        connection.close()

    worker = threading.Thread(target=die)
    worker.start()
    worker.join()
    heir = intents.begin("book", "r1", dossier=None, request={})

    assert any(intents.claim(heir) for _look in range(50))
    assert heir.tried_before


def test_an_older_answer_is_not_taken() -> None:
    """
    A worker that was frozen cannot settle what another has taken over, nor settle twice.
    """
    frozen = intents.begin("book", "r1", dossier=None, request={})
    intents.claim(frozen)
    heir = intents.begin("book", "r1", dossier=None, request={})
    later = replace(world.current(), now=lambda: world.World().now() + intents.LEASE * 2)
    with world.running_in(later):
        intents.claim(heir)

    with pytest.raises(intents.SupersededError):
        intents.finish(frozen, IntentState.DONE, answer={})
    intents.finish(heir, IntentState.DONE, answer={"n": 1})
    with pytest.raises(intents.SupersededError):
        intents.finish(heir, IntentState.REFUSED, answer={})
    assert not intents.claim(heir)


def test_not_reached_is_not_tried() -> None:
    """
    A try that never left the hub leaves the intent as fresh as it was; an unsure one does not.
    """
    intent = intents.begin("book", "r1", dossier=None, request={})
    intents.claim(intent)
    intents.give_back(intent)
    intents.claim(intent)
    assert not intent.tried_before

    intents.note(intent, again=True)
    intents.finish(intent, IntentState.UNSURE, answer={"words": "silence"})
    intents.claim(intent)
    assert intent.tried_before
    assert intent.request["again"]


def test_a_task_is_opened_once() -> None:
    """
    The same need is one line on the list until somebody closes it.
    """
    code = dossier().code
    first = tasks.open(TaskKind.NO_SIGNER, Role.MANAGER, dossier=code)

    assert first == tasks.open(TaskKind.NO_SIGNER, Role.MANAGER, dossier=code)
    assert "H49.61" == first.unit
    assert tasks.close(TaskKind.NO_SIGNER, code, by="thu")
    assert not tasks.close(TaskKind.NO_SIGNER, code, by="thu")
    assert first != tasks.open(TaskKind.NO_SIGNER, Role.MANAGER, dossier=code)
    assert 2 == Task.objects.count()


def test_documents_lie_under_their_hash() -> None:
    """
    The same bytes are stored once, come back as they were, and damage is noticed.
    """
    digest = documents.put(b"ket qua", "text/plain")

    assert digest == documents.put(b"ket qua", "text/plain")
    assert b"ket qua" == documents.get(digest)
    assert 1 == Document.objects.count()
    documents.path(digest).write_bytes(b"changed")
    with pytest.raises(documents.DamagedError):
        documents.get(digest)
    documents.path(digest).unlink()
    with pytest.raises(FileNotFoundError):
        documents.get(digest)


def test_the_weather_of_a_connector() -> None:
    """
    Successes and failures are counted by their meaning; an unknown meaning is a bug.
    """
    health.worked("vnpost")
    health.failed("vnpost", "unsure", "silence")
    health.failed("vnpost", "unsure", "silence")

    assert 2 == ConnectorHealth.objects.get().unsure
    with pytest.raises(ValueError, match="rained"):
        health.failed("vnpost", "rained", "x")


def test_a_result_is_received_once_per_key() -> None:
    """
    The same request again gives the same dossier; the key with another request is refused.
    """
    catalogue()
    first, new = intake.receive(handed(), b"%PDF", client="soxd", key="k1")
    same, again = intake.receive(handed(), b"%PDF", client="soxd", key="k1")

    assert (True, False, first) == (new, again, same)
    assert 1 == len(ledger.history(first.code))
    with pytest.raises(intake.KeyReusedError):
        intake.receive(handed(), b"%PDF-other", client="soxd", key="k1")
    with pytest.raises(intake.DuplicateDossierError):
        intake.receive(handed(), b"%PDF", client="soxd", key="k2")
    assert OWNER.name == Applicant.objects.get().name
    assert OWNER.id_number == Applicant.objects.get().id_number
    assert "Nguyễn V** A*" == str(Applicant.objects.get())


def test_a_result_that_was_sent_back_comes_again() -> None:
    """
    The department mends the result and hands it over under the same code and a new key.
    """
    made = dossier()
    walk(made, until=facts.Submitted)
    with pytest.raises(intake.DuplicateDossierError):
        intake.receive(handed(), b"%PDF mended", client="soxd", key="k2")
    ledger.record(made.code, facts.SentBack("hung", "wrong name"), by="hung")
    tasks.open(TaskKind.SENT_BACK, Role.CLERK, dossier=made.code)

    again, new = intake.receive(handed(), b"%PDF mended", client="soxd", key="k2")

    assert (made, False) == (again, new)
    assert ("received", "submit") == (again.business, again.next_step)
    assert documents.get(again.document) == b"%PDF mended"
    assert not Task.objects.filter(closed_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_result_sent_twice_at_once_is_one_dossier() -> None:
    """
    Two requests with one key at the same moment make one dossier and two equal answers.
    """
    catalogue()
    answers: list[tuple[Dossier, bool]] = []

    def send() -> None:
        answers.append(intake.receive(handed(), b"%PDF", client="soxd", key="k1"))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [True] == [new for _dossier, new in answers if new]
    assert 6 == len(answers)
    assert 1 == Dossier.objects.count()


def test_time_is_aware_and_replaceable() -> None:
    """
    One clock: UTC inside, Vietnam's date on the page, another one when a test says so.
    """
    fixed = world.World(now=lambda: world.World().now() + timedelta(days=400))
    points: list[str] = []
    with world.running_in(replace(fixed, point=points.append, token=lambda n: "0" * 2 * n)):
        world.point("here")
        assert "0000" == world.token(2)
        assert world.today() > world.World().now().date() + timedelta(days=398)

    assert ["here"] == points
    assert world.now().tzinfo is not None
    assert 32 == len(world.token())
