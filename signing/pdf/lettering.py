"""
The one typeface of a seal's text, cut down to Vietnamese once and put into files as it is.

Cutting and embedding a font afresh is more than half of what a visible signature costs in
pyHanko; the cut font is the same for every document, so it is made once per process.
Times New Roman is asked for (Decree 30/2020, App. I); Liberation Serif has its metrics.
"""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from register import fonts
from signing.pdf import pdfobjects

_SOFT_HYPHEN = 0xAD

#: Text is black, upright, size 10 (Decree 30/2020, App. I); lines are 12 points apart.
SIZE, LEADING = 10.0, 12.0

#: Latin, every Vietnamese letter, the dong and typographic dashes and quotes.
LETTERS = "".join(
    [
        *(chr(code) for code in range(0x20, 0x7F)),
        *(chr(code) for code in range(0xA1, 0x100) if code != _SOFT_HYPHEN),
        "ĂăĐđĨĩŨũƠơƯư",
        *(chr(code) for code in range(0x1EA0, 0x1EFA)),
        "–—‘’“”•…₫",
    ]
)
_NAME = "/MCHSUB+LiberationSerif"


class MissingGlyphError(ValueError):
    """The typeface has no such letter; the text cannot be put under a seal."""

    def __init__(self, sign: str) -> None:
        """Keep the *sign* that is missing."""
        super().__init__(f"U+{ord(sign):04X} cannot be drawn")
        self.sign = sign


@dataclass(frozen=True, slots=True, eq=False)
class Lettering:
    """A cut font: its file, where each letter is in it, and how wide each glyph is."""

    file: bytes
    """The TrueType file, Flate-encoded."""
    length: int
    """Bytes of the file before encoding."""
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    """Thousandths of the size, by glyph."""
    box: tuple[int, int, int, int]
    ascent: int
    descent: int

    def line(self, text: str) -> tuple[bytes, float]:
        """
        Return *text* as glyph numbers in hex, and its width at size 1.

        NFD text is drawn as NFC. MissingGlyphError for a letter that the font does not have:
        a number or a name with a hole in it must not be sealed.
        """
        plain = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
        if lacking := sorted(set(plain) - self.glyphs.keys()):
            raise MissingGlyphError(lacking[0])
        found = [self.glyphs[sign] for sign in plain]
        shown = b"".join(b"%04x" % glyph for glyph in found)
        return shown, sum(self.widths[glyph] for glyph in found) / 1000

    def embed(self, writer: Any) -> Any:
        """Add the font to *writer* and return the reference of its Type 0 dictionary."""
        add = writer.add_object
        file = add(pdfobjects.stream({"/Length1": self.length}, self.file))
        descendant = {
            "/Type": "/Font",
            "/Subtype": "/CIDFontType2",
            "/BaseFont": _NAME,
            "/CIDSystemInfo": {"/Registry": "Adobe", "/Ordering": "Identity", "/Supplement": 0},
            "/FontDescriptor": add(pdfobjects.value(self._descriptor(file))),
            "/CIDToGIDMap": "/Identity",
            "/W": pdfobjects.Written(self._widths()),
        }
        font = {
            "/Type": "/Font",
            "/Subtype": "/Type0",
            "/BaseFont": _NAME,
            "/Encoding": "/Identity-H",
            "/DescendantFonts": [add(pdfobjects.value(descendant))],
            "/ToUnicode": add(pdfobjects.stream({}, _to_unicode(self))),
        }
        return add(pdfobjects.value(font))

    def _widths(self) -> bytes:
        """Three hundred numbers cost more as objects than all the rest of the font."""
        return b"[0 [%s]]" % b" ".join(b"%d" % width for width in self.widths)

    def _descriptor(self, file: Any) -> dict[str, Any]:
        return {
            "/Type": "/FontDescriptor",
            "/FontName": _NAME,
            "/Flags": 4,
            "/FontBBox": self.box,
            "/ItalicAngle": 0,
            "/Ascent": self.ascent,
            "/Descent": self.descent,
            "/CapHeight": self.ascent,
            "/StemV": 80,
            "/FontFile2": file,
        }


@lru_cache(maxsize=1)
def serif() -> Lettering:
    """Return the cut Liberation Serif; made once per process (about 0.1 s)."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB", "kern"]
    font = TTFont(fonts.path("LiberationSerif-Regular"))
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)
    file = BytesIO()
    font.save(file)
    head, line, scale = font["head"], font["hhea"], 1000 / font["head"].unitsPerEm
    order = font.getGlyphOrder()
    return Lettering(
        file=zlib.compress(file.getvalue(), 9),
        length=len(file.getvalue()),
        glyphs={chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()},
        widths=tuple(round(font["hmtx"][name][0] * scale) for name in order),
        box=tuple(round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)),
        ascent=round(line.ascent * scale),
        descent=round(line.descent * scale),
    )


@lru_cache(maxsize=4)
def _to_unicode(lettering: Lettering) -> bytes:
    pairs = [(glyph, ord(sign)) for sign, glyph in sorted(lettering.glyphs.items())]
    blocks = [
        f"{len(part)} beginbfchar\n"
        + "".join(f"<{glyph:04x}> <{code:04x}>\n" for glyph, code in part)
        + "endbfchar"
        for part in (pairs[start : start + 100] for start in range(0, len(pairs), 100))
    ]
    text = "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            *blocks,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )
    return zlib.compress(text.encode(), 9)
