"""
A process that goes on one small journey per order, in a child that can be traced from its start.

Each line on standard input orders one: ``NAME KEY``. It prints the child's pid; the next line lets
the child go; then it prints how it ended: 0 done, 3 an error of the system, -9 killed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

import django

django.setup()

from django.db import DatabaseError, connection  # noqa: E402 - Django must be set up first

from connectors import http  # noqa: E402
from connectors.banks.platform import CONFIRM, Platform  # noqa: E402
from register import intake  # noqa: E402
from scheduler import callbacks, connections  # noqa: E402
from tests.support import dossier_kit  # noqa: E402
from tests.support.contract import SECRET  # noqa: E402

SETTINGS = Platform.Settings("http://127.0.0.1:1", "QNI-TEST", SECRET)
STOPPED = 3


def pdf(key: str) -> bytes:
    """The bytes of the result that the journey *key* hands over."""
    return f"%PDF-1.7\n% {key}\n".encode() * 300


def letter(key: str) -> bytes:
    """A callback about the payment *key*, with a right seal."""
    told = {
        "LoaiBanTin": "CONFIRM",
        "MaLoi": "00",
        "MaDoiTac": SETTINGS.partner,
        "MaThamChieu": key,
        "SoTien": "75000",
        "MaTienTe": "VND",
        "MaGiaoDich": f"GD{key}",
        "MaNganHang": "VCB",
        "ThoiGianGD": "20261123084200",
        "ThongTinGiaoDich": "NOP LE PHI",
    }
    seal = Platform(http.client(), SETTINGS)._seal(CONFIRM, told)
    return json.dumps(told | {"MaXacThuc": seal}).encode()


def receive(key: str) -> None:
    """A department hands a result over."""
    intake.receive(dossier_kit.handed(key), pdf(key), client="test", key=key)


def callback(key: str) -> None:
    """A gateway calls."""
    connections.install(
        lambda: connections.Connections({"platform": Platform(http.client(), SETTINGS)})
    )
    callbacks.take("platform", letter(key), {})


JOURNEYS: dict[str, Callable[[str], None]] = {"receive": receive, "callback": callback}


def _travel(name: str, key: str, gate: int) -> int:
    """Wait for the gate, then go; a session is opened before, for it is no part of the journey."""
    connection.ensure_connection()
    os.read(gate, 1)
    try:
        JOURNEYS[name](key)
    except (OSError, DatabaseError):
        return STOPPED
    return 0


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until standard input ends."""
    for line in iter(sys.stdin.readline, ""):
        name, key = line.split()
        gate, opener = os.pipe()
        child = os.fork()
        if child == 0:
            os._exit(_travel(name, key, gate))
        _say(child)
        sys.stdin.readline()
        os.write(opener, b"g")
        _pid, status = os.waitpid(child, 0)
        os.close(gate)
        os.close(opener)
        _say(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
