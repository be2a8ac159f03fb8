"""
A revision that is only appended: new objects, and a cross-reference section of the file's kind.

It takes the place of pyHanko's incremental writer for plain files (ADR 0018), and takes objects
in the same way (``add_object``), so that an appearance is drawn for both by the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from typing import Any

from pyhanko.pdf_utils import generic

from signing.pdf import syntax
from signing.pdf.tail import Tail

#: What a newer section repeats of the older one's trailer.
_KEPT = (b"/Root", b"/Info")

#: The end of each object tells one revision from another; pictures and fonts do not differ.
_TOLD = 500


class Revision:
    """New objects at the end of a plain PDF."""

    def __init__(self, tail: Tail) -> None:
        """Begin after the file that *tail* has read."""
        self._tail = tail
        self._free = syntax.number(tail.newest.trailer[b"/Size"])
        self._parts = [tail.data] if tail.data.endswith(b"\n") else [tail.data, b"\n"]
        self._length = sum(map(len, self._parts))
        self._offsets: dict[int, int] = {}

    def reserve(self, count: int = 1) -> int:
        """Return the first of *count* object numbers that nobody has."""
        first = self._free
        self._free += count
        return first

    def put(self, number: int, body: bytes) -> int:
        """Write object *number*, new or in its newer form; return where *body* begins."""
        head = b"%d 0 obj\n" % number
        self._offsets[number] = self._length
        start = self._length + len(head)
        self._parts += (head, body, b"\nendobj\n")
        self._length = start + len(body) + len(b"\nendobj\n")
        return start

    def add_object(self, made: Any) -> Any:
        """Add a pyHanko object and return the reference to it."""
        out = BytesIO()
        made.write_to_stream(out, None)
        number = self.reserve()
        self.put(number, out.getvalue())
        return _reference(number)

    def shared(self, owner: Hashable, embed: Callable[[Any], Any]) -> Any:
        """Add what *embed* would add for *owner*: written once per process, then copied."""
        shapes, last = _recorded(owner, embed)
        first = self.reserve(len(shapes))
        for number, shape in enumerate(shapes, start=first):
            body = b"".join(
                part if isinstance(part, bytes) else b"%d 0 R" % (first + part) for part in shape
            )
            self.put(number, body)
        return _reference(first + last)

    def close(self) -> bytearray:
        """Return the file with its newest cross-reference section."""
        trailer = {key: value for key, value in self._tail.newest.trailer.items() if key in _KEPT}
        if identity := self._tail.newest.trailer.get(b"/ID"):
            trailer[b"/ID"] = self._identity(identity)
        trailer[b"/Prev"] = b"%d" % self._tail.start
        start = self._length
        self._parts.append((self._stream if self._tail.newest.is_stream else self._table)(trailer))
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return bytearray().join(self._parts)

    def _identity(self, identity: bytes) -> bytes:
        """Keep the file's name, renew the revision's (ISO 32000-1 §14.4)."""
        first, second = syntax.items(identity)
        told = (part[-_TOLD:] for part in self._parts[1:])
        fresh = sha256(second + b"".join(told)).hexdigest()[:32]
        return b"[%b <%b>]" % (first, fresh.encode())

    def _runs(self) -> list[list[int]]:
        """Return the written numbers in runs without gaps."""
        numbers = enumerate(sorted(self._offsets))
        runs = groupby(numbers, key=lambda pair: pair[1] - pair[0])
        return [[number for _, number in run] for _, run in runs]

    def _table(self, trailer: syntax.Entries) -> bytes:
        lines = [b"xref\n0 1\n0000000000 65535 f \n"]
        for run in self._runs():
            lines.append(b"%d %d\n" % (run[0], len(run)))
            lines += [b"%010d 00000 n \n" % self._offsets[number] for number in run]
        trailer[b"/Size"] = b"%d" % self._free
        return b"".join([*lines, b"trailer\n", syntax.written(trailer), b"\n"])

    def _stream(self, trailer: syntax.Entries) -> bytes:
        number = self.reserve()
        self._offsets[number] = self._length
        runs = self._runs()
        rows = b"".join(
            b"\x01" + self._offsets[number].to_bytes(4, "big") for run in runs for number in run
        )
        index = b" ".join(b"%d %d" % (run[0], len(run)) for run in runs)
        trailer |= {
            b"/Type": b"/XRef",
            b"/Size": b"%d" % self._free,
            b"/W": b"[1 4 0]",
            b"/Index": b"[%b]" % index,
            b"/Length": b"%d" % len(rows),
        }
        written = syntax.written(trailer)
        return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, written, rows)


class _Slot(generic.PdfObject):
    """A reference whose number is not known yet; tells where it would be written."""

    def __init__(self, number: int, found: list[tuple[int, int]]) -> None:
        super().__init__()
        self._number, self._found = number, found

    def write_to_stream(
        self,
        stream: Any,
        handler: Any = None,  # noqa: ARG002 - pyHanko's signature
        container_ref: Any = None,  # noqa: ARG002 - pyHanko's signature
    ) -> None:
        self._found.append((stream.tell(), self._number))


class _Recorder:
    """Writes objects down with their references left open."""

    def __init__(self) -> None:
        self.shapes: list[tuple[bytes | int, ...]] = []
        self._found: list[tuple[int, int]] = []

    def add_object(self, made: Any) -> _Slot:
        self._found.clear()
        out = BytesIO()
        made.write_to_stream(out, None)
        text, start = out.getvalue(), 0
        shape: list[bytes | int] = []
        for place, number in self._found:
            shape += [text[start:place], number]
            start = place
        self.shapes.append((*shape, text[start:]))
        return _Slot(len(self.shapes) - 1, self._found)

    def shared(self, _owner: Hashable, embed: Callable[[Any], Any]) -> Any:
        return embed(self)


@lru_cache(maxsize=64)
def _recorded(
    _owner: Hashable, embed: Callable[[Any], Any]
) -> tuple[list[tuple[bytes | int, ...]], int]:
    """Return the objects of *embed*, and which of them it returns the reference of."""
    recorder = _Recorder()
    slot = embed(recorder)
    return recorder.shapes, slot._number  # noqa: SLF001 - a class of this file


def _reference(number: int) -> Any:
    return generic.IndirectObject(number, 0, None)  # type: ignore[no-untyped-call]
