from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from config import alive, postgres
from config.postgres import Postgres, PostgresError

ROOT = Path(__file__).resolve().parents[2]
START = "import sys, pathlib, config.postgres as p; p.Postgres(pathlib.Path(sys.argv[1])).start()"


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Postgres]:
    """A server of its own that a test may break; tmp_path is below a folder of mode 0700."""
    server = Postgres(tmp_path / "pg", durable=False)
    yield server
    server.stop()


def _start_elsewhere(folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start the server of *folder* from a process of its own, as another part of the hub would."""
    return subprocess.Popen(
        [sys.executable, "-c", START, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def _pid(server: Postgres) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def _ask(server: Postgres, question: LiteralString) -> object:
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def _write(server: Postgres) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")


def test_the_hub_is_no_superuser(private: Postgres) -> None:
    """
    The role that the address names owns its database but is bound by row-level security.
    """
    private.start()

    assert "off" == _ask(private, "SELECT current_setting('is_superuser')")
    assert not _ask(private, "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user")


def test_it_listens_on_a_socket_that_is_its_owners(private: Postgres) -> None:
    """
    No TCP port is opened, and nobody else may pass into the folder of the socket.
    """
    private.start()

    assert "" == _ask(private, "SELECT current_setting('listen_addresses')")
    assert 0o700 == private.sockets.stat().st_mode & 0o777


def test_a_second_start_adopts(private: Postgres) -> None:
    """
    Who starts a running server gets that server, not another.
    """
    private.start()
    before = _pid(private)

    Postgres(private.folder).start()

    assert before == _pid(private)


def test_it_outlives_a_killed_starter(private: Postgres) -> None:
    """
    The server goes on when the process that started it is gone, and is found again.
    """
    assert 0 == _start_elsewhere(private.folder).wait()

    assert private.running()
    assert 1 == _ask(private, "SELECT 1")


def test_two_starters_make_one_server(private: Postgres) -> None:
    """
    On an empty folder, two processes at once end with one cluster and one server.
    """
    starters = [_start_elsewhere(private.folder) for _ in range(2)]

    assert [0, 0] == [starter.wait() for starter in starters]
    assert 1 == private.log.read_text().count("starting PostgreSQL")
    assert 1 == _ask(private, "SELECT 1")


def test_committed_rows_survive_kill_9(private: Postgres) -> None:
    """
    After kill -9 of the server, start recovers what was committed.
    """
    private.durable = True
    private.start()
    _write(private)
    pid = _pid(private)
    os.kill(pid, signal.SIGKILL)
    alive.wait_for(lambda: not alive.is_alive(pid), 5, "the killed server to end")

    private.start()

    assert 7 == _ask(private, "SELECT number FROM kept")


def test_it_comes_back_when_it_is_tended(private: Postgres) -> None:
    """
    Killed with -9 it is started again by whoever tends it; a running one is left alone.
    """
    private.durable = True
    private.start()
    _write(private)
    before = _pid(private)
    private.tend()
    assert before == _pid(private)

    os.kill(before, signal.SIGKILL)
    alive.wait_for(lambda: private.pid() is None, 10, "the server to be dead")
    private.tend()

    assert before != _pid(private)
    assert 7 == _ask(private, "SELECT number FROM kept")


def test_a_pid_that_belongs_to_another_is_stale(private: Postgres) -> None:
    """
    After a power cut the pid in the file may be anybody's; the server starts all the same.
    """
    private.start()
    _leave_a_pid_file(private, pid=os.getpid())

    private.start()

    assert os.getpid() != _pid(private)
    assert 1 == _ask(private, "SELECT 1")


def test_a_zombie_is_dead(private: Postgres) -> None:
    """
    A dead server that nobody reaps does not block the next one, nor does its socket's lock.
    """
    private.start()
    zombie = subprocess.Popen(["true"])
    alive.wait_for(lambda: not alive.is_alive(zombie.pid), 5, "the child to end")
    _leave_a_pid_file(private, pid=zombie.pid)

    private.start()

    assert zombie.pid != _pid(private)
    assert 1 == _ask(private, "SELECT 1")
    zombie.wait()


def _leave_a_pid_file(server: Postgres, *, pid: int) -> None:
    """Stop the server and put back what a killed one leaves, with another *pid* in it."""
    lines = (server.data / "postmaster.pid").read_text().splitlines()
    server.stop()
    left = "\n".join([str(pid), *lines[1:]]) + "\n"
    (server.data / "postmaster.pid").write_text(left)
    (server.sockets / ".s.PGSQL.5432.lock").write_text(left)


def test_a_running_server_keeps_its_pid_file(private: Postgres) -> None:
    """
    A start while the server runs, from another process, leaves every file of it in place.
    """
    private.start()
    before = (private.data / "postmaster.pid").read_bytes()

    assert 0 == _start_elsewhere(private.folder).wait()

    assert before == (private.data / "postmaster.pid").read_bytes()


def test_the_locale_of_the_operator_does_not_matter(private: Postgres) -> None:
    """
    A shell that speaks Vietnamese without that locale installed makes the same cluster.
    """
    assert 0 == _start_elsewhere(private.folder, LC_ALL="vi_VN.UTF-8").wait()

    assert "C.UTF-8" == _ask(private, "SELECT current_setting('lc_collate')")
    assert "UTF8" == _ask(private, "SELECT current_setting('server_encoding')")


def test_half_a_cluster_is_made_again(private: Postgres) -> None:
    """
    What a kill in the middle of the first start leaves does not spoil the second.
    """
    (private.folder / "data.new" / "base").mkdir(parents=True)
    private.folder.chmod(0o700)

    private.start()

    assert 1 == _ask(private, "SELECT 1")


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    """
    A folder too deep for a socket's name still works, by a private folder below /tmp.
    """
    server = Postgres(tmp_path / ("deep" * 25), durable=False)
    try:
        server.start()

        assert server.folder != server.sockets
        assert 0o700 == server.sockets.stat().st_mode & 0o777
        assert 1 == _ask(server, "SELECT 1")
    finally:
        server.stop()
        server.sockets.rmdir()


def test_a_folder_open_to_others_is_refused(private: Postgres) -> None:
    """
    Whoever can reach the socket is let in, so a folder that others may enter is not used.
    """
    private.folder.mkdir(mode=0o755)

    with pytest.raises(PostgresError, match="chmod 700"):
        private.start()


def test_stop_is_for_good_and_may_be_repeated(private: Postgres) -> None:
    """
    Stop ends the server and forgives being called without one.
    """
    private.stop()
    private.start()
    private.stop()
    private.stop()

    assert not private.running()


def test_binaries_that_are_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    A wrong MOTCUA_PG_BIN is named with the next act; nothing else is tried behind its back.
    """
    monkeypatch.setenv("MOTCUA_PG_BIN", str(tmp_path))

    with pytest.raises(PostgresError, match=f"no PostgreSQL in {tmp_path}"):
        postgres.binaries()


def test_a_cluster_of_another_version_is_left_alone(private: Postgres) -> None:
    """
    Data made by a PostgreSQL that is not installed are refused before anything touches them.
    """
    private.data.mkdir(parents=True)
    private.folder.chmod(0o700)
    (private.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(PostgresError, match="made by PostgreSQL 9"):
        private.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may lend the folder to another user")
def test_root_lends_the_folder_to_postgres(home: Path) -> None:
    """
    Where the user postgres can pass, the server and its files are theirs, not root's.

    That holds even if two processes of root start it at once.
    """
    server = Postgres(home.parent / f"lent-{os.getpid()}", durable=False)
    try:
        starters = [_start_elsewhere(server.folder) for _ in range(2)]

        assert [0, 0] == [starter.wait() for starter in starters]
        assert 0 != server.folder.stat().st_uid
        assert "motcua" == _ask(server, "SELECT current_user")
    finally:
        server.stop()
