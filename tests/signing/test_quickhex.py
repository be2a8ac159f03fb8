"""Hex strings by the block are read exactly as pyHanko reads them digit by digit."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfStreamError

from signing.verification import quickhex

BYTES = st.sampled_from([bytes([sign]) for sign in b"0123456789abcdefABCDEF \t\r\n\x00\x0c>gZ%("])


def outcome(read: Any, data: bytes) -> tuple[Any, int] | str:
    """What *read* makes of *data* and where it stops, or that it refuses."""
    stream = BytesIO(data)
    try:
        found = read(stream)
    except PdfStreamError:
        return "refused"
    return (type(found), found), stream.tell()


@example([b"%", b"\r", b">"], b"", 0)
@given(st.lists(BYTES, max_size=60), st.binary(max_size=20), st.integers(0, 2))
def test_the_same_string_the_same_end_the_same_refusal(
    inside: list[bytes], behind: bytes, blocks: int
) -> None:
    """
    Digits, white space, odd lengths, strangers in between, no end: both readers agree.
    """
    data = b"<" + b"0a" * (quickhex.BLOCK // 2 * blocks) + b"".join(inside) + behind

    assert outcome(quickhex._by_digit, data) == outcome(quickhex.read, data)
