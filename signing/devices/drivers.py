"""
The drivers of this worker's tokens, each in a process of its own, started at its first signature.

A simulation installs others, with keys in memory and tokens that are pulled on cue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from signing.devices.line import Line
from signing.devices.pool import Pool
from signing.devices.tokens import Tokens
from signing.models import Token


class Driver(Protocol):
    """What a batch asks of a token; see :class:`signing.devices.tokens.Tokens`."""

    def find(self, token: str) -> bool:
        """Tell whether *token* is open already; TokenMissing if it is not plugged in."""

    def login(self, token: str, pin_file: Path, *, retry: bool = False) -> None:
        """Open the token; a refused PIN is not sent again unless a person said *retry*."""

    def sign(
        self, token: str, key: str, texts: Sequence[bytes], *, scheme: str = ""
    ) -> list[bytes]:
        """Return one signature for each of *texts*."""


Place = tuple[str, tuple[tuple[str, str], ...], int]
"""Module, environment, number of processes."""

_starting = threading.Lock()
_processes: dict[Place, Pool] = {}


def own_process(token: Token) -> Driver:
    """Return this worker's process for the token's driver, or its pool of them."""
    place = (token.module, tuple(sorted(token.environment.items())), token.processes)
    with _starting:
        if place not in _processes:
            members = [
                Tokens(Path(token.module), environment=token.environment)
                for _ in range(token.processes)
            ]
            _processes[place] = Pool(members)
        pool = _processes[place]
    return pool if token.processes > 1 else pool.members[0]


_find: Callable[[Token], Driver] = own_process
_line: type[Line] = Line


def install(find: Callable[[Token], Driver] = own_process, *, line: type[Line] = Line) -> None:
    """Let *find* give the driver of a token, and *line* the way to it."""
    global _find, _line
    _find, _line = find, line


def of(token: Token) -> Driver:
    """Return the driver that speaks with *token*."""
    return _find(token)


def line(token: Token) -> Line:
    """Return a new line to *token*, for one drain."""
    return _line(of(token), token.label, abreast=token.processes)


def processes() -> list[Tokens]:
    """Return the token processes that this worker has started, for example to end them."""
    return [member for pool in _processes.values() for member in pool.members]
