"""
The decision where a document is signed: a person's word, a field, the page, the procedure.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pypdfium2

from signing.pdf import anchors, geometry, ink, reading
from signing.pdf.anchors import Signer
from signing.pdf.geometry import MM, Box, Sheet
from signing.pdf.places import NoPlace, NoPlaceError, Placement, Places, Source, placed
from signing.pdf.room import SIGNATURE, Ground

BUILT_IN: Final = Path(__file__).with_name("places.toml")

#: Scanned pages that are looked through from the last: each is drawn.
_SCANS = 12

#: A title or a name beside a place that a person said: near it, on its axis, not a line of the
#: body. Millimetres. The seal may lie over it.
_NEAR, _ASIDE, _SHORT = 16.0, 20.0, 95.0

#: What a person chooses from on the desk, at most.
CHOICES: Final = 12


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual where neither a person nor the page says it; ``places.toml``."""

    fields: tuple[str, ...] = ()
    """Names of form fields for the signature."""
    place: dict[str, Any] = field(default_factory=dict)
    """``page`` with ``across`` and ``up``, or with ``x`` and ``y``; empty means nowhere."""


def usual(procedure: str = "", folder: Path | None = None) -> Usual:
    """
    Return what is usual for *procedure*; the installation's own file in *folder* goes first.

    Beside what is built in, so that a new version brings its own. ValueError or KeyError if a
    file is no such table.
    """
    files = [BUILT_IN]
    if folder and (folder / BUILT_IN.name).is_file():
        files.insert(0, folder / BUILT_IN.name)
    told = [_table(file, file.stat().st_mtime_ns) for file in files]
    names = [name for table in told for name in table.get("fields", [])]
    own = [table["procedures"][procedure] for table in told if _knows(table, procedure)]
    general = [table["default"] for table in told if "default" in table]
    return Usual(tuple(dict.fromkeys(names)), dict([*own, *general, {}][0]))


def find(
    data: bytes, signer: Signer, *, wish: Placement | None = None, usually: Usual | None = None
) -> Places:
    """
    Return where *signer* signs and the agency seals in *data*, a sound PDF.

    *wish* is what a person said for this document; *usually* what is usual, the built-in table
    if None. NoPlaceError if the wish cannot be fulfilled. What is found otherwise may be in
    ``doubt``: then a person has to say it.
    """
    with reading.ONE_AT_A_TIME:
        search = _Search(data, signer)
        try:
            return search.decide(wish, usually or usual())
        finally:
            search.close()


def choices(data: bytes, signer: Signer) -> list[tuple[Places, str]]:
    """Return every place of the page's own, the best first, each with the words found there."""
    with reading.ONE_AT_A_TIME:
        search = _Search(data, signer)
        try:
            return search.all()
        finally:
            search.close()


class _Search:
    """One document, opened by both readers."""

    def __init__(self, data: bytes, signer: Signer) -> None:
        self._data, self._signer = data, signer
        self._sheets = geometry.sheets(data)
        self._document = pypdfium2.PdfDocument(data)
        self._document.init_forms()
        self._inks: dict[tuple[int, int], ink.Ink] = {}

    def close(self) -> None:
        self._document.close()

    def decide(self, wish: Placement | None, usually: Usual) -> Places:
        if wish and wish.source is Source.FIELD:
            return self._in_field([wish.field], NoPlace.NO_SUCH_FIELD)
        if wish:
            return self._explicit(wish)
        anchor = None
        try:
            if any(name in self._fields for name in usually.fields):
                return self._in_field(usually.fields, NoPlace.NO_SUCH_FIELD)
            anchor = anchors.best(self._document, self._sheets, self._signer)
            return self._anchored(anchor) if anchor else self._usual(usually.place)
        except NoPlaceError as error:
            return self._doubted(error.reason, anchor)

    def all(self) -> list[tuple[Places, str]]:
        found: list[tuple[Places, str]] = []
        for anchor in anchors.every(self._document, self._sheets, self._signer):
            try:
                found.append((self._anchored(anchor), anchor.said))
            except NoPlaceError:
                continue
            if len(found) == CHOICES:
                break
        return found

    @cached_property
    def _fields(self) -> dict[str, tuple[int, Box]]:
        return _fields(self._data, self._sheets)

    def _ground(self, page: int, sheet: Sheet) -> Ground:
        key = page, sheet.turn
        if key not in self._inks:
            self._inks[key] = ink.of(self._document[page], sheet)
        return Ground(self._inks[key], self._signer)

    def _page(self, told: int) -> tuple[int, Sheet]:
        """Return the number from 0 of the page that is *told* from 1, or from the end."""
        number = told - 1 if told > 0 else len(self._sheets) + told
        if told == 0 or not 0 <= number < len(self._sheets):
            raise NoPlaceError(NoPlace.NO_SUCH_PAGE)
        return number, self._sheets[number]

    def _anchored(self, anchor: anchors.Anchor) -> Places:
        ground = self._ground(anchor.page, anchor.sheet)
        official = ground.between(anchor.title[0] if anchor.title else None, anchor.name)
        seal = ground.seal(official, anchor.lines)
        said = placed(Source.ANCHOR, anchor.page, official, anchor.sheet)
        return Places(anchor.page, official, seal, anchor.sheet, said)

    def _explicit(self, wish: Placement) -> Places:
        page, sheet = self._page(wish.page)
        ground = self._ground(page, sheet)
        size = ground.sized(0, 0, SIGNATURE[0] * MM, SIGNATURE[1] * MM)
        bottom = sheet.frame.height - wish.y * MM - size.height
        official = replace(size, left=wish.x * MM, bottom=bottom)
        _on_the_page(official, sheet.frame)
        if ground.ink.covers(official):
            raise NoPlaceError(NoPlace.OVER_TEXT)
        # A person chose between title and name; both may be touched by the seal, as always.
        own = [line.box for line in reading.lines(self._document[page], sheet)]
        near = [box for box in own if _is_near(box, official)]
        seal = ground.seal(official, near)
        return Places(page, official, seal, sheet, placed(wish.source, page, official, sheet))

    def _in_field(self, names: tuple[str, ...] | list[str], otherwise: NoPlace) -> Places:
        name = next((name for name in names if name in self._fields), None)
        if name is None:
            raise NoPlaceError(otherwise)
        page, box = self._fields[name]
        sheet = self._sheets[page]
        ground = self._ground(page, sheet)
        official = ground.sized(box.middle, box.centre, box.width, box.height)
        _on_the_page(official, sheet.frame)
        lines = [line.box for line in reading.lines(self._document[page], sheet)]
        own = [box, *(line for line in lines if _is_near(line, official))]
        seal = ground.seal(official, own)
        return Places(
            page, official, seal, sheet, placed(Source.FIELD, page, official, sheet, field=name)
        )

    def _usual(self, told: dict[str, Any]) -> Places:
        page, sheet = self._page(int(told.get("page", -1)))
        ground = self._ground(page, sheet)
        official = _said(told, ground)
        _on_the_page(official, sheet.frame)
        if told.get("page", -1) == -1 and (found := self._scanned()):
            return found
        official, seal = ground.nearest(official)
        said = placed(Source.DEFAULT, page, official, sheet)
        return Places(page, official, seal, sheet, said)

    def _scanned(self) -> Places | None:
        """Return the gap that an eye sees on the last scanned page that has one, if any has."""
        for page in range(len(self._sheets) - 1, max(len(self._sheets) - 1 - _SCANS, -1), -1):
            sheet = self._sheets[page]
            if reading.lines(self._document[page], sheet):
                return None
            if both := _in_gap(self._ground(page, sheet)):
                return Places(page, *both, sheet, placed(Source.DEFAULT, page, both[0], sheet))
        return None

    def _doubted(self, reason: NoPlace, anchor: anchors.Anchor | None) -> Places:
        """Return the built-in place, with the *reason* why a person has to look at it."""
        page = anchor.page if anchor else len(self._sheets) - 1
        sheet = self._sheets[page]
        ground = self._ground(page, sheet)
        official, seal = ground.anyhow(_said(usual().place, ground))
        said = placed(Source.DEFAULT, page, official, sheet)
        return Places(page, official, seal, sheet, said, doubt=reason)


def _said(told: dict[str, Any], ground: Ground) -> Box:
    """Return the signature where a table says, NoPlaceError if it says nothing."""
    frame = ground.frame
    size = ground.sized(0, 0, min(SIGNATURE[0] * MM, frame.width * 0.4), SIGNATURE[1] * MM)
    if "x" in told:
        bottom = frame.height - told["y"] * MM - size.height
        return replace(size, left=told["x"] * MM, bottom=bottom)
    if "across" not in told:
        raise NoPlaceError(NoPlace.NO_ROOM)
    left = frame.width * told["across"] - size.width / 2
    return replace(size, left=left, bottom=frame.height * told["up"])


def _in_gap(ground: Ground) -> tuple[Box, Box] | None:
    """Return signature and seal in the gap that an eye sees on a scan, if there is one."""
    frame = ground.frame
    gap = ink.signing_gap(ground.ink, frame.width / 2, frame.width - 8 * MM)
    if gap is None:
        return None
    above, below = gap
    try:
        official = ground.between(above, below)
        return official, ground.seal(official, [above, below])
    except NoPlaceError:
        return None


def _on_the_page(box: Box, frame: Box) -> None:
    inside = box.left >= 0 and box.bottom >= 0
    if not inside or box.right > frame.width or box.top > frame.height:
        raise NoPlaceError(NoPlace.OFF_THE_PAGE)


def _is_near(line: Box, official: Box) -> bool:
    """Tell whether *line* is a short one right above or below the signature, on its axis."""
    beside = abs(line.middle - official.middle) <= _ASIDE * MM and line.width <= _SHORT * MM
    gap = max(line.bottom - official.top, official.bottom - line.top)
    return beside and gap <= _NEAR * MM


def _fields(data: bytes, sheets: list[Sheet]) -> dict[str, tuple[int, Box]]:
    """Return page and place of every form field that is shown, by its full name."""
    found: dict[str, tuple[int, Box]] = {}
    with pikepdf.open(BytesIO(data)) as document:
        for number, page in enumerate(document.pages):
            for widget in page.obj.get("/Annots", []):
                name = _name(widget)
                corners = widget.get("/Rect")
                if name and corners is not None and name not in found:
                    left, bottom, right, top = (float(edge) for edge in corners)
                    found[name] = number, sheets[number].seen((left, bottom, right, top))
    return found


def _name(widget: Any) -> str:
    """Return the full name of a field's widget, or nothing if it is no field."""
    parts: list[str] = []
    node = widget
    while node is not None and len(parts) < CHOICES:
        if "/T" in node:
            parts.insert(0, str(node["/T"]))
        node = node.get("/Parent")
    return ".".join(parts)


def _knows(table: dict[str, Any], procedure: str) -> bool:
    return procedure in table.get("procedures", {})


@lru_cache(maxsize=8)
def _table(file: Path, _changed: int) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
