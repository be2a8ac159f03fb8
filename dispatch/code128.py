"""
Code 128 (ISO/IEC 15417) in code sets B and C, with the fewest symbols possible.

Set B holds the signs of ASCII from blank to ``~``, one a symbol; set C two digits a symbol.
Widths are in modules, the width of the narrowest bar ("X"). The reader needs a quiet zone of
ten modules on both sides, which is the caller's to leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Final

QUIET: Final = 10
"""Modules to leave blank on each side."""

# Bars and spaces of the symbols 0 to 105, three bars and three spaces each; then the stop.
_TABLE: Final = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212
322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311
112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321
331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113
411311 113141 114131 311141 411131 211412 211214 211232 2331112
"""
_PATTERNS: Final = tuple(_TABLE.split())
_B, _C = 100, 99
"""The code sets, each by the symbol that switches to it."""
_START: Final = {_B: 104, _C: 105}
_STOP: Final = 106

_Way = tuple[int, ...]


@lru_cache(maxsize=64)  # a barcode is measured first, then drawn
def symbols(text: str) -> _Way:
    """
    Return the values of the symbols of *text*: start, data, check and stop.

    ValueError if *text* is empty or holds a sign outside of ASCII blank to ``~``.
    """
    if not text or not all(" " <= sign <= "~" for sign in text):
        message = "a barcode holds ASCII letters, digits and signs only"
        raise ValueError(message)
    data = _shortest(text)
    check = (data[0] + sum(place * value for place, value in enumerate(data))) % 103
    return (*data, check, _STOP)


def _shortest(text: str) -> _Way:
    """Start and data: to each sign, the shortest way that ends there in each code set."""
    ways: list[dict[int, _Way]] = [{code: (start,) for code, start in _START.items()}]
    ways += [{} for _ in text]
    for place in range(len(text)):
        for code, value, end in _steps(text, place):
            for origin, way in ways[place].items():
                longer = (*way, value) if origin == code else (*way, code, value)
                if code not in ways[end] or len(longer) < len(ways[end][code]):
                    ways[end][code] = longer
    return min(ways[-1].values(), key=len)


def _steps(text: str, place: int) -> Iterator[tuple[int, int, int]]:
    """What one symbol can say at *place*: the code set, its value, and where it ends."""
    yield _B, ord(text[place]) - 32, place + 1
    pair = text[place : place + 2]
    if len(pair) == 2 and pair.isdigit():
        yield _C, int(pair), place + 2


def bars(text: str) -> list[tuple[int, int]]:
    """Return the black bars of *text* as (distance from the left, width), in modules."""
    widths = [int(digit) for value in symbols(text) for digit in _PATTERNS[value]]
    edges = [0, *accumulate(widths)]
    return list(zip(edges[::2], widths[::2], strict=False))


def modules(text: str) -> int:
    """Return the whole width of *text* in modules, without the quiet zones."""
    return 11 * (len(symbols(text)) - 1) + 13
