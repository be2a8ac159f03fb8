"""
PKCS#11 modules on this machine, found by the names that signers' tokens bring with them.
"""

from __future__ import annotations

import struct
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from signing.devices import exports

DATA = Path(__file__).resolve().parent / "data" / "modules.toml"

OUR_BITS = struct.calcsize("P") * 8
"""The kind of driver that this Python can load."""


@dataclass(frozen=True, slots=True)
class Found:
    """A module that lies on this machine."""

    path: Path
    authority: str
    """Who hands out tokens with it; ``any`` for several, ``free`` for free software."""
    bits: int

    @property
    def loads(self) -> bool:
        """Tell whether this Python can load it."""
        return self.bits == OUR_BITS


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def authorities() -> dict[str, str]:
    """Return who uses which module, by the module's name as :func:`plain` has it."""
    names = _data()["names"]
    return {plain(name): authority for authority, these in names.items() for name in these}


def plain(name: str) -> str:
    """Return a file's name without ``lib``, ending and version, in small letters."""
    stem = name.partition(".so")[0].removesuffix(".dll").removesuffix(".DLL").casefold()
    return stem.removeprefix("lib")


def places(system: str = "linux") -> list[Path]:
    """Return the usual folders of *system* (``linux`` or ``windows``) that are there."""
    patterns = (Path(pattern) for pattern in _data()["places"][system])
    found = (Path(one.anchor).glob(str(one.relative_to(one.anchor))) for one in patterns)
    return sorted({folder for some in found for folder in some if folder.is_dir()})


def installed(folders: Iterable[Path] | None = None) -> list[Found]:
    """
    Return every known module in *folders* (the usual ones of Linux), each file once.

    A file counts if it exports ``C_GetFunctionList``; it is read, never loaded.
    """
    seen = {found.path: found for folder in folders or places() for found in _in(folder)}
    return sorted(seen.values(), key=lambda found: (found.authority, str(found.path)))


def _in(folder: Path) -> Iterator[Found]:
    for file in sorted(folder.iterdir()):
        authority = authorities().get(plain(file.name))
        if authority and (library := exports.read(file)) and library.is_module:
            yield Found(file.resolve(), authority, library.bits)
