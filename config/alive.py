"""
Which processes really live, asked of the kernel.

A pid in a file proves little: the process may be a zombie that nobody reaps (in a container
without an init), or its number may belong to another process by now.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PROC = Path("/proc")

#: Seconds between two looks.
PAUSE = 0.02


def is_alive(pid: int) -> bool:
    """Tell whether process *pid* exists and is no zombie."""
    try:
        stat = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    # "pid (name) state …": the name may hold spaces and brackets, so read from the last one
    return stat.rpartition(") ")[2][0] not in "ZX"


def was_told(pid: int, argument: str) -> bool:
    """Tell whether *argument* is one of the words of the command line of process *pid*."""
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return argument.encode() in words


def any_works_in(folder: Path) -> bool:
    """Tell whether a process that we may look at has *folder* as its working directory."""
    return any(_works_in(process, folder) for process in PROC.glob("[0-9]*"))


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False  # ended meanwhile, or another user's


def wait_for(done: Callable[[], bool], seconds: float, what: str) -> None:
    """Return when *done* says so; TimeoutError after *seconds* of waiting for *what*."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            message = f"waited {seconds:g} s for {what}"
            raise TimeoutError(message)
        time.sleep(PAUSE)
