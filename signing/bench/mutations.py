"""
Seeded damage to files: blind (bytes, cuts, splices) and knowing (objects, elements, lengths).

The same number makes the same damage to the same file on every machine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e400")
_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?endobj", re.DOTALL)
_NAME = re.compile(rb"/[A-Z][A-Za-z]+")
_NUMBER = re.compile(rb"\d+")
_ELEMENT = re.compile(rb"<([\w:]+)[^<>]*>[^<>]*</\1>")
_ATTRIBUTE = re.compile(rb'"[^"<>]*"')
_MOST_BYTES = 8
#: Knowing damage needs only the beginning and the end of a big file, where its structure is.
_WINDOW = 20_000


class Dice:
    """Chance from a seed: SHA-256 of a counter."""

    def __init__(self, seed: str) -> None:
        """Begin the row of numbers that belongs to *seed*."""
        self._seed, self._count = seed.encode(), 0

    def below(self, limit: int) -> int:
        """Return a number from 0 to *limit* - 1; 0 where there is nothing to choose."""
        self._count += 1
        row = hashlib.sha256(self._seed + self._count.to_bytes(4, "big")).digest()
        return int.from_bytes(row[:8], "big") % max(limit, 1)

    def span(self, size: int, longest: int) -> tuple[int, int]:
        """Return a piece of something *size* long, at most *longest*."""
        start = self.below(size)
        return start, min(size, start + 1 + self.below(longest))


Damage = Callable[[bytes, bytes, Dice], bytes]
"""From the file and another one to the damaged file."""


def flip(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Change a few bits anywhere."""
    changed = bytearray(data)
    for _ in range(1 + dice.below(_MOST_BYTES)):
        if changed:
            changed[dice.below(len(changed))] ^= 1 << dice.below(8)
    return bytes(changed)


def overwrite(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Fill a piece with one byte."""
    start, end = dice.span(len(data), 200)
    return data[:start] + bytes([dice.below(256)]) * (end - start) + data[end:]


def truncate(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """End the file early."""
    return data[: dice.below(len(data))]


def cut(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Take a piece out."""
    start, end = dice.span(len(data), 2000)
    return data[:start] + data[end:]


def double(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Repeat a piece, sometimes often."""
    start, end = dice.span(len(data), 500)
    return data[:end] + data[start:end] * (1 + dice.below(40)) + data[end:]


def splice(data: bytes, other: bytes, dice: Dice) -> bytes:
    """Go on with the middle of another file."""
    start, end = dice.span(len(other), 5000)
    place = dice.below(len(data))
    return data[:place] + other[start:end] + data[place + dice.below(2) * (end - start) :]


def append(data: bytes, other: bytes, dice: Dice) -> bytes:
    """Put the end of another file behind this one."""
    return data + other[dice.below(len(other)) :]


def renumber(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Write another number: an offset, a length, an object, an amount."""
    return _exchange(data, _NUMBER, dice, lambda _old: _NUMBERS[dice.below(len(_NUMBERS))])


def rename(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Call one PDF name by another one of the file."""
    names = _NAME.findall(data[-_WINDOW:]) or [b"/X"]
    return _exchange(data, _NAME, dice, lambda _old: names[dice.below(len(names))])


def swap(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Put one PDF object or XML element in the place of another."""
    kind = _OBJECT if data.startswith(b"%PDF") else _ELEMENT
    found = kind.findall(data) if kind is _OBJECT else [one[0] for one in kind.finditer(data)]
    return _exchange(data, kind, dice, lambda old: found[dice.below(len(found))] if found else old)


def redefine(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Say a PDF object again at the end, or an XML element again beside itself."""
    if not data.startswith(b"%PDF"):
        return _exchange(data, _ELEMENT, dice, lambda old: old + old)
    found: list[bytes] = _OBJECT.findall(data) or [b""]
    return data + b"\n" + found[dice.below(len(found))] + b"\n%%EOF\n"


def revalue(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Give an XML attribute another one's value."""
    values = _ATTRIBUTE.findall(data) or [b'""']
    return _exchange(data, _ATTRIBUTE, dice, lambda _old: values[dice.below(len(values))])


def relength(data: bytes, _other: bytes, dice: Dice) -> bytes:
    """Change a byte that may be a DER tag or length."""
    places = [m.start() for m in re.finditer(rb"[\x02\x04\x06\x30\x31\xa0]", data[:_WINDOW])]
    if not places:
        return flip(data, data, dice)
    place = places[dice.below(len(places))] + dice.below(2)
    return data[:place] + bytes([dice.below(256)]) + data[place + 1 :]


#: All of them; the knowing ones stand twice, because they reach further.
ALL: tuple[Damage, ...] = (
    *(flip, overwrite, truncate, cut, double, splice, append),
    *(renumber, rename, swap, redefine, revalue, relength) * 2,
)


def damaged(data: bytes, other: bytes, number: int) -> bytes:
    """Return *data* with the damage of *number*: one to three acts."""
    dice = Dice(str(number))
    for _ in range(1 + dice.below(3)):
        data = ALL[dice.below(len(ALL))](data, other, dice)
    return data


def _exchange(
    data: bytes, kind: re.Pattern[bytes], dice: Dice, new: Callable[[bytes], bytes]
) -> bytes:
    found = [match.span() for match in kind.finditer(data)]
    if not found:
        return flip(data, data, dice)
    start, end = found[dice.below(len(found))]
    fresh = new(data[start:end])
    if data.startswith(b"%PDF") and dice.below(3):
        # Same length, so that every offset of the file still leads where it did.
        fresh = fresh[: end - start].ljust(end - start)
    return data[:start] + fresh + data[end:]
