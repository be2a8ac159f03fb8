"""
Where a result is signed and sealed: decided before anybody signs, for each document of a batch.

In this order: what a person said for this document; a named form field; title and name on the
page; the procedure's own place; else a person has to say it. A place off the page or over print
is refused if a person said it (NoPlaceError), and otherwise comes with a ``doubt``: then it is
on no tray before a person has said where.

Decree 30/2020, App. I: the person's signature centred between title and full name; the seal, in
its registered size, over about one third of it, at its left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from signing.pdf.geometry import MM, Box, Sheet


class Source(StrEnum):
    """Who or what said where to sign."""

    EXPLICIT = "explicit"
    FIELD = "field"
    ANCHOR = "anchor"
    DEFAULT = "default"


class NoPlace(StrEnum):
    """Why a place cannot be taken."""

    NO_SUCH_PAGE = "no_such_page"
    OFF_THE_PAGE = "off_the_page"
    OVER_TEXT = "over_text"
    NO_ROOM = "no_room"
    NO_SUCH_FIELD = "no_such_field"


#: Reason → what a person reads: what happened and what to do next.
REASONS: Final[dict[NoPlace, tuple[str, str]]] = {
    NoPlace.NO_SUCH_PAGE: (
        "Văn bản không có trang này. Hãy chọn trang khác.",
        "The document has no such page. Choose another.",
    ),
    NoPlace.OFF_THE_PAGE: (
        "Chữ ký hoặc con dấu nằm ngoài trang. Hãy chọn vị trí khác.",
        "Signature or seal would lie off the page. Choose another place.",
    ),
    NoPlace.OVER_TEXT: (
        "Chữ ký hoặc con dấu sẽ che chữ trên trang. Hãy chọn vị trí khác.",
        "Signature or seal would hide print on the page. Choose another place.",
    ),
    NoPlace.NO_ROOM: (
        "Không đủ chỗ trống giữa chức vụ và họ tên. Hãy chọn vị trí, hoặc trả lại cơ quan.",
        "Title and name leave no room for a signature. Choose a place, or send the result back.",
    ),
    NoPlace.NO_SUCH_FIELD: (
        "Tệp không có ô ký mang tên này. Hãy chọn vị trí khác.",
        "The file has no field of this name. Choose another place.",
    ),
}


class NoPlaceError(Exception):
    """The result cannot be signed at this place; ``reason``, and ``vi`` and ``en`` say it."""

    def __init__(self, reason: NoPlace) -> None:
        """Keep the *reason* and its words."""
        super().__init__(reason)
        self.reason = reason
        self.vi, self.en = REASONS[reason]


@dataclass(frozen=True, slots=True)
class Placement:
    """A place that was said or found; what is kept with a document, as JSON."""

    source: Source
    page: int
    """From 1; -1 is the last."""
    x: float = 0.0
    """Left edge of the signature, millimetres from the page's left edge as it is seen."""
    y: float = 0.0
    """Upper edge of the signature, millimetres from the page's upper edge."""
    field: str = ""
    """Name of the form field."""

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {**asdict(self), "source": str(self.source)}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Placement:
        """Return what :meth:`told` told; KeyError or ValueError if it is something else."""
        return cls(
            Source(told["source"]),
            int(told["page"]),
            float(told.get("x", 0)),
            float(told.get("y", 0)),
            str(told.get("field", "")),
        )


@dataclass(frozen=True, slots=True)
class Places:
    """Where the two signatures go."""

    page: int
    """Counted from 0."""
    official: Box
    seal: Box
    sheet: Sheet
    placement: Placement
    """How the place was come by."""
    doubt: NoPlace | None = None
    """Why a person has to look before this is put on a tray, if one has to."""

    @property
    def anchored(self) -> bool:
        """True if the signer's name or title was found on the page."""
        return self.placement.source is Source.ANCHOR


def placed(source: Source, page: int, official: Box, sheet: Sheet, *, field: str = "") -> Placement:
    """Return how *official* on *page* (from 0) is kept: millimetres, from the upper left."""
    x, y = official.left / MM, (sheet.frame.height - official.top) / MM
    return Placement(source, page + 1, round(x, 2), round(y, 2), field)
