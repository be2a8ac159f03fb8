"""A worker whose one job says ``working`` and never ends, to be killed in the middle of it."""

from __future__ import annotations

import sys
import time

import django

django.setup()

from procrastinate.contrib.django import app  # noqa: E402 - Django must be set up first

from register.jobs import QUEUES  # noqa: E402
from scheduler import worker  # noqa: E402


@app.task(name="sleep_for_a_test")
def sleep() -> None:
    """Sleep for longer than any test."""
    sys.stdout.write("working\n")
    sys.stdout.flush()
    time.sleep(600)


if __name__ == "__main__":
    worker.run(QUEUES, concurrency=1, name="sleeper")
