"""
Fonts as an archive wants them: in the file, and as wide as the page counts on.

Looked at is what is shown, letter by letter, in the font's own tables (fontTools). Kinds that
are rare in offices (Type 1, Type 3, CMaps of their own, Asian CMaps) are not looked into, and so
are a bar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

from fontTools.agl import AGL2UV
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Object, Stream

MISSING, WIDTHS, UNCHECKED = "font_missing", "font_widths", "font_unchecked"

_SYMBOLIC = 4
_CLOSE = 1.0
"""Thousandths by which a width in the file may differ from the font's own."""
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}

#: Glyph → its width in thousandths; KeyError if the font has no such glyph.
Widths = Callable[[int], float]


class _UncheckedError(Exception):
    """The font is of a kind that is not looked into."""


def bars(font: Dictionary, shown: Iterable[bytes]) -> set[str]:
    """Return what bars *font*, with which the strings *shown* are shown, from an archive."""
    if font.get("/Subtype") == "/Type3":
        return {UNCHECKED}
    described = _descendant(font) if font.get("/Subtype") == "/Type0" else font
    descriptor = described.get("/FontDescriptor")
    if not isinstance(descriptor, Dictionary) or _file(descriptor) is None:
        return {MISSING}
    try:
        wrong = any(
            abs(told - own) > _CLOSE for told, own in _pairs(font, described, descriptor, shown)
        )
    except _UncheckedError:
        return {UNCHECKED}
    return {WIDTHS} if wrong else set()


def _pairs(
    font: Dictionary, described: Dictionary, descriptor: Dictionary, shown: Iterable[bytes]
) -> Iterator[tuple[float, float]]:
    """Yield for each letter shown the width that the file tells and the one of the font."""
    if described is font:
        told, glyph = _simple_widths(font), _simple_glyphs(font, descriptor)
        codes = {code for text in shown for code in text}
    else:
        if font.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
            raise _UncheckedError
        told, glyph = _cid_widths(described), _cid_glyphs(described, descriptor)
        codes = {
            int.from_bytes(text[at : at + 2]) for text in shown for at in range(0, len(text), 2)
        }
    for code in codes:
        yield told(code), glyph(code)


def _descendant(font: Dictionary) -> Dictionary:
    found = font.get("/DescendantFonts")
    first = found[0] if isinstance(found, Array) and len(found) else None
    return first if isinstance(first, Dictionary) else Dictionary()


def _file(descriptor: Dictionary) -> Stream | None:
    found = [descriptor.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
    return next((one for one in found if isinstance(one, Stream)), None)


# Widths as the file tells them


def _simple_widths(font: Dictionary) -> Widths:
    first, widths = int(font["/FirstChar"]), [float(width) for width in font["/Widths"]]

    def told(code: int) -> float:
        if not 0 <= code - first < len(widths):
            raise _UncheckedError
        return widths[code - first]

    return told


def _cid_widths(font: Dictionary) -> Widths:
    spare, table = float(font.get("/DW", 1000)), dict[int, float]()
    entries = list(font.get("/W", Array()))
    while entries:
        first, second = int(entries[0]), entries[1]
        if isinstance(second, Array):
            table |= {first + offset: float(width) for offset, width in enumerate(second)}
            entries = entries[2:]
        else:
            width = float(entries[2])
            table |= dict.fromkeys(range(first, int(second) + 1), width)
            entries = entries[3:]
    return lambda code: table.get(code, spare)


# Widths as the font has them


def _cid_glyphs(font: Dictionary, descriptor: Dictionary) -> Widths:
    if font.get("/Subtype") == "/CIDFontType2":
        to_glyph = _to_glyph(font.get("/CIDToGIDMap"))
        widths = _glyph_widths(TTFont(BytesIO(_bytes(descriptor, "/FontFile2")), lazy=True))
        return lambda code: widths(to_glyph(code))
    cff = _cff(descriptor)
    if hasattr(cff, "ROS"):
        return lambda code: _drawn(cff, "cid%05d" % code if code else ".notdef")  # noqa: UP031
    return lambda code: _drawn(cff, cff.charset[code])


def _to_glyph(table: Object | None) -> Callable[[int], int]:
    if not isinstance(table, Stream):
        return lambda code: code
    numbers = table.read_bytes()
    return lambda code: int.from_bytes(numbers[2 * code : 2 * code + 2])


def _glyph_widths(font: TTFont) -> Widths:
    scale: float = 1000 / font["head"].unitsPerEm
    order, metrics = font.getGlyphOrder(), font["hmtx"]

    def own(glyph: int) -> float:
        if not 0 < glyph < len(order):
            raise _UncheckedError  # .notdef must not be shown
        return float(metrics[order[glyph]][0]) * scale

    return own


def _simple_glyphs(font: Dictionary, descriptor: Dictionary) -> Widths:
    if font.get("/Subtype") != "/TrueType":
        cff, names = _cff(descriptor), _names(font)
        return lambda code: _drawn(cff, names(code))
    file = TTFont(BytesIO(_bytes(descriptor, "/FontFile2")), lazy=True)
    widths = _glyph_widths(file)
    number = _by_letter(font, file) if not _symbolic(descriptor) else _by_code(font, file)
    return lambda code: widths(number(code))


def _symbolic(descriptor: Dictionary) -> bool:
    return bool(int(descriptor.get("/Flags", 0)) & _SYMBOLIC)


def _by_letter(font: Dictionary, file: TTFont) -> Callable[[int], int]:
    """A font of letters: its code means a letter, and Unicode leads to the glyph."""
    codec = _CODECS.get(str(font.get("/Encoding")))
    table = file["cmap"].getcmap(3, 1)
    if codec is None or table is None:
        raise _UncheckedError
    return lambda code: file.getGlyphID(table.cmap[ord(bytes([code]).decode(codec))])


def _by_code(font: Dictionary, file: TTFont) -> Callable[[int], int]:
    """A font of signs: it must tell no encoding, and the code itself leads to the glyph."""
    high, plain = file["cmap"].getcmap(3, 0), file["cmap"].getcmap(1, 0)
    if "/Encoding" in font or (high is None) == (plain is None):
        raise _UncheckedError
    if high is None:
        return lambda code: file.getGlyphID(plain.cmap[code])
    return lambda code: file.getGlyphID(high.cmap.get(0xF000 + code) or high.cmap[code])


def _cff(descriptor: Dictionary) -> Any:
    """Return the first font of a compact font file (CFF)."""
    fonts = CFFFontSet()
    data = _bytes(descriptor, "/FontFile3")
    if data[:4] == b"OTTO":
        return TTFont(BytesIO(data), lazy=True)["CFF "].cff[0]
    fonts.decompile(BytesIO(data), None)
    return fonts[0]


def _drawn(cff: Any, name: str) -> float:
    if name == ".notdef":
        raise _UncheckedError
    sign = cff.CharStrings[name]
    sign.draw(NullPen())
    return float(sign.width)


def _names(font: Dictionary) -> Callable[[int], str]:
    """Return how a code becomes the name of a glyph, by the encoding that the file tells."""
    encoding = font.get("/Encoding")
    base, named = encoding, dict[int, str]()
    if isinstance(encoding, Dictionary):
        base, code = encoding.get("/BaseEncoding"), 0
        one: Any
        for one in encoding.get("/Differences", Array()):
            if isinstance(one, int):
                code = int(one)
            else:
                named[code], code = str(one)[1:], code + 1
    codec = _CODECS.get(str(base))
    by_letter = {value: name for name, value in sorted(AGL2UV.items(), reverse=True)}

    def name(code: int) -> str:
        if code in named:
            return named[code]
        if codec is None:
            raise _UncheckedError
        return str(by_letter[ord(bytes([code]).decode(codec))])

    return name


def _bytes(descriptor: Dictionary, key: str) -> bytes:
    found = descriptor.get(key)
    if not isinstance(found, Stream):
        raise _UncheckedError
    return bytes(found.read_bytes())
