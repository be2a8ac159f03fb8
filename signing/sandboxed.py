"""
A warm helper process with limits, for files of strangers: little memory, no network, no writing.

The parent (:class:`Sandboxed`) keeps the time and kills what is late; the child calls
:func:`serve`. They speak frames on the child's standard input and output.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from signing import frames

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 10.0
MEMORY = 2**30
#: Starting the interpreter and loading the libraries is not the file's fault.
_START_SECONDS = 60.0

#: What the interpreter reports before it happens (PEP 578) and what no judgement needs.
_FORBIDDEN = frozenset(
    {
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.fork",
        "os.posix_spawn",
    }
)

Answer = tuple[dict[str, Any], bytes]


class Sandboxed:
    """A warm process of the module given; safe to use from several threads, one file at a time."""

    def __init__(self, module: str, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Allow each file *seconds* and *memory* bytes; nothing is started yet."""
        self._module, self._seconds, self._memory = module, seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, request: dict[str, Any], data: bytes) -> Answer:
        """
        Return the process's answer, header and payload, to *request* about *data*.

        frames.LateError after its time, frames.ClosedError if it died; it is started anew for
        the next file.
        """
        with self._lock:
            try:
                source, sink = self._pipes()
                frames.send(sink, request, data)
                return frames.receive(source, seconds=self._seconds)
            except (frames.LateError, frames.ClosedError):
                self.close()
                raise

    @property
    def pid(self) -> int:
        """The process's number, to be measured; 0 if none runs."""
        return self._process.pid if self._process else 0

    def close(self) -> None:
        """End the process; the next file starts a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def _pipes(self) -> tuple[int, int]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-B", "-m", self._module, str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env={"LANG": "C.UTF-8"},
            )
            assert self._process.stdout  # noqa: S101 - asked for above
            frames.receive(self._process.stdout.fileno(), seconds=_START_SECONDS)
        process = self._process
        assert process.stdin and process.stdout  # noqa: S101, PT018 - asked for above
        return process.stdout.fileno(), process.stdin.fileno()


def serve(answer: Callable[[dict[str, Any], bytes], Answer]) -> None:
    """Answer each frame by *answer* until the parent closes the pipe; ``argv[1]`` is memory."""
    source, sink = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    confine(int(sys.argv[1]))
    frames.send(sink, {"ok": True})
    while True:
        try:
            request, data = frames.receive(source)
        except frames.ClosedError:
            return
        frames.send(sink, *answer(request, data))


def confine(memory: int) -> None:
    """Limit this process for good: *memory* bytes of address space, no file, no network."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(refuse)


def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    """Stop what a hostile file could only want for itself; an audit hook cannot be removed."""
    if event in _FORBIDDEN:
        raise PermissionError(event)
