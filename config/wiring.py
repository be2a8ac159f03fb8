"""
The operator's file, and what it connects the hub to.

``motcua.toml`` lies in the data folder. A secret stands in a file of its own, named there as
``{ file = "…" }``, so that the operator's file itself may be shown to anyone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import httpx

import connectors.banks
import connectors.carriers
import connectors.revocation
import connectors.signers
import connectors.stamps
from connectors import Connector, load, settings
from connectors.http import client
from register import world
from scheduler.connections import Connections
from signing.levels.terms import Terms


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
        made[code] = make(known[code], given)
    return Connections(made)


def make(
    kind: type[Connector], given: Mapping[str, Any], *, speak: Callable[..., httpx.Client] = client
) -> Connector:
    """Return a connector as the operator's table *given* describes it; it speaks by *speak*."""
    values = {name: _value(value) for name, value in given.items()}
    seconds = values.pop("timeout", kind.silence)
    own = values.pop("patience", None)
    http = speak(timeout=httpx.Timeout(seconds, connect=min(seconds, 5)))
    made = kind(http, settings(kind, values), now=world.now)
    if own is not None:
        made.patience = tuple(int(delay) for delay in own)
    return made


def terms(file: Path) -> Terms:
    """Return the terms of time stamps in *file*; ValueError naming what is unknown or no day."""
    given = read(file).get("signing", {})
    known = {field.name for field in fields(Terms)}
    wrong = sorted(name for name, days in given.items() if name not in known or not _is_days(days))
    if wrong:
        message = f"{file}: [signing] takes whole days for {sorted(known)}, not {wrong}"
        raise ValueError(message)
    return Terms(**given)


def _is_days(given: Any) -> bool:
    return type(given) is int and given > 0


def known_connectors() -> dict[str, type[Connector]]:
    """Return every connector there is a file for, by its code."""
    rooms = (
        *(connectors.banks, connectors.carriers, connectors.stamps),
        *(connectors.revocation, connectors.signers),
    )
    return {code: one for room in rooms for code, one in load(room, Connector).items()}


def _value(given: Any) -> Any:
    if isinstance(given, dict) and given.keys() == {"file"}:
        return Path(given["file"]).read_text().strip()
    return given
