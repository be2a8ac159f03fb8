"""
What a shared library offers, read from the file: nothing of it is run.

Loading a stranger's driver only to see whether it is one would run it. The file says it, too:
ELF in its table of dynamic symbols, PE (Windows) in its export directory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

#: What every PKCS#11 module exports (PKCS#11 v2.40 §5.1).
ENTRY = b"C_GetFunctionList"

_DYNAMIC_SYMBOLS = 11
"""Type of an ELF section."""
_PE32, _PE32_PLUS = 0x10B, 0x20B


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library: for whom it was made, and whether it is a PKCS#11 module."""

    bits: int
    """32 or 64; a process can load only its own kind."""
    system: str
    """``linux`` or ``windows``."""
    is_module: bool


def read(path: Path) -> Library | None:
    """Return what the file at *path* is; None if it is no shared library or not to be read."""
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            if data[:4] == b"\x7fELF":
                bits = 64 if data[4] == 2 else 32
                return Library(bits, "linux", ENTRY in _elf_names(data, bits))
            if data[:2] == b"MZ":
                return _pe(data)
    except (OSError, ValueError, struct.error, IndexError):
        return None  # empty, cut short, or another kind of file
    return None


def _elf_names(data: mmap, bits: int) -> Iterator[bytes]:
    """Yield the names of the symbols that the library defines for others."""
    order = "<" if data[5] == 1 else ">"
    wide = bits == 64
    table = struct.unpack_from(order + ("Q" if wide else "I"), data, 40 if wide else 32)[0]
    size, count = struct.unpack_from(order + "HH", data, 58 if wide else 46)
    shape = order + ("IIQQQQIIQQ" if wide else "IIIIIIIIII")
    sections = [struct.unpack_from(shape, data, table + size * n) for n in range(count)]
    for section in sections:
        if section[1] != _DYNAMIC_SYMBOLS:
            continue
        names = sections[section[6]][4]
        for at in range(section[4], section[4] + section[5], section[9]):
            place = struct.unpack_from(order + "I", data, at)[0]
            defined = struct.unpack_from(order + "H", data, at + (6 if wide else 14))[0]
            if defined:
                yield _text(data, names + place)


def _pe(data: mmap) -> Library | None:
    """Return what a Windows file is."""
    head = struct.unpack_from("<I", data, 0x3C)[0]
    if data[head : head + 4] != b"PE\0\0":
        return None
    sections, optional = struct.unpack_from("<H12xH", data, head + 6)
    magic = struct.unpack_from("<H", data, head + 24)[0]
    if magic not in (_PE32, _PE32_PLUS):
        return None
    wide = magic == _PE32_PLUS
    exports = struct.unpack_from("<I", data, head + 24 + (112 if wide else 96))[0]
    table = [
        struct.unpack_from("<8xIIII", data, head + 24 + optional + 40 * number)
        for number in range(sections)
    ]
    names = _pe_names(data, exports, table) if exports else iter(())
    return Library(64 if wide else 32, "windows", ENTRY in names)


def _pe_names(
    data: mmap, exports: int, sections: list[tuple[int, int, int, int]]
) -> Iterator[bytes]:
    """Yield the names in the export directory."""

    def place(address: int) -> int:
        for size, start, kept, offset in sections:
            if start <= address < start + max(size, kept):
                return address - start + offset
        raise ValueError(address)

    count, _functions, names = struct.unpack_from("<III", data, place(exports) + 24)
    for number in range(count):
        yield _text(data, place(struct.unpack_from("<I", data, place(names) + 4 * number)[0]))


def _text(data: mmap, at: int) -> bytes:
    """Return the bytes from *at* to the next zero."""
    return data[at : data.find(b"\0", at)]
