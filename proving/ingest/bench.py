"""
``./motcua bench ingest``: callbacks by the door, on a private PostgreSQL that forces to disk.

Callers are processes of their own on the same machine, so all figures share its processors with
the load that makes them.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg

from config import alive, group
from config.postgres import Postgres
from proving.ingest.callers import Order
from proving.ingest.messages import PARTNER, SECRET
from proving.ingest.process import Process, peak, processor

GOAL: Final = 1500.0
"""Callbacks a second."""
SHARE, LIMIT = 0.6, 0.85
"""The fixed rate as a part of what the door takes when callers do not pause: so much, or the
goal if that is more; but never above the limit, where a queue would grow for ever."""
FLOOD: Final = 5
"""Times the fixed rate."""
CROWD: Final = 800
"""Connections of the flood."""
SLOW: Final = 1000
HONEST: Final = 200.0
"""Calls a second of the honest caller beside a flood."""
EAGER: Final = 160
"""Connections of callers who do not pause: enough for a commit on its way and the next one."""
GATEWAY, STRANGER, DRIPPING = "127.0.0.2", "127.0.0.3", "127.0.0.4"

Figures = dict[str, Any]


def ingest(seconds: int = 8) -> Figures:
    """
    Measure for *seconds* at a time; return the figures of the public contract.

    ``rate`` is a fixed rate of arrivals and what was answered of it; ``most`` what the door
    takes from callers who do not pause, and ``ratio.floor`` that beside the bare handler.
    ``wrong`` counts callbacks that were answered with yes and do not lie in the register, and
    those that lie there twice or without a job.
    """
    with tempfile.TemporaryDirectory(prefix="bench-ingest-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        server = Postgres(home / "postgres")
        server.start()
        try:
            return Bench(home, server, seconds).run()
        finally:
            server.stop()


@dataclass(slots=True)
class Bench:
    """One run in the folder *home*."""

    home: Path
    server: Postgres
    seconds: int
    answered: list[Path] = field(default_factory=list)

    def run(self) -> Figures:
        """Measure everything."""
        self._prepare()
        with self._serving(sys.executable, "-m", "config", "door", "--port") as (port, door):
            most = self._eager(port)
            before = processor([door.pid]), self._database()
            quickest = most["yes"] / most["seconds"]
            rate = min(max(GOAL, SHARE * quickest), LIMIT * quickest)
            steady = self._calls(port, rate=rate)
            cpu = processor([door.pid]) - before[0], self._database() - before[1]
            flood = self._flood(port, rate)
            slow = self._slow(port, rate)
            most_memory = peak(door.pid)
        answered, stored, wrong = self._compare()
        granian = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-log"]
        with self._serving(*granian, "proving.ingest.floor:application", "--port") as (port, _bare):
            floor = self._eager(port)
        return {
            "name": "ingest",
            "rate": round(steady["yes"] / steady["seconds"]),
            "unit": "callbacks/s",
            "p50_ms": steady["p50_ms"],
            "p99_ms": steady["p99_ms"],
            "cpu_ms": round(cpu[0] / steady["yes"] * 1000, 3),
            "database_cpu_ms": round(cpu[1] / steady["yes"] * 1000, 3),
            "peak_mb": most_memory,
            "most": round(quickest),
            "ratio": {"floor": round(quickest / (floor["yes"] / floor["seconds"]), 2)},
            "stored": stored,
            "answered": answered,
            "wrong": wrong,
            "flood": flood,
            "slow": slow | {"ratio": round(slow["p99_ms"] / steady["p99_ms"], 2)},
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
            f"{platform.python_version()}",
        }

    # -- what is measured -------------------------------------------------------------------

    def _eager(self, port: int) -> Figures:
        """Call without a pause; the first second only warms up."""
        self._calls(port, rate=0.0, calls=2000)
        return self._calls(port, rate=0.0, calls=2000 * self.seconds)

    def _calls(
        self, port: int, *, rate: float, calls: int = 0, connections: int = EAGER
    ) -> Figures:
        calls = calls or int(rate * self.seconds)
        with self._callers(port, GATEWAY, rate=rate, calls=calls, lines=connections) as callers:
            return _told(callers)

    def _flood(self, port: int, rate: float) -> Figures:
        """Call honestly while a stranger calls five times as often as the door can take."""
        offered = FLOOD * rate
        calls = int(offered * self.seconds)
        with self._callers(port, STRANGER, rate=offered, calls=calls, lines=CROWD) as strangers:
            time.sleep(0.5)
            seconds = max(1, self.seconds - 2)
            calls = int(HONEST * seconds)
            with self._callers(port, GATEWAY, rate=HONEST, calls=calls, lines=32) as callers:
                honest = _told(callers)
            flood = _told(strangers)
        return {
            "offered": round(offered),
            "shed": flood["statuses"].get("503", 0),
            "kept_waiting": flood["unsent"],
            "answered": flood["yes"],
            "honest": calls,
            "honest_answered": honest["yes"],
            "honest_p99_ms": honest["p99_ms"],
        }

    def _slow(self, port: int, rate: float) -> Figures:
        """Call at the same rate while a thousand connections drip."""
        command = [sys.executable, "-m", "proving.ingest.slow", str(port), str(SLOW), DRIPPING]
        with Process(command, self._environment()) as dripping:
            dripping.wait_until_ready()
            told = self._calls(port, rate=rate)
        return {
            "connections": SLOW,
            "rate": round(told["yes"] / told["seconds"]),
            "p99_ms": told["p99_ms"],
        }

    # -- processes ----------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Make tables, and the operator's file."""
        table = {"url": "http://x.invalid", "partner": PARTNER, "secret": SECRET}
        lines = [f"{name} = {json.dumps(value)}" for name, value in table.items()]
        (self.home / "motcua.toml").write_text("\n".join(["[connectors.platform]", *lines, ""]))
        command = [sys.executable, "-m", "config", "manage", "migrate", "--skip-checks", "-v0"]
        subprocess.run(command, env=self._environment(), check=True)

    def _environment(self) -> dict[str, str]:
        ours = {"MOTCUA_HOME": str(self.home), "DATABASE_URL": self.server.dsn()}
        return {**os.environ, **group.THRIFTY, **ours}

    @contextmanager
    def _serving(self, *command: str) -> Iterator[tuple[int, Process]]:
        """Run a server on a free port; give the port and the process."""
        port = group.free_port(0)
        with Process([*command, str(port)], self._environment()) as process:
            alive.wait_for(lambda: group.listens(port), 30, f"{command[2]} to listen")
            yield port, process

    @contextmanager
    def _callers(
        self, port: int, address: str, *, rate: float, calls: int, lines: int
    ) -> Iterator[Process]:
        """Let callers begin in a process of their own."""
        file = self.home / f"answered.{len(self.answered)}"
        order = Order(
            port=port,
            name=f"{len(self.answered):03d}",
            calls=calls,
            rate=rate,
            connections=lines,
            address=address,
            answered=str(file),
        )
        self.answered.append(file)
        with Process([sys.executable, "-m", "proving.ingest.callers"], self._environment()) as one:
            one.say(json.dumps(asdict(order)))
            one.wait_until_ready()
            yield one

    # -- what came of it ------------------------------------------------------------------------

    def _database(self) -> float:
        postmaster = self.server.pid()
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return processor([postmaster or 0, *map(int, children)])

    def _compare(self) -> tuple[int, int, int]:
        """Return how many were answered with yes, how many of these are kept, what is wrong."""
        answered = [one for file in self.answered for one in file.read_text().split()]
        with psycopg.connect(self.server.dsn()) as connection:
            kept = Counter(row[0] for row in connection.execute(_KEPT))
            asked = Counter(row[0] for row in connection.execute(_ASKED))
        stored = sum(one in kept for one in answered)
        not_once = sum(kept[one] != 1 or asked[one] != 1 for one in kept | asked)
        return len(answered), stored, len(answered) - stored + not_once


def _told(callers: Process) -> Figures:
    found: Figures = json.loads(callers.heard())
    return found


_KEPT = "SELECT split_part(external_id, ':', 1) FROM hub_register_inbox"
_ASKED = "SELECT args->>'reference' FROM procrastinate_jobs"
