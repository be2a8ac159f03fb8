"""
Every way to die on the way of one flow: all schedules of one, two or three kills.

A schedule names points: kill whoever passes the k-th point from the start, then, after its
restart, the j-th point from there, and so on. A schedule that was played tells how many points
followed its last kill: each is a place for one more.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from proving.ground import Ground, Task, shown


def explore(there: Ground, *, kills: int, flows: Sequence[str], share: float) -> dict[str, Any]:
    """
    Try all schedules of up to *kills* kills of each of *flows*; of the longest only a *share*.

    Returns ``{"kills", "share", "violations", "flows": {name: {"points", "schedules",
    "violations"}}, "broken": […]}``.
    """
    told: dict[str, Any] = {name: {"points": 0, "schedules": 0, "violations": 0} for name in flows}
    broken: list[dict[str, Any]] = []
    level: list[Task] = [{"flow": name, "schedule": []} for name in flows]
    for depth in range(kills + 1):
        deeper: list[Task] = []
        for task, outcome in shown(there.play(level), len(level), f"{depth} kills"):
            mine = told[task["flow"]]
            mine["schedules"] += bool(depth)
            mine["points"] = mine["points"] if depth else outcome["after"]
            if outcome["rule"]:
                mine["violations"] += 1
                broken.append({**task, **outcome})
                continue
            deeper += [
                {"flow": task["flow"], "schedule": [*task["schedule"], point]}
                for point in range(1, outcome["after"] + 1)
            ]
        level = [task for task in deeper if depth + 1 < kills or _chosen(task, share)]
    return {
        "kills": kills,
        "share": share,
        "schedules": sum(one["schedules"] for one in told.values()),
        "violations": sum(one["violations"] for one in told.values()),
        "flows": told,
        "broken": broken[:5],
    }


def _chosen(task: Task, share: float) -> bool:
    """Tell whether *task* is in the *share* that is tried; the same ones each time."""
    digest = sha256(f"{task['flow']} {task['schedule']}".encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * 2**32
