"""
``motcua up``: run all parts of the hub on this machine and keep them running.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

import django

from config import environment, group, migrating
from config.postgres import Postgres
from config.processes import PartError, Supervisor, Tended


def main(arguments: list[str]) -> int:
    """Run until Ctrl+C or SIGTERM; the private database, if there is one, ends with us."""
    parser = argparse.ArgumentParser(prog="motcua up", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--door", type=int, default=8001, help="the port for callbacks")
    given = parser.parse_args(arguments)
    ours = environment.read()
    server = None if ours.database_url else Postgres(ours.home / "postgres")
    signal.signal(signal.SIGTERM, _stop)
    try:
        if server:
            server.start()
            os.environ["DATABASE_URL"] = server.dsn()
        _migrate()
        return _run(given, [server] if server else [])
    except (PartError, migrating.BusyError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        if server:
            server.stop()


def _run(given: argparse.Namespace, beside: Sequence[Tended]) -> int:
    """Tend the parts in the foreground, and the private database if there is one."""
    try:
        logs = environment.read().home / "logs"
        parts = group.parts(given.port, {}, door=given.door)
        with Supervisor(parts, logs=logs, beside=beside) as supervisor:
            print(f"Sẵn sàng · ready: http://127.0.0.1:{given.port}", flush=True)
            supervisor.watch()
    except KeyboardInterrupt:
        print("\nĐã dừng · stopped", file=sys.stderr)
    return 0


def _migrate() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    migrating.migrate()
    importlib.import_module("scheduler.sweeps").partitions()


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Let systemd's stop end us the way Ctrl+C does."""
    raise KeyboardInterrupt
