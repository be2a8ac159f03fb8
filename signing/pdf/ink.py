"""
Where a page is printed on: a signature must not lie over what people have to read.

The page is drawn, because a scan has no text and a line or a stamp is none either. Light
colours count as paper: a tinted scan, a watermark, the grey of a form.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from PIL import Image

from signing.pdf.geometry import MM, Box, Sheet

#: Pixels in a point: 100 dpi, at which small print is still dark.
_SCALE = 100 / 72
_LONGEST = 1800
"""Pixels of the longer side at most, whatever the page's size."""
_DARK = 165
"""A pixel darker than this, of 255, is printed on."""
_STRAY = 0.002
"""Share of a box that may be dark: dust on a scan."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A drawn page: black where it is printed on."""

    image: Image.Image
    frame: Box

    def covers(self, box: Box) -> bool:
        """Tell whether *box* would lie over print."""
        pixels = self._pixels(box)
        if pixels[0] >= pixels[2] or pixels[1] >= pixels[3]:
            return False
        dark = self.image.crop(pixels).histogram()[0]
        return dark > _STRAY * (pixels[2] - pixels[0]) * (pixels[3] - pixels[1])

    def without(self, boxes: list[Box]) -> Ink:
        """Return the page as if nothing were printed in *boxes*."""
        image = self.image.copy()
        for box in boxes:
            image.paste(255, self._pixels(box))
        return Ink(image, self.frame)

    def rows(self, left: float, right: float) -> list[tuple[float, float]]:
        """Return bottom and top of each printed band between *left* and *right*, from the top."""
        strip = Box(left, 0, right - left, self.frame.height)
        column = self.image.crop(self._pixels(strip))
        scale = self.image.height / self.frame.height
        found: list[tuple[float, float]] = []
        start = -1
        for row in range(column.height + 1):
            dark = row < column.height and _is_dark(column, row)
            if dark and start < 0:
                start = row
            elif not dark and start >= 0:
                found.append((self.frame.height - row / scale, self.frame.height - start / scale))
                start = -1
        return found

    def span(self, bottom: float, top: float, left: float, right: float) -> Box:
        """Return where the print lies inside of a rectangle that has some."""
        pixels = self._pixels(Box(left, bottom, right - left, top - bottom))
        edges = self.image.crop(pixels).point(lambda value: 255 - value).getbbox()
        first, last = (edges[0], edges[2]) if edges else (0, pixels[2] - pixels[0])
        scale = self.image.width / self.frame.width
        begin = (pixels[0] + first) / scale
        return Box(begin, bottom, (last - first) / scale, top - bottom, self.frame.turn)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        across = self.image.width / self.frame.width
        down = self.image.height / self.frame.height
        return (
            max(round(box.left * across), 0),
            max(round((self.frame.height - box.top) * down), 0),
            min(round(box.right * across), self.image.width),
            min(round((self.frame.height - box.bottom) * down), self.image.height),
        )


def of(page: pypdfium2.PdfPage, sheet: Sheet) -> Ink:
    """Draw *page* as *sheet* says that it is seen."""
    scale = min(_SCALE, _LONGEST / max(*page.get_size(), 1))
    further = (sheet.turn - page.get_rotation()) % 360
    bitmap = page.render(scale=scale, rotation=further, grayscale=True, may_draw_forms=True)
    image = bitmap.to_pil().convert("L")
    return Ink(image.point([0 if value < _DARK else 255 for value in range(256)]), sheet.frame)


def _is_dark(column: Image.Image, row: int) -> bool:
    """Tell whether a row of pixels has more print than dust."""
    dark = column.crop((0, row, column.width, row + 1)).histogram()[0]
    return dark > max(_STRAY * column.width, 2)


#: A gap of this height, millimetres, between two printed lines is made for a signature.
GAP = (16.0, 48.0)


def signing_gap(ink: Ink, left: float, right: float) -> tuple[Box, Box] | None:
    """
    Return the lines above and below the last gap for a signature between *left* and *right*.

    What an eye looks for on a scan, which has no text: a short line, room, a short line.
    """
    bands = [band for band in ink.rows(left, right) if band[1] - band[0] >= MM]
    for above, below in reversed(list(pairwise(bands))):
        if not GAP[0] * MM <= above[0] - below[1] <= GAP[1] * MM:
            continue
        first, last = ink.span(*above, left, right), ink.span(*below, left, right)
        short = max(first.width, last.width) < (right - left) * 0.95
        if short and abs(first.middle - last.middle) <= 8 * MM:
            return first, last
    return None
