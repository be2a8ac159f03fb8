"""
One text message to a WebSocket, one answer back: all that a signing program on a desk needs.

RFC 6455, client side, without extensions, over TLS or plain on this machine. What happens is
told as :mod:`connectors.http` tells it: not reached is Unavailable, silence after sending
is too, for everything asked here is a question.
"""

from __future__ import annotations

import base64
import hashlib
import os
import socket
import ssl
import struct
from urllib.parse import SplitResult, urlsplit

from connectors import Unavailable

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG, _MORE = 0x1, 0x8, 0x9, 0xA, 0x0
LARGEST = 2**20
"""Bytes of an answer."""
_HEAD = 16 * 1024


def exchange(url: str, text: str, *, seconds: float, trust: str = "") -> str:
    """
    Send *text* to *url* (``ws://`` or ``wss://``); return the first text that comes back.

    *seconds* is the longest silence; *trust* a PEM by which a ``wss`` server is known, for
    such programs bring a certificate of their own. Unavailable whatever goes wrong.
    """
    parts = urlsplit(url)
    place = f"{parts.hostname}{parts.path}"
    try:
        with _connected(parts, seconds, trust) as line:
            _greet(line, parts.netloc, parts.path or "/")
            line.sendall(_frame(_TEXT, text.encode()))
            return _answer(line)
    except (OSError, ValueError, struct.error) as error:
        message = f"{place}: không trả lời · no answer ({type(error).__name__})"
        raise Unavailable(message) from None


def _connected(parts: SplitResult, seconds: float, trust: str) -> socket.socket:
    host, safe = parts.hostname or "", parts.scheme == "wss"
    port = parts.port or (443 if safe else 80)
    line = socket.create_connection((host, port), timeout=seconds)
    if not safe:
        return line
    context = ssl.create_default_context(cadata=trust or None)
    try:
        return context.wrap_socket(line, server_hostname=host)
    except OSError:
        line.close()
        raise


def _greet(line: socket.socket, host: str, path: str) -> None:
    key = base64.b64encode(os.urandom(16))
    head = (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key.decode()}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    line.sendall(head.encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        # Byte by byte, so that nothing of the first frame is taken for the greeting.
        answer += _exactly(line, 1)
        if len(answer) > _HEAD:
            message = "a greeting without end"
            raise ValueError(message)
    # Not a secret: RFC 6455 has SHA-1 here, so that a cache is found out.
    proof = base64.b64encode(hashlib.sha1(key + _MAGIC).digest())  # noqa: S324
    if b" 101 " not in answer.split(b"\r\n", 1)[0] or proof not in answer:
        message = "no WebSocket"
        raise ValueError(message)


def _frame(kind: int, payload: bytes) -> bytes:
    """Return one masked frame, as a client must send it."""
    mask, size = os.urandom(4), len(payload)
    if size < 126:
        length = struct.pack(">B", 0x80 | size)
    elif size < 2**16:
        length = struct.pack(">BH", 0x80 | 126, size)
    else:
        length = struct.pack(">BQ", 0x80 | 127, size)
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
    return bytes((0x80 | kind,)) + length + mask + masked


def _answer(line: socket.socket) -> str:
    """Return the first whole text; ValueError if the other end closes before it."""
    text = b""
    while True:
        first, second = _exactly(line, 2)
        kind, size = first & 0x0F, second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", _exactly(line, 2))
        elif size == 127:
            (size,) = struct.unpack(">Q", _exactly(line, 8))
        if size + len(text) > LARGEST or second & 0x80:
            message = "too large, or masked"
            raise ValueError(message)
        payload = _exactly(line, size)
        if kind == _PING:
            line.sendall(_frame(_PONG, payload))
        elif kind == _CLOSE:
            message = "closed"
            raise ValueError(message)
        elif kind in (_TEXT, _MORE):
            text += payload
            if first & 0x80:
                return text.decode()


def _exactly(line: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = line.recv(size - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
