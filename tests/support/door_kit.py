"""A door on a real socket, and gateways that speak through raw sockets."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from connectors import http
from connectors.banks.platform import CONFIRM, Platform
from desk.door.server import Door
from desk.door.writer import Writer

SECRET = "bi-mat"
GATEWAY = Platform(http.client(), Platform.Settings("http://x.invalid", "QNI-TEST", SECRET))

LOCAL, OTHER = "127.0.0.1", "127.0.0.2"
"""Two callers on one machine."""


def message(reference: str = "QN0000000159T1", **changes: str) -> bytes:
    """A confirmation as the platform sends it, sealed with the shared secret."""
    said = {
        "LoaiBanTin": "CONFIRM",
        "MaLoi": "00",
        "MaDoiTac": "QNI-TEST",
        "MaThamChieu": reference,
        "SoTien": "75000",
        "MaTienTe": "VND",
        "MaGiaoDich": "GD123456",
        "MaNganHang": "VCB",
        "ThoiGianGD": "20261123083000",
        "ThongTinGiaoDich": "NOP LE PHI",
    } | changes
    said["MaXacThuc"] = GATEWAY._seal(CONFIRM, said)
    return json.dumps(said).encode()


def post(body: bytes, *fields: str, path: str = "/callbacks/platform") -> bytes:
    """A request as most gateways make it."""
    lines = [f"POST {path} HTTP/1.1", "Host: hub", f"Content-Length: {len(body)}", *fields]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True)
class Said:
    """What the door answered."""

    status: int
    head: str
    body: bytes

    @property
    def word(self) -> str:
        """The platform's own yes ("00") or no."""
        return str(json.loads(self.body)["MaLoi"])


class Caller:
    """One connection to the door."""

    def __init__(self, port: int, *, address: str = LOCAL) -> None:
        self.socket = socket.create_connection((LOCAL, port), 10, source_address=(address, 0))
        self._left = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def ask(self, data: bytes) -> Said:
        self.send(data)
        return self.hear()

    def hear(self) -> Said:
        """Read one answer; ConnectionError if the door hung up before it."""
        head, body = self._until_whole()
        lines = head.decode()
        return Said(int(lines.split()[1]), lines, body)

    def _until_whole(self) -> tuple[bytes, bytes]:
        while True:
            head, end, rest = self._left.partition(b"\r\n\r\n")
            told = [line for line in head.split(b"\r\n") if line.startswith(b"Content-Length: ")]
            if end and (length := int(told[0].split()[1])) <= len(rest):
                self._left = rest[length:]
                return head, rest[:length]
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError
            self._left += data


@dataclass
class Running:
    """A door in a thread of its own."""

    port: int
    door: Door
    loop: asyncio.AbstractEventLoop

    def caller(self, *, address: str = LOCAL) -> Caller:
        return Caller(self.port, address=address)

    def say(self, body: bytes, *fields: str, address: str = LOCAL) -> Said:
        """Send one callback on a connection of its own."""
        with self.caller(address=address) as caller:
            return caller.ask(post(body, *fields))


@contextmanager
def running(
    database: str, *, proxies: Collection[str] = (), most: int = 4096, shared: int = 0
) -> Iterator[Running]:
    """Serve until the block ends; *shared* is a port that another door listens on."""
    started: list[Running] = []
    ready = threading.Event()

    async def serve() -> None:
        writer = Writer(database)
        await writer.open()
        door = Door(writer, proxies, most)
        server = await door.serve(LOCAL, shared, shared=True)
        port = server.sockets[0].getsockname()[1]
        started.append(Running(port, door, asyncio.get_running_loop()))
        ready.set()
        await writer.run()
        server.close()
        await writer.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    try:
        yield started[0]
    finally:
        started[0].loop.call_soon_threadsafe(started[0].door.writer.stop)
        thread.join(20)
        assert not thread.is_alive()


#: Everything that callbacks leave in the database, but numbers and instants.
LEFT = """
SELECT source, external_id, body_sha256, body::text, verified, times
FROM hub_register_inbox ORDER BY external_id;
SELECT queue_name, task_name, priority, lock, queueing_lock, args, status::text, scheduled_at,
    attempts FROM procrastinate_jobs ORDER BY args->>'reference', id;
SELECT kind, subject, role, unit, detail, closed_at, closed_by, dossier_id
FROM hub_register_task ORDER BY kind;
SELECT connector, failure, refused, unavailable, unsure, forged, succeeded_at
FROM hub_register_connectorhealth
"""


def left(cursor: Any) -> list[tuple[Any, ...]]:
    """What callbacks have left."""
    found: list[tuple[Any, ...]] = []
    for query in LEFT.split(";"):
        cursor.execute(query)
        found += cursor.fetchall()
    return found
