"""
The parts of ``scheduler.bench``, each run as a process of its own that prints JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - Django must be set up first
from procrastinate import PsycopgConnector  # noqa: E402
from procrastinate.contrib.django import app, connector_params  # noqa: E402

from dossiers import facts  # noqa: E402
from dossiers.state import State, apply  # noqa: E402
from dossiers.steps import next_step  # noqa: E402
from register import jobs, ledger, world  # noqa: E402
from register.models import Dossier, Procedure, Unit  # noqa: E402
from scheduler import advance, worker  # noqa: E402

Figures = dict[str, float]

#: As ``motcua worker`` has it when nothing else is said.
CONCURRENCY = 4

#: Facts whose next step is timed, and the seconds between two of them.
SAMPLES, APART = 400, 0.02

_ASK = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, lock, priority, status, scheduled_at)
SELECT %(queue)s, %(name)s, jsonb_build_object('dossier', code), 'dossier ' || code,
       %(priority)s, %(status)s::procrastinate_job_status, %(at)s
FROM generate_series(0, %(count)s - 1) AS number, LATERAL (
    SELECT 'B-' || 1 + number %% (SELECT count(*) FROM hub_register_dossier WHERE code LIKE 'B-%%')
) AS one (code)
"""
_ASK_BARE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)
SELECT %(queue)s, 'bench_nothing', '{}', %(status)s::procrastinate_job_status
FROM generate_series(1, %(count)s) AS number
"""
_EVENTS = """
INSERT INTO procrastinate_events (job_id, type)
SELECT id, unnest(ARRAY['deferred', 'started', 'succeeded']::procrastinate_job_event_type[])
FROM procrastinate_jobs WHERE status = 'succeeded'
"""
_TRIGGERS = "ALTER TABLE procrastinate_jobs {} TRIGGER USER"


@app.task(name="bench_nothing", queue="bare")
async def _nothing() -> None:
    """Do nothing: the floor."""


def prepare(count: str) -> Figures:
    """Make *count* dossiers whose official has them on the tray."""
    since = world.today()
    unit = Unit.objects.create(code="B", name="Bench", kind="department", valid_from=since)
    procedure = Procedure.objects.create(
        code="B", name="Bench", field="Bench", unit=unit, symbol="B", hours=8
    )
    waits = apply(_charged(), facts.Submitted("2" * 64, "hung"))
    made = [_dossier(f"B-{number}", waits, procedure) for number in range(1, int(count) + 1)]
    new = [_dossier(f"N-{number}", _received(), procedure) for number in range(3 * SAMPLES)]
    Dossier.objects.bulk_create([*made, *new], batch_size=1000)
    return {}


def _received() -> State:
    return apply(State(), facts.Received("1" * 64, "B", "B", "B", "", "post"))


def _charged() -> State:
    return apply(_received(), facts.Charged("QN0000012825", 75_000, "transfer"))


def _dossier(code: str, state: State, procedure: Procedure) -> Dossier:
    now = world.now()
    return Dossier(
        code=code,
        unit_id="B",
        centre_id="B",
        procedure=procedure,
        secret="",
        received_at=now,
        due_at=now,
        business=state.business,
        money=state.money,
        next_step=next_step(state),
        state=state.as_json(),
        changed_at=now,
    )


def _ask(count: int, *, priority: int = 0, at: datetime | None = None) -> None:
    """Ask for the next step of *count* dossiers, from *at* on."""
    values: dict[str, Any] = {"queue": "default", "name": "advance", "status": "todo"}
    with connection.cursor() as cursor:
        cursor.execute(_ASK, values | {"count": count, "priority": priority, "at": at})


def _ask_bare(count: int, *, status: str = "todo") -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ASK_BARE, {"queue": "bare", "count": count, "status": status})


def ours(count: str) -> Figures:
    """Take *count* steps with the hub's worker."""
    took = [0]

    def point(name: str) -> None:
        took[0] += name == "took advance"

    world.install(replace(world.current(), point=point))
    _ask(int(count))
    found = _timed(
        int(count),
        lambda: worker.run(["default"], concurrency=CONCURRENCY, name="bench", wait=False),
    )
    found["wrong"] += abs(took[0] - int(count))
    return found


def bare(count: str) -> Figures:
    """Run *count* empty tasks with the engine's own worker."""
    _ask_bare(int(count))
    return _timed(int(count), lambda: asyncio.run(_bare_worker()))


async def _bare_worker() -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=CONCURRENCY + 2)
    with app.replace_connector(connector) as engine:
        async with engine.open_async():
            await engine.run_worker_async(queues=["bare"], concurrency=CONCURRENCY, wait=False)


def _timed(count: int, work: Callable[[], None]) -> Figures:
    """Time *work*, which leaves no job undone; the jobs are gone afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE procrastinate_jobs")
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'succeeded' RETURNING 1")
        done = cursor.rowcount
        cursor.execute("VACUUM procrastinate_jobs, procrastinate_events")
    return {
        "rate": count / wall,
        "cpu_ms": cpu * 1000 / count,
        "peak_mb": _peak_mb(),
        "wrong": abs(count - done),
    }


def store(finished: str, waiting: str) -> Figures:
    """Store as many finished jobs, with their events, and as many that wait for tomorrow."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS.format("DISABLE"))
        _ask_bare(int(finished), status="succeeded")
        _ask(int(waiting), at=world.now() + timedelta(days=1))
        cursor.execute(_TRIGGERS.format("ENABLE"))
        cursor.execute(_EVENTS)
        cursor.execute("VACUUM ANALYZE procrastinate_jobs, procrastinate_events")
    return {}


def flood(count: str) -> Figures:
    """Store *count* jobs that are due but nobody waits for."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS.format("DISABLE"))
        _ask(int(count), priority=jobs.Priority.SWEEP)
        cursor.execute(_TRIGGERS.format("ENABLE"))
    return {}


def latency(phase: str) -> Figures:
    """Time from the commit of a fact to the first line of its step, in another process."""
    first = ("idle", "stored", "busy").index(phase) * SAMPLES
    command = [sys.executable, "-m", "scheduler.bench_parts", "timed_worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin  # noqa: S101 - a pipe was asked for
        assert process.stdout  # noqa: S101
        process.stdout.readline()
        told = [_tell(f"N-{first + number}") for number in range(SAMPLES)]
        time.sleep(0.5)
        process.stdin.close()
        took: dict[str, float] = json.loads(process.stdout.readline())
        process.wait()
    waits = [1000 * (took[code] - at) for code, at in told if code in took]
    cuts = quantiles(waits, n=100)
    return {"p50": cuts[49], "p99": cuts[98], "wrong": SAMPLES - len(waits)}


def _tell(code: str) -> tuple[str, float]:
    """Record a fact of dossier *code*; return when it was committed."""
    ledger.record(code, facts.Charged("QN0000012825", 0, "exempt"), by="bench")
    at = time.perf_counter()
    time.sleep(APART)
    return code, at


def timed_worker() -> Figures:
    """
    Work until our input ends, noting when each step of a new dossier begins.

    The steps themselves are left out: nobody could sign these dossiers.
    """
    took: dict[str, float] = {}
    really = advance.advance

    def timed(code: str) -> None:
        took.setdefault(code, time.perf_counter())
        if code.startswith("B-"):
            really(code)

    advance.advance = timed  # the job looks it up in its module
    threading.Thread(target=_until_input_ends, daemon=True).start()
    worker.run(["default"], concurrency=CONCURRENCY, name="bench")
    return {code: at for code, at in took.items() if code.startswith("N-")}


def _until_input_ends() -> None:
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _peak_mb() -> float:
    """Return this process's own high-water mark; getrusage would show our parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


PARTS: dict[str, Callable[..., Figures]] = {
    part.__name__: part for part in (prepare, ours, bare, store, flood, latency, timed_worker)
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
