"""
A worker of the hub that may freeze at a point: ``hub_worker NAME [POINT [LEASE]]``.

It stops itself (SIGSTOP) at the first occurrence of the point; LEASE seconds make its leases
short. Its job ``visit_for_a_test`` writes its name into a file, and never ends for the first
visitor.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from procrastinate.contrib.django import app  # noqa: E402 - Django must be set up first

from register import intents, world  # noqa: E402
from scheduler import worker  # noqa: E402


@app.task(name="visit_for_a_test")
def visit(file: str) -> None:
    """Write who we are; the first one stays."""
    place = Path(file)
    first = not place.exists()
    with place.open("a") as out:
        out.write(f"{sys.argv[1]}\n")
    if first:
        time.sleep(600)


def freeze_at(point: str) -> None:
    """Stop this process, with all its threads, when it first comes to *point*."""
    frozen = False

    def stop(name: str) -> None:
        nonlocal frozen
        if name == point and not frozen:
            frozen = True
            os.kill(os.getpid(), signal.SIGSTOP)

    world.install(replace(world.current(), point=stop))


def main() -> None:
    """Work, and freeze where we are told to."""
    name, *more = sys.argv[1:]
    if more:
        freeze_at(more[0])
    if len(more) > 1:
        intents.LEASE = timedelta(seconds=float(more[1]))
    worker.run(["default"], concurrency=1, name=name)


if __name__ == "__main__":
    main()
