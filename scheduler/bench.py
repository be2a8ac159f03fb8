"""
How fast the hub takes steps, beside the bare engine, and how soon a step follows its fact.

A private PostgreSQL with fsync, as in production, in a folder of its own. Every worker runs in
a process of its own with the concurrency of production. The hub's worker runs ``advance`` on
dossiers that wait for their official: it loads the dossier, reads its state and finds that
there is nothing to do, so what is measured is the way and not the step. The floor is
procrastinate's own worker with an empty asynchronous task, on the same database.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
_ROUNDS: Final = 3

#: What is stored when latency is measured again.
FINISHED, WAITING = 1_000_000, 50_000

#: config stands above this room, so its server is asked for by a program of its own.
_SERVER: Final = """
import sys
from pathlib import Path
import psycopg
from config.postgres import Postgres
act, server = sys.argv[1], Postgres(Path(sys.argv[2]))
if act == "settle":
    with psycopg.connect(server.dsn(user="postgres"), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
else:
    getattr(server, act)()
print(server.dsn())
"""


def engine(n: int = 3_000) -> dict[str, Any]:
    """
    Take *n* steps in each round; return the figures of the public contract.

    ``rate`` is steps a second and ``ratio.floor`` that rate over the bare engine's, each the
    best of three rounds in turn. ``latency_ms`` is the time from a fact's commit to the first
    line of the job: ``idle`` on a small database; ``stored`` with 1,000,000 finished jobs and
    50,000 that wait for a later time; ``busy`` with 50,000 more of low priority that are due.
    ``wrong`` counts jobs that did not run exactly once.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder, _served(folder) as given:
        _python(given, "-m", "django", "migrate", "--verbosity=0", "--skip-checks")
        _part(given, "prepare", n)
        runs = [(way, _part(given, way, n)) for _ in range(_ROUNDS) for way in ("ours", "bare")]
        latency = _latency(given, "idle")
        _part(given, "store", FINISHED, WAITING)
        # A million rows in one go are still on their way to the disk; nobody stores like that.
        _server(given, "settle", folder)
        latency |= _latency(given, "stored")
        _part(given, "flood", WAITING)
        latency |= _latency(given, "busy")
    ours, bare = (_best(runs, way) for way in ("ours", "bare"))
    return {
        "name": "engine",
        "rate": round(ours["rate"]),
        "unit": "jobs/s",
        "cpu_ms": round(ours["cpu_ms"], 3),
        "peak_mb": round(ours["peak_mb"], 1),
        "ratio": {"floor": round(ours["rate"] / bare["rate"], 2)},
        "wrong": int(sum(run["wrong"] for _way, run in runs) + latency.pop("wrong")),
        "latency_ms": latency,
        "floor": {"rate": round(bare["rate"]), "cpu_ms": round(bare["cpu_ms"], 3)},
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.python_version()}",
    }


def _best(runs: list[tuple[str, dict[str, float]]], way: str) -> dict[str, float]:
    return max((run for told, run in runs if told == way), key=lambda run: run["rate"])


def _latency(given: Mapping[str, str], name: str) -> dict[str, float]:
    """Measure the way from fact to step; each figure is named after what is stored."""
    found = _part(given, "latency", name)
    kept = {f"{name}_{key}": round(found[key], 2) for key in ("p50", "p99")}
    return kept | {"wrong": found["wrong"]}


@contextmanager
def _served(folder: str) -> Iterator[dict[str, str]]:
    """Run a server in *folder*; give the environment of the processes that use it."""
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "MOTCUA_HOME": folder}
    given["DATABASE_URL"] = _server(given, "start", folder)
    try:
        yield given
    finally:
        _server(given, "stop", folder)


def _server(given: Mapping[str, str], act: str, folder: str) -> str:
    """Start, settle or stop the server in *folder*; return its address."""
    return _python(given, "-c", _SERVER, act, str(Path(folder) / "postgres")).strip()


def _part(given: Mapping[str, str], *words: object) -> dict[str, float]:
    """Run one part of the measurement; return what it measured."""
    said = _python(given, "-m", "scheduler.bench_parts", *(str(word) for word in words))
    found: dict[str, float] = json.loads(said)
    return found


def _python(given: Mapping[str, str], *words: str) -> str:
    return subprocess.run(
        [sys.executable, *words],
        env=dict(given),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
