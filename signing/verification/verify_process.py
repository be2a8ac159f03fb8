"""
The process in which files of strangers are judged: little memory, no network, no writing.

Started by ``verify.Verifier``, which tells it its memory in bytes. Time is the parent's business:
it kills a process that is late. Speaks frames on standard input and output.
"""

from __future__ import annotations

import os
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from signing import frames
from signing.verification.findings import Findings
from signing.verification.judgement import judge

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


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    """Stop what a hostile file could only want for itself; an audit hook cannot be removed."""
    if event in _FORBIDDEN:
        raise PermissionError(event)


def confine(memory: int) -> None:
    """Limit this process for good: *memory* bytes of address space, no file, no network."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def answer(request: dict[str, Any], data: bytes) -> Findings:
    """Judge one file; whatever goes wrong is a reason, never an exception."""
    trust = Path(request["trust"]) if request["trust"] else None
    try:
        return judge(data, trust, datetime.fromisoformat(request["at"]))
    except MemoryError:
        return Findings(reasons=["too_big"])
    except Exception as error:  # noqa: BLE001 - a verdict must survive anything a file can do
        return Findings(reasons=[f"surprise:{type(error).__name__}"])


def main() -> None:
    """Judge files until the parent closes the pipe."""
    source, sink = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    confine(int(sys.argv[1]))
    frames.send(sink, {"ok": True})
    while True:
        try:
            request, data = frames.receive(source)
        except frames.ClosedError:
            return
        frames.send(sink, answer(request, data).as_json())


if __name__ == "__main__":
    main()
