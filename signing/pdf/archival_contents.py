"""
What the pages draw with: operators, and which letters of which fonts.

A page, a form on it and the looks of a note are streams of operators; PDF/A allows only those
of the PDF standard, and asks of a font only what is shown with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from signing.pdf import active

CONTENT, CMYK, TOO_COMPLEX = "content", "cmyk", "too_complex"

_BYTES = 3_000_000
"""Decoded bytes of operators of one file that are read: some hundred pages of text."""
_NESTED = 28
_OPERATORS = frozenset(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k"
    " l M m MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W"
    " W* y ' \"".split()
)
_INTENTS = frozenset(
    {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
)
_FORBIDDEN_FILTERS = frozenset({"/LZW", "/LZWDecode", "/Crypt"})

Used = list[tuple[Dictionary, frozenset[bytes]]]


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    left: int = _BYTES
    wrong: set[str] = field(default_factory=set)
    fonts: dict[tuple[int, int] | int, tuple[Dictionary, set[bytes]]] = field(default_factory=dict)
    seen: set[tuple[int, int]] = field(default_factory=set)


def read(document: Pdf) -> tuple[Used, set[str]]:
    """Return each font with the strings it shows, and what bars the operators."""
    reading = _Reading()
    for page in document.pages:
        _stream(page.obj, page.obj.get("/Contents"), page.resources, reading)
    for note in active.notes(document):
        for looks in _looks(note):
            _form(looks, reading)
    used = [(font, frozenset(shown)) for font, shown in reading.fonts.values()]
    return used, reading.wrong


def _looks(note: Dictionary) -> Iterator[Stream]:
    looks = note.get("/AP")
    normal: Any = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Stream):
        yield normal
    elif isinstance(normal, Dictionary):
        states: list[Any] = [normal[key] for key in normal.keys()]  # noqa: SIM118 - no mapping
        yield from (state for state in states if isinstance(state, Stream))


def _form(form: Stream, reading: _Reading) -> None:
    """Read a form, a pattern or a note's looks, once; its resources must be its own."""
    if form.objgen in reading.seen:
        return
    reading.seen.add(form.objgen)
    resources = form.get("/Resources")
    _stream(form, form, resources if isinstance(resources, Dictionary) else Dictionary(), reading)


def _stream(owner: Object, contents: Object | None, resources: Object, reading: _Reading) -> None:
    parts = list(contents) if isinstance(contents, Array) else [contents]
    reading.left -= sum(len(part.read_bytes()) for part in parts if isinstance(part, Stream))
    if reading.left < 0:
        reading.wrong.add(TOO_COMPLEX)
        return
    try:
        instructions = pikepdf.parse_content_stream(owner)
    except pikepdf.PdfError:
        reading.wrong.add(CONTENT)
        return
    _Reader(resources, reading).run(instructions)
    for kind in ("/XObject", "/Pattern"):
        named: Any = resources.get(kind)
        for key in named.keys() if isinstance(named, Dictionary) else ():
            found = named[key]
            if isinstance(found, Stream) and found.get("/Subtype") != "/Image":
                _form(found, reading)
    _masks(resources, reading)


def _masks(resources: Object, reading: _Reading) -> None:
    """Read the groups that graphics states use as soft masks."""
    states: Any = resources.get("/ExtGState")
    for key in states.keys() if isinstance(states, Dictionary) else ():
        mask = states[key].get("/SMask") if isinstance(states[key], Dictionary) else None
        group = mask.get("/G") if isinstance(mask, Dictionary) else None
        if isinstance(group, Stream):
            _form(group, reading)


class _Reader:
    """Follows one stream of operators."""

    def __init__(self, resources: Object, reading: _Reading) -> None:
        self._resources, self._reading = resources, reading
        self._shown: set[bytes] | None = None
        self._depth = 0
        self._kept: list[set[bytes] | None] = []

    def run(self, instructions: object) -> None:
        """Follow the *instructions*, noting what is wrong and what is shown."""
        for one in instructions:  # type: ignore[attr-defined]  # pikepdf's list
            if isinstance(one, pikepdf.ContentStreamInlineImage):
                self._image(one.iimage)
                continue
            operator = str(one.operator)
            if operator not in _OPERATORS:
                self._reading.wrong.add(CONTENT)
            self._follow(operator, one.operands)

    def _follow(self, operator: str, operands: object) -> None:
        values = list(operands)  # type: ignore[call-overload]  # pikepdf's list
        match operator:
            case "q":
                self._kept.append(self._shown)
                if len(self._kept) > _NESTED:
                    self._reading.wrong.add(CONTENT)
            case "Q":
                self._shown = self._kept.pop() if self._kept else self._shown
            case "k" | "K":
                self._reading.wrong.add(CMYK)
            case "cs" | "CS" if values[:1] == [Name.DeviceCMYK]:
                self._reading.wrong.add(CMYK)
            case "ri" if str(values[0]) not in _INTENTS:
                self._reading.wrong.add(CONTENT)
            case "Tf":
                self._shown = self._font(values[0])
            case "Do" | "gs" | "sh":
                self._named(
                    {"Do": "/XObject", "gs": "/ExtGState", "sh": "/Shading"}[operator], values
                )
            case "Tj" | "'" | '"' | "TJ":
                self._show(values[-1])

    def _show(self, text: object) -> None:
        parts = list(text) if isinstance(text, Array) else [text]
        if self._shown is None:
            self._reading.wrong.add(CONTENT)
            return
        self._shown.update(bytes(part) for part in parts if isinstance(part, pikepdf.String))

    def _font(self, name: Object) -> set[bytes] | None:
        """Return the set in which the strings shown in the font called *name* are kept."""
        font = self._named("/Font", [name])
        if not isinstance(font, Dictionary):
            return None
        key = font.objgen if font.is_indirect else id(self._resources) + hash(str(name))
        return self._reading.fonts.setdefault(key, (font, set()))[1]

    def _named(self, kind: str, values: list[Object]) -> Object | None:
        """Return the resource; one that is not there bars the stream."""
        named = self._resources.get(kind)
        found = named.get(str(values[0])) if isinstance(named, Dictionary) and values else None
        if found is None:
            self._reading.wrong.add(CONTENT)
        return found

    def _image(self, image: pikepdf.PdfInlineImage) -> None:
        if any(str(name) in _FORBIDDEN_FILTERS for name in image.filters):
            self._reading.wrong.add(CONTENT)
        if image.colorspace == "/DeviceCMYK":
            self._reading.wrong.add(CMYK)
