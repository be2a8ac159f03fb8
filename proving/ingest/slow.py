"""
A thousand callers who never finish: half of them drip a head, half a body. A process of its own.

Each sends one byte a second and calls again as soon as it is hung up on, until it is killed.
"""

from __future__ import annotations

import select
import socket
import sys
import time
from itertools import cycle
from typing import Final

HEAD: Final = b"POST /callbacks/platform HTTP/1.1\r\nHost: hub\r\nX: " + b"x" * 4000
BODY: Final = b"POST /callbacks/platform HTTP/1.1\r\nHost: hub\r\nContent-Length: 4000\r\n\r\n"
BEGINS: Final = {HEAD: 40, BODY: len(BODY)}
"""How much of it is sent at once."""


def main(port: int, count: int, address: str) -> None:
    """Keep *count* slow connections from *address* to *port* of this machine."""
    poll = select.epoll()
    kinds = cycle(BEGINS)
    lines: dict[int, socket.socket] = {}

    def connect() -> None:
        line = socket.create_connection(("127.0.0.1", port), 30, source_address=(address, 0))
        text = next(kinds)
        line.sendall(text[: BEGINS[text]])
        line.setblocking(False)  # noqa: FBT003 - socket's own signature
        poll.register(line, select.EPOLLIN)
        lines[line.fileno()] = line

    for _ in range(count):
        connect()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    drip = cycle(range(10))
    while True:
        begin, turn = time.perf_counter(), next(drip)
        for number, line in list(lines.items()):
            if number % 10 == turn:
                _send(line)
        for number, _event in poll.poll(0):
            lines.pop(number).close()
            connect()
        time.sleep(max(0.0, begin + 0.1 - time.perf_counter()))


def _send(line: socket.socket) -> None:
    try:
        line.send(b"x")
    except OSError:
        # It was hung up on; epoll says so in a moment.
        return


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
