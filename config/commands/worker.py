"""``motcua worker``: one worker, on all queues or on some."""

from __future__ import annotations

import argparse
import sys

import structlog

from register.jobs import QUEUES
from scheduler import worker


def main(arguments: list[str]) -> int:
    """Work until stopped; what ends the database's session ends us, and we are started again."""
    parser = argparse.ArgumentParser(prog="motcua worker", description=__doc__)
    parser.add_argument("--queues", nargs="+", choices=QUEUES, default=list(QUEUES))
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--name", default="worker")
    parser.add_argument("--drain", action="store_true", help="stop when nothing is left to do")
    given = parser.parse_args(arguments)
    _log_to_standard_error()
    worker.run(given.queues, concurrency=given.concurrency, name=given.name, wait=not given.drain)
    return 0


def _log_to_standard_error() -> None:
    """Have one JSON line per event: what failed, where, and when it is tried again."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
