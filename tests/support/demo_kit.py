"""
Demos as somebody starts them: a process of their own in a folder of their own.

A run is watched from outside: by the facts in its database and by what the sandbox holds.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import psycopg

from config import alive, catalogue, group
from config.postgres import Postgres
from dossiers.codes import split_reference
from register import places
from sandbox import day as invented
from tests.support import paper_kit

ROOT = Path(__file__).resolve().parents[2]

#: Seconds in which a day of the size of our tests is surely over, on a busy machine too.
LONGEST_DAY = 240.0

#: Seconds that a demo may take to end after Ctrl+C.
ENDS_WITHIN = 20.0

#: Names what the demo may see of our environment: not our database, nor our Django.
PASSED_ON = ("PATH", "HOME", "LANG", "MOTCUA_PG_BIN")


@dataclass(frozen=True)
class House:
    """The folder of one demo, and what is played in it."""

    folder: Path
    dossiers: int
    seed: int = 7

    @property
    def home(self) -> Path:
        """Where the demo keeps its day."""
        return self.folder / "demo"

    @property
    def server(self) -> Postgres:
        """The demo's database, whether it runs or not."""
        return Postgres(self.home / "postgres")

    def play(self) -> dict[str, Any]:
        """Play the day to its end, or on to it; return the summary."""
        with self.playing("--once") as demo:
            code = demo.wait(LONGEST_DAY)
        assert 0 == code, self.said("stderr")
        return self.summary()

    @contextmanager
    def playing(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start the demo; what still runs afterwards is ended."""
        command = [sys.executable, *self._words(), *words]
        outputs = {name: self.folder / name for name in ("stdout", "stderr")}
        with outputs["stdout"].open("wb") as stdout, outputs["stderr"].open("wb") as stderr:
            demo = subprocess.Popen(
                # Ctrl+C must be heard, even if whoever runs the tests in the background is deaf
                ["env", "--default-signal=INT", *command],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                cwd=self.folder,
                env=self.environment(),
            )
            try:
                yield demo
            finally:
                _end(demo)

    def summary(self) -> dict[str, Any]:
        """Return what the demo printed: one JSON object and nothing else."""
        told: dict[str, Any] = json.loads(self.said("stdout"))
        return told

    def said(self, stream: str) -> str:
        """Return what came on ``stdout`` or ``stderr``."""
        return (self.folder / stream).read_text()

    def environment(self) -> dict[str, str]:
        """Return the environment of a person who starts the demo here."""
        ours = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {**ours, "PYTHONPATH": str(ROOT), "MOTCUA_HOME": str(self.folder)}

    def _words(self) -> list[str]:
        return [
            *("-m", "config", "demo", "--json"),
            *("--dossiers", str(self.dossiers), "--seed", str(self.seed)),
            *("--port", str(group.free_port(0))),
        ]

    # What is known of the day

    def plan(self) -> dict[str, Any]:
        """Return what the demo decided before it began."""
        kept: dict[str, Any] = json.loads((self.home / "plan.json").read_text())
        return kept

    def cases(self) -> dict[str, invented.Case]:
        """Return the dossiers that the seed tells, by code."""
        procedures = catalogue.read()["procedures"]
        day = date.fromisoformat(self.plan()["day"])
        cases = invented.plan(self.seed, self.dossiers, procedures, places.rows(), day=day)
        return {case.code: case for case in cases}

    def letter(self) -> dict[str, Any]:
        """Return the sandbox's addresses and files."""
        told: dict[str, Any] = json.loads((self.home / "sandbox" / "endpoints.json").read_text())
        return told

    # What is seen while it goes on

    def told_of(self, kind: str) -> int:
        """Return of how many dossiers this kind of fact was told so far."""
        question = "SELECT count(DISTINCT dossier_id) FROM hub_register_fact WHERE kind = %s"
        try:
            with psycopg.connect(self.server.dsn(user="postgres")) as connection:
                row = connection.execute(question, [kind]).fetchone()
        except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
            return 0  # not started, or not migrated yet
        return int(row[0]) if row else 0

    def post(self) -> list[dict[str, Any]]:
        """Return the orders that the running sandbox's post office holds; none while it starts."""
        try:
            state = httpx.get(f"{self.letter()['control']}/state").raise_for_status().json()
        except (FileNotFoundError, httpx.TransportError):
            return []
        return list(state["vnpost"]["orders"])

    def orders(self) -> list[str]:
        """Return the references in the post office's own book, also when it is shut."""
        file = self.home / "sandbox" / "vnpost.sqlite3"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as book:
            return [number for (number,) in book.execute("SELECT number FROM orders")]

    def clear(self) -> None:
        """End the database, which outlives a demo that was killed."""
        self.server.stop()


def _end(demo: subprocess.Popen[bytes]) -> None:
    """End what still runs: as Ctrl+C does, else by force."""
    if demo.poll() is None:
        demo.send_signal(signal.SIGINT)
    try:
        demo.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        demo.kill()
        demo.wait()


def numbers(told: dict[str, Any]) -> dict[str, Any]:
    """Return what two days of one seed have in common: all but time, places and made-up codes."""
    artifacts = told["artifacts"]
    alike = {name: told[name] for name in told if name not in ("seconds", "lookup", "artifacts")}
    alike["manifests"] = [(Path(one["path"]).name, one["parcels"]) for one in told["manifests"]]
    alike["results"] = [Path(path).name for path in artifacts["results"]]
    alike["papers"] = [Path(artifacts[name]).name for name in ("manifest", "statement", "close")]
    return alike


def listed(told: dict[str, Any]) -> list[str]:
    """Return the dossiers on all manifests, read from the data embedded in their PDFs."""
    return [
        split_reference(str(row[2]))[0]
        for manifest in told["manifests"]
        for row in embedded(manifest)["rows"]
    ]


def embedded(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the data that stand in the PDF of *manifest*."""
    files = paper_kit.attachments(Path(manifest["path"]).read_bytes())
    data: dict[str, Any] = json.loads(files["manifest.json"])
    return data


def family(pid: int) -> set[int]:
    """Return *pid* and all its descendants that live."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not alive.is_alive(pid):
        return set()
    return {pid}.union(*(family(int(child)) for child in children.read_text().split()))
