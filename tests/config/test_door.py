"""The door as a process: what it carries, how it starts, ends and dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from config import alive, group
from register.models import Inbox
from tests.support import door_kit
from tests.support.door_kit import Caller, message, post

OPERATORS_FILE = f"""
[connectors.platform]
url = "http://x.invalid"
partner = "QNI-TEST"
secret = "{door_kit.SECRET}"
timeout = 2

[connectors.soap_bank]
url = "http://x.invalid"
"""

#: What a page or a worker needs, and a door does not.
HEAVY = ("django.db.models.base", "lxml", "zeep", "procrastinate", "structlog", "ninja", "granian")


@contextmanager
def door(database: str, home: Path, *more: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A door of its own on a free port."""
    (home / "motcua.toml").write_text(OPERATORS_FILE)
    port = group.free_port(0)
    with subprocess.Popen(
        [*group.command("door"), "--port", str(port), *more],
        env={**os.environ, "DATABASE_URL": database, "MOTCUA_HOME": str(home)},
    ) as process:
        try:
            alive.wait_for(lambda: group.listens(port), 30, "the door to listen")
            yield process, port
        finally:
            process.kill()


def test_the_door_is_light() -> None:
    """
    No model, no SOAP, no job engine: it stands beside everything else in little memory.
    """
    code = "import json, sys, config.commands.door; print(json.dumps(list(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    loaded = set(json.loads(told.stdout))

    assert set() == loaded & set(HEAVY)


def test_only_gateways_are_listened_to(home: Path, tmp_path: Path) -> None:
    """
    Of the operator's connectors the door takes those that call us.
    """
    (tmp_path / "motcua.toml").write_text(OPERATORS_FILE)
    told = subprocess.run(
        [*group.command("door"), "--gateways"],
        env={**os.environ, "MOTCUA_HOME": str(tmp_path)},
        check=True,
        capture_output=True,
    )

    assert {"platform": ["connectors.banks.platform", "Platform"]} == json.loads(told.stdout)


@pytest.mark.django_db(transaction=True)
def test_what_is_under_way_is_answered_at_the_end(database_url: str, tmp_path: Path) -> None:
    """
    SIGTERM ends the door with code 0, after the callbacks that it already holds.
    """
    with door(database_url, tmp_path) as (process, port):
        assert "00" == Caller(port).ask(post(message("QN20T1"))).word
        callers = [Caller(port) for _ in range(20)]
        with psycopg.connect(database_url) as other:
            other.execute("LOCK TABLE hub_register_inbox IN ACCESS EXCLUSIVE MODE")
            for number, caller in enumerate(callers):
                caller.send(post(message(f"QN{number}T1")))
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
        assert {"00"} == {caller.hear().word for caller in callers}
        assert 0 == process.wait(10)

    assert 21 == Inbox.objects.count()


@pytest.mark.django_db(transaction=True)
def test_what_was_answered_is_kept_through_kill_9(database_url: str, tmp_path: Path) -> None:
    """
    Killed in the middle of a load, the door has acknowledged nothing that is not stored.

    Calls whose answer was lost come again, and are answered with yes; nothing is there twice.
    """
    references = [f"QN{number:04d}T1" for number in range(2000)]
    answered: set[str] = set()

    def call(mine: list[str], port: int) -> None:
        with suppress(OSError), Caller(port) as caller:
            for one in mine:
                if caller.ask(post(message(one))).word == "00":
                    answered.add(one)

    with door(database_url, tmp_path) as (process, port):
        threads = [
            threading.Thread(target=call, args=[references[number::16], port])
            for number in range(16)
        ]
        for thread in threads:
            thread.start()
        alive.wait_for(lambda: len(answered) > 300, 30, "some answers")
        process.kill()
        for thread in threads:
            thread.join()
    killed = set(answered)
    kept = {one.split(":")[0] for one in Inbox.objects.values_list("external_id", flat=True)}
    with door(database_url, tmp_path) as (_process, port):
        call(references, port)

    assert len(killed) < 2000
    assert set() == killed - kept
    assert set(references) == answered
    assert 2000 == Inbox.objects.count()


@pytest.mark.django_db(transaction=True)
def test_doors_may_share_a_port(database_url: str, tmp_path: Path) -> None:
    """
    With ``--shared`` more than one process takes callbacks at one address.
    """
    with door(database_url, tmp_path, "--shared") as (_first, port):
        second = subprocess.Popen(
            [*group.command("door"), "--port", str(port), "--shared"],
            env={**os.environ, "DATABASE_URL": database_url, "MOTCUA_HOME": str(tmp_path)},
        )
        try:
            words = {Caller(port).ask(post(message(f"QN{one}T1"))).word for one in range(50)}
            assert second.poll() is None
        finally:
            second.kill()
            second.wait()

    assert {"00"} == words
    assert 50 == Inbox.objects.count()
