"""Locks between workers: never waited for inside a job."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection

from signing import batches, locks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere() -> Iterator[None]:
    """Another worker holds the token's lock."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with locks.holding("token T1"):
            held.set()
            done.wait(30)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(30)
    yield
    done.set()
    thread.join()


def test_a_second_drain_does_not_wait(elsewhere: None) -> None:
    """
    The token is being drained elsewhere: this worker is told at once, and is free for others.
    """
    start = time.monotonic()
    with pytest.raises(locks.HeldError):
        batches.drain("T1")

    assert time.monotonic() - start < 5


def test_a_lock_is_given_back(elsewhere: None) -> None:
    """
    Other names are free, and one that was held can be held again.
    """
    for _ in range(2):
        with locks.holding("token T2"):
            pass
