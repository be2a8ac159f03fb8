"""
Killed, or failed, at the n-th call of the system: for every n of two small journeys.

``strace -e inject`` chooses the call. What stands afterwards is one of the states that the
design allows, and the same journey again completes it once.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from register import documents, ledger
from register.models import Document, Dossier, Fact, IdempotencyKey, Inbox
from tests.support import dossier_kit, traced_journey

STRACE = shutil.which("strace")
#: Every call is tried if this is set; else each third one.
ALL = bool(os.environ.get("MOTCUA_EVERY_CALL"))

CALLS = ("fsync", "write", "rename", "sendto")
TOUCHED = {"receive": set(CALLS), "callback": {"sendto"}}
#: What a call may answer instead: the disk is broken, or full.
ERRORS = {"fsync": "EIO", "write": "ENOSPC", "rename": "EIO"}

KILLED = -9

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def _may_trace() -> str:
    """Return why there can be no tracing; empty if there can."""
    if STRACE is None:
        return "needs apt's strace"
    tried = subprocess.run([STRACE, "-e", "trace=none", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this machine does not let strace trace"


@dataclass
class Traveller:
    """The process that goes on journeys, and strace beside it."""

    process: subprocess.Popen[str]

    def go(self, name: str, key: str, *words: str) -> int:
        """Go on journey *name* with strace's *words*; return how it ended."""
        pid = self._ask(f"{name} {key}")
        words = words or ("-e", "trace=none")
        command = [str(STRACE), "-p", str(pid), "-o", os.devnull, *words]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr
            assert "attached" in strace.stderr.readline()
            return self._ask("go")

    def _ask(self, line: str) -> int:
        assert self.process.stdin
        assert self.process.stdout
        print(line, file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@pytest.fixture
def traveller(database_url: str, home: Path) -> Iterator[Traveller]:
    """A process that can be traced, on the test's own database and data folder."""
    if reason := _may_trace():
        pytest.skip(reason)
    dossier_kit.catalogue()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.traced_journey"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": "."},
    ) as process:
        yield Traveller(process)
        process.stdin.close()  # type: ignore[union-attr]


def _code(number: int) -> str:
    return f"H49.61-261123-{number:05d}"


def _jobs(argument: str, value: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args ->> %s = %s", [argument, value]
        )
        return int(cursor.fetchone()[0])


def _drafts() -> list[Path]:
    folder = documents.path("0" * 64).parents[2]
    return [file for file in folder.rglob("*.*") if file.is_file()]


def _received(code: str) -> bool:
    """Check that what stands of a hand-over is allowed; return whether the dossier is there."""
    digest = hashlib.sha256(traced_journey.pdf(code)).hexdigest()
    if documents.path(digest).exists():
        assert traced_journey.pdf(code) == documents.get(digest)
    if Document.objects.filter(pk=digest).exists():
        assert documents.path(digest).exists()
    there = Dossier.objects.filter(pk=code).exists()
    facts = Fact.objects.filter(dossier_id=code, kind="Received").count()
    keys = IdempotencyKey.objects.filter(key=code).count()
    assert (facts, keys, _jobs("dossier", code)) == ((1, 1, 1) if there else (0, 0, 0))
    if there:
        assert Document.objects.filter(pk=digest).exists()
        assert [] == ledger.audit(code)
    return there


def _stored(key: str) -> bool:
    """Check that what stands of a callback is allowed; return whether it is there."""
    rows = Inbox.objects.filter(external_id__startswith=f"{key}:")
    assert all(traced_journey.letter(key) == bytes(row.body) for row in rows)
    assert (rows.count(), _jobs("reference", key)) in ((0, 0), (1, 1))
    return rows.exists()


JUDGES = {"receive": _received, "callback": _stored}


def _positions() -> Iterator[int]:
    """Give n = 1, 2, … or a share of them; whoever asks stops when the journey ends before n."""
    return itertools.count(1, 1 if ALL else 3)


@pytest.mark.parametrize(("journey", "first"), [("receive", 1000), ("callback", 2000)])
def test_killed_at_any_call(traveller: Traveller, journey: str, first: int) -> None:
    """
    Killed at its n-th fsync, write, rename or message to the database, a journey is all or nothing.

    A file is whole or absent, no row is without its file, and the same journey again completes
    it once.
    """
    judge, codes = JUDGES[journey], map(_code, itertools.count(first))
    killed: Counter[str] = Counter()
    for call in CALLS:
        for n in _positions():
            code = next(codes)
            ended = traveller.go(journey, code, "-e", f"inject={call}:signal=KILL:when={n}")
            judge(code)
            if ended == 0:
                break
            assert KILLED == ended
            killed[call] += 1
            assert 0 == traveller.go(journey, code)
            assert judge(code), f"not completed after {call} {n}"
    assert TOUCHED[journey] == killed.keys()


@pytest.mark.parametrize(("call", "first"), [("fsync", 3000), ("write", 4000), ("rename", 5000)])
def test_a_disk_that_fails(traveller: Traveller, call: str, first: int) -> None:
    """
    EIO at an fsync or a rename, ENOSPC at a write: no row and no draft.

    When the disk is right again, the same journey goes through.
    """
    drafts = _drafts()
    for n in itertools.count(1):
        code = _code(first + n)
        inject = f"inject={call}:error={ERRORS[call]}:when={n}"
        if traveller.go("receive", code, "-e", inject) == 0:
            break
        assert not _received(code)
        assert drafts == _drafts()
        assert 0 == traveller.go("receive", code)
        assert _received(code)
    assert n > 1
