"""
The program on an official's PC that signs one digest by WebSocket, as VGCA's does.

One socket, one message, one answer. The window in which the official presses yes or no is the
``decision``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.parties.vault import CONFIRMED, Subscriber

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass
class Vgca:
    """The program as a WSGI application on werkzeug's server, whose socket it takes over."""

    subscriber: Subscriber
    decision: str = CONFIRMED
    signed: list[str] = field(default_factory=list)
    """Digests in base64, in the order in which they came."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Shake hands, read one text, answer it."""
        if environ.get("HTTP_UPGRADE") != "websocket":
            start_response("200 OK", [("Content-Length", "0")])
            return []
        line = environ["werkzeug.socket"]
        key = environ["HTTP_SEC_WEBSOCKET_KEY"].encode()
        proof = base64.b64encode(hashlib.sha1(key + _MAGIC).digest()).decode()  # noqa: S324
        line.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + f"Sec-WebSocket-Accept: {proof}\r\n\r\n".encode()
        )
        text = _read(line)
        answer = json.dumps(self.answer(environ["PATH_INFO"].strip("/"), text)).encode()
        line.sendall(struct.pack(">BBH", 0x81, 126, len(answer)) + answer)
        line.close()
        # Nothing more may be written on a line that is closed.
        raise ConnectionAbortedError

    def answer(self, function: str, text: str) -> dict[str, Any]:
        """Answer one message of *function*."""
        certificate = base64.b64encode(self.subscriber.certificates[0]).decode()
        if function == "GetCertInfo":
            return {"Status": 0, "CertBase64": certificate, "SerialNumber": self.subscriber.serial}
        if self.decision != CONFIRMED:
            return {"Status": 11, "Message": "Người dùng hủy"}
        asked = json.loads(text)
        self.signed.append(asked["HashValue"])
        made = self.subscriber.sign(base64.b64decode(asked["HashValue"]))
        return {
            "Status": 0,
            "Signature": base64.b64encode(made).decode(),
            "CertBase64": certificate,
            "HashValue": asked["HashValue"],
        }


def _read(line: Any) -> str:
    """Return the one masked text of a client."""
    _first, second = line.recv(2)
    size = second & 0x7F
    if size == 126:
        (size,) = struct.unpack(">H", line.recv(2))
    mask = line.recv(4)
    payload = b""
    while len(payload) < size:
        payload += line.recv(size - len(payload))
    return bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload)).decode()
