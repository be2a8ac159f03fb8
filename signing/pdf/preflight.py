"""
What a file must be before it may be signed: a sound, plain PDF that shows all it says.

The file is a stranger's, so it is examined (``examine``) in a warm process with limits: 10 s,
1 GiB, no network. It is fit, mended or not, or it is unfit with a reason that a records clerk
can act on (``unfit.REASONS``); there is no third.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from functools import cache
from typing import Any

from register import world
from signing import frames
from signing.pdf.examine import LIMIT
from signing.pdf.unfit import REASONS, Fit, Mend, Unfit, UnfitError
from signing.sandboxed import MEMORY, SECONDS, Sandboxed

__all__ = ["LIMIT", "REASONS", "Fit", "Mend", "Unfit", "UnfitError", "check", "install"]

_PROCESS = "signing.pdf.preflight_process"


class Examiner(Sandboxed):
    """A warm examining process; safe to use from several threads, one file at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Allow each file *seconds* and *memory* bytes; nothing is started yet."""
        super().__init__(_PROCESS, seconds=seconds, memory=memory)

    def check(self, data: bytes, *, limit: int = LIMIT) -> Fit:
        """Return *data* fit to be signed; UnfitError, and nothing else, if it is not."""
        if len(data) > limit:
            raise UnfitError(Unfit.TOO_LARGE)
        try:
            said, mended = self.ask({"limit": limit, "at": world.now().isoformat()}, data)
        except (frames.LateError, frames.ClosedError) as error:
            raise UnfitError(Unfit.TOO_COMPLEX) from error
        return _fit(said, mended or data)


def check(data: bytes, *, limit: int = LIMIT) -> Fit:
    """Return *data* ready for fields and signatures, or raise UnfitError; *limit* in bytes."""
    return _examine(data, limit)


@cache
def shared() -> Examiner:
    """Return this process's own examiner, ended with it."""
    examiner = Examiner()
    atexit.register(examiner.close)
    return examiner


def _in_a_process(data: bytes, limit: int) -> Fit:
    return shared().check(data, limit=limit)


_examine: Callable[[bytes, int], Fit] = _in_a_process


def install(examine: Callable[[bytes, int], Fit] = _in_a_process) -> None:
    """Let *examine* examine: a simulation, which knows all its files, needs no process for it."""
    global _examine  # noqa: PLW0603 - the one switch between the real and a simulated world
    _examine = examine


def _fit(said: dict[str, Any], data: bytes) -> Fit:
    """Return what the process *said*, or raise it."""
    if "unfit" in said:
        raise UnfitError(Unfit(said["unfit"]))
    mended = tuple(Mend(word) for word in said["mended"])
    return Fit(data, mended, tuple(said["bars"]))
