"""
The lines of a page as they are seen, letter by letter with their places.

A program may write letters one by one, in any order, as NFC or NFD, in two columns at once; so
lines are put together by where letters stand, not by the order of the file. PDFium reads; it is
not thread-safe, therefore the lock.
"""

from __future__ import annotations

import ctypes
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Final

import pypdfium2
from pypdfium2 import raw

from signing.pdf.geometry import Box, Sheet, around

#: Held by whoever lets PDFium work; one for the process.
ONE_AT_A_TIME: Final = Lock()

#: Letters whose feet differ by less, in heights of a letter, stand on one line.
_ONE_LINE = 0.35
#: A wider gap, in heights of a letter, begins another column.
_COLUMN = 1.4
#: Grave, acute, tilde, hook, dot below. Where in a syllable one stands is a matter of taste
#: ("hoà", "hòa"), so words are compared by letters and, apart, by the order of the tones.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class Words:
    """Text to compare: without case, blanks, points and spelling habits."""

    letters: str
    tones: tuple[str, ...]
    """The tone of each letter, or nothing."""

    def find(self, wanted: Words) -> int:
        """Return where *wanted* stands last in this text, or -1."""
        end = len(self.letters)
        while wanted.letters and (start := self.letters.rfind(wanted.letters, 0, end)) >= 0:
            length = len(wanted.letters)
            if "".join(self.tones[start : start + length]) == "".join(wanted.tones):
                return start
            end = start + length - 1
        return -1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column."""

    text: str
    """NFC, as it stands, without blanks."""
    boxes: tuple[Box, ...]
    """Where each character of the text is."""
    box: Box
    """Where the whole line is."""

    def where(self, wanted: Words) -> Box | None:
        """Return where *wanted* stands last in the line, or None."""
        kept = [
            (box, letter, tone)
            for sign, box in zip(self.text, self.boxes, strict=True)
            for letter, tone in _folded(sign)
        ]
        own = Words("".join(row[1] for row in kept), tuple(row[2] for row in kept))
        start = own.find(wanted)
        if start < 0:
            return None
        return around([row[0] for row in kept[start : start + len(wanted.letters)]])


@dataclass(slots=True)
class _Letter:
    text: str
    box: Box
    foot: float
    size: float
    """Height of the line that the letter was made for."""

    def near(self, mark: _Letter) -> bool:
        """Tell whether a mark is drawn at this letter, and not left over somewhere."""
        aside = abs(self.box.middle - mark.box.middle)
        return aside <= self.size and abs(self.box.centre - mark.box.centre) <= self.size


def words(text: str) -> Words:
    """Return *text*, NFC or NFD, ready to be compared."""
    kept = [pair for sign in unicodedata.normalize("NFC", text) for pair in _folded(sign)]
    return Words("".join(pair[0] for pair in kept), tuple(pair[1] for pair in kept))


def lines(page: pypdfium2.PdfPage, sheet: Sheet) -> list[Line]:
    """Return the lines of *page* from the top, those at one height from the left."""
    text = page.get_textpage()
    try:
        letters = list(_letters(text, sheet))
    finally:
        text.close()
    found: list[Line] = []
    for row in _rows(letters):
        row.sort(key=lambda letter: letter.box.left)
        column: list[_Letter] = []
        for letter in row:
            if column and letter.box.left - column[-1].box.right > _COLUMN * letter.size:
                found.append(_line(column))
                column = []
            column.append(letter)
        found.append(_line(column))
    return found


def _folded(sign: str) -> Iterator[tuple[str, str]]:
    """Yield each letter or digit of *sign* in small, and its tone apart."""
    for part in sign.lower():
        if not part.isalnum():
            continue
        marks = unicodedata.normalize("NFD", part)
        tone = "".join(mark for mark in marks if mark in _TONES)
        bare = "".join(mark for mark in marks if mark not in _TONES)
        yield unicodedata.normalize("NFC", bare)[0], tone


def _letters(text: pypdfium2.PdfTextPage, sheet: Sheet) -> Iterator[_Letter]:
    """
    Yield the letters of a page, each with the marks that follow it.

    The raw calls: a page has thousands of letters, and the helpers are ten times slower.
    """
    last: _Letter | None = None
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        sign = chr(code) if code <= sys.maxunicode else "?"
        if last and unicodedata.combining(sign):
            last.text = unicodedata.normalize("NFC", last.text + sign)
            if (mark := _letter(text, index, sheet)) and last.near(mark):
                last.box = around([last.box, mark.box])
            continue
        if last:
            yield last
        last = None if sign.isspace() or not sign.isprintable() else _letter(text, index, sheet)
        if last:
            last.text = unicodedata.normalize("NFC", sign)
    if last:
        yield last


def _letter(text: pypdfium2.PdfTextPage, index: int, sheet: Sheet) -> _Letter | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    loose = raw.FS_RECTF()
    known = (
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        and raw.FPDFText_GetCharOrigin(text, index, x, y)
        and raw.FPDFText_GetLooseCharBox(text, index, loose)
    )
    if not known:
        return None
    box = sheet.seen((left.value, bottom.value, right.value, top.value))
    whole = sheet.seen((loose.left, loose.bottom, loose.right, loose.top))
    foot = sheet.seen((x.value, y.value, x.value, y.value)).bottom
    return _Letter("", box, foot, max(min(whole.height, whole.width * 4), 1.0))


def _rows(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """Yield letters that stand on one line, from the top."""
    row: list[_Letter] = []
    for letter in sorted(letters, key=lambda letter: -letter.foot):
        if row and row[0].foot - letter.foot > _ONE_LINE * max(row[0].size, letter.size):
            yield row
            row = []
        row.append(letter)
    if row:
        yield row


def _line(letters: list[_Letter]) -> Line:
    pairs = [(sign, letter.box) for letter in letters for sign in letter.text]
    boxes = [box for _sign, box in pairs]
    return Line("".join(sign for sign, _box in pairs), tuple(boxes), around(boxes))
