"""``motcua worker``: one worker, on all queues or on some."""

from __future__ import annotations

import argparse

from register.jobs import QUEUES
from scheduler import worker


def main(arguments: list[str]) -> int:
    """Work until stopped, or until the engine loses the database: then we are started again."""
    parser = argparse.ArgumentParser(prog="motcua worker", description=__doc__)
    parser.add_argument("--queues", nargs="+", choices=QUEUES, default=list(QUEUES))
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--name", default="worker")
    parser.add_argument("--drain", action="store_true", help="stop when nothing is left to do")
    given = parser.parse_args(arguments)
    worker.run(given.queues, concurrency=given.concurrency, name=given.name, wait=not given.drain)
    return 0
