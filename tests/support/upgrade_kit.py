"""
Two versions of the hub on one database: kept ones, the one before in git, and this one.

A version runs in processes of its own, with its own tree on the path. A kept version is what
``scripts/keep_version.py`` stored of it: its schema with dossiers at every step, and their files.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from config.postgres import NAME, Postgres, binaries, version

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "tests" / "upgrade" / "schemas"
ROOMS = ("register", "signing", "payments", "dispatch", "scheduler", "desk")

#: Runs the file that is named next, with Django set up.
DJANGO = (
    "import django, runpy, sys; django.setup(); sys.argv.pop(0); "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)


@dataclass(frozen=True)
class Hub:
    """A database and a data folder, on which any version can work."""

    server: Postgres
    database: str
    home: Path

    @property
    def url(self) -> str:
        """Where the hub's own role finds the database."""
        return self.server.dsn(database=self.database)

    def open(self, *, user: str = NAME) -> psycopg.Connection[Any]:
        """Return a session that sees every row."""
        link = psycopg.connect(self.server.dsn(user=user, database=self.database), autocommit=True)
        link.execute("SELECT set_config('motcua.units', '*', false)")
        return link

    def start(self, tree: Path, *words: str) -> subprocess.Popen[str]:
        """Start Python with *words* in the version of *tree*."""
        return subprocess.Popen(
            [sys.executable, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tree,
            env={
                **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
                "PYTHONPATH": str(tree),
                "DATABASE_URL": self.url,
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "MOTCUA_HOME": str(self.home),
                "MOTCUA_SECRET_KEY": "upgrade",
            },
        )

    def run(self, tree: Path, *words: str) -> str:
        """Run Python with *words* in the version of *tree*; return what it printed."""
        with self.start(tree, *words) as process:
            said, errors = process.communicate(timeout=300)
        assert 0 == process.returncode, f"{words}: {errors[-4000:]}"
        return said

    def program(self, tree: Path, file: Path, *words: str) -> dict[str, Any]:
        """Run *file* with Django set up; return the JSON of its last line, if there is one."""
        lines = self.run(tree, "-c", DJANGO, str(file), *words).splitlines()
        told: dict[str, Any] = json.loads(lines[-1]) if lines else {}
        return told


@contextmanager
def hub(server: Postgres, folder: Path, name: str) -> Iterator[Hub]:
    """Give a new, empty database called *name* and a data folder."""
    with psycopg.connect(server.dsn(user="postgres", database="postgres"), autocommit=True) as link:
        link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        link.execute(f'CREATE DATABASE "{name}" OWNER {NAME} TEMPLATE template0'.encode())
        home = folder / name
        home.mkdir()
        try:
            yield Hub(server, name, home)
        finally:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


# -- versions in git ------------------------------------------------------------------------


def previous() -> str | None:
    """
    Return the newest commit whose migrations differ from those of this tree.

    None without git, without such a commit, and in a clone that is too shallow to hold one.
    """
    for commit in _git("rev-list", "--max-count=200", "HEAD").split():
        paths = [f"{room}/migrations" for room in ROOMS]
        if _git("diff", "--name-only", commit, "--", *paths) or _untracked(paths):
            return commit
    return None


def _untracked(paths: list[str]) -> str:
    return _git("ls-files", "--others", "--exclude-standard", "--", *paths)


def _git(*words: str) -> str:
    if not (ROOT / ".git").exists():
        return ""
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def checkout(commit: str, folder: Path) -> Path:
    """Put the tree of *commit* into *folder* and return it."""
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", "archive", commit],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def stand(hub: Hub, tree: Path) -> dict[str, Any]:
    """Make tables and dossiers at every step, by the version of *tree*."""
    hub.run(tree, "-m", "django", "migrate", "--verbosity=0", "--skip-checks")
    own = tree / "tests" / "upgrade" / "stand.py"
    program = own if own.exists() else ROOT / "tests" / "upgrade" / "stand.py"
    hub.program(tree, program, str(hub.home))
    told: dict[str, Any] = json.loads((hub.home / "outside.json").read_text())
    return told


# -- kept versions --------------------------------------------------------------------------


def kept() -> list[str]:
    """Return the versions that are kept, the oldest first."""
    found = [file.stem for file in SCHEMAS.glob("*.sql")]
    return sorted(found, key=lambda name: [int(part) for part in name.split(".")])


def keep(hub: Hub, name: str) -> None:
    """Store what *hub* holds as version *name*."""
    program = max(binaries(), key=version) / "pg_dump"
    done = subprocess.run(
        [
            *(program, "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=50"),
            hub.server.dsn(user="postgres", database=hub.database),
        ],
        capture_output=True,
        check=True,
        text=True,
    )
    (SCHEMAS / f"{name}.sql").write_text("\n".join(_statements(done.stdout)) + "\n")
    with zipfile.ZipFile(SCHEMAS / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as files:
        for file in sorted(hub.home.rglob("*")):
            if file.is_file() and file.name != "secret.key":
                files.writestr(zipfile.ZipInfo(str(file.relative_to(hub.home))), file.read_bytes())


def _statements(dump: str) -> Iterator[str]:
    """Yield the lines of a dump that any role may run, without psql's own commands."""
    for line in dump.splitlines():
        if line and not line.startswith(
            ("--", "\\", "SET row_security", "SET transaction_timeout")
        ):
            yield line


def load(hub: Hub, name: str) -> dict[str, Any]:
    """Put version *name* into the empty *hub*; return what the outside knows."""
    with hub.open() as link:
        link.execute((SCHEMAS / f"{name}.sql").read_bytes())
    with zipfile.ZipFile(SCHEMAS / f"{name}.zip") as files:
        files.extractall(hub.home)  # noqa: S202 - we made it ourselves
    told: dict[str, Any] = json.loads((hub.home / "outside.json").read_text())
    return told
