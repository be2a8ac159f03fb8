"""
Where a page names its signer: title above, name below, room for a signature between.

The last page that names the signer counts, for annexes come behind the signature; on it the
lowest place, for a name in the text stands higher. A name below a title goes before one that
stands alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import pypdfium2

from signing.pdf import reading
from signing.pdf.geometry import MM, Box, Sheet, around
from signing.pdf.reading import Line, Words

#: How a title may begin: who signs for whom (Decree 30/2020, App. I, II.7), or as what.
TITLES: Final = (
    *("TM.", "KT.", "TL.", "TUQ.", "Q."),
    *("CHỦ TỊCH", "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
    *("PHÓ CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "CỤC TRƯỞNG", "CHI CỤC TRƯỞNG"),
    *("TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "CHÁNH THANH TRA", "NGƯỜI KÝ", "THỦ TRƯỞNG"),
)
#: Room between title and name, millimetres: less is a line of text, more is another paragraph.
ROOM: Final = (6.0, 75.0)
#: Title and name are centred on one axis; programs are off by so much, millimetres.
_ASIDE = 14.0
#: A name that is a smaller share of its line stands in running text.
_OWN_LINE = 0.5
_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Signer:
    """What stands printed where the official will sign, and what will be put there."""

    name: str
    title: str = ""
    """Several lines, as printed."""
    seal_diameter: float = 36.0
    """Registered diameter of the agency's seal, millimetres."""
    shape: float = 2.0
    """Width of the signature's picture, its height being 1."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place where the signer is named."""

    page: int
    """Counted from 0."""
    sheet: Sheet
    name: Box | None
    title: tuple[Box, ...]
    """Lines above the name, the nearest first."""
    titled: bool
    """True if the line above is a title."""
    said: str
    """What stands there, for people."""

    @property
    def lines(self) -> list[Box]:
        """All that is printed for the signature: the seal may lie over it."""
        return [*self.title, *([self.name] if self.name else [])]


def every(document: pypdfium2.PdfDocument, sheets: list[Sheet], signer: Signer) -> Iterator[Anchor]:
    """Yield the places of *signer*, the last page first, on a page the best first."""
    for number in range(len(sheets) - 1, -1, -1):
        page = document[number]
        for sheet in _turned(sheets[number]):
            lines = reading.lines(page, sheet)
            found = list(_on(lines, number, sheet, signer))
            yield from found
            if found or not lines:
                break


def best(document: pypdfium2.PdfDocument, sheets: list[Sheet], signer: Signer) -> Anchor | None:
    """Return the first place with title and name, else with the name, else with the title."""
    kept: Anchor | None = None
    for anchor in every(document, sheets, signer):
        if anchor.titled and anchor.name:
            return anchor
        if kept is None or (anchor.name and not kept.name):
            kept = anchor
    return kept


def _turned(sheet: Sheet) -> Iterator[Sheet]:
    """Yield the page as it is shown, then as it is read if its text lies on a side."""
    for turn in (0, 90, 270, 180):
        yield replace(sheet, turn=(sheet.turn + turn) % 360)


def _on(lines: list[Line], page: int, sheet: Sheet, signer: Signer) -> Iterator[Anchor]:
    wanted = reading.words(signer.name)
    titles = [reading.words(title) for title in (*signer.title.split("\n"), *TITLES)]
    named = list(_naming(lines, wanted)) or list(_naming(_joined(lines), wanted))
    anchors = [
        Anchor(page, sheet, box, *_title_above(lines, box, titles), line.text)
        for line, box in sorted(named, key=lambda pair: pair[1].bottom)
    ]
    yield from sorted(anchors, key=lambda anchor: not anchor.titled)
    if not anchors:
        yield from _titles_alone(lines, page, sheet, signer)


def _naming(lines: Iterable[Line], wanted: Words) -> Iterator[tuple[Line, Box]]:
    """Yield the lines that are the name, or little more."""
    for line in lines:
        box = line.where(wanted)
        if box and len(wanted.letters) >= _OWN_LINE * len(line.text):
            yield line, box


def _title_above(lines: list[Line], name: Box, titles: list[Words]) -> tuple[tuple[Box, ...], bool]:
    """Return the lines above *name* on its axis, nearest first, and whether they are a title."""
    above = sorted(
        (
            line
            for line in lines
            if line.box.bottom >= name.top and abs(line.box.middle - name.middle) <= _ASIDE * MM
        ),
        key=lambda line: line.box.bottom,
    )
    if not above or not ROOM[0] * MM <= above[0].box.bottom - name.top <= ROOM[1] * MM:
        return (), False
    block = [above[0]]
    for line in above[1:_TITLE_LINES]:
        if line.box.bottom - block[-1].box.top > line.box.height:
            break
        block.append(line)
    titled = any(_begins(line, title) for line in block for title in titles)
    return tuple(line.box for line in block), titled


def _begins(line: Line, title: Words) -> bool:
    letters = reading.words(line.text).letters
    return bool(title.letters) and letters.startswith(title.letters)


def _joined(lines: list[Line]) -> Iterator[Line]:
    """Yield each two lines that stand below each other on one axis: a name may be broken."""
    by_top = sorted(lines, key=lambda line: line.box.top)
    tops = [line.box.top for line in by_top]
    for first in lines:
        bottom = first.box.bottom
        below = slice(bisect_left(tops, bottom - first.box.height), bisect_right(tops, bottom))
        for second in by_top[below]:
            step = first.box.bottom - second.box.top
            if 0 <= step < first.box.height and abs(first.box.middle - second.box.middle) < 2 * MM:
                both = around([first.box, second.box])
                yield Line(first.text + second.text, first.boxes + second.boxes, both)


def _titles_alone(lines: list[Line], page: int, sheet: Sheet, signer: Signer) -> Iterator[Anchor]:
    """Yield the lowest line that is the signer's own title: the name may not be printed yet."""
    own = reading.words(signer.title.split("\n")[-1])
    for line in reversed(lines):
        if own.letters and reading.words(line.text) == own:
            yield Anchor(page, sheet, None, (line.box,), titled=True, said=line.text)
            return
