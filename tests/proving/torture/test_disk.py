"""The document store on a disk that is full for real: a small tmpfs, mounted for the test."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from register import documents, ledger, world
from register.models import Document, Dossier, IdempotencyKey
from tests.desk.test_api import CODE, DATA
from tests.support import desk_kit, signing_kit

pytestmark = pytest.mark.django_db(transaction=True)

#: Bytes of the disk: a result fits in, but not into what the ballast leaves.
SIZE = 1_048_576


@contextmanager
def _mounted(folder: Path) -> Iterator[None]:
    """Mount a small tmpfs on *folder*; skip where that is not allowed."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    done = subprocess.run(["mount", *options], capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("this machine does not let us mount a tmpfs")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A hub whose data folder lies on a disk of one megabyte."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    folder = tmp_path / "home"
    with _mounted(folder), world.running_in(replace(world.current(), home=folder)):
        yield folder


def _fill(folder: Path) -> Path:
    """Leave a few free pages on the disk of *folder*: enough to begin with, not to end."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
        file.write(b"\0" * (free - 40_960))
    return ballast


def _hand_over(client: Client) -> Any:
    file = SimpleUploadedFile("kq.pdf", signing_kit.result_pdf())
    body = {"file": file, "data": json.dumps(DATA)}
    return client.post("/api/v1/results", body, headers={"idempotency-key": "k1"})


def _files(folder: Path) -> list[Path]:
    return [file for file in (folder / "documents").rglob("*") if file.is_file()]


def test_a_full_disk_refuses_and_goes_on(small_disk: Path) -> None:
    """
    A full disk: 507 with the next act and a time, and nothing is half there.

    With space again, the same request under the same key goes through.
    """
    desk_kit.machine()
    client = Client(headers={"authorization": f"Bearer {desk_kit.TOKEN}H49.12"})
    ballast = _fill(small_disk)
    with desk_kit.this_morning():
        refused = _hand_over(client)

        assert (507, "300") == (refused.status_code, refused["Retry-After"])
        assert "urn:motcua:problem:no-room" == refused.json()["type"]
        assert [] == _files(small_disk)
        assert 0 == Dossier.objects.count() + Document.objects.count()
        assert 0 == IdempotencyKey.objects.count()
        ballast.unlink()
        taken = _hand_over(client)

    assert 201 == taken.status_code
    assert documents.get(taken.json()["sha256"]) == _files(small_disk)[0].read_bytes()
    assert [] == ledger.audit(CODE)


def test_a_gone_database_is_said_so() -> None:
    """
    While the database is away the API says 503 and when to come again, not an error page.
    """
    desk_kit.machine()
    client = Client(headers={"authorization": f"Bearer {desk_kit.TOKEN}H49.12"})
    with desk_kit.this_morning():
        with _no_database():
            answer = _hand_over(client)
        again = _hand_over(client)

    assert (503, "5") == (answer.status_code, answer["Retry-After"])
    assert "urn:motcua:problem:away" == answer.json()["type"]
    assert 201 == again.status_code


@contextmanager
def _no_database() -> Iterator[None]:
    """Let nobody reach the database; what is open is broken, as after kill -9."""
    host = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["HOST"] = host
