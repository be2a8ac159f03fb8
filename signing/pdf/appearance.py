"""
What a signature looks like on the page: a picture, and lines of text under it.

Decree 30/2020, App. I: a person's signature is a blue, an agency's seal a red transparent PNG,
the seal in its real size. Number and date come after the first signature, so they are drawn in
the seal's own appearance, never into the page (that would break the first signature).
A picture is decoded once per process; a batch of five hundred has one picture.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image

from signing.pdf import pdfobjects
from signing.pdf.lettering import serif

#: Points in a millimetre.
MM = 72 / 25.4

#: Text is black, upright, size 10 (Decree 30/2020); lines are 12 points apart.
SIZE, LEADING = 10.0, 12.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: points from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.bottom + self.height


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
    """Return the transparent *png* ready to be embedded. PIL's error if it is no image."""
    with Image.open(BytesIO(png)) as opened:
        image = opened.convert("RGBA")
    colours = zlib.compress(image.convert("RGB").tobytes(), 9)
    return Picture(*image.size, colours, zlib.compress(image.getchannel("A").tobytes(), 9))


@dataclass(frozen=True, slots=True)
class Appearance:
    """The looks of one signature in its field."""

    width: float
    """Size of the field, points."""
    height: float
    png: bytes
    place: Box
    """Where the picture goes, from the field's lower left corner."""
    lines: tuple[str, ...] = ()
    """Text at the lower edge, centred under the picture, NFC or NFD."""

    def dictionary(self, writer: Any) -> Any:
        """Add everything to *writer* and return the field's appearance dictionary (``/AP``)."""
        resources = {"/XObject": {"/P": picture(self.png).embed(writer)}}
        if self.lines:
            resources["/Font"] = {"/F": serif().embed(writer)}
        entries = {
            "/Type": "/XObject",
            "/Subtype": "/Form",
            "/BBox": (0, 0, self.width, self.height),
            "/Resources": resources,
        }
        form = pdfobjects.plain_stream(entries, self._content())
        return pdfobjects.value({"/N": writer.add_object(form)})

    def _content(self) -> bytes:
        place = self.place
        parts = [
            b"q %.3f 0 0 %.3f %.3f %.3f cm /P Do Q"
            % (place.width, place.height, place.left, place.bottom)
        ]
        middle = place.left + place.width / 2
        for row, text in enumerate(reversed(self.lines)):
            shown, width = serif().line(text)
            left = max(middle - width * SIZE / 2, 0)
            parts.append(
                b"BT 0 g /F %.1f Tf %.3f %.3f Td <%s> Tj ET"
                % (SIZE, left, row * LEADING + LEADING - SIZE, shown)
            )
        return b"\n".join(parts)


def signature(box: Box, png: bytes) -> Appearance:
    """Return a person's signature that fills *box*, keeping the picture's proportions."""
    shape = picture(png)
    scale = min(box.width / shape.width, box.height / shape.height)
    width, height = shape.width * scale, shape.height * scale
    place = Box((box.width - width) / 2, (box.height - height) / 2, width, height)
    return Appearance(box.width, box.height, png, place)


def seal(box: Box, png: bytes, *, diameter: float, lines: tuple[str, ...]) -> Appearance:
    """
    Return an agency's seal of *diameter* millimetres at the top of *box*, *lines* at its foot.

    The seal keeps its registered size whatever the box: law asks for the real one.
    """
    side = diameter * MM
    place = Box((box.width - side) / 2, box.height - side, side, side)
    return Appearance(box.width, box.height, png, place, lines)
