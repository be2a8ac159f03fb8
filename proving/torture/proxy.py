"""
A bad network: a TCP proxy that delays, cuts, half-closes, drips and says things twice.

It knows no protocol. What comes from the client after an answer begins a new exchange; each
exchange may be hit by one fault, armed by hand or by a mix that repeats itself.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self

#: Bytes read at once.
_PIECE = 65_536


class Fault(StrEnum):
    """What happens to one exchange."""

    DELAY = "delay"
    """The answer comes late."""
    CUT = "cut"
    """The answer breaks off after some bytes."""
    CUT_REQUEST = "cut_request"
    """The request breaks off after some bytes; the other side never sees it whole."""
    HALF_CLOSE = "half_close"
    """The way back ends without a word, the way out stays open."""
    DRIP = "drip"
    """The answer comes in small pieces with pauses."""
    TWICE = "twice"
    """The answer comes twice."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How bad each fault is."""

    delay: float = 0.5
    """Seconds."""
    after: int = 20
    """Bytes that pass before a cut."""
    piece: int = 16
    """Bytes of a drip."""
    pause: float = 0.02
    """Seconds between two drips."""


@dataclass(slots=True)
class _Exchange:
    """A request and its answer on one connection."""

    fault: Fault | None = None
    answered: bool = True


@dataclass
class Proxy:
    """Stands before *port* of this machine; ``with`` it, at its own ``port``."""

    target: int
    measures: Measures = Measures()
    mix: Sequence[Fault] = ()
    """Each *every*-th exchange is hit by the next of these, over and over."""
    every: int = 10
    port: int = 0
    """Where it listens; any free port if 0."""
    hits: Counter[Fault] = field(default_factory=Counter)
    _armed: deque[Fault] = field(default_factory=deque)
    _exchanges: int = 0

    def arm(self, fault: Fault) -> None:
        """Let *fault* hit the next exchange."""
        self._armed.append(fault)

    def __enter__(self) -> Self:
        """Listen."""
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="proxy")
        self._thread.start()
        ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Break every connection and listen no more."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve(ready))
        self._loop.close()

    async def _serve(self, ready: threading.Event) -> None:
        self._end = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._end.wait()
        server.close()
        for writer in list(self._open):
            writer.transport.abort()
        # The pumps see their ends; nothing is waited for that the other side holds.
        await asyncio.sleep(0.05)

    async def _connected(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Join a client with the target until one of them has gone."""
        try:
            far, out = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            back.transport.abort()
            return
        self._open |= {back, out}
        exchange = _Exchange()
        pumps = [
            asyncio.ensure_future(self._requests(near, out, exchange)),
            asyncio.ensure_future(self._answers(far, back, exchange)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self._open -= {back, out}
            out.transport.abort()
            back.close()

    async def _requests(
        self, near: asyncio.StreamReader, out: asyncio.StreamWriter, exchange: _Exchange
    ) -> None:
        """Hand on what the client says."""
        while data := await near.read(_PIECE):
            if exchange.answered:
                exchange.answered, exchange.fault = False, self._draw()
            if exchange.fault is Fault.CUT_REQUEST:
                out.write(data[: self.measures.after])
                await out.drain()
                return
            out.write(data)
            await out.drain()

    async def _answers(
        self, far: asyncio.StreamReader, back: asyncio.StreamWriter, exchange: _Exchange
    ) -> None:
        """Hand on what the other side says, as the exchange's fault has it."""
        while data := await far.read(_PIECE):
            fault, exchange.answered = exchange.fault, True
            exchange.fault = None
            match fault:
                case Fault.CUT:
                    back.write(data[: self.measures.after])
                    await back.drain()
                    return
                case Fault.HALF_CLOSE:
                    back.write_eof()
                    await asyncio.sleep(self.measures.delay)
                    return
                case Fault.DRIP:
                    await self._drip(data, back)
                case Fault.TWICE:
                    whole = data + await self._rest(far)
                    back.write(whole + whole)
                case Fault.DELAY:
                    await asyncio.sleep(self.measures.delay)
                    back.write(data)
                case _:
                    back.write(data)
            await back.drain()

    async def _rest(self, far: asyncio.StreamReader) -> bytes:
        """Return what else the other side says before it falls silent."""
        heard = b""
        with suppress(TimeoutError):
            while data := await asyncio.wait_for(far.read(_PIECE), self.measures.pause * 2):
                heard += data
        return heard

    async def _drip(self, data: bytes, back: asyncio.StreamWriter) -> None:
        for start in range(0, len(data), self.measures.piece):
            back.write(data[start : start + self.measures.piece])
            await back.drain()
            await asyncio.sleep(self.measures.pause)

    def _draw(self) -> Fault | None:
        """Return what hits the exchange that begins now."""
        self._exchanges += 1
        fault: Fault | None = None
        if self._armed:
            fault = self._armed.popleft()
        elif self.mix and self._exchanges % self.every == 0:
            fault = self.mix[self._exchanges // self.every % len(self.mix)]
        if fault is not None:
            self.hits[fault] += 1
        return fault
