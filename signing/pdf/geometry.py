"""
A page as people see it: turned upright, cropped, in real points.

Everything that is placed is thought of on this page, from its lower left corner: 1 point is
1/72 inch of paper, whatever the file's own axes are. ``Sheet`` leads there and back
(ISO 32000-1, 7.7.3.3: CropBox, Rotate, UserUnit; the first two may be inherited).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf

#: Points in a millimetre.
MM = 72 / 25.4

#: Turn of the page → the matrix that turns a picture back upright (ISO 32000-1, 8.3.3).
UPRIGHT: Final[dict[int, tuple[int, int, int, int, int, int]]] = {
    0: (1, 0, 0, 1, 0, 0),
    90: (0, 1, -1, 0, 0, 0),
    180: (-1, 0, 0, -1, 0, 0),
    270: (0, -1, 1, 0, 0, 0),
}
_DEEPEST = 50
"""Levels of the page tree that are climbed for an inherited entry; a loop ends here."""
_A4 = (0.0, 0.0, 595.28, 841.89)

Corners = tuple[float, float, float, float]
"""Left, bottom, right, top in the file's own axes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page as it is seen: points from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int = 0
    """Degrees clockwise by which a reader turns the page; what is drawn is turned back."""

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.bottom + self.height

    @property
    def middle(self) -> float:
        """Halfway between left and right."""
        return self.left + self.width / 2

    @property
    def centre(self) -> float:
        """Halfway between bottom and top."""
        return self.bottom + self.height / 2

    def meets(self, other: Box) -> bool:
        """Tell whether the two have any room in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


def around(boxes: list[Box]) -> Box:
    """Return the smallest box that holds all *boxes*, of which there is at least one."""
    left, bottom = min(box.left for box in boxes), min(box.bottom for box in boxes)
    right, top = max(box.right for box in boxes), max(box.top for box in boxes)
    return Box(left, bottom, right - left, top - bottom, boxes[0].turn)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of a page is seen, in the file's own axes, and how it is turned."""

    corners: Corners
    turn: int = 0
    """0, 90, 180 or 270, clockwise."""
    unit: float = 1.0
    """Points in one step of the file's axes (UserUnit)."""

    @property
    def frame(self) -> Box:
        """The whole page as it is seen."""
        left, bottom, right, top = self.corners
        sides = (right - left) * self.unit, (top - bottom) * self.unit
        width, height = sides if self.turn % 180 == 0 else sides[::-1]
        return Box(0, 0, width, height, self.turn)

    def seen(self, corners: Corners) -> Box:
        """Return where *corners*, in the file's axes, are seen."""
        first, second = self._seen(*corners[:2]), self._seen(*corners[2:])
        left, right = sorted((first[0], second[0]))
        bottom, top = sorted((first[1], second[1]))
        return Box(left, bottom, right - left, top - bottom, self.turn)

    def within(self, box: Box) -> Corners:
        """Return the corners of *box* in the file's axes."""
        first, second = self._own(box.left, box.bottom), self._own(box.right, box.top)
        left, right = sorted((first[0], second[0]))
        bottom, top = sorted((first[1], second[1]))
        return left, bottom, right, top

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.corners
        if self.turn == 0:
            across, up = x - left, y - bottom
        elif self.turn == 90:
            across, up = y - bottom, right - x
        elif self.turn == 180:
            across, up = right - x, top - y
        else:
            across, up = top - y, x - left
        return across * self.unit, up * self.unit

    def _own(self, across: float, up: float) -> tuple[float, float]:
        left, bottom, right, top = self.corners
        a, b = across / self.unit, up / self.unit
        return {
            0: (left + a, bottom + b),
            90: (right - b, bottom + a),
            180: (right - a, top - b),
            270: (left + b, top - a),
        }[self.turn]


def sheets(data: bytes) -> list[Sheet]:
    """Return every page of the PDF *data* as it is seen; pikepdf's error if it is none."""
    with pikepdf.open(BytesIO(data)) as document:
        return [sheet_of(page.obj) for page in document.pages]


def sheet_of(page: Any) -> Sheet:
    """Return the *page*, a dictionary of pikepdf's or pyHanko's, as it is seen."""
    media = _corners(_inherited(page, "/MediaBox")) or _A4
    crop = _corners(_inherited(page, "/CropBox")) or media
    both = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    empty = both[0] >= both[2] or both[1] >= both[3]
    turn = round(float(_inherited(page, "/Rotate") or 0) / 90) * 90 % 360
    unit = float(page["/UserUnit"]) if "/UserUnit" in page else 1.0
    return Sheet(media if empty else both, turn, unit if unit > 0 else 1.0)


def _inherited(node: Any, key: str) -> Any:
    """Return the entry of a page or of the nearest node above that has it, or None."""
    for _level in range(_DEEPEST):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    return None


def _corners(given: Any) -> Corners | None:
    """Return an array of four numbers in order, or None if it is no rectangle."""
    if given is None or len(given) != len(_A4):
        return None
    x, y, other_x, other_y = (float(edge) for edge in given)
    (left, right), (bottom, top) = sorted((x, other_x)), sorted((y, other_y))
    return (left, bottom, right, top) if left < right and bottom < top else None
