"""A worker whose one job says ``working`` and never ends, to be killed in the middle of it."""

from __future__ import annotations

import time

import django

django.setup()

from procrastinate.contrib.django import app  # noqa: E402 - Django must be set up first

from register.jobs import QUEUES  # noqa: E402
from scheduler import worker  # noqa: E402


@app.task(name="sleep_for_a_test")
def sleep() -> None:
    """Sleep for longer than any test."""
    print("working", flush=True)
    time.sleep(600)


if __name__ == "__main__":
    worker.run(QUEUES, concurrency=1, name="sleeper")
