"""
What a signature looks like on the page: a picture, and lines of text under it.

Decree 30/2020, App. I: a person's signature is a blue, an agency's seal a red transparent PNG,
the seal in its real size. Number and date come after the first signature, so they are drawn in
the seal's own appearance, never into the page (that would break the first signature).
A picture is decoded once per process; a batch of five hundred has one picture. Its clear edges
are cut off, so that "36 mm" and "one third" are those of what is seen.

On a page that readers turn, the form is turned back (its ``/Matrix``); a reader fits it into the
field's rectangle, which also makes up for a page with a unit of its own (ISO 32000-1, 12.5.5).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image

from signing.pdf import pdfobjects
from signing.pdf.geometry import MM, UPRIGHT, Box
from signing.pdf.lettering import LEADING, SIZE, Lettering, serif

__all__ = [
    "LEADING",
    "MM",
    "SIZE",
    "Appearance",
    "Box",
    "Picture",
    "picture",
    "seal",
    "shape",
    "signature",
]

#: Fainter than this, of 255, is clear.
_FAINT = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as PDF wants it: colours and transparency apart, both Flate-encoded."""

    width: int
    height: int
    colours: bytes
    alpha: bytes

    def embed(self, writer: Any) -> Any:
        """Add the picture to *writer* and return its reference."""
        mask = writer.add_object(pdfobjects.stream(self._entries("/DeviceGray"), self.alpha))
        entries = self._entries("/DeviceRGB") | {"/SMask": mask}
        return writer.add_object(pdfobjects.stream(entries, self.colours))

    def _entries(self, space: str) -> dict[str, Any]:
        return {
            "/Type": "/XObject",
            "/Subtype": "/Image",
            "/Width": self.width,
            "/Height": self.height,
            "/ColorSpace": space,
            "/BitsPerComponent": 8,
        }


@lru_cache(maxsize=64)
def picture(png: bytes) -> Picture:
    """
    Return the transparent *png*, without its clear edges, ready to be embedded.

    PIL's error if it is no image.
    """
    with Image.open(BytesIO(png)) as opened:
        image = opened.convert("RGBA")
    edges = image.getchannel("A").point(lambda value: 255 * (value > _FAINT)).getbbox()
    image = image.crop(edges) if edges else image
    colours = zlib.compress(image.convert("RGB").tobytes(), 9)
    return Picture(*image.size, colours, zlib.compress(image.getchannel("A").tobytes(), 9))


@dataclass(frozen=True, slots=True)
class Appearance:
    """The looks of one signature in its field."""

    width: float
    """Size of the field, points."""
    height: float
    png: bytes
    """The picture; empty for an annex or a copy, which show none."""
    place: Box
    """Where the picture goes, from the field's lower left corner."""
    lines: tuple[str, ...] = ()
    """Text at the lower edge, NFC or NFD: centred under the picture, or from the left."""
    turn: int = 0
    """How far the page is turned clockwise, degrees: the form is turned back."""

    def dictionary(self, writer: Any) -> Any:
        """Add everything to *writer* and return the field's appearance dictionary (``/AP``)."""
        resources = {}
        if self.png:
            resources["/XObject"] = {"/P": _shared(writer, picture(self.png))}
        if self.lines:
            resources["/Font"] = {"/F": _shared(writer, serif())}
        entries = {
            "/Type": "/XObject",
            "/Subtype": "/Form",
            "/BBox": (0, 0, self.width, self.height),
            "/Resources": resources,
        }
        if self.turn:
            entries["/Matrix"] = UPRIGHT[self.turn]
        form = pdfobjects.plain_stream(entries, self._content())
        return pdfobjects.value({"/N": writer.add_object(form)})

    def _content(self) -> bytes:
        place, parts = self.place, []
        if self.png:
            parts.append(
                b"q %.3f 0 0 %.3f %.3f %.3f cm /P Do Q"
                % (place.width, place.height, place.left, place.bottom)
            )
        for row, text in enumerate(reversed(self.lines)):
            shown, width = serif().line(text)
            left = max(place.middle - width * SIZE / 2, 0) if self.png else place.left
            parts.append(
                b"BT 0 g /F %.1f Tf %.3f %.3f Td <%s> Tj ET"
                % (SIZE, left, row * LEADING + LEADING - SIZE, shown)
            )
        return b"\n".join(parts)


def _shared(writer: Any, made: Picture | Lettering) -> Any:
    return pdfobjects.shared(writer, made, made.embed)


def signature(box: Box, png: bytes) -> Appearance:
    """Return a person's signature that fills *box*, keeping the picture's proportions."""
    seen = picture(png)
    scale = min(box.width / seen.width, box.height / seen.height)
    width, height = seen.width * scale, seen.height * scale
    place = Box((box.width - width) / 2, (box.height - height) / 2, width, height)
    return Appearance(box.width, box.height, png, place, turn=box.turn)


def shape(png: bytes) -> float:
    """Return how many times as wide as high the picture is, without its clear edges."""
    seen = picture(png)
    return seen.width / seen.height


def seal(box: Box, png: bytes, *, diameter: float, lines: tuple[str, ...]) -> Appearance:
    """
    Return an agency's seal of *diameter* millimetres at the top of *box*, *lines* at its foot.

    The seal keeps its registered size whatever the box: law asks for the real one.
    """
    side = diameter * MM
    place = Box((box.width - side) / 2, box.height - side, side, side)
    return Appearance(box.width, box.height, png, place, lines, box.turn)
