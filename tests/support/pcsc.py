"""
A pcscd of one's own, with virtual readers, beside any other that runs on the machine.

pcscd's socket has a fixed place, so that there is one daemon per machine, but for one started
by systemd: that one is handed its socket. We hand it one in systemd's way (``sd_listen_fds(3)``);
a client finds it by PCSCLITE_CSOCK_NAME. Needs no systemd, and no lock between test workers.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.piv_card import Card, Plug

PCSCD = Path("/usr/sbin/pcscd")
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
MODULE = Path("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so")

#: What pcscd is started through: it makes the third descriptor the socket that it is handed.
_HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3, inheritable=True)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""


def lacking() -> str:
    """Say what keeps the virtual reader from running here; empty if nothing does."""
    needed = {
        PCSCD: "pcscd",
        DRIVER: "vsmartcard-vpcd",
        MODULE: "opensc-pkcs11",
        Path("/usr/bin/opensc-tool"): "opensc",
    }
    missing = [package for path, package in needed.items() if not path.exists()]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return "" if os.geteuid() == 0 else "pcscd wants to write /run/pcscd: only root may"


@dataclass(frozen=True)
class Reader:
    """A virtual reader, and what a driver must see to find it."""

    port: int
    environment: dict[str, str]

    def insert(self, card: Card) -> Plug:
        """Put *card* in."""
        plug = Plug(card, self.port)
        self.wait(present=True)
        return plug

    def wait(self, *, present: bool) -> None:
        """Return when pcscd has noticed that a card came or went; it looks every 0.4 s."""
        environment = {"PATH": "/usr/bin:/bin", **self.environment}
        deadline = time.monotonic() + 20
        seen = not present
        while seen != present and time.monotonic() < deadline:
            listed = subprocess.run(
                ["opensc-tool", "--list-readers"], env=environment, capture_output=True, check=True
            )
            seen = b"Yes" in listed.stdout


@contextmanager
def running(folder: Path) -> Iterator[Reader]:
    """Run pcscd with its files in *folder*, until the context ends."""
    port = two_free_ports()
    readers = folder / "readers"
    readers.mkdir(parents=True)
    (readers / "vpcd").write_text(
        f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{port:#x}\n'
        f"LIBPATH {DRIVER}\nCHANNELID {port:#x}\n"
    )
    opensc = folder / "opensc.conf"
    opensc.write_text("app default {\n  card_drivers = PIV-II;\n}\n")
    place = folder / "pcscd.socket"
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(place))
        listening.listen(16)
        daemon = _start(listening.fileno(), readers, folder / "pcscd.log")
    try:
        _wait_for(port, daemon)
        yield Reader(port, {"PCSCLITE_CSOCK_NAME": str(place), "OPENSC_CONF": str(opensc)})
    finally:
        daemon.terminate()
        daemon.wait(timeout=20)


def _start(descriptor: int, readers: Path, log: Path) -> subprocess.Popen[bytes]:
    command = [str(PCSCD), "--foreground", "--config", str(readers)]
    with log.open("wb") as told:
        return subprocess.Popen(
            [sys.executable, "-c", _HAND_OVER, str(descriptor), *command],
            pass_fds=[descriptor],
            stdout=told,
            stderr=subprocess.STDOUT,
        )


def two_free_ports() -> int:
    """Return a port that is free like the one after it: the driver has two slots."""
    for port in range(20_000 + os.getpid() % 5_000 * 2, 32_000, 2):
        with ExitStack() as stack:
            try:
                for one in (port, port + 1):
                    stack.enter_context(closing(socket.socket())).bind(("0.0.0.0", one))  # noqa: S104 - as vpcd does
            except OSError:
                continue
            return port
    message = "no two free ports beside each other"
    raise OSError(message)


def listens(port: int) -> bool:
    """Tell whether somebody listens on *port*; reading the kernel's list disturbs nobody."""
    return f":{port:04X} 00000000:0000 0A" in Path("/proc/net/tcp").read_text()


def _wait_for(port: int, daemon: subprocess.Popen[bytes]) -> None:
    """Return when the reader listens."""
    deadline = time.monotonic() + 20
    while not listens(port):
        if daemon.poll() is not None or time.monotonic() > deadline:
            message = "pcscd does not listen; see pcscd.log"
            raise OSError(message)
        time.sleep(0.05)
