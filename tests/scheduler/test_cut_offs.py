"""Manifest cut-offs by the clock: two clocks, doubled jobs, one manifest."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from dispatch.models import CutOff, Manifest
from register import world
from register.models import Task
from scheduler import clock, cut_offs
from scheduler.clock import Line
from tests.support.post_kit import booked

LINE = Line("cut_offs", seconds=30, working="days")
TEN = datetime(2026, 11, 23, 3, tzinfo=UTC)


def at(moment: datetime) -> world.World:
    """Return the world as it is, at *moment*."""
    return replace(world.current(), now=lambda: moment)


def take() -> list[tuple[str, dict[str, str]]]:
    """Take the jobs that the engine was asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'cut_off%'"
            " RETURNING task_name, args"
        )
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


def work(doubled: int = 1) -> None:
    """Do what the engine was asked for, each job so many times, until nothing is left."""
    parts = {"cut_offs": cut_offs.cut_offs, "cut_off": cut_offs.cut_off}
    while jobs := take():
        for name, args in jobs:
            for _time in range(doubled):
                parts[name](**args)


@pytest.mark.django_db(transaction=True)
def test_two_clocks_and_doubled_jobs_close_one_manifest() -> None:
    """
    Both clocks wake at every half minute of the hour; every job runs three times.
    """
    booked(1)
    booked(2)

    def wake(moment: datetime) -> None:
        clock.fire(LINE)
        connection.close()

    for halves in range(-4, 8):
        moment = TEN + timedelta(seconds=30 * halves)
        with world.running_in(at(moment)):
            clocks = [threading.Thread(target=wake, args=[moment]) for _ in range(2)]
            for one in clocks:
                one.start()
            for one in clocks:
                one.join()
            work(doubled=3)

    made = Manifest.objects.get()
    assert (2, "hub") == (made.parcels, made.closed_by)
    assert TEN == made.closed_at
    assert 1 == CutOff.objects.count()


@pytest.mark.django_db
def test_nothing_waits_and_nothing_is_told() -> None:
    """
    An office without parcels has no manifest, no task, and is asked for once a cut-off.
    """
    booked(1)
    with world.running_in(at(TEN)):
        cut_offs.cut_offs()
        work()
    with world.running_in(at(TEN + timedelta(hours=6))):
        cut_offs.cut_offs()
        assert 1 == len(take())
        cut_offs.cut_offs()
        work()
        cut_offs.cut_offs()
        assert [] == take()

    assert 1 == Manifest.objects.count()
    assert 2 == CutOff.objects.count()
    assert not Task.objects.exists()
