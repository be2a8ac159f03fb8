"""
The operator's file, and what it connects the hub to.

``motcua.toml`` lies in the data folder. A secret stands in a file of its own, named there as
``{ file = "…" }``, so that the operator's file itself may be shown to anyone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

import connectors.banks
import connectors.carriers
from connectors import Connector, load, settings
from connectors.http import client
from register import world
from scheduler.clock import Line
from scheduler.connections import Connections

SCHEDULES = Path(__file__).with_name("data") / "schedules.toml"


def read(file: Path) -> dict[str, Any]:
    """Return the operator's file; an empty one if there is none yet."""
    return tomllib.loads(file.read_text()) if file.exists() else {}


def connections(file: Path) -> Connections:
    """
    Return the connectors that *file* names, ready to speak.

    ValueError naming what is missing or unknown, and LookupError for a connector that does
    not exist.
    """
    known = known_connectors()
    made: dict[str, Connector] = {}
    for code, given in read(file).get("connectors", {}).items():
        if code not in known:
            message = f"{file}: no connector is called {code!r}; there are {sorted(known)}"
            raise LookupError(message)
        values = {name: _value(value) for name, value in given.items()}
        seconds = values.pop("timeout", 30)
        http = client(timeout=httpx.Timeout(seconds, connect=min(seconds, 5)))
        made[code] = known[code](http, settings(known[code], values), now=world.now)
    return Connections(made)


def known_connectors() -> dict[str, type[Connector]]:
    """Return every connector there is a file for, by its code."""
    banks = load(connectors.banks, Connector)
    carriers = load(connectors.carriers, Connector)
    return banks | carriers


def schedules(file: Path) -> list[Line]:
    """Return what the clock fires: ``config/data/schedules.toml``, as the operator changed it."""
    lines: Mapping[str, dict[str, Any]] = tomllib.loads(SCHEDULES.read_text())
    ours: Mapping[str, dict[str, Any]] = read(file).get("schedules", {})
    return [Line(job=job, **(line | ours.get(job, {}))) for job, line in lines.items()]


def _value(given: Any) -> Any:
    if isinstance(given, dict) and given.keys() == {"file"}:
        return Path(given["file"]).read_text().strip()
    return given
