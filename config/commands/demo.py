"""
``motcua demo``: a whole day at the Centre on real parts, then the desk to look around in.

The day's data lie in a folder of their own. A day that was stopped, even by kill -9, goes on
where it was; a finished one makes room for a new one. Nothing leaves this machine.
"""

from __future__ import annotations

import argparse
import fcntl
import importlib
import json
import os
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

import django

from config import environment, group
from config.postgres import Postgres
from config.processes import Part, Supervisor

#: Chance of each fault of the sandbox at the first try of a dossier's payment or parcel.
FAULT_RATE = 0.03

#: Where the sandbox draws faults: where they follow from the dossier, not from the clock, so
#: that the same seed has the same day.
FAULTY = ("platform/init", "platform/callback", "vnpost/order", "bank/statement")


LETTER = "endpoints.json"
"""Where the sandbox writes what the hub needs to know, when it is ready."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes one day the same as another, and where it runs."""

    seed: int
    dossiers: int
    day: str
    port: int
    door: int
    """The port for callbacks."""
    token: str
    """With which the departments' systems call the API."""


def main(arguments: list[str]) -> int:
    """Play the day; 0 when it ended well, 130 when Ctrl+C or SIGTERM broke it off."""
    given = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    home = environment.read().home / "demo"
    home.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(home.with_suffix(".lock")):
            _run(home, given)
    except KeyboardInterrupt:
        print(
            "\nĐã dừng, cùng lệnh này đi tiếp · stopped, the same command goes on", file=sys.stderr
        )
        return 130
    return 0


def _run(home: Path, given: argparse.Namespace) -> None:
    """Play the day in *home*, show what came of it, and serve if wanted."""
    plan = _plan(home, given)
    started = time.monotonic()
    with _house(home, plan) as supervisor:
        play = importlib.import_module("config.demo.play")
        summary = play.day(asdict(plan), home, supervisor)
        summary["seconds"] = round(time.monotonic() - started, 1)
        (home / "finished").touch()
        play.show(summary, plan.port, as_json=given.json)
        if not given.once:
            _serve(supervisor)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Let a stop by the system end us the way Ctrl+C does."""
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end with the summary, do not serve")
    parser.add_argument("--dossiers", type=int, default=60, metavar="N")
    parser.add_argument("--seed", type=int, default=7, metavar="S")
    parser.add_argument("--port", type=int, default=8000, help="of the desk, if it is free")
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    return parser


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one demo at a time use the folder; the lock dies with its holder."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = (
                "Bản demo khác đang chạy; hãy dừng nó trước (Ctrl+C).\n"
                "Another demo is running; stop it first (Ctrl+C)."
            )
            raise SystemExit(message) from None
        yield


def _plan(home: Path, given: argparse.Namespace) -> Plan:
    """Return the day that was begun and not finished, or a new one in an empty folder."""
    file = home / "plan.json"
    if file.exists() and not (home / "finished").exists():
        kept = Plan(**json.loads(file.read_text()))
        if (kept.seed, kept.dossiers) == (given.seed, given.dossiers):
            return kept
    Postgres(home / "postgres").stop()
    shutil.rmtree(home)
    home.mkdir()
    plan = Plan(
        seed=given.seed,
        dossiers=given.dossiers,
        day=_today().isoformat(),
        port=group.free_port(given.port),
        door=group.free_port(given.port + 1),
        token=secrets.token_hex(32),
    )
    draft = file.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(plan)))
    draft.rename(file)
    return plan


def _today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()


@contextmanager
def _house(home: Path, plan: Plan) -> Iterator[Supervisor]:
    """Run database, sandbox and the hub's parts on *home*; give their supervisor."""
    server = Postgres(home / "postgres")
    server.start()
    os.environ.update(
        MOTCUA_HOME=str(home),
        DATABASE_URL=server.dsn(),
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    try:
        with Supervisor([_sandbox(home, plan)], logs=home / "logs") as sandbox:
            _prepare(home, plan, sandbox)
            parts = group.parts(plan.port, {}, door=plan.door)
            with Supervisor(parts, logs=home / "logs", beside=[server]) as hub:
                yield _Both(sandbox, hub)  # type: ignore[misc]
    finally:
        server.stop()


class _Both:
    """Two groups tended as one."""

    def __init__(self, *groups: Supervisor) -> None:
        self._groups = groups

    def tend(self) -> None:
        """Start again what has ended."""
        for one in self._groups:
            one.tend()

    def pids(self) -> dict[str, int]:
        """Return the pid of each part."""
        return {name: pid for one in self._groups for name, pid in one.pids().items()}


def _sandbox(home: Path, plan: Plan) -> Part:
    """The other side: bank, platform, post, authority, tokens."""
    data = home / "sandbox"
    (data / LETTER).unlink(missing_ok=True)
    words = [sys.executable, "-m", "sandbox", "--data", str(data), "--seed", str(plan.seed)]
    words += ["--fault-rate", str(FAULT_RATE), "--slow", "1"]
    words += [word for place in FAULTY for word in ("--only", place)]
    words += ["--callback", f"http://127.0.0.1:{plan.door}/callbacks/platform"]
    return Part("sandbox", words, environment=group.THRIFTY)


def _prepare(home: Path, plan: Plan, sandbox: Supervisor) -> None:
    """Set the stage while the sandbox makes its keys; Django can be imported from here on."""
    django.setup()
    setting = importlib.import_module("config.demo.setting")
    setting.make_tables()
    letter = home / "sandbox" / LETTER
    sandbox.watch(until=letter.exists)
    told = json.loads(letter.read_text())
    (home / "motcua.toml").write_text(setting.operators_file(told))
    setting.prepare(told, home, plan.token)


def _serve(supervisor: Supervisor) -> None:
    """Keep everything running until Ctrl+C."""
    try:
        while True:
            supervisor.tend()
            time.sleep(0.2)
    except KeyboardInterrupt:
        print("\nDừng lại · stopping", file=sys.stderr)
