"""
The parts of the hub as child processes: started in order, restarted always, stopped backwards.

A part may end without fault (a worker leaves when the database restarts), so the
reason does not matter: it is started again, after a pause that grows while it keeps ending.
If the supervisor itself is killed, the kernel ends its children; and a part with children of
its own asks the kernel for the same (``end_with_parent``), or they would go on serving unseen.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

#: Seconds before the first restart, and the longest it grows to.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10.0

#: After so many seconds a part counts as sound, and its next pause is short again.
SOUND = 60.0

#: Seconds for a part to become ready, and to end when it is asked to.
READY_WITHIN, STOP_WITHIN = 60.0, 15.0

#: Bytes after which a log moves aside at the next start of its part; one old log is kept.
LARGEST_LOG = 10_000_000

#: Ends the child when its parent dies, however that dies.
TIED_TO_US = ("setpriv", "--pdeathsig", "TERM", "--")

#: ``PR_SET_PDEATHSIG`` of Linux' prctl(2): the signal that comes when the parent dies.
_PDEATHSIG = 1


class PartError(Exception):
    """A part of the hub did not start; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Part:
    """One program of the group: a name for its log, the command, and how to see it is ready."""

    name: str
    command: Sequence[str]
    ready: Callable[[], bool] = lambda: True
    environment: Mapping[str, str] = field(default_factory=dict)


class Tended(Protocol):
    """What a supervisor looks after beside its parts: a server that outlives them."""

    def tend(self) -> None:
        """Start it again if it has ended."""


class Supervisor:
    """
    Runs *parts*; their output goes to ``<name>.log`` in the folder *logs*.

    Use it in a ``with`` block, from a thread that lives as long as the parts should::

        with Supervisor(parts, logs=home / "logs") as group:
            group.watch()

    *beside* is looked after first. A part that ran for *sound* seconds starts again at once.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        logs: Path,
        beside: Sequence[Tended] = (),
        sound: float = SOUND,
    ) -> None:
        self._children = [_Child(part, logs / f"{part.name}.log", sound) for part in parts]
        self._logs = logs
        self._beside = beside

    def __enter__(self) -> Self:
        """Start every part, each when the one before it is ready; PartError if one is not."""
        self._logs.mkdir(parents=True, exist_ok=True)
        try:
            for child in self._children:
                child.start()
                child.wait_until_ready()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop every part; the last one is asked first, and none waits for another."""
        self._stop()

    def tend(self) -> None:
        """Start again what has ended, if its pause is over."""
        for one in self._beside:
            one.tend()
        for child in self._children:
            child.tend()

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Tend the parts until *until* says so, or an exception (Ctrl-C) ends it."""
        while not until():
            self.tend()
            time.sleep(SHORTEST_PAUSE)

    def pids(self) -> dict[str, int]:
        """Return the pid of each part that runs."""
        return {
            child.part.name: child.process.pid
            for child in self._children
            if child.process is not None and child.process.poll() is None
        }

    def _stop(self) -> None:
        for child in reversed(self._children):
            child.ask_to_stop()
        for child in reversed(self._children):
            child.stop()


def end_with_parent() -> None:
    """
    Have this process asked to end (SIGTERM) when the one that made it is gone.

    For the children of a part; in a process that nobody of ours made, nothing happens.
    """
    maker = multiprocessing.parent_process()
    if maker is None or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != maker.pid:
        # It died before the kernel knew what we want.
        os.kill(os.getpid(), signal.SIGTERM)


class _Child:
    """A part and the process that it is now."""

    def __init__(self, part: Part, log: Path, sound: float = SOUND) -> None:
        self.part = part
        self.log = log
        self.sound = sound
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = SHORTEST_PAUSE
        self.due: float | None = None

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*TIED_TO_US, *self.part.command],
                env={**os.environ, **self.part.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C at the terminal is for the supervisor, which stops the parts in order.
                process_group=0,
            )
        self.started, self.due = time.monotonic(), None

    def wait_until_ready(self) -> None:
        end = self.started + READY_WITHIN
        while not self.part.ready():
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > end:
                how = "ended" if ended else f"is not ready after {READY_WITHIN:g} s"
                message = f"{self.part.name} {how}.\nNext: read {self.log}, which ends with:\n"
                raise PartError(message + self._last_words())
            time.sleep(0.05)

    def tend(self) -> None:
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if self.due is None:
            if now - self.started > self.sound:
                self.pause = SHORTEST_PAUSE
            self.due = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        elif now >= self.due:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def stop(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])
