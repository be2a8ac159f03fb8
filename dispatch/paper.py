"""
Drawing on paper: our typeface, bars and squares, and no letter that the typeface lacks.

Lengths are millimetres from the top left. Text is in normal form C before it is measured and
drawn: the PDF library puts the marks of normal form D beside their letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from html import escape
from typing import Final

from fontTools.ttLib import TTFont
from fpdf import FPDF

from dispatch import code128
from register import fonts

FAMILY: Final = "Liberation Sans"
_PRODUCER: Final = "motcua-hub (fpdf2)"
_FACES: Final = {"": "LiberationSans-Regular", "B": "LiberationSans-Bold"}
_POINT: Final = 72 / 25.4
"""Points in a millimetre."""


# The library's own would say when it ran: the same paper would be other bytes each second.
_XMP: Final = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmp:CreateDate="{at}" xmp:ModifyDate="{at}" xmp:MetadataDate="{at}"
 pdf:Producer="{producer}" pdfaid:part="3" pdfaid:conformance="B">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>"""


class MissingGlyphError(ValueError):
    """
    Có chữ không in được; hãy sửa tên hoặc địa chỉ. / A sign cannot be printed: mend the text.

    ``signs`` are code points (``U+1F600``); the text itself is personal and is not repeated.
    """

    def __init__(self, signs: Iterable[str]) -> None:
        """Keep which *signs* the typeface lacks."""
        self.signs = sorted(f"U+{ord(sign):04X}" for sign in signs)
        super().__init__(f"{self.__doc__.strip().splitlines()[0]} {', '.join(self.signs)}")  # type: ignore[union-attr]


def clean(text: str) -> str:
    """Return *text* in normal form C on one line; MissingGlyphError if it cannot be drawn."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if missing := set(text) - _letters():
        raise MissingGlyphError(missing)
    return text


@cache
def _letters() -> frozenset[str]:
    """Every sign that all our faces have."""
    faces = [TTFont(fonts.path(name), lazy=True) for name in _FACES.values()]
    return frozenset.intersection(*(frozenset(map(chr, face.getBestCmap())) for face in faces))


class Paper(FPDF):
    """A page to draw on."""

    def __init__(self, size: tuple[float, float], *, compliance: str | None = None) -> None:
        """Open a paper of *size* (width, height); *compliance* is for example ``PDF/A-3B``."""
        super().__init__(unit="mm", format=size, enforce_compliance=compliance)
        self.set_auto_page_break(auto=False)
        self.set_margin(0)
        self.set_lang("vi")
        for style, name in _FACES.items():
            self.add_font(FAMILY, style, fonts.path(name))
        self._widths: dict[tuple[str, str], float] = {}

    def declare(self, title: str, at: datetime) -> None:
        """Say what the paper is and when it was made, in its information and its XMP: PDF/A-3B."""
        self.set_title(title)
        self.set_producer(_PRODUCER)
        self.set_creation_date(at)
        self.set_xmp_metadata(
            _XMP.format(
                at=at.astimezone(UTC).isoformat(timespec="seconds"),
                producer=_PRODUCER,
                title=escape(title),
            )
        )

    def write_at(self, x: float, y: float, text: str, *, size: float, bold: bool = False) -> None:
        """Draw *text* on one line with its baseline at *y*; *size* in points."""
        self.set_font(FAMILY, "B" if bold else "", size)
        self.text(x, y, clean(text))

    def write_right(
        self, x: float, y: float, text: str, *, size: float, bold: bool = False
    ) -> None:
        """Draw *text* so that it ends at *x*."""
        width = self.width_of(clean(text), size=size, bold=bold)
        self.write_at(x - width, y, text, size=size, bold=bold)

    def width_of(self, text: str, *, size: float, bold: bool = False) -> float:
        """Return how wide *text* is drawn; the typeface is used without kerning."""
        style = "B" if bold else ""
        return sum(self._width(sign, style) for sign in text) * size

    def wrap(self, text: str, *, width: float, size: float, bold: bool = False) -> list[str]:
        """Return *text* in lines of at most *width*, broken at blanks, a long word anywhere."""
        style, blank = "B" if bold else "", self.width_of(" ", size=size, bold=bold)
        lines: list[str] = []
        room = 0.0
        for word in clean(text).split():
            for piece in self._pieces(word, width / size, style):
                need = self.width_of(piece, size=size, bold=bold)
                if lines and blank + need <= room:
                    lines[-1] += f" {piece}"
                    room -= blank + need
                else:
                    lines.append(piece)
                    room = width - need
        return lines

    def barcode(self, x: float, y: float, text: str, *, module: float, height: float) -> None:
        """Draw Code 128 of *text*, its first bar at *x*, modules of *module* millimetres."""
        boxes = " ".join(f"{start} 0 {width} 1 re" for start, width in code128.bars(text))
        self._fill(x, y, (module, height), boxes)

    def squares(self, x: float, y: float, matrix: Iterable[Iterable[int]], side: float) -> None:
        """Draw a matrix of dark (1) and light (0) squares of *side* millimetres."""
        boxes = " ".join(
            f"{column} {row} 1 1 re"
            for row, line in enumerate(matrix)
            for column, dark in enumerate(line)
            if dark
        )
        self._fill(x, y, (side, side), boxes)

    def _fill(self, x: float, y: float, unit: tuple[float, float], boxes: str) -> None:
        """
        Fill *boxes*, PDF rectangles in whole units from (x, y) to the right and down.

        One path in small numbers: a call of fpdf2 for each box costs more time and more bytes.
        """
        wide, high = unit[0] * _POINT, unit[1] * _POINT
        left, top = x * _POINT, (self.h - y) * _POINT
        self._out(f"q {wide:.5f} 0 0 {-high:.5f} {left:.3f} {top:.3f} cm {boxes} f Q")

    def _pieces(self, word: str, width: float, style: str) -> list[str]:
        """Cut *word* into pieces of at most *width* (millimetres for type of one point)."""
        pieces, room = [""], width
        for sign in word:
            room -= self._width(sign, style)
            if room < 0 and pieces[-1]:
                pieces.append("")
                room = width - self._width(sign, style)
            pieces[-1] += sign
        return pieces

    def _width(self, sign: str, style: str) -> float:
        """Width of one sign in type of one point."""
        if (sign, style) not in self._widths:
            self.set_font(FAMILY, style, 100)
            self._widths[sign, style] = self.get_string_width(sign) / 100
        return self._widths[sign, style]
