"""
HTTP/1.0 and 1.1 as gateways speak it, and nothing else of it.

A small strict reader, because the usual servers cannot close the slowest connection when there
are too many, and cost two to three times as much (measured: ADR 14). What is unusual is
refused: two lengths, a length beside chunks, folded lines, bare line feeds. A test compares it
with h11 on anything that hypothesis can think of.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

LONGEST_HEAD: Final = 8 * 1024
"""Bytes of request line and headers."""
LONGEST_BODY: Final = 64 * 1024
"""Bytes; a gateway's message is a few hundred."""

GO_AHEAD: Final = b"HTTP/1.1 100 Continue\r\n\r\n"

_NAME = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_LINE = rb":[\t -~\x80-\xff]*\r\n"
_FIELD = re.compile(rb"(%b):([^\r]*)\r\n" % _NAME)
_HEAD = re.compile(rb"(%b) ([!-~]+) HTTP/1\.([01])\r\n((?:%b%b)*)\r\n" % (_NAME, _NAME, _LINE))
_LENGTH = re.compile(r"[0-9]{1,9}")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})(?:[ \t]*;[^\r\n\0]*)?\r\n")

#: Said twice, these are two messages in one.
_ONCE = ("content-length", "transfer-encoding", "host")


class Malformed(Exception):
    """Not a request that we read; the status says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One whole request."""

    method: str
    path: str
    query: bytes
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    stays: bool
    """The caller wants to use the connection again."""


Steps = Generator[bytes, None, Request]
"""Gives what to say meanwhile (mostly nothing) whenever more bytes are needed."""


class Reader:
    """The requests of one connection, one after another."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._steps = self._request()

    @property
    def held(self) -> int:
        """Bytes that came and belong to no request yet."""
        return len(self._buffer)

    def add(self, data: bytes) -> None:
        """Take what came."""
        self._buffer += data

    def next(self) -> Request | bytes:
        """
        Return the next request, or what to say while it is not whole.

        Malformed if it never will be; nothing more can be read from this connection then.
        """
        try:
            return next(self._steps)
        except StopIteration as whole:
            self._steps = self._request()
            request: Request = whole.value
            return request

    def _request(self) -> Steps:
        head = _HEAD.fullmatch((yield from self._until(b"\r\n\r\n", LONGEST_HEAD, 431)))
        if head is None:
            raise Malformed(400)
        headers = _fields(head[4])
        modern = head[3] == b"1"
        if modern and "host" not in headers:
            raise Malformed(400)
        length = _length(headers, modern=modern)
        if self.held < abs(length) and modern and headers.get("expect") == "100-continue":
            yield GO_AHEAD
        body = (yield from self._chunks()) if length < 0 else (yield from self._exactly(length))
        target, _, query = head[2].partition(b"?")
        return Request(
            method=head[1].decode(),
            path=target.decode(),
            query=query,
            headers=headers,
            body=body,
            stays=modern and "close" not in headers.get("connection", "").lower(),
        )

    def _until(self, mark: bytes, most: int, status: int) -> Generator[bytes, None, bytes]:
        """Take everything up to *mark* and the mark itself; Malformed(*status*) after *most*."""
        seen = 0
        while (at := self._buffer.find(mark, seen, most)) < 0:
            if self.held >= most:
                raise Malformed(status)
            seen = max(0, self.held - len(mark) + 1)
            yield b""
        return self._cut(at + len(mark))

    def _exactly(self, length: int) -> Generator[bytes, None, bytes]:
        while self.held < length:
            yield b""
        return self._cut(length)

    def _chunks(self) -> Generator[bytes, None, bytes]:
        body = bytearray()
        while True:
            size = _CHUNK.fullmatch((yield from self._until(b"\r\n", 256, 400)))
            if size is None:
                raise Malformed(400)
            length = int(size[1], 16)
            if len(body) + length > LONGEST_BODY:
                raise Malformed(413)
            piece = yield from self._exactly(length + 2)
            # trailers would stand before the last empty line; no gateway has any
            if piece[length:] != b"\r\n":
                raise Malformed(400)
            body += piece[:length]
            if length == 0:
                return bytes(body)

    def _cut(self, length: int) -> bytes:
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken


def _fields(text: bytes) -> dict[str, str]:
    """Return the headers; what is said twice and may be is joined, as RFC 9110 reads it."""
    headers: dict[str, str] = {}
    for name, value in _FIELD.findall(text):
        key, said = name.decode().lower(), value.decode("latin-1").strip(" \t")
        if key in headers:
            if key in _ONCE:
                raise Malformed(400)
            said = f"{headers[key]}, {said}"
        headers[key] = said
    return headers


def _length(headers: dict[str, str], *, modern: bool) -> int:
    """Return the bytes of the body, -1 for chunks; Malformed if that is not clear or too many."""
    told = headers.get("content-length")
    if (coding := headers.get("transfer-encoding")) is not None:
        if told is not None or not modern or coding.lower() != "chunked":
            raise Malformed(400)
        return -1
    if told is None:
        return 0
    if not _LENGTH.fullmatch(told):
        raise Malformed(400)
    if int(told) > LONGEST_BODY:
        raise Malformed(413)
    return int(told)
