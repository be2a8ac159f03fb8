"""Programs of a measurement, each a process of its own, and what they cost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

TICKS: Final = os.sysconf("SC_CLK_TCK")


class Process:
    """A program that runs while the block runs."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        """It runs already."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End it."""
        with self._process:
            self._process.terminate()

    def say(self, words: str) -> None:
        """Write all of its standard input."""
        self._process.stdin.write(words)  # type: ignore[union-attr] # it is a pipe
        self._process.stdin.close()  # type: ignore[union-attr]

    def heard(self) -> str:
        """Return what it writes until it ends."""
        return self._process.stdout.read()  # type: ignore[union-attr]

    def wait_until_ready(self) -> None:
        """Return when it says so; RuntimeError if it ended before."""
        if self._process.stdout.readline() != "ready\n":  # type: ignore[union-attr]
            message = f"{self._process.args!r} ended before it began"
            raise RuntimeError(message)


def processor(pids: Sequence[int]) -> float:
    """Return the seconds of processor that *pids* and their ended children have used."""
    ticks = 0
    for pid in pids:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, told[11:15]))
    return ticks / TICKS


def peak(pid: int) -> float:
    """Return the most memory that process *pid* ever had, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (most,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return round(int(most) / 1024, 1)
