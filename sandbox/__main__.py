"""
``python -m sandbox --data DIR``: start the other side and serve it until SIGTERM.

It prints one line, the path of ``endpoints.json``, when it is ready. It outlives whoever
started it, as banks do.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from sandbox.faults import Fault, Plan
from sandbox.server import Server
from sandbox.tokens import TokensError
from sandbox.world import Order, World


def main(arguments: list[str] | None = None) -> int:
    """Run until told to stop; return the exit code."""
    given = _parser().parse_args(arguments)
    given.data.mkdir(parents=True, exist_ok=True)
    order = Order(
        data=given.data.resolve(),
        callback=given.callback,
        faults=_plan(given),
        with_tokens=not given.no_tokens,
    )
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        server = Server(given.ports_file or order.data / "ports.json")
        world = World(order, server.url)
        endpoints = world.announce()
    except (OSError, TokensError) as error:
        print(f"Không khởi động được · cannot start: {error}", file=sys.stderr)
        return 1
    server.carry(world.application)
    thread = threading.Thread(target=server.serve_forever, name="server")
    thread.start()
    print(endpoints, flush=True)
    stop.wait()
    server.shutdown()
    thread.join()
    server.server_close()
    world.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds everything")
    parser.add_argument("--seed", default="0", help="the day's faults follow from it")
    parser.add_argument(
        "--fault-rate",
        action="append",
        default=[],
        type=_rate,
        metavar="RATE | FAULT=RATE",
        help="chance of each fault at a first try, 0 to 1; may be given again per fault",
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="PARTY/OPERATION",
        help="draw faults here only; may be given again",
    )
    parser.add_argument("--slow", type=float, default=1.0, help="seconds of a slow answer")
    parser.add_argument("--callback", default="", help="the hub's address for confirmations")
    parser.add_argument("--ports-file", type=Path, help="where the port is remembered")
    parser.add_argument("--no-tokens", action="store_true", help="do without SoftHSM2")
    return parser


def _rate(text: str) -> tuple[str, float]:
    """Return the fault (empty for all) and the chance that *text* names."""
    name, _, value = text.rpartition("=")
    return (Fault(name) if name else ""), float(value)


def _plan(given: argparse.Namespace) -> Plan:
    chances = dict(given.fault_rate)
    rate = chances.pop("", 0.0)
    parted = [place.partition("/") for place in given.only]
    only = frozenset((party, operation) for party, _, operation in parted)
    return Plan(seed=given.seed, rate=rate, rates=chances, slow=given.slow, only=only)


if __name__ == "__main__":
    sys.exit(main())
