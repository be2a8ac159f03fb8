"""
Connections: who may stay, for how long, and what is answered.

A caller has ten seconds for a whole request, however it drips. When there are too many
connections the slowest is closed, not the newest refused: an honest caller is never the
slowest. What cannot be answered in time is answered at once with 503 and Retry-After.
"""

from __future__ import annotations

import asyncio
import ipaddress
import resource
import socket
from collections.abc import Collection
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from connectors.banks import Answer
from desk.door import wire
from desk.door.writer import Call, Writer
from scheduler import connections

PLACE: Final = "/callbacks/"
WHOLE_WITHIN: Final = 10.0
"""Seconds for a request, from its connection or its first byte to its last."""
QUICK: Final = 1.0
"""Seconds within which an honest caller has said everything."""
IDLE: Final = 75.0
"""Seconds that a connection may rest between two requests; longer than a proxy keeps it."""
MOST_CONNECTIONS: Final = 4096
SPARE_FILES: Final = 64
"""Files that are no callers' connections."""
RETRY_AFTER: Final = 2
"""Seconds."""
PAUSE: Final = 0.5
"""Seconds in which we do not listen to a connection on which we had to say 503."""
BACKLOG: Final = 1024
"""Connections that the kernel keeps until we take them."""
AT_ONCE: Final = 32
"""Connections that are taken, or ended, before anything else has its turn."""


def said(status: int, *fields: str, body: bytes = b"") -> bytes:
    """Return an answer as it goes over the wire; each of *fields* is a whole line."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n", *fields]
    return f"{''.join(lines)}Content-Length: {len(body)}\r\n\r\n".encode() + body


CLOSE: Final = "Connection: close\r\n"
BUSY: Final = said(503, f"Retry-After: {RETRY_AFTER}\r\n")
NO: Final = {
    **{status: said(status, CLOSE) for status in (400, 404, 408, 413, 431)},
    405: said(405, CLOSE, "Allow: GET, POST\r\n"),
}
"""What is refused because of how it was said."""
LINGER: Final = 2 * 2**20
"""Bytes that a refused caller may go on sending, so that it hears why, before we hang up."""


@dataclass(slots=True, eq=False)
class Door:
    """All connections of this process."""

    writer: Writer
    proxies: Collection[str] = ()
    """Addresses whose ``X-Forwarded-For`` is believed; nobody else's is."""
    most: int = MOST_CONNECTIONS
    reading: dict[Line, float] = field(default_factory=dict)
    """Connections with a request under way, the slowest first, and since when."""
    resting: dict[Line, float] = field(default_factory=dict)
    """Connections between two requests, the longest resting first."""
    open: set[Line] = field(default_factory=set)

    async def serve(self, host: str, port: int, *, shared: bool = False) -> asyncio.Server:
        """Listen; *shared* lets other doors listen beside us."""
        self.most = min(self.most, _files() - SPARE_FILES)
        loop = asyncio.get_running_loop()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, reuse_port=shared)
        # For asyncio its backlog is also how many connections it takes in one go.
        server = await loop.create_server(lambda: Line(self), sock=listener, backlog=AT_ONCE)
        listener.listen(BACKLOG)
        self._look_round()
        return server

    def enter(self, line: Line) -> None:
        """Let a new connection in; the slowest makes room if there is none."""
        self.open.add(line)
        self.reading[line] = asyncio.get_running_loop().time()
        if len(self.open) > self.most:
            self._slowest().end()

    def leave(self, line: Line) -> None:
        """Forget a connection that ended."""
        self.open.discard(line)
        self.busy(line)

    def busy(self, line: Line) -> None:
        """A whole request came: from here on we are the slow ones."""
        self.reading.pop(line, None)
        self.resting.pop(line, None)

    def begins(self, line: Line) -> None:
        """Part of a request came."""
        if line not in self.reading:
            self.resting.pop(line, None)
            self.reading[line] = asyncio.get_running_loop().time()

    def rests(self, line: Line) -> None:
        """An answer was given."""
        self.resting[line] = asyncio.get_running_loop().time()

    def _slowest(self) -> Line:
        """Return the connection that has read for longest; one at rest if all are quick."""
        line, since = next(iter(self.reading.items()))
        quick = asyncio.get_running_loop().time() - since < QUICK
        return next(iter(self.resting)) if quick and self.resting else line

    def _look_round(self) -> None:
        """Hang up on what has taken too long, a few at a time: a thousand would hold us up."""
        loop = asyncio.get_running_loop()
        ended = 0
        for lines, patience in ((self.reading, WHOLE_WITHIN), (self.resting, IDLE)):
            while lines and ended < AT_ONCE:
                line, since = next(iter(lines.items()))
                if loop.time() - since < patience:
                    break
                line.end(b"" if line.deaf or lines is self.resting else NO[408])
                ended += 1
        loop.call_later(0.02 if ended == AT_ONCE else 0.5, self._look_round)


class Line(asyncio.Protocol):
    """One connection; it has at most one request under way."""

    transport: asyncio.Transport

    def __init__(self, door: Door) -> None:
        self.door = door
        self.reader = wire.Reader()
        self.waits = False
        """Somebody waits for our answer."""
        self.stays = True
        self.deaf = 0
        """Bytes that came after we refused; from then on nothing is read."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Come in."""
        self.transport = transport  # type: ignore[assignment] # TCP's can be written to
        self.peer = str((transport.get_extra_info("peername") or ("",))[0])
        self.door.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Go; what was asked is kept all the same."""
        self.door.leave(self)

    def pause_writing(self) -> None:
        """Close: who does not read its answers wants none."""
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read on, unless an answer is owed; who sends far ahead is no gateway."""
        if self.deaf:
            self.deaf += len(data)
            if self.deaf > LINGER:
                self.transport.abort()
            return
        self.reader.add(data)
        if not self.waits:
            self._read()
        elif self.reader.held > wire.LONGEST_HEAD + wire.LONGEST_BODY:
            self.transport.abort()

    def eof_received(self) -> bool:
        """Stay until an answer that is owed was given; the caller says nothing more."""
        self.stays = False
        return self.waits and not self.deaf

    def end(self, words: bytes = b"") -> None:
        """Say *words* and close."""
        self.door.busy(self)
        self.transport.write(words)
        self.transport.close()

    def _refuse(self, status: int) -> None:
        """Say no. The caller hangs up when it has heard it, or is hung up on in a while."""
        self.deaf = 1
        self.door.begins(self)
        self.transport.write(NO[status])
        self.transport.write_eof()

    def _read(self) -> None:
        if self.transport.is_closing():
            return
        try:
            request = self.reader.next()
        except wire.Malformed as error:
            self._refuse(error.status)
            return
        if isinstance(request, bytes):
            self.door.begins(self)
            self.transport.write(request)
            return
        self.door.busy(self)
        self.waits, self.stays = True, request.stays
        self._take(request)

    def _take(self, request: wire.Request) -> None:
        """Hand a callback to the writer; refuse anything else."""
        if not request.path.startswith(PLACE):
            self._refuse(404)
            return
        if request.method not in ("GET", "POST"):
            self._refuse(405)
            return
        try:
            gateway = connections.gateway(request.path.removeprefix(PLACE))
        except connections.NotConnectedError:
            self._refuse(404)
            return
        # A gateway that calls by GET says everything in the query.
        call = Call(gateway, request.body or request.query, request.headers, self._answer)
        if not self.door.writer.put(self._caller(request), call):
            self._shed()

    def _shed(self) -> None:
        """
        Say 503, and leave the connection alone for a while: hearing a flood costs as well.

        A proxy's connection carries others' callbacks next, and is listened to.
        """
        self._say(BUSY)
        if self.peer not in self.door.proxies:
            self.transport.pause_reading()
            asyncio.get_running_loop().call_later(PAUSE, self._listen_again)

    def _listen_again(self) -> None:
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def _caller(self, request: wire.Request) -> str:
        """Return who is to have an equal share; an IPv6 network of 64 bits is one caller."""
        address = self.peer
        if address in self.door.proxies:
            # the last one is what our own proxy saw; whatever stands before it anyone can write
            told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
            address = told or address
        if ":" not in address:
            return address
        try:
            return str(ipaddress.ip_interface(f"{address}/64").network)
        except ValueError:
            return address

    def _answer(self, answer: Answer | None) -> None:
        if answer is None:
            self._say(BUSY)
            return
        media_type = f"Content-Type: {answer.media_type}\r\n"
        close = "" if self.stays else CLOSE
        self._say(said(answer.status, media_type, close, body=answer.body))

    def _say(self, words: bytes) -> None:
        """Answer; then rest, or go."""
        if self.transport.is_closing():
            return
        self.transport.write(words)
        if not self.stays:
            self.transport.close()
            return
        self.waits = False
        self.door.rests(self)
        if self.reader.held:
            # the next request came before its turn; not at once, or a long row of them recurses
            asyncio.get_running_loop().call_soon(self.data_received, b"")


def _files() -> int:
    """Let this process have as many files as it may; return how many that is."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = hard if hard != resource.RLIM_INFINITY else MOST_CONNECTIONS * 2
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most
