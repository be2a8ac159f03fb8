"""
The one clock, the one source of randomness, and the named points of a run.

Everything above asks here, so that a whole day can be replayed from a seed: a test or the
simulator installs another world. ``point`` is called after every commit and every outside
call; in production it does nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def _no_point(_name: str) -> None:
    """Do nothing: the hub is not being simulated."""


@dataclass(frozen=True, slots=True)
class World:
    """What a process may ask of the world it runs in."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    token: Callable[[int], str] = secrets.token_hex
    point: Callable[[str], None] = _no_point
    home: Path = Path("var")
    """The data folder; documents lie in ``home / "documents"``."""


_world = World()


def install(world: World) -> None:
    """Make *world* the one that this process runs in; called once, by ``config``."""
    global _world  # noqa: PLW0603 - the one switch between the real and a simulated world
    _world = world


@contextmanager
def running_in(world: World) -> Iterator[World]:
    """Run a test or a simulation in *world*."""
    before = _world
    install(world)
    try:
        yield world
    finally:
        install(before)


def current() -> World:
    """Return the world as it is, to make another one from."""
    return _world


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _world.now()


def today() -> date:
    """Return the date in Vietnam."""
    return _world.now().astimezone(VIETNAM).date()


def token(nbytes: int = 16) -> str:
    """Return *nbytes* random bytes in hex."""
    return _world.token(nbytes)


def point(name: str) -> None:
    """Mark that something has just become certain (a commit, an outside call)."""
    _world.point(name)


def home() -> Path:
    """Return the data folder."""
    return _world.home
