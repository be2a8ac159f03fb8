"""
A signature's room in a plain file, without reading the file again and again.

The file was written by our own ``fields.add`` a moment before: its end is known, so four small
dictionaries are read and everything else is appended. What is at all unusual raises OddError
and goes pyHanko's way (``pades``); tests hold both ways against each other.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC
from hashlib import new
from io import BytesIO

from signing.pdf import syntax
from signing.pdf.requests import RESERVED, Request
from signing.pdf.revision import Revision
from signing.pdf.syntax import Entries, OddError
from signing.pdf.tail import Tail

#: Both bits of /SigFlags (ISO 32000-1, table 219): signatures exist, append only.
_FLAGS = b"3"

_CERTIFIES = (
    b"<</Type /SigRef /TransformMethod /DocMDP"
    b" /TransformParams <</Type /TransformParams /V /1.2 /P 2>>>>"
)
_LOCKS = (
    b"<</Type /SigRef /TransformMethod /FieldMDP /Data %b"
    b" /TransformParams <</Action /All /Type /TransformParams /V /1.2>>>>"
)
#: As wide as three offsets of ten digits.
_RANGE = b"[0 %d %d %d]"
_WIDTH = 48

#: What a field or a form may not hold here, for it changes what a signature means.
_MEANING = frozenset({b"/V", b"/Lock", b"/SV", b"/Kids", b"/Parent"})


@dataclass(frozen=True, slots=True)
class Room:
    """A file with room for a signature."""

    file: bytearray
    digest: bytes
    """Of everything but the room."""
    start: int
    """Where the room begins, with its angle bracket."""
    end: int


def prepare(data: bytes, request: Request) -> Room:
    """Return *data* with room for the signature that is asked for; OddError if it is not plain."""
    try:
        tail = Tail(data)
        number, field = tail.field(request.field)
        if not _MEANING.isdisjoint(field):
            raise OddError
        revision = Revision(tail)
        signature = revision.reserve()
        if request.appearance:
            field[b"/AP"] = _appearance(request, revision)
        field[b"/V"] = b"%d 0 R" % signature
        revision.put(number, syntax.written(field))
        _mark(tail, revision, b"%d 0 R" % signature if request.first else b"")
        place = revision.put(signature, _dictionary(request, tail))
    except (KeyError, ValueError, IndexError, RecursionError, zlib.error) as error:
        raise OddError from error
    return _closed(revision, place, request)


def room(data: bytes, field: str) -> tuple[int, int]:
    """Return where the contents of *field*'s signature begin and end; OddError if not plain."""
    try:
        tail = Tail(data)
        value = tail.follow(tail.field(field)[1][b"/V"])[1]
        edges = [syntax.number(edge) for edge in syntax.items(value[b"/ByteRange"])]
        start, first, second, rest = edges
        if start or second + rest != len(data) or data[first:second] != value[b"/Contents"]:
            raise OddError
    except (KeyError, ValueError, IndexError, RecursionError, zlib.error) as error:
        raise OddError from error
    return first, second


def digest(file: bytes | bytearray, start: int, end: int, name: str) -> bytes:
    """Return the digest called *name* of *file* without what lies from *start* to *end*."""
    view, made = memoryview(file), new(name)
    made.update(view[:start])
    made.update(view[end:])
    return made.digest()


def _appearance(request: Request, revision: Revision) -> bytes:
    assert request.appearance  # noqa: S101 - asked by the caller
    out = BytesIO()
    request.appearance.dictionary(revision).write_to_stream(out, None)
    return out.getvalue()


def _mark(tail: Tail, revision: Revision, certified: bytes) -> None:
    """Say in the form that there are signatures, and in the catalogue which one certifies."""
    root_number, root = tail.follow(tail.newest.trailer[b"/Root"])
    form_number, form = tail.follow(root[b"/AcroForm"])
    flagged = form.get(b"/SigFlags") == _FLAGS
    form[b"/SigFlags"] = _FLAGS
    if form_number is None:
        root[b"/AcroForm"] = syntax.written(form)
    elif not flagged:
        revision.put(form_number, syntax.written(form))
    if certified:
        if b"/Perms" in root:
            raise OddError
        root[b"/Perms"] = b"<</DocMDP %b>>" % certified
    if certified or (form_number is None and not flagged):
        if root_number is None:
            raise OddError
        revision.put(root_number, syntax.written(root))


def _dictionary(request: Request, tail: Tail) -> bytes:
    """Return the signature's dictionary; its contents come first, so that their place is known."""
    marks = [_CERTIFIES] if request.first else []
    if request.last:
        marks.append(_LOCKS % tail.newest.trailer[b"/Root"])
    given: Entries = {
        b"/Contents": b"<" + b"0" * RESERVED + b">",
        b"/ByteRange": b" " * _WIDTH,
        b"/Type": b"/Sig",
        b"/Filter": b"/Adobe.PPKLite",
        b"/SubFilter": b"/ETSI.CAdES.detached",
        b"/M": b"(D:%bZ)" % f"{request.at.astimezone(UTC):%Y%m%d%H%M%S}".encode(),
    }
    if marks:
        given[b"/Reference"] = b"[%b]" % b" ".join(marks)
    return syntax.written(given)


def _closed(revision: Revision, place: int, request: Request) -> Room:
    """Write the byte range, now that the file's length is known, and hash around the room."""
    file = revision.close()
    start = place + len(b"<</Contents ")
    end = start + RESERVED + 2
    edges = _RANGE % (start, end, len(file) - end)
    begin = end + len(b"\n/ByteRange ")
    file[begin : begin + len(edges)] = edges
    name = request.certificate.digest
    return Room(file, digest(file, start, end, name), start, end)
