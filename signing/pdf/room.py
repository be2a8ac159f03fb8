"""
The room for a signature and its seal at one place of a page: how large, and whether it is free.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from signing.pdf.anchors import Signer
from signing.pdf.geometry import MM, Box
from signing.pdf.ink import Ink
from signing.pdf.lettering import LEADING
from signing.pdf.places import NoPlace, NoPlaceError

#: Size of a handwritten signature's picture where the room allows, millimetres.
SIGNATURE = (50.0, 25.0)
#: Share of the signature that the seal covers (Decree 30/2020: about one third).
OVERLAP = 1 / 3
#: The share that is still "about one third", where the page's edge or print pushes the seal.
OVERLAPS = (0.30, 0.37)
#: Lines of text under the seal: number and date.
LINES = 2
#: Room for the widest number; the seal stays in the middle of it.
TEXT_WIDTH = 42 * MM
#: A lower signature, millimetres, cannot be recognised.
LOWEST = 6.0
#: Kept free between the signature and what is printed above and below it.
_AIR = 1 * MM
#: How far number and date may move down to find room.
_FURTHER = 40 * MM
_STEP = 2 * MM
_STEPS = 300
"""A sheet of 60 cm is looked through; a longer one is a drawing, for a person."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A page to be signed on."""

    ink: Ink
    signer: Signer

    @property
    def frame(self) -> Box:
        """The whole page."""
        return self.ink.frame

    def between(self, title: Box | None, name: Box | None) -> Box:
        """
        Return the signature centred between *title* and *name*, of which one is known.

        NoPlaceError if there is no room.
        """
        one = name or title
        assert one  # noqa: S101 - asked of the caller
        usual = SIGNATURE[1] * MM + 2 * _AIR
        low = name.top if name else one.bottom - usual
        high = title.bottom if title else one.top + usual
        aside = min(one.middle, self.frame.width - one.middle) * 2
        return self._free(one.middle, (low + high) / 2, aside, high - low - 2 * _AIR)

    def _free(self, middle: float, centre: float, width: float, height: float) -> Box:
        """Return the largest signature around a point that lies over no print."""
        for part in (1.0, 0.85, 0.7, 0.55):
            box = self.sized(middle, centre, width * part, height * part)
            if box.height < LOWEST * MM:
                break
            if not self.ink.covers(box):
                return box
        raise NoPlaceError(NoPlace.NO_ROOM)

    def sized(self, middle: float, centre: float, width: float, height: float) -> Box:
        """Return the signature's picture in its own proportions, within a width and a height."""
        high = min(SIGNATURE[1] * MM, height, min(SIGNATURE[0] * MM, width) / self.signer.shape)
        wide = high * self.signer.shape
        return Box(middle - wide / 2, centre - high / 2, wide, high, self.frame.turn)

    def seal(self, official: Box, own: list[Box]) -> Box:
        """
        Return the seal's field: the seal beside *official*, and room for text below.

        The seal may lie over *own*, title and name, and over no other print. NoPlaceError if
        it cannot stand so.
        """
        ink = self.ink.without([*own, official])
        side = self.signer.seal_diameter * MM
        for disc in self._discs(official, side):
            if not _over(ink, disc):
                foot = min([disc.bottom, *(box.bottom for box in own)])
                return self._with_text(disc, foot, ink)
        raise NoPlaceError(NoPlace.OVER_TEXT)

    def _discs(self, official: Box, side: float) -> Iterator[Box]:
        """Yield where the seal may stand, the best place first."""
        frame, most = self.frame, official.left + official.width * OVERLAPS[1]
        right = max(official.left + official.width * OVERLAP, side)
        if right > most or side > frame.height:
            raise NoPlaceError(NoPlace.OFF_THE_PAGE)
        bottom = official.centre - side / 2
        for up in (0, -_STEP, _STEP, -2 * _STEP, 2 * _STEP, -3 * _STEP, 3 * _STEP):
            low = min(max(bottom + up, 0), frame.height - side)
            yield Box(right - side, low, side, side, frame.turn)

    def _with_text(self, disc: Box, foot: float, ink: Ink) -> Box:
        """Return *disc* with room for number and date below it, as near as print allows."""
        half = min(max(disc.width, TEXT_WIDTH) / 2, disc.middle, self.frame.width - disc.middle)
        height = LINES * LEADING
        low = foot - height - 2
        while low >= 0 and foot - low <= _FURTHER + height:
            text = Box(disc.middle - half, low, 2 * half, height)
            if not ink.covers(text):
                return Box(text.left, low, text.width, disc.top - low, self.frame.turn)
            low -= _STEP
        raise NoPlaceError(NoPlace.OVER_TEXT)

    def nearest(self, official: Box) -> tuple[Box, Box]:
        """
        Return signature and seal at *official*, or as near above or below as the print allows.

        NoPlaceError if the whole column is printed on.
        """
        for step in range(min(int(self.frame.height / _STEP), _STEPS)):
            for shift in (-step, step):
                if (both := self._both(_moved(official, shift * _STEP))) is not None:
                    return both
        raise NoPlaceError(NoPlace.OVER_TEXT)

    def anyhow(self, official: Box) -> tuple[Box, Box]:
        """Return signature and seal near *official* whatever is printed there: for a person."""
        side, frame = self.signer.seal_diameter * MM, self.frame
        official = _inside(official, frame)
        left = max(official.left + official.width * OVERLAP - side, 0)
        low = official.centre - side / 2 - LINES * LEADING - 2
        disc = Box(left, low, side, side + LINES * LEADING + 2, frame.turn)
        return official, _inside(disc, frame)

    def _both(self, official: Box) -> tuple[Box, Box] | None:
        outside = official.bottom < 0 or official.top > self.frame.height
        if outside or self.ink.covers(official):
            return None
        try:
            return official, self.seal(official, [])
        except NoPlaceError:
            return None


def _inside(box: Box, frame: Box) -> Box:
    """Move *box* as little as needed to lie on the page, if it can."""
    left = max(min(box.left, frame.width - box.width), 0)
    return replace(box, left=left, bottom=max(min(box.bottom, frame.height - box.height), 0))


def _moved(box: Box, up: float) -> Box:
    return replace(box, bottom=box.bottom + up)


def _over(ink: Ink, disc: Box) -> bool:
    """Tell whether a round seal would lie over print; its corners are clear."""
    third = disc.width / 6
    upright = Box(disc.left + third, disc.bottom, disc.width - 2 * third, disc.height)
    lying = Box(disc.left, disc.bottom + third, disc.width, disc.height - 2 * third)
    return ink.covers(upright) or ink.covers(lying)
