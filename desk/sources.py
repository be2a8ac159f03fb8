"""
XML as pages: the very characters that are signed, numbered lines, nothing interpreted.

An official approves what is there, so tags and attributes are shown; no style sheet is followed.
"""

from __future__ import annotations

import io
import textwrap
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from register import fonts

_COLUMNS, _ROWS = 92, 58
_SIZE, _LEADING, _MARGIN = 18, 25, 40
_LONGEST = 400
"""Rows of one line: a scan in base64 is shown by its beginning, and by how long it is."""


def pages(data: bytes) -> list[str]:
    """Return the text of each page."""
    rows = [row for line in data.decode(errors="replace").splitlines() for row in _rows(line)]
    cut = range(0, max(len(rows), 1), _ROWS)
    return ["\n".join(rows[start : start + _ROWS]) for start in cut]


def draw(text: str) -> bytes:
    """Return one page's *text* as PNG."""
    width, height = _MARGIN * 2 + 11 * _COLUMNS, _MARGIN * 2 + _LEADING * _ROWS
    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    for place, row in enumerate(text.split("\n")):
        pen.text((_MARGIN, _MARGIN + place * _LEADING), row, fill=0, font=_font())
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _rows(line: str) -> list[str]:
    rows = textwrap.wrap(line, _COLUMNS, drop_whitespace=False, replace_whitespace=False) or [""]
    if len(rows) > _LONGEST:
        rows = [*rows[:_LONGEST], f"… {len(line):,} ký tự · characters"]
    return rows


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fonts.path("LiberationSerif-Regular"), _SIZE)
