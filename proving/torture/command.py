"""
``motcua torture``: kill -9 every part of a running hub, and compare the books.

Web, two workers, two clocks, PostgreSQL and the sandbox run as processes in a temporary folder.
An honest sender sends signed callbacks and results at a fixed rate and repeats what was not
acknowledged, while one part after the other is killed and comes back by itself. In the end
everything settles, and what was acknowledged is compared with what is stored.
"""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from proving.torture import rig


def main(arguments: list[str]) -> int:
    """Torture and print what came of it; 1 if anything was lost or doubled, 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="motcua torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, metavar="N")
    parser.add_argument("--rate", type=float, default=200.0, help="messages a second")
    parser.add_argument("--every", type=float, default=2.5, help="seconds between two kills")
    parser.add_argument("--faults", action="store_true", help="a bad network as well")
    parser.add_argument("--keep", action="store_true", help="keep the folder, with all logs")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    if given.kills < 1 or given.rate <= 0 or given.every < 0:
        parser.error("kills, rate and every are positive numbers")
    home = rig.new_folder()
    told = _run(home, given)
    wrong = bool(told["lost"] or told["doubled"])
    if given.keep or wrong:
        told["folder"] = str(home)
    else:
        shutil.rmtree(home)
    print(json.dumps(told, ensure_ascii=False) if given.json else page(told))
    return int(wrong)


def _run(home: Path, given: argparse.Namespace) -> dict[str, Any]:
    with rig.running(home, bad_network=given.faults) as hub:
        # It knows models, which are there only now.
        fire = importlib.import_module("proving.torture.fire")
        with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
            order = fire.Order(given.kills, given.rate, given.every)
            told: dict[str, Any] = fire.under(hub, order, bar)
    return told


def page(told: dict[str, Any]) -> str:
    """Return the outcome for a person to read."""
    killed = ", ".join(f"{part} {count}" for part, count in told["killed"].items())
    over = told["take_over"]
    lines = [
        f"kill -9: {told['kills']} ({killed}) in {told['seconds']:.0f} s at {told['rate']:g}/s",
        f"đã gửi · sent {told['sent']}, đã nhận · acknowledged {told['acknowledged']}",
        f"mất · lost {told['lost']}, lặp · doubled {told['doubled']}",
        f"lưu mà bên gửi không biết · stored unacknowledged {told['stored_unacknowledged']}",
        f"tiếp quản · taken over {over['jobs']}: median {over['median']} s, max {over['max']} s",
        *told["wrong"],
        told["machine"],
    ]
    return "\n".join(lines)
