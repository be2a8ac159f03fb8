"""
PDF/A-2b (ISO 19005-2) for results that allow it, made before the first signature.

Nothing is converted: a file either can be what the standard asks for by rules and labels alone
(sRGB as output intent, metadata, flags of notes), or there are bars against it and it stays
what it is. Where a rule cannot be checked here the answer is a bar, never a claim. Checked are
fonts (embedded, with the widths that the page counts on), colours, images, operators, notes
and layers; not checked are a font's CMaps of its own, JPEG 2000, Type 1 and Type 3 fonts,
spot colours and attachments, and so a file with any of them makes no claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import ImageCms

from signing.pdf import active, archival_contents, archival_fonts, xmp


class Bar(StrEnum):
    """Why a file cannot be PDF/A-2b as it is."""

    LOOKS = "looks"
    TOO_COMPLEX = archival_contents.TOO_COMPLEX
    UNREADABLE = "unreadable"
    FONT_MISSING = archival_fonts.MISSING
    FONT_WIDTHS = archival_fonts.WIDTHS
    FONT_UNCHECKED = archival_fonts.UNCHECKED
    CMYK = archival_contents.CMYK
    SPOT_COLOUR = "spot_colour"
    PROFILE = "profile"
    IMAGE = "image"
    STATE = "graphics_state"
    CONTENT = archival_contents.CONTENT
    NOTE = "note"
    LAYERS = "layers"
    LONG = "long_value"


_NODES = 60_000
"""Dictionaries and arrays of one file that are looked at."""
_LONGEST_STRING, _LONGEST_NAME = 32_767, 127
_BLENDS = frozenset(
    f"/{name}"
    for name in (
        *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten"),
        *("ColorDodge", "ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion"),
        *("Hue", "Saturation", "Color", "Luminosity"),
    )
)
_NOTES = frozenset(
    f"/{name}"
    for name in (
        *("Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine"),
        *("Highlight", "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup"),
        *("Widget", "Redact"),
    )
)
_WITHOUT_LOOKS = frozenset({"/Popup", "/Link"})
_PRINT, _OTHERS = 4, ~(1 | 2 | 32 | 256)
_DATE = bytes.fromhex("07ea 0001 0001 0000 0000 0000")
_PROFILE_CLASSES = frozenset({b"scnr", b"mntr", b"prtr", b"spac"})
_COLOURS = {1: b"GRAY", 3: b"RGB "}


def bars(document: Pdf) -> frozenset[str]:
    """Return why *document* cannot be made PDF/A-2b; empty if it can."""
    try:
        return frozenset(_bars(document))
    except Exception:  # noqa: BLE001 - names that are no text, fonts that fontTools cannot read
        return frozenset({Bar.UNREADABLE})


def _bars(document: Pdf) -> set[str]:
    found: set[str] = set()
    if "/OCProperties" in document.Root:
        found.add(Bar.LAYERS)
    for count, node in enumerate(_nodes(document)):
        if count > _NODES:
            return {Bar.TOO_COMPLEX}
        found |= set(_of_node(node))
    for note in active.notes(document):
        if not _keepable(note):
            found.add(Bar.NOTE)
    if not found:
        used, wrong = archival_contents.read(document)
        found |= wrong
        for font, codes in used:
            found |= archival_fonts.bars(font, codes)
    return found


def convert(document: Pdf) -> None:
    """Make *document*, against which there is no bar, PDF/A-2b in memory."""
    root = document.Root
    for node in list(_nodes(document)):
        _clean(node)
    for note in active.notes(document):
        _label(note)
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/NeedAppearances" in form:
        del form["/NeedAppearances"]
    profile = document.make_stream(srgb(), {"/N": 3})
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=profile,
    )
    root["/OutputIntents"] = Array([document.make_indirect(intent)])
    packet = document.make_stream(xmp.packet(document), {"/Subtype": Name.XML})
    packet["/Type"] = Name.Metadata
    root["/Metadata"] = packet
    if "/Version" in root:
        del root["/Version"]
    if "/Info" in document.trailer:
        del document.trailer["/Info"]


@cache
def srgb() -> bytes:
    """
    Return the sRGB profile of Little CMS, the same bytes every day.

    "No copyright, use freely", it says of itself. It is dated to the second it was made and
    calls itself 4.4; the date is fixed, and 4.2 is the version that PDF 1.7 knows.
    """
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:8] + b"\x04\x20\x00\x00" + made[12:24] + _DATE + made[36:]


def _nodes(document: Pdf) -> Iterator[Object]:
    """Yield every dictionary, stream and array in reach, once."""
    waiting: list[Object] = [document.Root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        node = waiting.pop()
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        yield node
        inner = node if isinstance(node, Array) else (node[key] for key in node.keys())  # noqa: SIM118
        waiting += [one for one in inner if isinstance(one, Dictionary | Stream | Array)]


def _of_node(node: Object) -> Iterator[str]:
    """Yield what bars one dictionary, stream or array from an archive."""
    values = list(node) if isinstance(node, Array) else [node[key] for key in node.keys()]  # noqa: SIM118
    for one in values:
        yield from _of_value(one)
    if isinstance(node, Array):
        yield from _of_space(node)
        return
    yield from _of_state(node)
    if isinstance(node, Stream):
        yield from _of_stream(node)


def _of_value(one: Object) -> Iterator[str]:
    """Yield what bars a text that is too long, or the name of a colour of no known meaning."""
    if isinstance(one, pikepdf.String) and len(bytes(one)) > _LONGEST_STRING:
        yield Bar.LONG
    if isinstance(one, Name):
        if one == Name.DeviceCMYK:
            yield Bar.CMYK
        if len(str(one).encode()) > _LONGEST_NAME:
            yield Bar.LONG


def _of_state(node: Object) -> Iterator[str]:
    """Yield what bars a graphics state: blending of its own, transfer functions, halftones."""
    if node.get("/BM") is not None and not _standard(node["/BM"]):
        yield Bar.STATE
    if ("/TR" in node and "/G" not in node) or "/HTP" in node or "/HalftoneType" in node:
        yield Bar.STATE
    if node.get("/TR2", Name.Default) != Name.Default:
        yield Bar.STATE


def _of_space(space: Object) -> Iterator[str]:
    """Yield what bars a colour space, if the array is one."""
    kind = space[0] if len(space) > 1 else None
    if kind in (Name.Separation, Name.DeviceN):
        yield Bar.SPOT_COLOUR
    if kind == Name.ICCBased and isinstance(space[1], Stream) and not _sound_profile(space[1]):
        yield Bar.PROFILE


def _of_stream(stream: Stream) -> Iterator[str]:
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [filters]
    if Name.JPXDecode in names:
        yield Bar.IMAGE
    if Name.Crypt in names or "/OPI" in stream:
        yield Bar.CONTENT
    if stream.get("/Subtype") == Name.PS or stream.get("/Subtype2") == Name.PS or "/PS" in stream:
        yield Bar.CONTENT


def _sound_profile(stream: Stream) -> bool:
    """Tell whether the ICC profile is one for grey or RGB, of version 2 or 4."""
    head = bytes(stream.read_bytes())[:128]
    colours: Any = stream.get("/N")
    return (
        head[36:40] == b"acsp"
        and head[8] in (2, 4)
        and head[12:16] in _PROFILE_CLASSES
        and head[16:20] == _COLOURS.get(colours)
    )


def _standard(blend: Object) -> bool:
    names = list(blend) if isinstance(blend, Array) else [blend]
    return all(str(name) in _BLENDS for name in names)


def _keepable(note: Dictionary) -> bool:
    """Tell whether an archive may hold *note*: of a plain kind, and with looks of its own."""
    kind = str(note.get("/Subtype", ""))
    if kind not in _NOTES:
        return False
    looks, box = note.get("/AP"), note.get("/Rect")
    flat = isinstance(box, Array) and len(box) == 4 and box[0] == box[2] and box[1] == box[3]
    if kind in _WITHOUT_LOOKS or (flat and looks is None):
        return True
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    several = kind == "/Widget" and note.get("/FT") == "/Btn"
    if isinstance(normal, Stream):
        return not several
    return isinstance(normal, Dictionary) and several


def _clean(node: Object) -> None:
    """Take away what the standard forbids and no picture shows."""
    if isinstance(node, Array):
        return
    for key in ("/Metadata", "/CIDSet", "/CharSet", "/Alternates", "/Interpolate"):
        if key in node:
            del node[key]
    embedded = node.get("/Subtype") == Name.CIDFontType2
    if embedded and "/CIDToGIDMap" not in node:
        node["/CIDToGIDMap"] = Name.Identity


def _label(note: Dictionary) -> None:
    """Let *note* be printed as it is seen."""
    flags = note.get("/F", 0)
    note["/F"] = (int(flags) if isinstance(flags, int) else 0) & _OTHERS | _PRINT
    looks = note.get("/AP")
    for key in ("/D", "/R"):
        if isinstance(looks, Dictionary) and key in looks:
            del looks[key]
    if note.get("/Subtype") == Name.Widget and "/A" in note:
        del note["/A"]
