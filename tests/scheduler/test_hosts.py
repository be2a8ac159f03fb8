"""Two hosts, made of network namespaces, that share one database over TCP."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config import postgres
from config.postgres import Postgres
from tests.support.process_kit import ROOT, running, wait_for

#: Seconds in which the job of a killed worker must run elsewhere.
TAKEN_OVER = 20.0


@dataclass
class Host:
    """A network namespace: an own stack of addresses, as another machine has it."""

    name: str
    database: str
    """The address of the database as this host sees it."""
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this host."""
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MOTCUA_HOME": str(self.home),
            "DATABASE_URL": f"postgresql://motcua@{self.database}:5432/motcua",
        }

    def command(self, *words: str) -> list[str]:
        """The command line that runs *words* on this host."""
        return ["ip", "netns", "exec", self.name, sys.executable, *words]


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def _host(number: int, home: Path) -> Iterator[Host]:
    """Make a host with a cable to this one; it is gone afterwards, and its cable with it."""
    name, ours, theirs = (f"mc{os.getpid()}{part}{number}" for part in "nab")
    net = f"10.{77 + number}.{os.getpid() % 250}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name)
        _ip("addr", "add", f"{net}.1/24", "dev", ours)
        _ip("link", "set", ours, "up")
        _ip("-n", name, "addr", "add", f"{net}.2/24", "dev", theirs)
        _ip("-n", name, "link", "set", theirs, "up")
        yield Host(name, f"{net}.1", home)
    finally:
        _ip("netns", "del", name)


@dataclass
class Hosts:
    """Two hosts, and a PostgreSQL here that both reach over TCP."""

    both: list[Host]
    database: psycopg.Connection[tuple[Any, ...]]

    def count(self, statement: str) -> int:
        """Return the one number that *statement* selects."""
        row = self.database.execute(statement).fetchone()
        assert row
        return int(row[0])


@pytest.fixture
def hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hosts]:
    """Make hosts and database; skip where this is not allowed."""
    place = Path(tempfile.mkdtemp(prefix="motcua-hosts-"))
    server = Postgres(place / "postgres", durable=False)
    place.chmod(0o711)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, place)
        stack.callback(server.stop)
        try:
            both = [stack.enter_context(_host(number, tmp_path)) for number in range(2)]
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"network namespaces are not allowed here: {error}")
        heard = ",".join(host.database for host in both)
        monkeypatch.setattr(postgres, "SETTINGS", {**postgres.SETTINGS, "listen_addresses": heard})
        server.start()
        with (server.data / "pg_hba.conf").open("a") as rules:
            rules.write("host motcua motcua 10.0.0.0/8 trust\n")
        with psycopg.connect(server.dsn(user="postgres"), autocommit=True) as admin:
            admin.execute("SELECT pg_reload_conf()")
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"]
        given = {**os.environ, **both[0].environment, "DATABASE_URL": server.dsn()}
        subprocess.run(migrate, cwd=ROOT, env=given, check=True)
        session = stack.enter_context(psycopg.connect(server.dsn(), autocommit=True))
        yield Hosts(both, session)


@pytest.mark.slow
def test_two_hosts_share_one_database(hosts: Hosts, tmp_path: Path) -> None:
    """
    A worker and a clock on each of two hosts: one worker is killed with its clock.

    Its job runs on the other host within twenty seconds, and no clock has fired twice.
    """
    visits = tmp_path / "visits"
    visit = "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES (%s, %s, %s)"
    given = ("default", "visit_for_a_test", json.dumps({"file": str(visits)}))
    with ExitStack() as stack:
        workers, clocks = (
            {
                host.name: stack.enter_context(running(command(host), host.environment))
                for host in hosts.both
            }
            for command in (_worker, _clock)
        )
        wait_for(lambda: hosts.count("SELECT count(*) FROM procrastinate_workers") == 2)
        wait_for(lambda: hosts.count("SELECT count(*) FROM hub_scheduler_schedule"))
        hosts.database.execute(visit, given)
        wait_for(visits.exists)
        (first,) = visits.read_text().split()
        for process in (workers[first], clocks[first]):
            process.kill()
        took = wait_for(lambda: len(visits.read_text().split()) == 2)

        assert {host.name for host in hosts.both} == set(visits.read_text().split())
        assert took < TAKEN_OVER
    assert 0 == hosts.count(
        "SELECT count(*) - count(DISTINCT (schedule_id, fire_at)) FROM hub_scheduler_run"
    )


def _worker(host: Host) -> list[str]:
    return host.command("tests/support/hub_worker.py", host.name)


def _clock(host: Host) -> list[str]:
    return host.command("-m", "config", "clock")
