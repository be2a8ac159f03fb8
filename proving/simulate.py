"""
``motcua simulate``: days that a seed invents, with every kind of fault, and rules that must hold.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import time
from collections import Counter
from hashlib import sha256
from typing import Any

import django

from proving import crashes, ground
from proving.flows import FLOWS
from proving.ground import Ground, Outcome, Task, shown

#: How many days are played, and how many each planted bug may hide for, if nobody says.
DAYS, LONGEST_HUNT = 100, 200

#: Of so many broken days the shortest story is looked for.
TOLD = 3


def main(arguments: list[str]) -> int:
    """Play what is asked for; 0 if the hub did as it should, 1 if not."""
    given = _parser().parse_args(arguments)
    started = time.monotonic()
    with ground.opened(given.processes) as there:
        told, well = _played(there, given)
    told["seconds"] = round(time.monotonic() - started, 1)
    told["machine"] = f"{platform.machine()}, {os.cpu_count()} cores"
    _show(told, as_json=given.json)
    return 0 if well else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua simulate", description=__doc__)
    parser.add_argument("--seeds", type=int, metavar="N", help="how many days (100)")
    parser.add_argument("--from", type=int, default=0, metavar="S", dest="first")
    parser.add_argument(
        "--crashes", type=int, metavar="K", help="all schedules of up to K kills of each flow"
    )
    parser.add_argument("--flow", choices=sorted(FLOWS), action="append", default=[])
    parser.add_argument(
        "--share", type=float, default=1.0, help="part of the longest schedules that is tried"
    )
    parser.add_argument(
        "--planted", action="store_true", help="break the hub on purpose: is each bug caught?"
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="P")
    parser.add_argument("--json", action="store_true")
    return parser


def _played(there: Ground, given: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return what is to be told, and whether all is well."""
    if given.planted:
        # It names functions of the rooms, which want Django and somebody's database.
        os.environ.update(there.environment)
        django.setup()
        planted = importlib.import_module("proving.planted")
        told = planted.hunt(there, seeds=given.seeds or LONGEST_HUNT)
        return told, told["caught"] >= told["planted"] - 1
    if given.crashes:
        flows = given.flow or list(FLOWS)
        told = crashes.explore(there, kills=given.crashes, flows=flows, share=given.share)
    else:
        told = _seeds(there, range(given.first, given.first + (given.seeds or DAYS)))
    return told, not told["violations"]


def _seeds(there: Ground, seeds: range) -> dict[str, Any]:
    tasks: list[Task] = [{"seed": seed} for seed in seeds]
    points, crashes = 0, 0
    broken: list[tuple[Task, Outcome]] = []
    faults: Counter[str] = Counter()
    digests: dict[int, str] = {}
    for task, outcome in shown(there.play(tasks), len(tasks), "days"):
        points, crashes = points + outcome["points"], crashes + outcome["crashes"]
        faults.update(outcome["faults"])
        digests[outcome["seed"]] = outcome["digest"]
        if outcome["rule"]:
            broken.append((task, outcome))
    return {
        "seeds": len(tasks),
        "violations": len(broken),
        "points": points,
        "crashes": crashes,
        "faults": dict(sorted(faults.items())),
        "broken": [shortest(there, task, outcome) for task, outcome in broken[:TOLD]],
        "trace": _together(digests),
    }


def _together(digests: dict[int, str]) -> str:
    """Return one hash of the traces of all seeds, whatever the order in which they ended."""
    return sha256("".join(digests[seed] for seed in sorted(digests)).encode()).hexdigest()


def shortest(there: Ground, task: Task, outcome: Outcome) -> dict[str, Any]:
    """
    Return the shortest story found of how *task* broke its rule.

    Classes of faults are left out one by one, as long as the same rule still breaks.
    """
    best, without = outcome, set[str]()
    for fault in outcome["faults"]:
        fewer = {**task, "without": sorted(without | {fault})}
        _task, again = next(iter(there.play([fewer])))
        if again["rule"] == outcome["rule"]:
            without.add(fault)
            if len(again["story"]) <= len(best["story"]):
                best = again | {"without": sorted(without)}
    told = ("seed", "rule", "words", "faults", "story")
    return {name: best[name] for name in told} | {"without": best.get("without", [])}


def _show(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    broken = told.pop("broken", [])
    for name, value in told.items():
        print(f"{name:<12} {value}")
    for finding in broken:
        where = finding.get("seed", f"{finding.get('flow')} {finding.get('schedule')}")
        print(f"\n{where} breaks {finding['rule']}: {finding['words']}")
        print("\n".join(finding["story"]))
