"""
The parts of a running hub: web, door, workers, clock, as commands of our own.
"""

from __future__ import annotations

import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

from config.processes import Part

#: glibc gives every thread a heap of its own, and what one frees no other uses: two are enough.
THRIFTY = {"MALLOC_ARENA_MAX": "2"}


_HERE = ("default", "signing")
_NAMED = ("--name", "stamps")


def parts(port: int, environment: Mapping[str, str], *, door: int) -> list[Part]:
    """
    Return the parts of a hub on one machine, in the order in which they start.

    The desk answers on *port*, the door for callbacks on the port *door*.
    """
    url = f"http://127.0.0.1:{port}/healthz"
    environment = {**THRIFTY, **environment}
    return [
        Part("worker", command("worker", "--queues", *_HERE), environment=environment),
        # They sleep for minutes when an authority is slow: no business of the others' threads.
        Part("stamps", command("worker", "--queues", "stamps", *_NAMED), environment=environment),
        Part("clock", command("clock"), environment=environment),
        Part(
            "door",
            [*command("door"), "--port", str(door)],
            ready=lambda: listens(door),
            environment=environment,
        ),
        Part(
            "web",
            [*command("web"), "--port", str(port)],
            ready=lambda: answers(url),
            environment={**environment, "MOTCUA_ROLE": "web"},
        ),
    ]


def command(*words: str) -> list[str]:
    """Return the command line of one of our own commands."""
    return [sys.executable, "-m", "config", *words]


def answers(url: str) -> bool:
    """Tell whether *url* answers with a success."""
    try:
        with urllib.request.urlopen(url, timeout=1) as reply:  # noqa: S310 - our own loopback address
            return bool(reply.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def listens(port: int) -> bool:
    """Tell whether somebody on this machine takes connections on *port*."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port(wish: int) -> int:
    """Return *wish* if it is free on this machine, else any free port."""
    for port in (wish, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    message = "no port is free on this machine"
    raise OSError(message)
