"""``motcua web``: the desk, the machine API and the public page."""

from __future__ import annotations

import argparse

from granian import Granian
from granian.constants import Interfaces


def main(arguments: list[str]) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="motcua web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    given = parser.parse_args(arguments)
    Granian(
        "config.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        workers=given.workers,
        blocking_threads=given.threads,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()
    return 0
