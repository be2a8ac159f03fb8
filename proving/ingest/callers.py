"""
Gateways that call at a fixed rate, so that waiting counts; a process of its own.

Arrivals follow the clock, not the answers: a callback that finds no free connection waits for
one, and its time runs from when it was due. One loop over epoll and no library, so that the
machine is left to what is measured. Orders and results are JSON on standard input and output.
"""

from __future__ import annotations

import json
import re
import select
import socket
import sys
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from proving.ingest.messages import message

_LENGTH: Final = re.compile(rb"(?i)content-length: (\d+)")
_YES: Final = b'"MaLoi": "00"'
WAKE: Final = 0.0005
"""Seconds: finer than epoll can wait."""
LATE: Final = 2.0
"""Seconds after the last arrival; what has found no connection by then is not sent."""
GRACE: Final = 10.0
"""Seconds in which an answer is waited for."""


@dataclass(frozen=True, slots=True)
class Order:
    """Who calls whom, how often."""

    port: int
    name: str
    """Part of every reference, so that no two orders make the same callback."""
    calls: int
    rate: float
    """Arrivals a second; 0: the next call as soon as a connection is free."""
    connections: int
    address: str
    """The address that the caller has."""
    answered: str
    """File for the references that were answered with yes."""


@dataclass(slots=True)
class Result:
    """How the calls fared."""

    seconds: float
    statuses: dict[str, int]
    yes: int
    p50_ms: float
    p99_ms: float
    """Of those answered with yes."""
    cpu_seconds: float
    unsent: int


@dataclass(slots=True)
class Callers:
    """The connections of one order."""

    order: Order
    free: list[socket.socket] = field(default_factory=list)
    busy: dict[int, tuple[socket.socket, float, int, bytes]] = field(default_factory=dict)
    """By file number: connection, when its call was due, which it is, what came so far."""
    statuses: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Seconds until each yes."""
    yes: list[int] = field(default_factory=list)

    def run(self, requests: deque[bytes]) -> float:
        """Make all calls; return the seconds that they took."""
        poll = select.epoll()
        for _ in range(self.order.connections):
            self.free.append(self._connection(poll))
        gap = 1 / self.order.rate if self.order.rate else 0.0
        begin, made, total = time.perf_counter() + 0.1, 0, len(requests)
        last = begin + total * gap + (LATE if gap else 60)
        while (now := time.perf_counter()) < last + GRACE and (made < total or self.busy):
            while made < total and self.free and begin + made * gap <= now:
                self._call(requests[made], begin + made * gap if gap else now, made)
                made += 1
            if now > last:
                total = made
            due = begin + made * gap - time.perf_counter() if made < total and self.free else 0.05
            for number, _event in poll.poll(max(due, WAKE)):
                self._hear(number, poll)
        return time.perf_counter() - begin

    def _connection(self, poll: select.epoll) -> socket.socket:
        to = ("127.0.0.1", self.order.port)
        made = socket.create_connection(to, 30, source_address=(self.order.address, 0))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.setblocking(False)  # noqa: FBT003 - socket's own signature
        poll.register(made, select.EPOLLIN)
        return made

    def _call(self, request: bytes, due: float, number: int) -> None:
        line = self.free.pop()
        self.busy[line.fileno()] = (line, due, number, b"")
        line.send(request)

    def _hear(self, file: int, poll: select.epoll) -> None:
        line, due, number, before = self.busy.pop(file)
        try:
            data = before + line.recv(65536)
        except ConnectionError:
            data = b""
        head, _, body = data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if data and (length is None or len(body) < int(length[1])):
            self.busy[file] = (line, due, number, data)
            return
        if not data:
            line.close()
            line = self._connection(poll)
        self.free.append(line)
        self.statuses[head[9:12].decode() or "broken"] += 1
        if _YES in body:
            self.waits.append(time.perf_counter() - due)
            self.yes.append(number)


def main() -> int:
    """Do the order on standard input; answer on standard output."""
    order = Order(**json.load(sys.stdin))
    references = [f"QN{order.name}{number:07d}T1" for number in range(order.calls)]
    requests = deque(map(_request, references))
    # Everything is made; the parent says when to begin.
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    callers, before = Callers(order), time.process_time()
    seconds = callers.run(requests)
    waits = sorted(callers.waits) or [0.0]
    Path(order.answered).write_text("\n".join(references[one] for one in callers.yes))
    result = Result(
        seconds=seconds,
        statuses=dict(callers.statuses),
        yes=len(callers.yes),
        p50_ms=round(waits[len(waits) // 2] * 1000, 2),
        p99_ms=round(waits[int(len(waits) * 0.99)] * 1000, 2),
        cpu_seconds=round(time.process_time() - before, 2),
        unsent=order.calls - sum(callers.statuses.values()),
    )
    sys.stdout.write(json.dumps(asdict(result)))
    return 0


def _request(reference: str) -> bytes:
    body = message(reference)
    return (
        b"POST /callbacks/platform HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    )


if __name__ == "__main__":
    sys.exit(main())
