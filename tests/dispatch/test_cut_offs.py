"""Cut-offs: the hub closes what waits when the post comes, once, on working days."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from dispatch import cut_offs, manifests
from dispatch.models import CutOff, Manifest, Office
from register import world
from tests.support.dossier_kit import catalogue
from tests.support.post_kit import booked, office

DAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def vietnam(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """Return the instant at that hour of *day* in Vietnam."""
    return datetime(day.year, day.month, day.day, hour - 7, minute, tzinfo=UTC)


def due(at: datetime) -> list[str]:
    """Return the cut-offs that are owed at *at*."""
    return [time for _office, _day, time in cut_offs.due(at)]


def test_nothing_is_due_before_the_first_cut_off() -> None:
    """
    The morning's parcels wait until the post comes; then the newest cut-off alone is owed.
    """
    catalogue()
    office()

    assert [] == due(vietnam(9, 59))
    assert ["10:00"] == due(vietnam(10))
    assert ["10:00"] == due(vietnam(15, 59))
    assert ["16:00"] == due(vietnam(16, 30))


def test_what_waits_is_closed_once() -> None:
    """
    The first run closes one manifest of all that waits; a second run gives the same one.
    """
    booked(1)
    booked(2)
    place = Office.objects.get()

    first = cut_offs.close(place, DAY, "10:00")
    again = cut_offs.close(place, DAY, "10:00")

    assert first
    assert (2, "hub") == (first.parcels, first.closed_by)
    assert first == again == Manifest.objects.get()
    assert [] == due(vietnam(10, 30))


def test_a_later_cut_off_takes_what_came_later() -> None:
    """
    A parcel booked after the first cut-off stands on the next manifest.
    """
    booked(1)
    place = Office.objects.get()
    cut_offs.close(place, DAY, "10:00")
    booked(2)

    second = cut_offs.close(place, DAY, "16:00")

    assert second
    assert (2, 1) == (second.run, second.parcels)


def test_a_person_may_have_closed_before() -> None:
    """
    Nothing waits any more: no manifest is made, and the cut-off is over.
    """
    booked(1)
    place = Office.objects.get()
    manifests.close(place, place.carrier, DAY, by="minh")

    assert cut_offs.close(place, DAY, "10:00") is None
    assert 1 == Manifest.objects.count() == CutOff.objects.count()
    assert [] == due(vietnam(10, 30))


@pytest.mark.parametrize(
    ("day", "owed"),
    [
        (date(2026, 11, 21), []),  # a Saturday
        (date(2026, 8, 31), []),  # a Monday taken out for National Day
        (date(2026, 8, 22), ["10:00"]),  # the Saturday worked for it
    ],
)
def test_the_post_comes_on_working_days(day: date, owed: list[str]) -> None:
    """
    Days taken out and days put in are those of the calendar.
    """
    catalogue()
    office()

    assert owed == due(vietnam(11, day=day))


def test_a_stop_before_the_commit_leaves_nothing() -> None:
    """
    Whoever dies while closing leaves no cut-off behind: the next run closes it.
    """
    booked(1)
    place = Office.objects.get()

    def die(name: str) -> None:
        if name == "document stored":
            raise KeyboardInterrupt

    with (
        world.running_in(replace(world.current(), point=die)),
        pytest.raises(KeyboardInterrupt),
    ):
        cut_offs.close(place, DAY, "10:00")

    assert 0 == CutOff.objects.count() == Manifest.objects.count()
    assert cut_offs.close(place, DAY, "10:00")


@pytest.mark.django_db(transaction=True)
def test_four_workers_close_one_manifest() -> None:
    """
    The same job on four workers at once makes one manifest, and all learn the same number.
    """
    booked(1)
    place, numbers = Office.objects.get(), []

    def work() -> None:
        made = cut_offs.close(place, DAY, "10:00")
        numbers.append(made.number if made else None)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [Manifest.objects.get().number] * 4 == numbers
