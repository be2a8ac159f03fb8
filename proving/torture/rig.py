"""
The hub's parts as real processes in a folder of their own, and the other side beside them.

Two workers and two clocks, because one of each may always be dead; one web part; PostgreSQL
that forces everything to disk; the sandbox as the platform that is asked and paid.
"""

from __future__ import annotations

import importlib
import json
import os
import secrets
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

from config import group
from config.postgres import Postgres
from config.processes import Part, Supervisor
from proving.torture.proxy import Fault, Proxy

#: Seconds after which a part that was killed counts as sound and starts again at once.
SOUND = 2.0

#: What the platform itself does badly, beside our killing: chance at the first try.
PLATFORM = (
    *("--fault-rate", "slow=0.3", "--slow", "0.8"),
    *("--fault-rate", "silent_after_accepting=0.03"),
    *("--fault-rate", "error_500_after_accepting=0.03"),
    *("--fault-rate", "duplicate=0.05", "--fault-rate", "lost_callback=0.02"),
    *("--only", "platform/init", "--only", "platform/query", "--only", "platform/callback"),
)

#: Seconds between two firings: enough for the clocks to be killed in the middle of something.
SCHEDULES = {"ask_pending": 5.0, "fetch_statements": 30.0, "track": 10.0, "sweep": 15.0}

#: What the network does when it is bad, in turns.
MIX = tuple(Fault)


@dataclass
class Rig:
    """A running hub and how to reach it."""

    home: Path
    server: Postgres
    supervisor: Supervisor
    web: int
    """Port of the web part, or of the proxy before it."""
    door: int
    """Port of the door for callbacks, or of the proxy before it."""
    letter: dict[str, Any]
    """What the sandbox says about itself."""
    api_token: str
    proxies: list[Proxy] = field(default_factory=list)

    @property
    def callbacks(self) -> str:
        """Where the platform calls."""
        return f"http://127.0.0.1:{self.door}/callbacks/platform"

    @property
    def results(self) -> str:
        """Where departments hand over."""
        return f"http://127.0.0.1:{self.web}/api/v1/results"

    @property
    def secret(self) -> str:
        """What platform and hub share."""
        return Path(self.letter["platform"]["secret_file"]).read_text().strip()

    def orders(self) -> list[dict[str, Any]]:
        """Return the payment orders in the platform's own book."""
        return self._book("SELECT reference, dossier, transaction_id FROM orders")

    def unpaid(self, most: int) -> list[str]:
        """Return the references of so many orders that nobody has paid yet."""
        query = f"SELECT reference FROM orders WHERE transaction_id IS NULL LIMIT {most:d}"
        return [row["reference"] for row in self._book(query)]

    def letters(self) -> list[dict[str, Any]]:
        """Return the platform's own callbacks and how the hub answered them."""
        return self._book("SELECT reference, body, done, answers FROM callbacks")

    def _book(self, query: str) -> list[dict[str, Any]]:
        file = self.home / "sandbox" / "platform.sqlite3"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as book:
            book.row_factory = sqlite3.Row
            return [dict(row) for row in book.execute(query)]


def new_folder() -> Path:
    """Make a new folder that PostgreSQL's user may pass through."""
    home = Path(tempfile.mkdtemp(prefix="motcua-torture-"))
    home.chmod(0o711)
    return home


@contextmanager
def running(home: Path, *, bad_network: bool) -> Iterator[Rig]:
    """
    Run everything in *home* and end it afterwards.

    With a *bad_network* proxies stand before web, door and platform. Sets this
    process up as a part of that hub, so it can be done once in a process.
    """
    server = Postgres(home / "postgres")
    server.start()
    os.environ.update(
        MOTCUA_HOME=str(home),
        DATABASE_URL=server.dsn(),
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    with ExitStack() as stack:
        stack.callback(server.stop)
        ports = web, door = group.free_port(0), group.free_port(0)
        before = [Proxy(port, mix=MIX, every=40) for port in ports] if bad_network else []
        seen = [stack.enter_context(proxy).port for proxy in before] or list(ports)
        sandbox = stack.enter_context(Supervisor([_sandbox(home, seen[1])], logs=home / "logs"))
        letter = _letter(home, sandbox)
        proxies = [*before]
        if bad_network:
            proxies.append(_before_platform(letter, stack))
        token = secrets.token_hex(32)
        _prepare(home, letter, token)
        hub = Supervisor(parts(web, door), logs=home / "logs", beside=[server], sound=SOUND)
        stack.enter_context(hub)
        yield Rig(home, server, hub, seen[0], seen[1], letter, token, proxies)


#: Of these there are two, so that one may be dead for a while.
DOUBLED = ("worker", "clock")


def parts(web: int, door: int) -> list[Part]:
    """Return the hub's parts with all that may die doubled, but web and door on their ports."""
    ours = group.parts(web, {}, door=door)
    pairs = [
        Part(f"{one.name}-{number}", one.command, environment=one.environment)
        for one in ours
        if one.name in DOUBLED
        for number in (1, 2)
    ]
    return [*pairs, *(one for one in ours if one.name not in DOUBLED)]


def _sandbox(home: Path, door: int) -> Part:
    words = [sys.executable, "-m", "sandbox", "--data", str(home / "sandbox"), *PLATFORM]
    words += ["--callback", f"http://127.0.0.1:{door}/callbacks/platform"]
    return Part("sandbox", words, environment=group.THRIFTY)


def _letter(home: Path, sandbox: Supervisor) -> dict[str, Any]:
    file = home / "sandbox" / "endpoints.json"
    sandbox.watch(until=file.exists)
    told: dict[str, Any] = json.loads(file.read_text())
    return told


def _before_platform(letter: dict[str, Any], stack: ExitStack) -> Proxy:
    """Put a bad network before the platform; *letter* tells its address from then on."""
    address = urlsplit(letter["platform"]["url"])
    proxy = stack.enter_context(Proxy(address.port or 80, mix=MIX, every=7))
    letter["platform"]["url"] = f"http://127.0.0.1:{proxy.port}{address.path}"
    return proxy


def _prepare(home: Path, letter: dict[str, Any], api_token: str) -> None:
    """Set the stage as for the demo; Django can be imported from here on."""
    django.setup()
    setting = importlib.import_module("config.demo.setting")
    setting.make_tables()
    file = setting.operators_file(letter, schedules=SCHEDULES)
    (home / "motcua.toml").write_text(file)
    setting.prepare(letter, home, api_token)
    importlib.import_module("django.db").connection.close()
