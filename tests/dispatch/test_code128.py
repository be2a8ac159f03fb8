"""Code 128, read back by a decoder that is not ours."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from dispatch import code128

ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)
CODES = st.text("0123456789AB", min_size=1, max_size=24)


def decoded(text: str) -> list[str]:
    """Draw the bars of *text*, three dots to a module, and return what zxing reads."""
    scale, quiet = 3, code128.QUIET
    width = code128.modules(text) + 2 * quiet
    image = Image.new("L", (width * scale, 60), 255)
    for x, wide in code128.bars(text):
        left = (quiet + x) * scale
        ImageDraw.Draw(image).rectangle((left, 0, left + wide * scale - 1, 60), fill=0)
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)
    return [code.text for code in found]


@settings(max_examples=60, deadline=None)
@given(ASCII)
def test_any_text_is_read_back(text: str) -> None:
    """Whatever ASCII is encoded, another program reads exactly that."""
    assert [text] == decoded(text)


def shortest(text: str) -> int:
    """Count the data symbols of the best encoding by trying every way, slowly and surely."""
    best = {("B", 0): 0, ("C", 0): 0}
    for place in range(len(text) + 1):
        for here, there in (("B", "C"), ("C", "B")):
            if (here, place) in best:
                switched = best[here, place] + 1
                best[there, place] = min(best.get((there, place), 999), switched)
        if place < len(text):
            best["B", place + 1] = min(best.get(("B", place + 1), 999), best["B", place] + 1)
        if text[place : place + 2].isdigit() and place + 2 <= len(text):
            best["C", place + 2] = min(best.get(("C", place + 2), 999), best["C", place] + 1)
    return min(cost for (_, place), cost in best.items() if place == len(text))


@given(st.one_of(ASCII, CODES))
def test_no_encoding_is_shorter(text: str) -> None:
    """The way through the code sets has as few symbols as trying all of them finds."""
    start_check_stop = 3
    assert shortest(text) + start_check_stop == len(code128.symbols(text))


def test_an_item_number_is_51_millimetres_wide() -> None:
    """S10 in sets B and C has 156 modules: 51.5 mm at 0.33 mm."""
    assert code128.modules("EB123456785VN") == 156


@given(ASCII)
def test_bars_end_where_the_width_says(text: str) -> None:
    """The last bar ends at the width that was promised, so that the quiet zone is quiet."""
    x, wide = code128.bars(text)[-1]
    assert code128.modules(text) == x + wide


@pytest.mark.parametrize("text", ["", "Đ", "a\n", "\x7f"])
def test_what_no_bar_can_say_is_refused(text: str) -> None:
    """Nothing, letters beyond ASCII and control signs are an error, not a wrong barcode."""
    with pytest.raises(ValueError, match="ASCII"):
        code128.symbols(text)
