"""
``motcua up``: run all parts of the hub on this machine and keep them running.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from types import FrameType

import django
from django.core.management import call_command

from config import environment, group
from config.postgres import Postgres
from config.processes import PartError, Supervisor


def main(arguments: list[str]) -> int:
    """Run until Ctrl+C or SIGTERM; the private database, if there is one, ends with us."""
    parser = argparse.ArgumentParser(prog="motcua up", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args(arguments)
    ours = environment.read()
    server = None if ours.database_url else Postgres(ours.home / "postgres")
    signal.signal(signal.SIGTERM, _stop)
    try:
        if server:
            server.start()
            os.environ["DATABASE_URL"] = server.dsn()
        _migrate()
        return _run(given.port)
    except PartError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        if server:
            server.stop()


def _run(port: int) -> int:
    """Tend the parts in the foreground."""
    try:
        with Supervisor(group.parts(port, {}), logs=environment.read().home / "logs") as supervisor:
            print(f"Sẵn sàng · ready: http://127.0.0.1:{port}", flush=True)
            supervisor.watch()
    except KeyboardInterrupt:
        print("\nĐã dừng · stopped", file=sys.stderr)
    return 0


def _migrate() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)
    importlib.import_module("scheduler.sweeps").partitions()


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Let systemd's stop end us the way Ctrl+C does."""
    raise KeyboardInterrupt
