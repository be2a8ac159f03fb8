"""
The agency's signature on annexes, copies and digitised papers: text at the top right, no picture.

Decree 30/2020, App. I: on the first page, at its upper right; Times New Roman, upright, size 10,
black. An annex in a file of its own shows number and symbol of its document and the time; a copy
its kind, the agency that copied and the time; a digitised paper (the 2025 guide) the agency and
the time. Time by ISO 8601 in Vietnam's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

import pypdfium2

from signing.pdf import fields, geometry, ink, reading
from signing.pdf.appearance import Appearance
from signing.pdf.geometry import MM, Box
from signing.pdf.lettering import LEADING, SIZE, serif
from signing.pdf.places import NoPlace, NoPlaceError

#: Margins of the page (Decree 30/2020: right 15–20 mm, top 20–25 mm); the mark stands in them.
RIGHT, TOP = 15 * MM, 8 * MM
#: The mark may move down so far to find room.
_LOWEST = 40 * MM
_VIETNAM = timezone(timedelta(hours=7))


class Copy(StrEnum):
    """The kinds of copies (Decree 30/2020, Art. 25), in the words that stand on them."""

    TRUE = "Sao y"
    REISSUED = "Sao lục"
    EXTRACT = "Trích sao"


@dataclass(frozen=True, slots=True)
class Marked:
    """A file with the one empty field, and how the signature in it will look."""

    data: bytes
    appearance: Appearance


def annex(number: str, at: datetime) -> tuple[str, ...]:
    """Return the lines of an annex of the document *number*, for example ``1284/GPXD``."""
    return f"Số, ký hiệu văn bản: {number}", f"Thời gian ký: {time(at)}"


def copy(kind: Copy, agency: str, at: datetime) -> tuple[str, ...]:
    """Return the lines of a copy of *kind* that *agency* made."""
    return str(kind), f"Cơ quan sao: {agency}", f"Thời gian ký: {time(at)}"


def digitised(agency: str, at: datetime) -> tuple[str, ...]:
    """Return the lines of a paper that *agency* scanned."""
    return f"Cơ quan số hóa: {agency}", f"Thời gian ký: {time(at)}"


def time(at: datetime) -> str:
    """Return *at* (aware) in Vietnam's zone, for example ``2026-11-23T09:15:42+07:00``."""
    if at.tzinfo is None:
        message = "an instant has a zone"
        raise ValueError(message)
    return at.astimezone(_VIETNAM).isoformat(timespec="seconds")


def prepare(data: bytes, lines: tuple[str, ...]) -> Marked:
    """
    Return *data* (a strict, unsigned PDF) with the field of the mark on its first page.

    The mark moves down to find room; NoPlaceError if the page has none, MissingGlyphError if
    the typeface lacks a letter.
    """
    sheet = geometry.sheets(data)[0]
    size = _size(lines)
    with reading.ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            document.init_forms()
            box = _place(ink.of(document[0], sheet), size)
        finally:
            document.close()
    ready = fields.put(data, {fields.SEAL: box}, page=0, sheet=sheet)
    whole = Box(0, 0, box.width, box.height)
    return Marked(ready, Appearance(box.width, box.height, b"", whole, lines, box.turn))


def _size(lines: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of *lines*, points."""
    return max(serif().line(line)[1] for line in lines) * SIZE + 1, LEADING * len(lines) + 2


def _place(page: ink.Ink, size: tuple[float, float]) -> Box:
    frame, (width, height) = page.frame, size
    left, bottom = frame.width - RIGHT - width, frame.height - TOP - height
    if left < 0:
        raise NoPlaceError(NoPlace.NO_ROOM)
    while bottom >= max(frame.height - _LOWEST - height, 0):
        box = Box(left, bottom, width, height, frame.turn)
        if not page.covers(box):
            return box
        bottom -= MM
    raise NoPlaceError(NoPlace.OVER_TEXT)
