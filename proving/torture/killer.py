"""
kill -9, in turn: a worker, the web part, the door, a clock, the database.

Only processes that the rig started are killed, by the pid that their supervisor holds, and
only when they work: a dead one cannot be killed again.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path

from proving.torture.messages import CALLBACK, RESULT
from proving.torture.rig import Rig

WORKER, WEB, DOOR, CLOCK, DATABASE = "worker", "web", "door", "clock", "postgres"

#: In which order they die, over and over.
TURNS = (WORKER, WEB, DOOR, CLOCK, DATABASE)

#: What web and door take: they live if some of it is acknowledged.
TAKES = {WEB: RESULT, DOOR: CALLBACK}

#: Seconds in which a part that was killed must be back, on a busy machine too.
BACK_WITHIN = 60.0


class NotBackError(Exception):
    """A part that was killed did not come back by itself; its log says why."""


class Killer:
    """
    Kills the parts of *rig* in turn; *tend* is called while it waits for one to live.

    Web and door live if messages are *acknowledged* (counted by kind): a busy one may have no
    time for a question of ours.
    """

    def __init__(self, rig: Rig, tend: Callable[[], None], acknowledged: Mapping[str, int]) -> None:
        """Count from nothing."""
        self._acknowledged = acknowledged
        self._before: Mapping[str, int] = {}
        self.killed: Counter[str] = Counter()
        self._rig = rig
        self._tend = tend
        self._turns = cycle(TURNS)
        self._ways: dict[str, Iterator[Callable[[], None]]] = {
            WORKER: cycle([self._part("worker-1"), self._part("worker-2")]),
            CLOCK: cycle([self._part("clock-1"), self._part("clock-2")]),
            WEB: cycle([self._part("web"), self._server_of_web]),
            DOOR: cycle([self._part(DOOR)]),
            DATABASE: cycle([self._whole_database, self._postmaster, self._backend]),
        }

    def next(self) -> str:
        """Return which kind of part dies next, when its turn has come and it works."""
        part = next(self._turns)
        self._wait_for(self._works(part), part)
        return part

    def kill(self, part: str) -> None:
        """Kill one of *part*."""
        next(self._ways[part])()
        self._before = dict(self._acknowledged)
        self.killed[part] += 1

    def wait_until_all_work(self) -> None:
        """Return when every part is back."""
        for part in TURNS:
            self._wait_for(self._works(part), part)

    def _wait_for(self, works: Callable[[], bool], part: str) -> None:
        end = time.monotonic() + BACK_WITHIN
        while not works():
            if time.monotonic() > end:
                message = f"{part} is not back after {BACK_WITHIN:g} s: {self._rig.home / 'logs'}"
                raise NotBackError(message)
            self._tend()
            time.sleep(0.05)

    def _works(self, part: str) -> Callable[[], bool]:
        if part == DATABASE:
            return self._rig.server.running
        if kind := TAKES.get(part):
            return lambda: self._acknowledged.get(kind, 0) > self._before.get(kind, 0)
        return lambda: {f"{part}-1", f"{part}-2"} <= self._rig.supervisor.pids().keys()

    # -- ways to die --------------------------------------------------------------------------

    def _part(self, name: str) -> Callable[[], None]:
        return lambda: _kill(self._rig.supervisor.pids()[name])

    def _server_of_web(self) -> None:
        """The process that answers, not the one that watches it."""
        for child in _children(self._rig.supervisor.pids()["web"]):
            _kill(child)

    def _whole_database(self) -> None:
        """As when the machine goes: nobody has time to notice."""
        postmaster = self._rig.server.pid()
        if postmaster is not None:
            family = [postmaster, *_children(postmaster)]
            for pid in family:
                _kill(pid)

    def _postmaster(self) -> None:
        """The backends go on until they notice."""
        postmaster = self._rig.server.pid()
        if postmaster is not None:
            _kill(postmaster)

    def _backend(self) -> None:
        """One session; the postmaster then ends all others and recovers."""
        postmaster = self._rig.server.pid()
        if postmaster is not None:
            _kill(_children(postmaster)[-1])


def _children(pid: int) -> list[int]:
    """Return the children of *pid*, the youngest last; none if it is gone."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        # It ended by itself a moment ago; dead is dead.
        return
