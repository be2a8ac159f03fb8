"""
A small HTTP/1.1 client of asyncio: so lean that the sender is not what is measured.

It keeps connections and repeats nothing. Bytes that come after an answer, or unasked, are
never taken for the next answer: such a connection is dropped.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_END = b"\r\n\r\n"


class WireError(Exception):
    """There was no whole answer: refused, broken off, silent, or not HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    retry_after: float = 0.0
    """Seconds that the other side wants to be left alone."""


class Wire:
    """
    At most so many connections to the host of *url*, where everything is posted.

    More messages wait their turn. Silence of *patience* seconds counts as no answer.
    """

    def __init__(self, url: str, *, most: int, patience: float) -> None:
        """Connect when something is sent; used by one event loop."""
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._path = parts.path
        self._idle: deque[_Line] = deque()
        self._turns = asyncio.Semaphore(most)
        self._patience = patience

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send *body*; WireError if no whole answer comes back."""
        async with self._turns:
            try:
                async with asyncio.timeout(self._patience):
                    line = await self._line()
                    return await self._exchange(line, self._request(body, headers))
            except (OSError, ValueError) as error:
                raise WireError(type(error).__name__) from error

    def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            self._idle.pop().drop()

    def _request(self, body: bytes, headers: Mapping[str, str]) -> bytes:
        lines = [
            f"POST {self._path} HTTP/1.1",
            f"Host: {self._host}:{self._port}",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        return "\r\n".join(lines).encode() + _END + body

    async def _exchange(self, line: _Line, request: bytes) -> Answer:
        try:
            answer = await line.exchange(request)
        except BaseException:
            line.drop()
            raise
        if not line.dropped:
            self._idle.append(line)
        return answer

    async def _line(self) -> _Line:
        while self._idle:
            line = self._idle.pop()
            if not line.dropped:
                return line
        loop = asyncio.get_running_loop()
        _transport, line = await loop.create_connection(_Line, self._host, self._port)
        return line


class _Line(asyncio.Protocol):
    """One connection, one exchange at a time."""

    def __init__(self) -> None:
        self.dropped = False
        self._transport: asyncio.Transport | None = None
        self._heard = bytearray()
        self._waiting: asyncio.Future[Answer] | None = None

    async def exchange(self, request: bytes) -> Answer:
        """Send *request* and wait for its answer."""
        self._waiting = asyncio.get_running_loop().create_future()
        if self.dropped or self._transport is None:
            raise ConnectionResetError
        self._transport.write(request)
        return await self._waiting

    def drop(self) -> None:
        """Close at once; nothing more is heard here."""
        self.dropped = True
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that nothing will come."""
        self.dropped = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError())

    def eof_received(self) -> bool:
        """Close: who ends their half in the middle has said all they will say."""
        return False

    def data_received(self, data: bytes) -> None:
        """Give the answer out when it is whole; bytes that nobody asked for end the connection."""
        if self._waiting is None or self._waiting.done():
            self.drop()
            return
        self._heard += data
        try:
            found = _parse(self._heard)
        except ValueError as error:
            self._waiting.set_exception(error)
            return
        if found is None:
            return
        answer, length, stays = found
        if not stays or len(self._heard) > length:
            self.drop()
        self._heard.clear()
        self._waiting.set_result(answer)


def _parse(heard: bytearray) -> tuple[Answer, int, bool] | None:
    """Return the answer, its length and whether the line stays; None while it is not whole."""
    end = heard.find(_END)
    if end < 0:
        return None
    status, *lines = heard[:end].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    fields = {name.lower(): value.strip() for name, _colon, value in pairs}
    length = end + len(_END) + int(fields.get("content-length", "no length"))
    if len(heard) < length:
        return None
    body = bytes(heard[end + len(_END) : length])
    answer = Answer(int(status.split()[1]), body, float(fields.get("retry-after", "0")))
    return answer, length, fields.get("connection", "").lower() != "close"
