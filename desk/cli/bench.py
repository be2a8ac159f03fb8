"""
``motcua bench NAME``: one benchmark, with its peer and its floor measured in the same run.

These machines are shared: read the ratios first. ``floor`` is our rate as a part of what the
bare operation allows; a peer's ratio is how many times as fast as it we are.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Callable
from typing import Any

#: Name → module and function. A module is imported only for its own measurement, so that one
#: benchmark does not carry the memory of another.
BENCHES = {
    "growth": ("proving.growth.bench", "growth"),
    "ingest": ("proving.ingest.bench", "ingest"),
    "seal": ("signing.bench", "seal"),
    "statement": ("payments.bench", "statement"),
    "engine": ("scheduler.bench", "engine"),
}


def main(arguments: list[str]) -> int:
    """Measure and print; exit code 1 if anything that was made is wrong."""
    parser = argparse.ArgumentParser(prog="motcua bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--size", type=int, help="how many; each benchmark has its own default")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    module, function = BENCHES[given.name]
    bench: Callable[..., dict[str, Any]] = getattr(importlib.import_module(module), function)
    found = bench(given.size) if given.size else bench()
    print(json.dumps(found, ensure_ascii=False) if given.json else _page(found))
    return int(bool(found["wrong"]))


def _page(found: dict[str, Any]) -> str:
    ratios = "  ".join(f"{peer} ×{ratio:.2f}" for peer, ratio in found["ratio"].items())
    return (
        f"{found['name']}: {found['rate']:.0f} {found['unit']}, "
        f"{found['cpu_ms']:.2f} ms CPU, {found['peak_mb']:.0f} MB, sai · wrong {found['wrong']}\n"
        f"{ratios}\n{found['machine']}"
    )
