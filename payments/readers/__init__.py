"""
Readers of bank statements: bytes in, one shape of line out, or a refusal with a reason.

A reader yields :class:`Head`, the statement's lines, the next ``Head``… and raises
:class:`StatementRefused` as soon as something cannot be right. What was yielded before counts
only if the end is reached: the balances are checked last. Pure Python, streaming, no Django.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from payments.readers import camt, mt940
from payments.readers.shape import Head, Reason, StatementLine, StatementRefused

__all__ = ["Head", "Reason", "Statement", "StatementLine", "StatementRefused", "pieces", "read"]

_PEEK = 512
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole statement; its balances and sums hold."""

    head: Head
    lines: tuple[StatementLine, ...]


def pieces(source: BinaryIO) -> Iterator[Head | StatementLine]:
    """
    Read the seekable *source*, whatever its format: each statement's head, then its lines.

    StatementRefused if it is no statement or a wrong one.
    """
    start = source.read(_PEEK).removeprefix(_BYTE_ORDER_MARK).lstrip()
    source.seek(0)
    reader = camt.pieces if start.startswith(b"<") else mt940.pieces
    return reader(source)


def read(data: bytes) -> list[Statement]:
    """Return the statements in *data*, all of them right, or raise StatementRefused."""
    return list(gather(pieces(io.BytesIO(data))))


def gather(stream: Iterable[Head | StatementLine]) -> Iterator[Statement]:
    """Put the pieces of each statement together."""
    head: Head | None = None
    lines: list[StatementLine] = []
    for piece in stream:
        if isinstance(piece, StatementLine):
            lines.append(piece)
            continue
        if head:
            yield Statement(head, tuple(lines))
        head, lines = piece, []
    if head:
        yield Statement(head, tuple(lines))
