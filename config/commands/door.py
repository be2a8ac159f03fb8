"""``motcua door``: takes the callbacks of gateways, and nothing else."""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from config import environment, wiring
from connectors.banks import Gateway
from desk.door.server import Door
from desk.door.writer import Writer
from scheduler import connections

PORT = 8001


def main(arguments: list[str]) -> int:
    """Take callbacks until stopped; one that is under way then is still answered."""
    parser = argparse.ArgumentParser(prog="motcua door", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--shared", action="store_true", help="other doors listen there as well")
    parser.add_argument("--proxy", action="append", default=[], metavar="ADDRESS")
    parser.add_argument("--gateways", action="store_true", help="only tell whose callbacks")
    given = parser.parse_args(arguments)
    file = environment.read().config
    if given.gateways:
        print(json.dumps(_gateways(file)))
        return 0
    made = listening(file, _asked())
    connections.install(lambda: made)
    # What is loaded by now lives as long as we do: the collector need not look at it again.
    gc.freeze()
    asyncio.run(_serve(given))
    return 0


async def _serve(given: argparse.Namespace) -> None:
    writer = Writer(os.environ["DATABASE_URL"])
    await writer.open()
    server = await Door(writer, frozenset(given.proxy)).serve(
        given.host, given.port, shared=given.shared
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, writer.stop)
    await writer.run()
    server.close()
    await writer.close()


def _gateways(file: Path) -> dict[str, tuple[str, str]]:
    """Return the module and the class of each gateway in the operator's *file*, by its code."""
    known = wiring.known_connectors()
    named = wiring.read(file).get("connectors", {}).keys() & known.keys()
    return {
        code: (known[code].__module__, known[code].__name__)
        for code in sorted(named)
        if issubclass(known[code], Gateway)
    }


def _asked() -> dict[str, tuple[str, str]]:
    """
    Return the same, asked of a process of its own.

    To know the kind of a connector its file must be loaded, and the libraries of a SOAP bank
    would stay with us, who never speak SOAP: a third of what the door needs.
    """
    command = [sys.executable, "-m", "config.commands.door"]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, tuple[str, str]] = json.loads(told.stdout)
    return found


def listening(file: Path, gateways: dict[str, tuple[str, str]]) -> connections.Connections:
    """Return *gateways* as the operator's *file* describes them; they cannot call anybody."""
    tables = wiring.read(file).get("connectors", {})
    return connections.Connections(
        {
            code: wiring.make(
                getattr(importlib.import_module(module), name), tables[code], speak=_mute
            )
            for code, (module, name) in gateways.items()
        }
    )


class Mute(httpx.BaseTransport):
    """Carries nothing: the door listens, the workers ask."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Refuse."""
        message = f"the door calls nobody, not even {request.url.host}"
        raise httpx.ConnectError(message)


def _mute(**_given: Any) -> httpx.Client:
    return httpx.Client(transport=Mute(), trust_env=False)


if __name__ == "__main__":
    sys.exit(main(["--gateways"]))
