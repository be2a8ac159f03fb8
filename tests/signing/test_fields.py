"""Where signature and seal stand, measured on the rendered page."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from signing.pdf import fields
from signing.pdf.appearance import MM, Box
from tests.support import signing_kit as kit

DPI = 300
#: One pixel, in millimetres, on either side.
TOLERANCE = 2 * 25.4 / DPI

Colour = tuple[int, int, int]


def _page(data: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[len(document) - 1]
    return page.render(scale=DPI / 72, may_draw_forms=True).to_pil().convert("RGB")


def _extent(image: Image.Image, colour: Colour, *, near: int = 30) -> Box:
    """Return the box of all pixels of *colour* in millimetres, from the lower left corner."""
    bands = [
        band.point(lambda value, wanted=wanted: 255 * (abs(value - wanted) <= near))
        for band, wanted in zip(image.split(), colour, strict=True)
    ]
    both = Image.composite(bands[0], Image.new("L", image.size), bands[1])
    edges = Image.composite(both, Image.new("L", image.size), bands[2]).getbbox()
    assert edges
    left, top, right, bottom = (edge * 25.4 / DPI for edge in edges)
    return Box(left, image.height * 25.4 / DPI - bottom, right - left, bottom - top)


def test_the_seal_has_its_registered_size(two: kit.Two) -> None:
    """
    A seal registered with 36 mm measures 36 mm on the page, whatever its picture's pixels.
    """
    seal = _extent(_page(two.sealed), (200, 0, 0))

    assert pytest.approx(36.0, abs=TOLERANCE) == seal.width
    assert pytest.approx(36.0, abs=TOLERANCE) == seal.height


def test_the_seal_covers_a_third_of_the_signature_at_its_left(two: kit.Two) -> None:
    """
    Decree 30/2020: the seal lies over about one third of the signature, on the left side.
    """
    signature = _extent(_page(two.signed), (0, 0, 200))
    seal = _extent(_page(two.sealed), (200, 0, 0))
    covered = (seal.right - signature.left) / signature.width

    assert pytest.approx(1 / 3, abs=0.02) == covered
    assert seal.left < signature.left
    assert (
        pytest.approx(signature.bottom + signature.height / 2, abs=1.0)
        == seal.bottom + seal.height / 2
    )


def test_the_signature_stands_between_title_and_name(two: kit.Two) -> None:
    """
    Centred under the title, above the name, within half a millimetre.
    """
    signature = _extent(_page(two.signed), (0, 0, 200))
    document = pypdfium2.PdfDocument(two.ready)
    text = document[1].get_textpage()
    letters = fields._page_letters(text)
    name, title = (fields._last(text, letters, words) for words in (kit.NAME, kit.TITLE))

    assert name
    assert title
    middle = (name.left + name.width / 2) / MM
    assert pytest.approx(middle, abs=0.5) == signature.left + signature.width / 2
    assert signature.bottom >= name.top / MM - 0.5
    assert signature.top <= title.bottom / MM + 0.5


def test_number_and_date_are_in_the_seals_own_appearance(two: kit.Two) -> None:
    """
    What came after the first signature is read on the page, and the page itself is untouched.
    """

    def shown(data: bytes) -> str:
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
        document[1].flatten()
        text: str = document[1].get_textpage().get_text_range()
        return unicodedata.normalize("NFC", text)

    assert "1284/GPXD" not in shown(two.signed)
    assert "Số: 1284/GPXD" in shown(two.sealed)
    assert "Ngày 23/11/2026" in shown(two.sealed)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("spelling", [kit.NAME, kit.NAME.upper(), "Nguyễn  Thị\nHồng Gấm"])
def test_the_name_is_found_however_it_is_written(form: str, spelling: str) -> None:
    """
    NFC or NFD, capitals, other blanks: it is the same name.
    """
    wanted = unicodedata.normalize(form, spelling)  # type: ignore[arg-type]
    places = fields.find(kit.result_pdf(), fields.Signer(wanted, kit.TITLE))

    assert fields.find(kit.result_pdf(), fields.Signer(kit.NAME, kit.TITLE)) == places
    assert places.anchored


def test_a_page_in_nfd_is_read_too() -> None:
    """
    A program that writes decomposed letters still names the signer.
    """
    pdf = kit.result_pdf(unicodedata.normalize("NFD", kit.NAME))

    assert fields.find(pdf, fields.Signer(kit.NAME, kit.TITLE)).anchored


def test_a_page_without_the_name_has_a_default_place() -> None:
    """
    Nobody named: the right column, and everything stays on the page.
    """
    places = fields.find(kit.result_pdf(), fields.Signer("Trần Văn Không"))

    assert not places.anchored
    for box in (places.official, places.seal):
        assert 0 <= box.left <= box.right <= 596
        assert 0 <= box.bottom <= box.top <= 842


def test_both_fields_are_there_before_anybody_signs(two: kit.Two) -> None:
    """
    The seal's field exists, empty, in the file that the official signs.
    """
    reader = PdfFileReader(BytesIO(two.ready))

    assert [("KySo", None), ("ConDau", None)] == [
        (name, value) for name, value, _field in enumerate_sig_fields(reader)
    ]
    assert two.places.seal.width == pytest.approx(
        fields.box_of(two.ready, fields.SEAL).width, abs=0.01
    )


def test_an_annex_does_not_draw_the_signature_away() -> None:
    """
    The signature goes below the signer's title, also when pages follow it.
    """
    pages = kit.result_pdf(pages=1), kit.result_pdf("Người khác", "KẾ TOÁN", pages=2)
    joined = pikepdf.new()
    for data in pages:
        joined.pages.extend(pikepdf.open(BytesIO(data)).pages)
    out = BytesIO()
    joined.save(out)

    places = fields.find(out.getvalue(), fields.Signer(kit.NAME, kit.TITLE))

    assert places.anchored
    assert 0 == places.page
