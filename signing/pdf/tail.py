"""
The end of a plain PDF: its newest cross-reference sections, and the objects that they name.

Only what a signature touches is read – catalogue, form, fields – and that lies in the revision
in which the empty fields were made, at the end of the file. A hundred pages before it cost
nothing. Hybrid, encrypted, repaired or otherwise odd files raise OddError and are pyHanko's.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from signing.pdf import syntax
from signing.pdf.syntax import Entries, OddError

#: Revisions that are looked through for an object; ours are the last three.
SECTIONS = 12

#: A cross-reference stream of a million objects; more is no result.
LIMIT = 2**23

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SUBSECTION = re.compile(rb"(\d+) (\d+)[ \r]*\n?")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) n[ \r\n]{2}")
_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Section:
    """One cross-reference section."""

    trailer: Entries
    is_stream: bool
    find: Callable[[int], int | None]
    """Object number → offset; None if another section may know it, OddError if it is free."""


class Tail:
    """A plain PDF, read from its end."""

    def __init__(self, data: bytes) -> None:
        """Read the newest section of *data*; OddError if the file is not plain."""
        self.data = data
        match = _START.search(data, max(len(data) - 64, 0))
        if match is None:
            raise OddError
        self.start = int(match[1])
        """Where the newest section lies."""
        self._sections = self._chain(self.start)
        self._known = [next(self._sections)]
        self._objects: dict[int, Entries] = {}

    @property
    def newest(self) -> Section:
        """The newest section."""
        return self._known[0]

    def object(self, number: int) -> Entries:
        """Return object *number*, a dictionary; OddError if it is anything else."""
        if number not in self._objects:
            found, generation, place = syntax.head(self.data, self._offset(number))
            value, end = syntax.entries(self.data, place)
            behind = syntax.blanks(self.data, end)
            if found != number or generation or not self.data.startswith(b"endobj", behind):
                raise OddError
            self._objects[number] = value
        return dict(self._objects[number])

    def follow(self, value: bytes) -> tuple[int | None, Entries]:
        """Return the dictionary that *value* is or refers to, and its number (None if direct)."""
        if value.startswith(b"<<"):
            return None, syntax.entries(value, 0)[0]
        number, generation = syntax.reference(value)
        if generation:
            raise OddError
        return number, self.object(number)

    def field(self, name: str) -> tuple[int, Entries]:
        """Return number and entries of the signature field called *name*, a plain ASCII name."""
        form = self.follow(self.root[b"/AcroForm"])[1]
        wanted = b"(%b)" % name.encode("ascii")
        # Ours were added last.
        for member in reversed(syntax.items(form[b"/Fields"])):
            number, found = self.follow(member)
            if found.get(b"/T") == wanted and found.get(b"/FT") == b"/Sig" and number is not None:
                return number, found
        raise OddError

    @property
    def root(self) -> Entries:
        """The catalogue."""
        return self.follow(self.newest.trailer[b"/Root"])[1]

    def _offset(self, number: int) -> int:
        for section in self._known:
            if (offset := section.find(number)) is not None:
                return offset
        for section in self._sections:
            self._known.append(section)
            if (offset := section.find(number)) is not None:
                return offset
        raise OddError

    def _chain(self, start: int) -> Iterator[Section]:
        """Give the sections, the newest first; each lies before the one that is newer."""
        before = len(self.data)
        for _ in range(SECTIONS):
            if not start < before:
                raise OddError
            section = _section(self.data, start)
            if not {b"/Encrypt", b"/XRefStm"}.isdisjoint(section.trailer):
                raise OddError
            yield section
            if b"/Prev" not in section.trailer:
                return
            before, start = start, syntax.number(section.trailer[b"/Prev"])


def _section(data: bytes, start: int) -> Section:
    if data.startswith(b"xref", start):
        return _table(data, start)
    return _stream(data, start)


def _table(data: bytes, start: int) -> Section:
    """Read where a table's subsections lie; an entry is read when it is asked for."""
    places = []
    place = syntax.blanks(data, start + len(b"xref"))
    while not data.startswith(b"trailer", place):
        match = _SUBSECTION.match(data, place)
        if match is None:
            raise OddError
        first, count = int(match[1]), int(match[2])
        places.append((first, count, match.end()))
        place = syntax.blanks(data, match.end() + count * _WIDTH)
    trailer, _end = syntax.entries(data, place + len(b"trailer"))

    def find(number: int) -> int | None:
        for first, count, begin in places:
            if first <= number < first + count:
                match = _ENTRY.match(data, begin + (number - first) * _WIDTH)
                if match is None:
                    raise OddError
                return int(match[1])
        return None

    return Section(trailer, is_stream=False, find=find)


def _stream(data: bytes, start: int) -> Section:
    """Read a cross-reference stream (ISO 32000-1 §7.5.8)."""
    trailer, end = syntax.entries(data, syntax.head(data, start)[2])
    if trailer.get(b"/Type") != b"/XRef":
        raise OddError
    widths = [syntax.number(width) for width in syntax.items(trailer[b"/W"])]
    size = trailer[b"/Size"]
    index = syntax.items(trailer.get(b"/Index", b"[0 %b]" % size))
    rows = _rows(_decoded(data, end, trailer), widths)
    kinds: dict[int, tuple[int, int]] = {}
    for first, count in zip(index[::2], index[1::2], strict=True):
        for number in range(syntax.number(first), syntax.number(first) + syntax.number(count)):
            kinds[number] = next(rows, (0, 0))

    def find(number: int) -> int | None:
        if number not in kinds:
            return None
        kind, offset = kinds[number]
        if kind != 1:
            raise OddError
        return offset

    return Section(trailer, is_stream=True, find=find)


def _rows(table: bytes, widths: list[int]) -> Iterator[tuple[int, int]]:
    """Give kind and offset of each entry; a kind that takes no room is 1."""
    kind, offset, rest = widths
    for start in range(0, len(table), kind + offset + rest):
        begin = table[start : start + kind]
        told = table[start + kind : start + kind + offset]
        yield int.from_bytes(begin, "big") if kind else 1, int.from_bytes(told, "big")


def _decoded(data: bytes, end: int, entries: Entries) -> bytes:
    """Return the decoded stream whose dictionary *entries* ended at *end*."""
    place = syntax.blanks(data, end)
    match = re.compile(rb"stream\r?\n").match(data, place)
    if match is None:
        raise OddError
    length = syntax.number(entries[b"/Length"])
    raw = data[match.end() : match.end() + length]
    if b"/Filter" not in entries:
        return raw
    if entries[b"/Filter"] not in (b"/FlateDecode", b"[/FlateDecode]"):
        raise OddError
    unpacked = zlib.decompressobj().decompress(raw, LIMIT)
    if b"/DecodeParms" not in entries:
        return unpacked
    parameters = syntax.entries(entries[b"/DecodeParms"], 0)[0]
    return _unpredicted(unpacked, parameters)


def _unpredicted(data: bytes, parameters: Entries) -> bytes:
    """Undo PNG's filters None and Up, the two that programs use for these tables."""
    width = syntax.number(parameters.get(b"/Columns", b"1"))
    if syntax.number(parameters.get(b"/Predictor", b"1")) == 1:
        return data
    above, out = bytes(width), bytearray()
    for start in range(0, len(data), width + 1):
        kind, row = data[start], data[start + 1 : start + 1 + width]
        if kind not in (0, 2) or len(row) != width:
            raise OddError
        if kind:
            row = bytes((one + two) & 0xFF for one, two in zip(row, above, strict=True))
        out += row
        above = row
    return bytes(out)
