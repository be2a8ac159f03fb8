"""
Pictures of seals and of signatures: PNG with a clear background.

A seal's picture has its registered diameter (Decree 30/2020: real size, red); a signature is
blue. The seals carry a star and the word MẪU ("specimen"), never the national emblem, so
that none can pass for a real one.
"""

from __future__ import annotations

import io
import math
import random
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from sandbox.people import Agency, Holder

FONTS = Path(__file__).with_name("fonts")
DPI = 400
RED = (214, 20, 32, 255)
BLUE = (20, 44, 148, 255)
CLEAR = (255, 255, 255, 0)
SIGNATURE_MM = (46.0, 20.0)
FINER = 3
"""A signature is drawn so many times larger and made smaller, for smooth edges."""
_SPECIMEN = "MẪU · SANDBOX"


def picture(holder: Holder) -> bytes:
    """Return the picture of *holder*: a seal or a signature."""
    if holder.kind == "seal":
        return seal_image(holder.agency)
    return signature_image(holder.common_name)


def width_mm(holder: Holder) -> float:
    """Return how wide the picture of *holder* is on paper."""
    return float(holder.agency.diameter_mm) if holder.kind == "seal" else SIGNATURE_MM[0]


def seal_image(agency: Agency) -> bytes:
    """Return the agency's round red seal; its edge is the picture's edge."""
    side = _pixels(agency.diameter_mm)
    image = Image.new("RGBA", (side, side), CLEAR)
    draw = ImageDraw.Draw(image)
    for inset, width in ((0.0, 0.022), (0.035, 0.008), (0.2, 0.008)):
        low, high = inset * side, (1 - inset) * side - 1
        box = (low, low, high, high)
        draw.ellipse(box, outline=RED, width=round(width * side))
    _arc(image, agency.superior, around=-90, size=0.085)
    _arc(image, _SPECIMEN, around=90, size=0.075)
    _star(draw, side)
    _lines(draw, agency.letterhead, side)
    return _png(image)


def _pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * DPI)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "Tinos-Bold.ttf", size)


def _arc(image: Image.Image, text: str, *, around: float, size: float) -> None:
    """Write *text* between the rings, its middle at the angle *around* (-90 is the top)."""
    side = image.width
    half = round(size * side)
    font = _font(half)
    radius = side * 0.392
    text = unicodedata.normalize("NFC", text)
    turn = 1 if around < 0 else -1
    widths = [math.degrees(font.getlength(sign) / radius) * 1.08 for sign in text]
    angle = around - turn * sum(widths) / 2
    for sign, width in zip(text, widths, strict=True):
        middle = angle + turn * width / 2
        letter = Image.new("RGBA", (half * 2, half * 2), CLEAR)
        ImageDraw.Draw(letter).text((half, half), sign, RED, font, anchor="mm")
        letter = letter.rotate(-middle - turn * 90, Image.Resampling.BICUBIC)
        x = side / 2 + radius * math.cos(math.radians(middle)) - half
        y = side / 2 + radius * math.sin(math.radians(middle)) - half
        image.alpha_composite(letter, (round(x), round(y)))
        angle += turn * width


def _star(draw: ImageDraw.ImageDraw, side: int) -> None:
    points = []
    for corner in range(10):
        radius = side * (0.075 if corner % 2 == 0 else 0.03)
        angle = math.radians(corner * 36 - 90)
        points.append((side / 2 + radius * math.cos(angle), side * 0.33 + radius * math.sin(angle)))
    draw.polygon(points, fill=RED)


def _lines(draw: ImageDraw.ImageDraw, text: str, side: int) -> None:
    """Write the agency's name in the middle, in as many lines as it needs."""
    size = 0.085 if len(text) < 24 else 0.068
    font = _font(round(side * size))
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= side * 0.52:
            lines[-1] = longer
        else:
            lines.append(word)
    for row, line in enumerate(line for line in lines if line):
        draw.text((side / 2, side * (0.465 + (size + 0.005) * row)), line, RED, font, anchor="mm")


def signature_image(name: str) -> bytes:
    """Return a handwriting of *name* that nobody has; the same name writes the same."""
    rng = random.Random(name)
    width, height = (_pixels(side) * FINER for side in SIGNATURE_MM)
    image = Image.new("RGBA", (width, height), (*BLUE[:3], 0))
    draw = ImageDraw.Draw(image)
    pen = height * 0.028
    for stroke in (_scribble(rng), _flourish(rng)):
        points = [(x * width, y * height) for x, y in stroke]
        for index, (start, end) in enumerate(pairwise(points)):
            thick = pen * (0.6 + 0.4 * math.sin(index / 23) ** 2)
            draw.line((*start, *end), fill=BLUE, width=round(thick))
            x, y = end
            box = (x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2)
            draw.ellipse(box, fill=BLUE)
    return _png(image.resize((width // FINER, height // FINER), Image.Resampling.BOX))


def _scribble(rng: random.Random) -> list[tuple[float, float]]:
    """Return loops that run to the right and get smaller, as parts of the picture's sides."""
    loops, lean = rng.uniform(5.0, 7.5), rng.uniform(0.6, 1.6)
    beat, phase = rng.uniform(6, 14), rng.uniform(0, 6)
    points = []
    for step in range(500):
        part = step / 499
        turn = 2 * math.pi * loops * part
        size = (0.72 + 0.28 * math.sin(beat * part + phase)) * (1 - 0.5 * part)
        x = 0.12 + 0.66 * part + 0.075 * size * math.sin(turn + lean)
        y = 0.48 - 0.36 * size * math.cos(turn) + 0.1 * part
        points.append((x, y))
    return points


def _flourish(rng: random.Random) -> list[tuple[float, float]]:
    """Return the line drawn back below the name."""
    low = rng.uniform(0.78, 0.88)
    return [
        (0.92 - 0.84 * part, low - 0.1 * math.sin(math.pi * part) + 0.06 * part)
        for part in (step / 120 for step in range(121))
    ]


def _png(image: Image.Image) -> bytes:
    """Return *image* as PNG that knows its size on paper."""
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()
