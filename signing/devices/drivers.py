"""
The drivers of this worker's tokens, each in a process of its own, started at its first signature.

A simulation installs others, with keys in memory and tokens that are pulled on cue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from signing.devices.tokens import Tokens
from signing.models import Token


class Driver(Protocol):
    """What a batch asks of a token; see :class:`signing.devices.tokens.Tokens`."""

    def login(self, token: str, pin_file: Path, *, retry: bool = False) -> None:
        """Open the token; a refused PIN is not sent again unless a person said *retry*."""

    def sign(self, token: str, key: str, texts: Sequence[bytes]) -> list[bytes]:
        """Return one signature for each of *texts*."""


_starting = threading.Lock()
_processes: dict[tuple[str, tuple[tuple[str, str], ...]], Tokens] = {}


def own_process(token: Token) -> Tokens:
    """Return this worker's process for the token's driver."""
    place = (token.module, tuple(sorted(token.environment.items())))
    with _starting:
        if place not in _processes:
            _processes[place] = Tokens(Path(token.module), environment=token.environment)
        return _processes[place]


_find: Callable[[Token], Driver] = own_process


def install(find: Callable[[Token], Driver] = own_process) -> None:
    """Let *find* give the driver of a token."""
    global _find  # noqa: PLW0603 - the one switch between real and simulated tokens
    _find = find


def of(token: Token) -> Driver:
    """Return the driver that speaks with *token*."""
    return _find(token)


def processes() -> list[Tokens]:
    """Return the token processes that this worker has started, for example to end them."""
    return list(_processes.values())
