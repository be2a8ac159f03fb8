"""The clock: each firing once, however many clocks, crashes and sleeps there are."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from register import world
from scheduler import clock
from scheduler.clock import Line
from scheduler.models import Run, Schedule

EVERY_MINUTE = Line("sweep", seconds=60)


def at(moment: datetime) -> world.World:
    """A world in which it is *moment*."""
    return replace(world.current(), now=lambda: moment)


NOON = datetime(2026, 11, 23, 5, 0, 30, tzinfo=UTC)


def jobs() -> int:
    """How many jobs were deferred."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_schedule_fires_once_per_time() -> None:
    """
    The first look only remembers; later looks fire what came due, once.
    """
    with world.running_in(at(NOON)):
        assert 0 == clock.fire(EVERY_MINUTE)
    with world.running_in(at(NOON + timedelta(seconds=40))):
        assert 1 == clock.fire(EVERY_MINUTE)
        assert 0 == clock.fire(EVERY_MINUTE)

    assert NOON.replace(minute=1, second=0) == Run.objects.get().fire_at
    assert 1 == jobs()


@pytest.mark.django_db
@pytest.mark.parametrize(("every", "made"), [(False, 1), (True, 10)])
def test_a_clock_that_slept_catches_up(every: bool, made: int) -> None:
    """
    After a sleep the newest firing is made up for, or each of them where that matters.
    """
    line = replace(EVERY_MINUTE, every_firing=every)
    with world.running_in(at(NOON)):
        clock.fire(line)
    with world.running_in(at(NOON + timedelta(minutes=10))):
        assert made == clock.fire(line)

    assert made == jobs()
    assert NOON.replace(minute=10, second=0) == Schedule.objects.get().fired_at


@pytest.mark.django_db
def test_cron_lines_are_vietnams_time() -> None:
    """
    Two o'clock in the night is 19:00 UTC of the day before.
    """
    line = Line("partitions", cron="0 2 * * *")
    with world.running_in(at(NOON)):
        clock.fire(line)
    with world.running_in(at(NOON + timedelta(days=1))):
        clock.fire(line)

    assert datetime(2026, 11, 23, 19, tzinfo=UTC) == Run.objects.get().fire_at


@pytest.mark.django_db(transaction=True)
def test_ten_clocks_fire_once() -> None:
    """
    Ten clocks that wake at the same moment make one run and one job.
    """
    with world.running_in(at(NOON)):
        clock.fire(EVERY_MINUTE)
    made: list[int] = []

    def wake() -> None:
        made.append(clock.fire(EVERY_MINUTE))
        connection.close()

    with world.running_in(at(NOON + timedelta(minutes=1))):
        threads = [threading.Thread(target=wake) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [1] == [one for one in made if one]
    assert 1 == jobs() == Run.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("working", "now", "made"),
    [
        ("", datetime(2026, 11, 22, 3, 0, tzinfo=UTC), 1),
        ("days", datetime(2026, 11, 22, 3, 0, tzinfo=UTC), 0),  # a Sunday
        ("days", datetime(2026, 8, 31, 3, 0, tzinfo=UTC), 0),  # a Monday taken out
        ("days", datetime(2026, 8, 22, 3, 0, tzinfo=UTC), 1),  # a Saturday put in
        ("days", datetime(2026, 11, 23, 15, 0, tzinfo=UTC), 1),  # ten in the evening
        ("hours", datetime(2026, 11, 23, 15, 0, tzinfo=UTC), 0),
        ("hours", datetime(2026, 11, 23, 5, 0, tzinfo=UTC), 0),  # noon, between the hours
        ("hours", datetime(2026, 11, 23, 3, 0, tzinfo=UTC), 1),
    ],
)
def test_a_line_may_keep_to_working_time(working: str, now: datetime, made: int) -> None:
    """
    On working days, or in working hours only; days taken out and put in are the calendar's.
    """
    line = replace(EVERY_MINUTE, working=working)
    with world.running_in(at(now - timedelta(minutes=1))):
        clock.fire(line)
    with world.running_in(at(now)):
        assert made == clock.fire(line)

    assert made == jobs()
    assert now == Schedule.objects.get().fired_at


@pytest.mark.django_db
def test_what_fell_on_free_days_is_not_made_up_for() -> None:
    """
    A clock that slept over the weekend owes Friday's firings, and none of the days between.
    """
    line = Line("sweep", cron="0 9 * * *", every_firing=True, working="days")
    with world.running_in(at(datetime(2026, 11, 19, 3, tzinfo=UTC))):
        clock.fire(line)
    with world.running_in(at(datetime(2026, 11, 23, 3, tzinfo=UTC))):
        assert 2 == clock.fire(line)

    fired = [run.fire_at.astimezone(world.VIETNAM).day for run in Run.objects.order_by("fire_at")]
    assert [20, 23] == fired


def test_a_word_that_the_calendar_does_not_know_is_refused() -> None:
    """
    A misspelled line is found when it is read, not in the night when it should fire.
    """
    with pytest.raises(ValueError, match="weekdays"):
        Line("sweep", seconds=60, working="weekdays")
