"""
As much of PDF's syntax (ISO 32000-1 §7.2–7.3) as a revision needs: where a value begins and ends.

Values are kept as the bytes they were written in; nothing that is not understood is rewritten,
so that what one program wrote another finds unchanged.
"""

from __future__ import annotations

import re

#: How deep arrays and dictionaries may lie in each other; honest ones need about six.
DEPTH = 20

_BLANK = rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*[\r\n])*"
_END = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z)"
#: One token: what opens or closes, a string of hex digits, or a value that is whole at once:
#: reference, number, name, word, or a string without brackets in it.
_TOKEN = re.compile(
    _BLANK
    + rb"(?:(?P<opens><<|\[)|(?P<closes>>>|\])|(?P<hex><)|(?P<whole>\d+\s+\d+\s+R"
    + _END
    + rb"|[+-]?(?:\d+\.?\d*|\.\d+)"
    + _END
    + rb"|/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*|(?:true|false|null)"
    + _END
    + rb"|\((?:[^()\\]|\\.)*\)))",
    re.DOTALL,
)
_DIGITS = b"0123456789abcdefABCDEF \t\r\n\x0c\x00"
_BLANKS = re.compile(_BLANK)
_REFERENCE = re.compile(rb"(\d+)\s+(\d+)\s+R")
_HEAD = re.compile(rb"(\d+)\s+(\d+)\s+obj" + _END)

Entries = dict[bytes, bytes]
"""A dictionary: names with their slash, values as they were written."""


class OddError(Exception):
    """The file is not of the plain kind that is read here; pyHanko reads the others."""


def entries(data: bytes, start: int) -> tuple[Entries, int]:
    """Return the dictionary at *start* and where it ends; OddError if there is none."""
    return _dictionary(data, blanks(data, start), DEPTH)


def items(text: bytes) -> list[bytes]:
    """Return the members of the array *text* as they were written."""
    if text[:1] != b"[":
        raise OddError
    return _until(text, 1, b"]", DEPTH)[0]


def number(text: bytes) -> int:
    """Return the whole number *text*; OddError for anything else."""
    if not text.isdigit():
        raise OddError
    return int(text)


def reference(text: bytes) -> tuple[int, int]:
    """Return object number and generation of the reference *text*; OddError if it is none."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise OddError
    return int(match[1]), int(match[2])


def head(data: bytes, start: int) -> tuple[int, int, int]:
    """Return number and generation of the object that begins at *start*, and where its value is."""
    match = _HEAD.match(data, start)
    if match is None:
        raise OddError
    return int(match[1]), int(match[2]), blanks(data, match.end())


def blanks(data: bytes, start: int) -> int:
    """Return where the blanks and comments at *start* end."""
    match = _BLANKS.match(data, start)
    return match.end() if match else start


def written(given: Entries) -> bytes:
    """Return the dictionary *given* as it is written."""
    return b"<<" + b"".join(b"%b %b\n" % pair for pair in given.items()) + b">>"


def _hexadecimal(data: bytes, start: int) -> int:
    """Return where the string at *start* ends; a signature's room has 24,576 digits."""
    end = data.find(b">", start) + 1
    if not end or data[start + 1 : end - 1].translate(None, _DIGITS):
        raise OddError
    return end


def _dictionary(data: bytes, start: int, depth: int) -> tuple[Entries, int]:
    if not data.startswith(b"<<", start):
        raise OddError
    found, end = _until(data, start + 2, b">>", depth)
    names = found[::2]
    if len(found) % 2 or len(set(names)) != len(names):
        raise OddError
    if not all(name.startswith(b"/") for name in names):
        raise OddError
    return dict(zip(names, found[1::2], strict=True)), end


def _until(data: bytes, start: int, closing: bytes, depth: int) -> tuple[list[bytes], int]:
    """Return the values from *start* up to *closing*, and what comes after it."""
    if not depth:
        raise OddError
    found: list[bytes] = []
    while True:
        match = _TOKEN.match(data, start)
        kind = match.lastgroup if match else None
        if match is None or kind is None:
            raise OddError
        begin, start = match.span(kind)
        if kind == "closes":
            if match[kind] != closing:
                raise OddError
            return found, start
        if kind == "opens":
            inner = b">>" if match[kind] == b"<<" else b"]"
            start = _until(data, start, inner, depth - 1)[1]
        elif kind == "hex":
            start = _hexadecimal(data, begin)
        found.append(data[begin:start])
