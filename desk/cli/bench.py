"""
``motcua bench NAME``: one benchmark, with its peer and its floor measured in the same run.

These machines are shared: read the ratios first. ``floor`` is our rate as a part of what the
bare operation allows; a peer's ratio is how many times as fast as it we are.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
from collections.abc import Callable
from typing import Any

#: Name → module and function. A module is imported only for its own measurement, so that one
#: benchmark does not carry the memory of another.
BENCHES = {
    "archive": ("proving.archive.bench", "archive"),
    "fuzz": ("signing.bench.verify", "fuzz"),
    "growth": ("proving.growth.bench", "growth"),
    "ingest": ("proving.ingest.bench", "ingest"),
    "kills": ("proving.batch.bench", "kills"),
    "oddities": ("signing.bench.oddities", "oddities"),
    "seal": ("signing.bench.seal", "seal"),
    "statement": ("payments.bench", "statement"),
    "engine": ("scheduler.bench", "engine"),
    "token": ("proving.batch.bench", "token"),
    "verify": ("signing.bench.verify", "verify"),
}

#: What some benchmarks can be told besides; each takes what its function takes.
OPTIONS: dict[str, tuple[type, str]] = {
    "key": (str, "seal: rsa, rsa3072, rsa4096, p256, p384"),
    "processes": (int, "seal: how many sign side by side"),
    "latency": (int, "token: milliseconds of one signature"),
    "level": (str, "token: B, T or LT"),
    "tsa": (int, "token: milliseconds of one time stamp"),
    "dir": (str, "oddities: folder with PDFs"),
    "mutated": (int, "oddities: how many more with changed bytes"),
    "files": (int, "verify, fuzz: how many are judged"),
    "documents": (int, "kills: documents in the batch"),
    "points": (int, "kills: how many times it is stopped"),
}


def main(arguments: list[str]) -> int:
    """Measure and print; exit code 1 if anything that was made is wrong."""
    parser = argparse.ArgumentParser(prog="motcua bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--size", type=int, help="how many; each benchmark has its own default")
    parser.add_argument("--json", action="store_true")
    for name, (kind, words) in OPTIONS.items():
        parser.add_argument(f"--{name}", type=kind, help=words)
    given = parser.parse_args(arguments)
    module, function = BENCHES[given.name]
    bench: Callable[..., dict[str, Any]] = getattr(importlib.import_module(module), function)
    asked = {name: getattr(given, name) for name in OPTIONS if getattr(given, name) is not None}
    if unknown := asked.keys() - inspect.signature(bench).parameters.keys():
        parser.error(f"{given.name} has no --{min(unknown)}")
    found = bench(given.size, **asked) if given.size else bench(**asked)
    print(json.dumps(found, ensure_ascii=False) if given.json else _page(found))
    return int(bool(found["wrong"]))


def _page(found: dict[str, Any]) -> str:
    ratios = "  ".join(f"{peer} ×{ratio:.2f}" for peer, ratio in found["ratio"].items())
    return (
        f"{found['name']}: {found['rate']:.0f} {found['unit']}, "
        f"{found['cpu_ms']:.2f} ms CPU, {found['peak_mb']:.0f} MB, sai · wrong {found['wrong']}\n"
        f"{ratios}\n{found['machine']}"
    )
