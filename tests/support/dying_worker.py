"""A signing worker that is killed at a named point: ``dying_worker TOKEN POINT COUNT``."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace

import django

django.setup()

from register import world  # noqa: E402 - Django must be set up first
from signing import batches  # noqa: E402


def main() -> None:
    """Drain the token, and die the hard way at the point's given occurrence."""
    token, point, count = sys.argv[1:]
    left = int(count)

    def die(name: str) -> None:
        nonlocal left
        left -= name == point
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    world.install(replace(world.current(), point=die))
    batches.drain(token)


if __name__ == "__main__":
    main()
