"""
Messages between the hub and its helper processes: four bytes of length, a JSON header, bytes.

A frame is ``length (4 bytes, big-endian) + header length (4 bytes) + header + payload``.
Both ends are ours; the length is still capped, because one of them runs a vendor's driver.
"""

from __future__ import annotations

import json
import os
import select
import struct
import time
from typing import Any

MAX_FRAME = 96 * 2**20
_LENGTHS = struct.Struct(">II")


class ClosedError(EOFError):
    """The other end closed the pipe, mostly because its process died."""


class LateError(TimeoutError):
    """The other end did not answer in time."""


def pack(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """Return the frame that carries *header* (JSON values) and *payload*."""
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return _LENGTHS.pack(len(text), len(payload)) + text + payload


def send(fd: int, header: dict[str, Any], payload: bytes = b"") -> None:
    """Write one frame to *fd*; ClosedError if nobody reads any more."""
    view = memoryview(pack(header, payload))
    try:
        while view:
            view = view[os.write(fd, view) :]
    except BrokenPipeError as error:
        raise ClosedError from error


def receive(fd: int, *, seconds: float | None = None) -> tuple[dict[str, Any], bytes]:
    """
    Read one frame from *fd*: header and payload.

    LateError after *seconds* (None waits for ever), ClosedError at the end of the pipe.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    header_size, payload_size = _LENGTHS.unpack(_exactly(fd, _LENGTHS.size, deadline))
    if header_size + payload_size > MAX_FRAME:
        message = "a frame longer than any we send"
        raise ClosedError(message)
    header = json.loads(_exactly(fd, header_size, deadline))
    return header, _exactly(fd, payload_size, deadline)


def _exactly(fd: int, size: int, deadline: float | None) -> bytes:
    """Read *size* bytes before the monotonic *deadline*."""
    parts = []
    while size:
        if deadline is not None:
            left = max(deadline - time.monotonic(), 0)
            if not select.select([fd], [], [], left)[0]:
                raise LateError
        part = os.read(fd, min(size, 2**20))
        if not part:
            raise ClosedError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
