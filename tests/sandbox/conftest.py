"""
The other side in one process: real HTTP on a free port, and a tiny hub that is called back.
"""

from __future__ import annotations

import csv
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.faults import Plan
from sandbox.server import Server
from sandbox.world import Order, World
from tests.support.other_side import ROOT, SLOW, Hub, Serve, Side


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Carry applications on real HTTP until the run ends."""
    running: list[tuple[Server, threading.Thread]] = []

    def start(ports_file: Path, application: Any) -> Server:
        server = Server(ports_file)
        server.carry(application)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        running.append((server, thread))
        return server

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def side(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[Side]:
    """The other side, without tokens and without faults but those that a test arms."""
    data = tmp_path_factory.mktemp("sandbox")
    hub = Hub()
    callback = serve(data / "hub.json", hub).url
    server = serve(data / "ports.json", None)
    order = Order(data, callback=callback, faults=Plan(slow=SLOW), with_tokens=False)
    world = World(order, server.url)
    server.carry(world.application)
    with httpx.Client(timeout=10, trust_env=False) as http:
        yield Side(world, server.url, hub, http)
    world.close()


@pytest.fixture(scope="session")
def procedures() -> list[dict[str, Any]]:
    """The rows of the procedures that the hub ships."""
    path = ROOT / "config" / "data" / "procedures.toml"
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["procedures"]
    return rows


@pytest.fixture(scope="session")
def units() -> list[dict[str, str]]:
    """The rows of the units that the hub ships."""
    with (ROOT / "config" / "data" / "units.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
