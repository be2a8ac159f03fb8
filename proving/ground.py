"""
The ground that days are played on: a private server and a few processes that play.
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from rich.progress import Progress

from config import alive
from config.postgres import NAME, Postgres

Task = Mapping[str, Any]
Outcome = dict[str, Any]

#: Where a simulated house stands: in memory if the machine has such a folder.
MEMORY = Path("/dev/shm")  # noqa: S108 - our own folder in it is made for us alone


PREFIX = "motcua-proving-"


class LostError(Exception):
    """A playing process died; the message tells of which task."""


class Ground:
    """Processes that play tasks side by side."""

    def __init__(
        self, players: list[subprocess.Popen[str]], environment: Mapping[str, str]
    ) -> None:
        """Use *players*, which wait for tasks and live in *environment*."""
        self._players, self.environment = players, environment

    def play(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Yield each task with its outcome, in the order in which they end."""
        waiting = iter(tasks)
        doing: dict[int, Task] = {}
        with selectors.DefaultSelector() as selector:
            for player in self._players:
                assert player.stdout
                selector.register(player.stdout, selectors.EVENT_READ, player)
                self._give(player, waiting, doing)
            while doing:
                for key, _event in selector.select():
                    player = key.data
                    task = doing.pop(player.pid, None)
                    if task is None:
                        continue
                    line = player.stdout.readline()
                    if not line:
                        message = f"the player of {task} died with code {player.wait()}"
                        raise LostError(message)
                    self._give(player, waiting, doing)
                    yield task, json.loads(line)

    @staticmethod
    def _give(
        player: subprocess.Popen[str], waiting: Iterator[Task], doing: dict[int, Task]
    ) -> None:
        task = next(waiting, None)
        if task is not None:
            assert player.stdin
            player.stdin.write(json.dumps(task) + "\n")
            player.stdin.flush()
            doing[player.pid] = task


@contextmanager
def opened(processes: int) -> Iterator[Ground]:
    """Make a house and *processes* that play in copies of it; leave nothing behind."""
    parent = MEMORY if MEMORY.is_dir() else Path(tempfile.gettempdir())
    _clear_the_dead(parent)
    base = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))
    base.chmod(0o711)
    server = Postgres(base / "postgres", durable=False)
    players: list[subprocess.Popen[str]] = []
    try:
        server.start()
        subprocess.run(
            [sys.executable, "-m", "proving.building", str(base)],
            env=_environment(base, server.dsn()),
            check=True,
        )
        for number in range(processes):
            address = _copy(server, f"play{number}")
            players.append(_player(base, address, base / f"home{number}"))
        yield Ground(players, _environment(base, server.dsn()))
    finally:
        for player in players:
            player.kill()
            player.wait()
        server.stop()
        shutil.rmtree(base, ignore_errors=True)


def _clear_the_dead(parent: Path) -> None:
    """Remove what a killed run has left behind: a server outlives whoever started it."""
    for old in parent.glob(f"{PREFIX}*"):
        pid = old.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdigit() and not alive.is_alive(int(pid)):
            Postgres(old / "postgres").stop()
            shutil.rmtree(old, ignore_errors=True)


def _copy(server: Postgres, database: str) -> str:
    """Make *database* a copy of the one with the house in it; return its address."""
    with psycopg.connect(server.dsn(user="postgres", database="postgres"), autocommit=True) as sql:
        sql.execute(f'CREATE DATABASE "{database}" OWNER {NAME} TEMPLATE {NAME}')
    return server.dsn(database=database)


def _player(base: Path, address: str, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "proving.player", str(base), address, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # The order of a set of words is chance, too.
        env=_environment(base, address) | {"PYTHONHASHSEED": "0"},
    )


def _environment(base: Path, address: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "MOTCUA_HOME": str(base / "home"),
    }


def shown(
    played: Iterable[tuple[Task, Outcome]], total: int, what: str
) -> Iterator[tuple[Task, Outcome]]:
    """Yield what was *played* while a bar shows how far it is, on a terminal only."""
    with Progress(disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=total)
        for one in played:
            bar.advance(task)
            yield one
