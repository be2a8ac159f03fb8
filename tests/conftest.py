"""
One private PostgreSQL and one data folder for the tests of a run.

The environment is set when this file is imported, before Django reads it. The server is
started by the first test that asks for the database; with pytest-xdist all workers share
it, each with a database of its own. Nothing is left behind, not even by a killed run: the
next one clears it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import django
import psycopg
import pytest
from django.db import connection
from hypothesis import settings

from config import alive
from config.postgres import Postgres
from register import world

# How long an example takes says nothing on a shared machine.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

PREFIX = "motcua-tests-"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
SHARED = "MOTCUA_TESTS"


def _clear(base: Path) -> None:
    """Stop the server of a run and remove its files."""
    Postgres(base / "postgres").stop()
    shutil.rmtree(base)


def _base() -> Path:
    """Return the folder of this run, which xdist's workers take over from their controller."""
    if WORKER:
        return Path(os.environ[SHARED])
    temporary = Path(tempfile.gettempdir())
    for old in temporary.glob(f"{PREFIX}*"):
        pid = int(old.name.removeprefix(PREFIX))
        # in a container that is started again we may have the pid of the run before
        if pid == os.getpid() or not alive.is_alive(pid):
            _clear(old)
    base = temporary / f"{PREFIX}{os.getpid()}"
    base.mkdir(mode=0o711)
    return base


BASE = _base()
SERVER = Postgres(BASE / "postgres", durable=False)

os.environ.update(
    {
        SHARED: str(BASE),
        "DATABASE_URL": SERVER.dsn(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "MOTCUA_HOME": str(BASE / (WORKER or "home")),
    }
)
django.setup()
# An xdist worker inherits its controller's environment, so Django may have been set up by that.
world.install(world.World(home=Path(os.environ["MOTCUA_HOME"])))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server when the run that made its folder ends."""
    if not WORKER and BASE.exists():
        _clear(BASE)


@pytest.fixture(scope="session")
def server() -> Postgres:
    """The run's PostgreSQL; the hub's role may make databases on it."""
    SERVER.start()
    with psycopg.connect(SERVER.dsn(user="postgres", database="postgres")) as admin:
        # Two workers altering one role at once would collide.
        admin.execute("SELECT pg_advisory_xact_lock(1)")
        admin.execute("ALTER ROLE motcua CREATEDB")
    return SERVER


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    server: Postgres, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Start the server before pytest-django makes its test database."""


@pytest.fixture(scope="session")
def database_url(server: Postgres, django_db_setup: None) -> str:
    """The address of the test database, for processes that a test starts."""
    return server.dsn(database=str(connection.settings_dict["NAME"]))


@pytest.fixture
def home() -> Path:
    """The data folder of this process."""
    folder = Path(os.environ["MOTCUA_HOME"])
    folder.mkdir(exist_ok=True)
    return folder
