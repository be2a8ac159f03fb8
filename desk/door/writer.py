"""
Many callbacks, one statement, one commit; then the answers.

What arrives while one commit is on its way waits for the next: the busier the door, the more
callbacks share a commit. There is one connection, and no retry: a callback that could not be
kept is answered with 503, and the gateway calls again.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg

from connectors import Refused
from connectors.banks import Answer, Gateway
from desk.door.fair import CROWD, Fair
from register import inbox, world
from scheduler import callbacks

LARGEST: Final = 64
"""Callbacks in one commit: more would hold up the reading of new ones for too long."""
PACE: Final = 0.004
"""Seconds from one commit to the next while there is much to do."""
BUDGET: Final = 0.08
"""Seconds that a callback may wait, by what the last commits took; whoever would, is refused."""
MOST: Final = 1024
"""Callbacks that may wait however quick the commits were."""
PATIENCE: Final = 4.0
"""Seconds for one commit, and for a connection."""
BREATH: Final = 0.25
"""Seconds of rest after the database did not answer."""
FLUSH: Final = 1.0
"""Seconds between two writings of the count of forgeries, however many come."""

#: The session sees no dossier: what the door writes is behind no wall, and it needs no more.
SESSION: Final = f"-c motcua.units= -c statement_timeout={int(PATIENCE * 1000)}"


@dataclass(slots=True)
class Call:
    """A callback that waits for its answer."""

    gateway: Gateway
    body: bytes
    headers: Mapping[str, str]
    answer: Callable[[Answer | None], None]
    """Is told the answer; None if the callback could not be kept now."""


Read = list[tuple[Call, inbox.Letter]]


@dataclass(slots=True)
class Forgeries:
    """What was forged since the last writing."""

    count: int = 0
    words: str = ""


@dataclass(slots=True)
class Counts:
    """What the door did since it was opened."""

    kept: int = 0
    forged: int = 0
    conflicts: int = 0
    shed: int = 0
    failed: int = 0
    """Not kept because the database did not take them."""
    commits: int = 0


@dataclass(slots=True)
class Writer:
    """Keeps callbacks in the register at *database* (an address)."""

    database: str
    counts: Counts = field(default_factory=Counts)
    _waiting: Fair[Call] = field(default_factory=Fair)
    _held: Read = field(default_factory=list)
    _forged: dict[str, Forgeries] = field(default_factory=dict)
    _flushed: float = float("-inf")
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _stopped: bool = False
    _connection: psycopg.AsyncConnection[Any] | None = None
    _seconds: float = 0.001
    """What a full commit takes, as the last ones went."""

    async def open(self) -> psycopg.AsyncConnection[Any]:
        """Return our connection, made anew if there is none; OperationalError if it cannot be."""
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(
                self.database,
                autocommit=True,
                options=SESSION,
                connect_timeout=int(PATIENCE),
                application_name="motcua-door",
            )
        return self._connection

    def put(self, caller: str, call: Call) -> bool:
        """Let *call* wait for the next commit; False if it would wait for too long."""
        most = min(MOST, max(LARGEST, int(LARGEST * BUDGET / self._seconds)))
        if self._stopped or not self._waiting.put(caller, call, most=most):
            self.counts.shed += 1
            return False
        self._arrived.set()
        return True

    async def run(self) -> None:
        """Keep what waits, until stopped."""
        loop = asyncio.get_running_loop()
        while not self._stopped:
            await self._arrived.wait()
            self._arrived.clear()
            began = loop.time()
            await self.turn()
            if self._waiting or self._held:
                self._arrived.set()
                self._seconds += (loop.time() - began - self._seconds) / 8
            await asyncio.sleep(max(0.0, began + PACE - loop.time()))

    async def turn(self) -> None:
        """Make one commit of what waits, and answer it."""
        calls = self._waiting.take(LARGEST - len(self._held))
        read = [(call, letter) for call in calls if (letter := self._read(call))]
        together, self._held = _apart([*self._held, *read])
        try:
            async with asyncio.timeout(PATIENCE):
                await self._tell_of_forgeries()
                believed = await self._keep([letter for _call, letter in together])
        except (psycopg.Error, TimeoutError) as error:
            await self._give_up(together, error)
            return
        for call, letter in together:
            accepted = believed[letter.key]
            self.counts.conflicts += not accepted
            call.answer(call.gateway.answer(call.body, accepted=accepted))

    def stop(self) -> None:
        """Take nothing more; the commit that is under way ends as it does."""
        self._stopped = True
        self._arrived.set()

    async def close(self) -> None:
        """Keep what still waits, once ``run`` has ended, and leave."""
        self._flushed = float("-inf")
        await self.turn()
        while self._waiting or self._held:
            await self.turn()
        if self._connection is not None:
            await self._connection.close()

    def _read(self, call: Call) -> inbox.Letter | None:
        """Return the letter in *call*; a forgery is answered at once, and counted with others."""
        try:
            return callbacks.read(call.gateway, call.body, call.headers)
        except Refused as error:
            told = self._forged.setdefault(call.gateway.code, Forgeries())
            told.count, told.words = told.count + 1, str(error)
            self.counts.forged += 1
            call.answer(call.gateway.answer(call.body, accepted=False))
        except Exception:  # noqa: BLE001 - a stranger's bytes must not shut the door for others
            sys.stderr.write(traceback.format_exc())
            call.answer(None)
        return None

    async def _keep(self, letters: list[inbox.Letter]) -> dict[tuple[str, str], bool]:
        if not letters:
            return {}
        rows = await self._run(inbox.KEEP, inbox.batch(letters, at=world.now()))
        world.point("callback stored")
        self.counts.kept += len(letters)
        self.counts.commits += 1
        return inbox.believed(rows)

    async def _tell_of_forgeries(self) -> None:
        """Write how many were forged, once in a while: a flood of them is no flood of writes."""
        loop = asyncio.get_running_loop()
        if not self._forged:
            return
        if (wait := self._flushed + FLUSH - loop.time()) > 0:
            loop.call_later(wait, self._arrived.set)
            return
        self._flushed = loop.time()
        for source, told in list(self._forged.items()):
            count, at = told.count, world.now()
            await self._run(inbox.FORGED, inbox.forged(source, told.words, count=count, at=at))
            del self._forged[source]
            world.point("forgeries counted")

    async def _run(self, statement: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        cursor = await (await self.open()).execute(statement, given)
        return await cursor.fetchall() if cursor.description else []

    async def _give_up(self, letters: Read, error: Exception) -> None:
        """
        Answer everybody that nothing was kept; the next turn begins with a new connection.

        Some of it may have been kept, if the connection broke after the commit. The gateway
        calls again then, and its callback is counted.
        """
        sys.stderr.write(f"door: not kept: {type(error).__name__}: {error}\n")
        calls = [call for call, _letter in letters + self._held] + self._waiting.take(CROWD * MOST)
        self._held = []
        self.counts.failed += len(calls)
        for call in calls:
            call.answer(None)
        if self._connection is not None:
            broken, self._connection = self._connection, None
            await broken.close()
        await asyncio.sleep(BREATH)


def _apart(letters: Read) -> tuple[Read, Read]:
    """Part *letters* into those of one commit, and those that contradict one of these."""
    first: dict[tuple[str, str], inbox.Letter] = {}
    together: Read = []
    later: Read = []
    for call, letter in letters:
        same = first.setdefault(letter.key, letter) == letter
        (together if same else later).append((call, letter))
    return together, later
