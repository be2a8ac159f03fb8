"""
Who signs and seals in the sandbox, read from ``people.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with the one official who signs for it and its seal."""

    code: str
    name: str
    superior: str
    letterhead: str
    place: str
    diameter_mm: int
    """Registered diameter of the seal."""
    official: str
    """Identity of the official; the label of the token too."""
    official_name: str
    title: tuple[str, ...]
    """Lines above the signature, such as ``KT. GIÁM ĐỐC`` and ``PHÓ GIÁM ĐỐC``."""
    seal: str
    """Label of the seal's token."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a token: an official, or an agency for its seal."""

    label: str
    kind: str
    """``official`` or ``seal``."""
    common_name: str
    organisation: str
    title: str
    agency: Agency


@cache
def agencies() -> dict[str, Agency]:
    """Return the agencies by code."""
    data = tomllib.loads(Path(__file__).with_name("people.toml").read_text("utf-8"))
    return {row["code"]: _agency(row) for row in data["agencies"]}


def _agency(row: dict[str, object]) -> Agency:
    match row:
        case {
            "official": {"id": str(official), "name": str(name), "title": list(title)},
            "diameter_mm": int(diameter),
        }:
            texts = ("code", "name", "superior", "letterhead", "place", "seal")
            return Agency(
                **{key: str(row[key]) for key in texts},
                diameter_mm=diameter,
                official=official,
                official_name=name,
                title=tuple(str(line) for line in title),
            )
    message = f"people.toml: agency {row.get('code')} is not whole"
    raise ValueError(message)


def holders() -> list[Holder]:
    """Return everyone who has a token: officials first, then seals."""
    officials = [
        Holder(
            label=agency.official,
            kind="official",
            common_name=agency.official_name,
            organisation=agency.name,
            title=agency.title[-1].capitalize(),
            agency=agency,
        )
        for agency in agencies().values()
    ]
    seals = [
        Holder(
            label=agency.seal,
            kind="seal",
            common_name=agency.name,
            organisation=agency.name,
            title="",
            agency=agency,
        )
        for agency in agencies().values()
    ]
    return officials + seals
