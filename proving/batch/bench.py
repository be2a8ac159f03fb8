"""
``./motcua bench token`` and ``./motcua bench kills``: what a batch owes to its token, and to us.
"""

from __future__ import annotations

from typing import Any

from proving.batch.ground import MACHINE, laid

#: Where a process dies: before the token is asked, and after every step that follows.
DEATHS = ("intent sign", "token signed", "document stored", "recorded Signed", "signature kept")
PULLED = "pulled"


def token(
    size: int = 200, *, latency: int = 300, level: str = "LT", tsa: int = 500
) -> dict[str, Any]:
    """
    Sign *size* documents with a token that takes *latency* ms; complete each to *level*.

    ``rate`` counts from the command to the last document's completion, with a time stamp that
    takes *tsa* ms; ``ratio.floor`` is that rate over the token's own, ``ratio.first_to_last``
    the same from the first document's completion to the last one's.
    """
    with laid(size) as ground:
        told = ground.act("timed", latency, level, tsa)
    rate, spread = size / told["seconds"], (size - 1) / told["spread"]
    return {
        "name": "token",
        "rate": round(rate, 3),
        "unit": "documents/s",
        "cpu_ms": round(told["cpu"] / size * 1000, 2),
        "peak_mb": round(told["peak_mb"], 1),
        "ratio": {
            "floor": round(rate / told["floor"], 4),
            "first_to_last": round(spread / told["floor"], 4),
        },
        "wrong": told["wrong"],
        "latency_ms": latency,
        "level": level,
        "tsa_ms": tsa,
        "floor": {"rate": round(told["floor"], 3)},
        "machine": MACHINE,
    }


def kills(*, documents: int = 500, points: int = 50) -> dict[str, Any]:
    """
    Sign one batch that is stopped at so many *points*: kill -9 after each step, token pulled.

    Counted at the end: dossiers ``lost`` (not signed), signed ``twice``, ``wrong`` files, and
    intents that nobody has ``unfinished``.
    """
    stopped = dict.fromkeys((*DEATHS, PULLED), 0)
    faults = list(stopped)
    every = max(documents // points, 1)
    with laid(documents) as ground:
        for number in range(points):
            fault = faults[number % len(faults)]
            finished = ground.survives("drain", fault, 1 + number % every)
            stopped[fault] += not finished or fault == PULLED
            ground.act("go_on")
        ground.act("drain", "", 1)
        told = ground.act("compare")
    return {
        "name": "kills",
        "documents": documents,
        "points": points,
        "stopped": stopped,
        **told,
        "wrong": sum(told.values()),
        "wrong_files": told["wrong"],
        "machine": MACHINE,
    }
