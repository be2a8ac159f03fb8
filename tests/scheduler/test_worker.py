"""The worker: locks, priorities, tries, and that nothing is finished by the wrong one."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import connector_params
from procrastinate.jobs import Status
from psycopg.errors import UniqueViolation

from connectors import Unavailable
from dossiers.work import TaskKind
from register import jobs, tasks, world
from register.jobs import Priority
from register.models import Task
from scheduler import engine, failures, sweeps, worker
from scheduler.models import FailedJob, Run, Schedule
from tests.support.jobs_kit import job, now_is_later, rows, sql, statuses, work

pytestmark = pytest.mark.django_db(transaction=True)

LOCKED = ("red", "green", "blue")


@pytest.fixture
def session() -> Iterator[engine.Connection]:
    """A database session as a worker has it."""
    with psycopg.connect(**connector_params(), autocommit=True) as session:
        yield session


@pytest.fixture
def other() -> Iterator[engine.Connection]:
    """Another worker's session."""
    with psycopg.connect(**connector_params(), autocommit=True) as session:
        yield session


class Room:
    """Jobs that hold a lock note who else was inside."""

    def __init__(self) -> None:
        self.inside: dict[str, int] = defaultdict(int)
        self.order: dict[str, list[int]] = defaultdict(list)
        self.met: list[int] = []

    def enter(self, colour: str, number: int) -> None:
        self.inside[colour] += 1
        if self.inside[colour] > 1:
            self.met.append(number)
        time.sleep(0.002)
        self.order[colour].append(number)
        self.inside[colour] -= 1


# -- locks --------------------------------------------------------------------------------


def test_jobs_with_one_lock_never_run_together() -> None:
    """
    Two workers of four threads each: within a lock one after another, each job once.
    """
    room = Room()
    with job("enter_for_a_test", room.enter):
        for number in range(30):
            for colour in LOCKED:
                jobs.enqueue("enter_for_a_test", lock=colour, colour=colour, number=number)
        both = [threading.Thread(target=lambda: work(concurrency=4)) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()

    assert [] == room.met
    # Each of them once; in which order is nobody's promise while two workers race for them.
    assert {colour: list(range(30)) for colour in LOCKED} == {
        colour: sorted(order) for colour, order in room.order.items()
    }
    assert {"succeeded": 90} == statuses()


def test_two_workers_who_take_one_lock_in_one_moment(
    session: engine.Connection, other: engine.Connection
) -> None:
    """
    The database lets one of them have it; the other one is told to look again.
    """
    for _ in range(2):
        jobs.enqueue("advance", lock="dossier x", dossier="x")
    first, second = engine.join(session), engine.join(other)
    refused: list[UniqueViolation] = []

    def come_second() -> None:
        try:
            engine.take(other, second, ["default"])
        except UniqueViolation as error:
            refused.append(error)

    with session.transaction():
        assert engine.take(session, first, ["default"])
        thread = threading.Thread(target=come_second)
        thread.start()
        time.sleep(0.2)
    thread.join()

    assert 1 == len(refused)
    assert {"doing": 1, "todo": 1} == statuses()
    assert engine.take(other, second, ["default"]) is None


def test_a_job_that_waits_for_its_next_try_keeps_nobody_from_the_lock() -> None:
    """
    A dossier whose step is tried again in an hour still takes the step that a new fact asks for.
    """
    tried: list[int] = []

    def try_(number: int) -> None:
        tried.append(number)
        if number == 1:
            raise Unavailable

    with job("try_for_a_test", try_):
        jobs.enqueue("try_for_a_test", lock="dossier x", number=1)
        work()
        jobs.enqueue("try_for_a_test", lock="dossier x", number=2)
        work()

    assert [1, 2] == tried
    assert ["todo", "succeeded"] == [status for status, _tries, _at in rows()]


# -- order --------------------------------------------------------------------------------


def test_what_a_person_waits_for_runs_before_a_backlog() -> None:
    """
    Five hundred sweeps are due, and steps and a callback come after them: they go first.
    """
    done: list[str] = []

    def note(name: str) -> None:
        done.append(name)

    with job("note_for_a_test", note):
        for level in (Priority.SWEEP, Priority.CLOCK, Priority.STEP, Priority.PERSON):
            for _ in range(500 if level is Priority.SWEEP else 5):
                jobs.enqueue("note_for_a_test", priority=level, name=level.name)
        work(concurrency=1)

    assert ["PERSON"] * 5 + ["STEP"] * 5 + ["CLOCK"] * 5 == done[:15]
    assert 515 == len(done)


def test_a_job_waits_until_its_time_has_come(session: engine.Connection) -> None:
    """
    What is to run later is not taken; when its time has come it ripens, and is.
    """
    jobs.enqueue("advance", dossier="x")
    sql("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'")
    number, none = engine.join(session), None
    engine.ripen(session)
    assert engine.take(session, number, ["default"]) is none

    sql("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second'")
    engine.ripen(session)

    assert "advance" == engine.take(session, number, ["default"]).name


# -- tries --------------------------------------------------------------------------------


def test_a_silent_partner_is_tried_again_and_then_a_person_is_told() -> None:
    """
    Every try is counted, each later than the one before, and the last one opens one task.
    """

    def fail() -> None:
        raise Unavailable

    with job("fail_for_a_test", fail):
        jobs.enqueue("fail_for_a_test")
        work()
        ((status, tries, at),) = rows()
        assert ("todo", 1) == (status, tries)
        assert world.now() < at < world.now() + timedelta(seconds=2)
        for _ in range(12):
            now_is_later()
            work()

    assert [("failed", 13)] == [(status, tries) for status, tries, _at in rows()]
    assert ["ask_partner"] == [task.detail["next"] for task in Task.objects.all()]


def test_a_job_that_nobody_has_written_lands_on_a_list() -> None:
    """
    Another version of the hub asked for it: a person is told, the worker works on.
    """
    jobs.enqueue("of_another_version", thing=1)
    jobs.enqueue("sweep")
    work()

    assert {"failed": 1, "succeeded": 1} == statuses()
    assert ["of_another_version 1"] == [task.subject for task in Task.objects.all()]


# -- the fence ----------------------------------------------------------------------------


def test_a_worker_taken_for_dead_finishes_nothing(
    session: engine.Connection, other: engine.Connection
) -> None:
    """
    Frozen, taken for dead, thawed: its job is another one's by now, and its word is not taken.
    """
    jobs.enqueue("advance", dossier="x")
    frozen = engine.join(session)
    lost = engine.take(session, frozen, ["default"])
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    assert 1 == sweeps.rescue()
    living = engine.join(other)
    taken = engine.take(other, living, ["default"])
    assert lost.number == taken.number

    engine.finish(session, frozen, lost, Status.SUCCEEDED)
    engine.put_off(session, frozen, lost, at=world.now(), counts=True)

    assert {"doing": 1} == statuses()
    assert not engine.beat(session, frozen)
    engine.finish(other, living, taken, Status.SUCCEEDED)
    assert {"succeeded": 1} == statuses()


def test_a_worker_that_was_taken_for_dead_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    It must not go on under a name that is gone: it says so and ends, to be started anew.
    """
    monkeypatch.setattr(worker, "HEARTBEAT", 0.1)
    monkeypatch.setattr(worker, "LOOK", 0.05)

    def bury() -> None:
        sql("DELETE FROM procrastinate_workers")

    jobs.enqueue("bury_for_a_test")
    with job("bury_for_a_test", bury), pytest.raises(worker.LostError):
        worker.run(["default"], concurrency=1, name="test")


def test_a_job_that_kills_its_workers_is_given_up(session: engine.Connection) -> None:
    """
    After the last try it fails without having run, and the sweep tells a person, once.
    """
    jobs.enqueue("advance", lock="dossier x", dossier="x")
    sql("UPDATE procrastinate_jobs SET attempts = %s", sweeps.LAST_TRY - 1)
    engine.take(session, engine.join(session), ["default"])
    sql("DELETE FROM procrastinate_workers")
    sweeps.rescue()
    assert {"failed": 1} == statuses()

    sweeps.sweep()
    sweeps.sweep()

    task = Task.objects.get()
    assert (TaskKind.WORK_FAILED, failures.STOPPED) == (task.kind, task.detail["error"])
    tasks.close(TaskKind.WORK_FAILED, task.subject, by="test")
    sweeps.sweep()
    assert 0 == Task.objects.filter(closed_at=None).count()


# -- the bell -----------------------------------------------------------------------------


def test_a_ring_while_nobody_waits_is_heard() -> None:
    """
    A job that came between the look and the sleep is not slept through.
    """
    bell = worker.Bell()
    heard = bell.rung
    bell.ring()

    bell.wait(heard)  # returns: it has rung since

    assert heard + 1 == bell.rung


# -- what is kept -------------------------------------------------------------------------


def test_finished_jobs_are_forgotten_a_piece_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Done ones after a week, failed ones only when a person was told, and later; young ones stay.
    """
    monkeypatch.setattr(sweeps, "PIECE", 2)
    numbers = [jobs.enqueue("advance", dossier="x") for _ in range(6)]
    sql("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id < %s", numbers[3])
    sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE id IN (%s, %s)", *numbers[3:5])
    FailedJob.objects.create(job=numbers[3], told_at=world.now())
    schedule = Schedule.objects.create(name="prune", fired_at=world.now())
    for days, number in ((100, numbers[4]), (8, numbers[5])):
        Run.objects.create(
            schedule=schedule, fire_at=world.now() - timedelta(days=days), job=number
        )

    sweeps.prune()
    assert {"succeeded": 1, "failed": 2, "todo": 2} == statuses()
    sweeps.prune()

    # left: the failed one that nobody was told of, the waiting one, and two more rounds
    assert {"failed": 1, "todo": 3} == statuses()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'prune'")
        assert (2,) == cursor.fetchone()
