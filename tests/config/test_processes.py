from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config import alive, processes
from config.processes import Part, PartError, Supervisor

ROOT = Path(__file__).resolve().parents[2]


def _program(name: str, code: str, *arguments: object) -> Part:
    return Part(name, [sys.executable, "-c", f"import sys, time; {code}", *map(str, arguments)])


def _sleeper(name: str = "sleeper") -> Part:
    return _program(name, "time.sleep(600)")


def test_a_part_that_ends_is_started_again(tmp_path: Path) -> None:
    """
    Even an end without fault is followed by a new start: a worker leaves with code 0 too.
    """
    starts = tmp_path / "starts"
    starts.touch()
    part = _program("short", "open(sys.argv[1], 'a').write('x')", starts)

    with Supervisor([part], logs=tmp_path) as group:
        group.watch(until=lambda: starts.read_text() >= "xxx")


def test_the_pause_grows_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A part that keeps ending is not started in a frenzy.
    """
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    child = processes._Child(_program("short", "pass"), tmp_path / "short.log")
    pauses = []
    for _ in range(8):
        child.start()
        assert child.process is not None
        child.process.wait()
        child.tend()
        assert child.due is not None
        pauses.append(round(child.due - now[0], 1))

    assert [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0] == pauses


def test_a_part_starts_when_the_one_before_is_ready(tmp_path: Path) -> None:
    """
    The web never starts before the database is ready.
    """
    made = tmp_path / "made"
    first = _program("first", "time.sleep(0.3); open(sys.argv[1], 'w'); time.sleep(600)", made)
    first = Part(first.name, first.command, ready=made.exists)
    second = _program("second", "import os; print(os.path.exists(sys.argv[1]), flush=True)", made)

    with Supervisor([first, second], logs=tmp_path) as group:
        log = tmp_path / "second.log"
        group.watch(until=lambda: "\n" in log.read_text())

    assert log.read_text().startswith("True\n")


def test_a_part_that_cannot_start_says_why(tmp_path: Path) -> None:
    """
    The error holds the part's last words, and the parts before it are stopped again.
    """
    sleeper = _sleeper()
    broken = _program("broken", "sys.exit('no such bank')")
    broken = Part(broken.name, broken.command, ready=lambda: False)
    group = Supervisor([sleeper, broken], logs=tmp_path)

    with pytest.raises(PartError, match="no such bank"), group:
        pass

    assert {} == group.pids()


def test_no_part_waits_for_another_to_stop(tmp_path: Path) -> None:
    """
    All parts are asked to stop before the first is waited for: each here ends only when all were.
    """
    code = (
        "import pathlib, signal\n"
        "def stop(*_):\n"
        "    pathlib.Path(sys.argv[1] + sys.argv[2] + '.asked').touch()\n"
        "    while not all(pathlib.Path(f'{sys.argv[1]}{n}.asked').exists() for n in 'abc'):\n"
        "        time.sleep(0.01)\n"
        "    pathlib.Path(sys.argv[1] + sys.argv[2] + '.done').touch()\n"
        "    sys.exit(0)\n"
        "signal.signal(15, stop); open(sys.argv[1] + sys.argv[2], 'w'); time.sleep(600)"
    )
    order = tmp_path / "order"
    parts = [
        Part(name, _program(name, code, order, name).command, (tmp_path / f"order{name}").exists)
        for name in "abc"
    ]

    with Supervisor(parts, logs=tmp_path):
        pass

    assert all((tmp_path / f"order{name}.done").exists() for name in "abc")


def test_children_die_with_a_killed_supervisor(tmp_path: Path) -> None:
    """
    After kill -9 of the supervisor none of its parts goes on alone.
    """
    code = (
        "import pathlib, sys, time; from config.processes import Part, Supervisor\n"
        "with Supervisor([Part('s', ['sleep', '600'])], logs=pathlib.Path(sys.argv[1])) as group:\n"
        "    print(group.pids()['s'], flush=True); group.watch()"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    assert supervisor.stdout is not None
    with supervisor, supervisor.stdout:
        child = int(supervisor.stdout.readline())
        name = Path(f"/proc/{child}/comm")
        alive.wait_for(lambda: name.read_text() == "sleep\n", 5, "setpriv to become sleep")
        supervisor.send_signal(signal.SIGKILL)

    alive.wait_for(lambda: not alive.is_alive(child), 5, "the child to end")


def test_a_parts_own_children_end_with_it(tmp_path: Path) -> None:
    """
    After kill -9 of a part with a server process of its own, that one does not serve on.
    """
    code = (
        "import multiprocessing, sys, time; from config.processes import end_with_parent\n"
        "def serve():\n"
        "    end_with_parent(); open(sys.argv[1], 'w').close(); time.sleep(600)\n"
        "child = multiprocessing.get_context('fork').Process(target=serve); child.start()\n"
        "print(child.pid, flush=True); child.join()"
    )
    ready = tmp_path / "ready"
    part = subprocess.Popen(
        [sys.executable, "-c", code, str(ready)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    assert part.stdout is not None
    with part, part.stdout:
        child = int(part.stdout.readline())
        alive.wait_for(ready.exists, 20, "the child to serve")
        part.send_signal(signal.SIGKILL)

    alive.wait_for(lambda: not alive.is_alive(child), 5, "the child to end")


def test_what_stands_beside_is_tended(tmp_path: Path) -> None:
    """
    A server that outlives the parts is looked after with them, and before them.
    """

    class Server:
        looks = 0

        def tend(self) -> None:
            self.looks += 1

    server = Server()
    with Supervisor([_sleeper()], logs=tmp_path, beside=[server]) as group:
        group.tend()
        group.tend()

    assert 2 == server.looks


def test_a_sound_part_starts_again_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    How long a part must have run for its pause to be short again is the supervisor's to say.
    """
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    child = processes._Child(_program("short", "pass"), tmp_path / "short.log", 2.0)
    pauses = []
    for lasted in (1.0, 1.0, 3.0):
        child.start()
        assert child.process is not None
        child.process.wait()
        now[0] += lasted
        child.tend()
        assert child.due is not None
        pauses.append(round(child.due - now[0], 1))

    assert [0.2, 0.4, 0.2] == pauses


def test_a_deaf_part_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A part that does not listen to SIGTERM does not hold up the rest for ever.
    """
    monkeypatch.setattr(processes, "STOP_WITHIN", 0.1)
    ready = tmp_path / "ready"
    code = "import signal; signal.signal(15, 1); open(sys.argv[1], 'w'); time.sleep(600)"
    deaf = Part("deaf", _program("deaf", code, ready).command, ready.exists)
    group = Supervisor([deaf], logs=tmp_path)

    with group:
        pid = group.pids()["deaf"]

    assert not alive.is_alive(pid)


def test_a_large_log_moves_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Logs do not fill the disk: one old log is kept beside the new one.
    """
    monkeypatch.setattr(processes, "LARGEST_LOG", 3)
    (tmp_path / "sleeper.log").write_text("long ago")

    with Supervisor([_sleeper()], logs=tmp_path):
        pass

    assert "long ago" == (tmp_path / "sleeper.old.log").read_text()
