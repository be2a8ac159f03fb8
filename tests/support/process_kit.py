"""Processes of the hub for tests that kill, freeze and thaw them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Seconds: a shared machine may be slow, but not for ever.
PATIENCE = 90.0

Process = subprocess.Popen[bytes]


def wait_for(what: Callable[[], object], *, within: float = PATIENCE) -> float:
    """Return after how many seconds *what* came true; fail if it does not."""
    start = time.monotonic()
    while not what():
        assert time.monotonic() - start < within, "it did not come true"
        time.sleep(0.05)
    return time.monotonic() - start


@contextmanager
def running(command: list[str], environment: Mapping[str, str]) -> Iterator[Process]:
    """Run a process of the hub; it is gone afterwards, frozen or not."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen(command, cwd=ROOT, env=given, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def frozen(process: Process) -> bool:
    """Tell whether the kernel holds *process* stopped."""
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def worker(*words: str) -> list[str]:
    """The command line of a worker: name, point to freeze at, seconds of its leases."""
    return [sys.executable, "tests/support/hub_worker.py", *words]
