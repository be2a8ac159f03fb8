"""
What one step costs with a year's dossiers stored, against a hub that has just begun.

Two databases on one private server, filled alike but for how much is finished; the open work
is the same in both, as it is in life. One process works on each, in turn, so that whatever else
the machine does falls on both. The server forces nothing to disk: a disk's pauses would hide
what is measured, and the same number of commits is made on both sides.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import psycopg

from config import environment
from config.postgres import NAME, Postgres
from proving.growth.fill import Range, fill
from register import world

SMALL_SHARE: Final = 100
"""The small database has a hundredth, the large one everything."""

AT_LEAST: Final = 300
"""Fewest finished dossiers of the small database."""

OPEN: Final = 1_000
"""Dossiers that are on their way, in both."""

ROUNDS: Final = 24
"""Lives of dossiers that count."""

WARM: Final = 3
"""Lives before those, which only warm up."""

TRIAL: Final = 10_000
"""Up to so many dossiers the run only shows that it runs: few lives, no figure to go by."""
TRIAL_ROUNDS: Final = 3

#: The fill is a restore, not a day's work: the server may take its time with the log.
_SERVER = (
    "ALTER SYSTEM SET wal_level = 'minimal'",
    "ALTER SYSTEM SET max_wal_senders = 0",
    "ALTER SYSTEM SET max_wal_size = '2GB'",
    "ALTER SYSTEM SET autovacuum = off",
)
_STAGE = "import django; django.setup(); from proving.growth import stage; stage.make()"
_STEPS = "import django; django.setup(); from proving.growth import steps; steps.main()"


def growth(n: int = 1_000_000) -> dict[str, Any]:
    """
    Measure with *n* finished dossiers stored against a hundredth; the figures of the contract.

    ``ratio.growth`` compares the processor time, hub and database together, of one dossier's
    life; ``steps`` has each step, ``pages`` what people look at. ``wrong`` counts dossiers
    whose chain does not hold or that did not arrive.
    """
    open_, rounds = (OPEN, ROUNDS) if n > TRIAL else (AT_LEAST, TRIAL_ROUNDS)
    with tempfile.TemporaryDirectory(prefix="bench-growth-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL runs as a user who must pass
        with _server(Path(folder)) as house:
            seconds = _fill(house, n, open_)
            megabytes = house.size("large")
            with house.steps("small") as small, house.steps("large") as large:
                sides = _measure(small, large, rounds)
                wrong = sum(
                    bool(side.faults(at)) for side in (small, large) for at in range(rounds)
                )
                peak = max(small.peak_mb(), large.peak_mb())
    return _figures(*sides) | {
        "peak_mb": peak,
        "wrong": wrong,
        "dossiers": {"small": _small(n), "large": n, "open": open_},
        "fill_seconds": round(seconds, 1),
        "stored_mb": megabytes,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.python_version()}",
    }


def _small(n: int) -> int:
    return max(n // SMALL_SHARE, AT_LEAST)


# -- the house --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class House:
    """A private server and a data folder."""

    folder: Path
    server: Postgres

    def open(self, database: str) -> psycopg.Connection[Any]:
        """Return a superuser's session in *database*."""
        dsn = self.server.dsn(user="postgres", database=database)
        return psycopg.connect(dsn, autocommit=True)

    def environment(self, database: str) -> dict[str, str]:
        """Return the environment of a process of the hub that works on *database*."""
        return {
            **os.environ,
            "DATABASE_URL": self.server.dsn(database=database),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MOTCUA_HOME": str(self.folder / "home"),
            "MOTCUA_SECRET_KEY": "growth",
            "MOTCUA_HOSTS": "testserver",
            "PYTHONPATH": str(environment.ROOT),
        }

    def run(self, program: str) -> None:
        """Run *program* on the first database to its end."""
        subprocess.run([sys.executable, "-c", program], env=self.environment(NAME), check=True)

    @contextmanager
    def steps(self, database: str) -> Iterator[Steps]:
        """Run a process that takes steps on *database*."""
        with subprocess.Popen(
            [sys.executable, "-c", _STEPS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=self.environment(database),
        ) as process:
            yield Steps(process)
            assert process.stdin
            process.stdin.close()

    def size(self, database: str) -> int:
        """Return the megabytes that *database* holds."""
        with self.open(database) as link:
            row = link.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0] if row else 0) // 2**20


@contextmanager
def _server(folder: Path) -> Iterator[House]:
    house = House(folder, Postgres(folder / "postgres", durable=False))
    house.server.start()
    try:
        with house.open("postgres") as link:
            for setting in _SERVER:
                link.execute(setting)
        house.server.stop()
        house.server.start()
        yield house
    finally:
        house.server.stop()


def _fill(house: House, n: int, open_: int) -> float:
    """Fill both databases; return the seconds that the large one took."""
    house.run(_STAGE)
    today, small = world.today(), _small(n)
    with house.open(NAME) as link:
        fill(link, Range(0, small), today)
        fill(link, Range(small, small + open_, finished=False), today)
    with house.open("postgres") as link:
        link.execute(f"CREATE DATABASE small TEMPLATE {NAME} OWNER {NAME}")
        link.execute(f"ALTER DATABASE {NAME} RENAME TO large")
    started = time.perf_counter()
    with house.open("large") as link:
        fill(link, Range(small + open_, n + open_), today)
    for database in ("small", "large"):
        with house.open(database) as link:
            link.execute("VACUUM (ANALYZE)")
    return time.perf_counter() - started


# -- measuring ------------------------------------------------------------------------------

Spent = dict[str, tuple[float, float]]
"""Processor and clock milliseconds by step."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A process of the hub that takes steps when it is asked."""

    process: subprocess.Popen[str]

    def life(self, number: int) -> Spent:
        """Carry one dossier through its life; return what each step took."""
        spent: Spent = self._ask(f"life {number}")["spent"]
        return spent

    def faults(self, number: int) -> list[str]:
        """Return what is wrong with a dossier after its life."""
        return list(self._ask(f"wrong {number}")["faults"])

    def peak_mb(self) -> float:
        """Return the most memory that the process had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return round(int(peak.split()[1]) / 1024, 1)

    def _ask(self, line: str) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


def _measure(small: Steps, large: Steps, rounds: int) -> tuple[list[Spent], list[Spent]]:
    """Let both live in turn, and each go first as often."""
    sides: tuple[list[Spent], list[Spent]] = ([], [])
    for number in range(WARM + rounds):
        pair = [(small, sides[0]), (large, sides[1])]
        for steps, kept in pair if number % 2 else reversed(pair):
            kept.append(steps.life(number))
    return sides[0][WARM:], sides[1][WARM:]


def _figures(small: list[Spent], large: list[Spent]) -> dict[str, Any]:
    """Return rate, cost and ratios; the median of all lives counts for each step."""
    told = {
        name: [
            [median(life[name][kind] for life in side) for side in (small, large)]
            for kind in (0, 1)
        ]
        for name in small[0]
    }
    parts = {
        name: {
            "small_ms": round(cpu[0], 2),
            "large_ms": round(cpu[1], 2),
            "ratio": round(cpu[1] / cpu[0], 2),
            "clock_ratio": round(clock[1] / clock[0], 2),
        }
        for name, (cpu, clock) in told.items()
    }
    steps = {name: part for name, part in parts.items() if not name.startswith("page_")}
    pages = {name: part for name, part in parts.items() if name.startswith("page_")}
    clock = sum(told[name][1][1] for name in steps)
    cpu = sum(told[name][0][1] for name in steps)
    return {
        "name": "growth",
        "rate": round(1000 * len(steps) / clock, 1),
        "unit": "steps/s",
        "cpu_ms": round(cpu / len(steps), 2),
        "ratio": {
            "growth": _ratio(told, steps, 0),
            "clock": _ratio(told, steps, 1),
            "pages": _ratio(told, pages, 0),
        },
        "steps": steps,
        "pages": pages,
    }


def _ratio(told: dict[str, list[list[float]]], names: Iterator[str] | Any, kind: int) -> float:
    """Return how many times as much the large side took, all of *names* together."""
    small, large = (sum(told[name][kind][side] for name in names) for side in (0, 1))
    return round(large / small, 3)
