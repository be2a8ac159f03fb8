"""Where signature and seal stand, measured on the rendered page in millimetres and colour."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from fpdf import FPDF
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from signing.pdf import anchors, fields, finding
from signing.pdf.geometry import MM, Box, Sheet
from signing.pdf.places import NoPlace, NoPlaceError, Placement, Source
from tests.support import page_kit
from tests.support import signing_kit as kit
from tests.support.page_kit import BLUE, RED, block, centred, drawn, extent, paper

SIGNER = fields.Signer(kit.NAME, kit.TITLE)
#: One pixel, in millimetres, on either side.
TOLERANCE = 2 * page_kit.PIXEL

KINDS: dict[str, bytes] = {
    "one title": paper(block(kit.TITLE)),
    "deputy for head": paper(block("KT. CHỦ TỊCH", kit.TITLE)),
    "for a body": paper(block("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", kit.TITLE)),
    "tight gap": paper(block(kit.TITLE, gap=19)),
    "wide gap": paper(block(kit.TITLE, gap=48)),
    "landscape": paper(block(kit.TITLE, middle=220, top=120), size=(297, 210)),
    "turned 90": page_kit.turned(paper(block(kit.TITLE)), 90),
    "turned 180": page_kit.turned(paper(block(kit.TITLE)), 180),
    "turned 270": page_kit.turned(paper(block(kit.TITLE)), 270),
    "nobody named": paper(lambda _pdf: None),
}


def _measured(data: bytes, **given: object) -> tuple[Box, Box, fields.Places]:
    """Return signature and seal as they are drawn, millimetres, and the place that was found."""
    places = fields.find(data, SIGNER, **given)  # type: ignore[arg-type]
    image = drawn(page_kit.dressed(data, places), places.page, unit=places.sheet.unit)
    return extent(image, BLUE), extent(image, RED), places


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_is_sealed_by_the_decree(kind: str) -> None:
    """
    The seal is red and as large as registered; it covers 30–37 % of a blue signature, at its left.
    """
    signature, seal, places = _measured(KINDS[kind])
    covered = (seal.right - signature.left) / signature.width

    assert (None, kind != "nobody named") == (places.doubt, places.anchored)
    assert pytest.approx(36.0, abs=0.5) == seal.width
    assert pytest.approx(36.0, abs=0.5) == seal.height
    assert 0.30 <= covered <= 0.37
    assert seal.left < signature.left
    assert pytest.approx(signature.centre, abs=6.5) == seal.centre


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "nobody named"])
def test_the_signature_is_centred_between_title_and_name(kind: str) -> None:
    """
    Within a millimetre of the middle, both ways, and over neither.
    """
    signature, _seal, places = _measured(KINDS[kind])
    document = pypdfium2.PdfDocument(KINDS[kind])
    found = anchors.best(document, [places.sheet], SIGNER)
    document.close()

    assert found
    assert found.name
    assert pytest.approx(found.name.middle / MM, abs=1.0) == signature.middle
    between = (found.title[0].bottom + found.name.top) / 2 / MM
    assert pytest.approx(between, abs=1.0) == signature.centre
    assert found.name.top / MM < signature.bottom
    assert signature.top < found.title[0].bottom / MM


def test_signed_and_sealed_for_real_it_looks_the_same(two: kit.Two) -> None:
    """
    What two tokens signed shows the same sizes as what was planned.
    """
    signature, seal = extent(drawn(two.signed), BLUE), extent(drawn(two.sealed), RED)

    assert pytest.approx(36.0, abs=TOLERANCE) == seal.width
    assert pytest.approx(1 / 3, abs=0.02) == (seal.right - signature.left) / signature.width


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


@pytest.mark.parametrize("spelling", [kit.NAME, kit.NAME.upper(), "Nguyễn  Thị\nHồng Gấm"])
def test_the_name_is_found_however_it_is_written(spelling: str) -> None:
    """
    NFC or NFD, capitals, other blanks: the same place and the same picture.
    """
    pdf = KINDS["one title"]
    found = [
        fields.find(pdf, fields.Signer(unicodedata.normalize(form, spelling), kit.TITLE))
        for form in ("NFC", "NFD")
    ]

    assert [fields.find(pdf, SIGNER)] * 2 == found
    assert found[0].anchored


def test_a_page_in_nfd_gives_the_same_place_and_picture() -> None:
    """
    A program that writes decomposed letters names the same signer at the same place.
    """
    title, name = (unicodedata.normalize("NFD", text) for text in (kit.TITLE, kit.NAME))
    nfc, nfd = (
        extent(drawn(page_kit.dressed(pdf, fields.find(pdf, SIGNER))), BLUE)
        for pdf in (paper(block(kit.TITLE)), paper(block(title, name=name)))
    )

    assert pytest.approx(nfc.middle, abs=1.0) == nfd.middle
    assert pytest.approx(nfc.centre, abs=1.0) == nfd.centre
    # The marks themselves stand a little lower or higher, and the room between is theirs.
    assert pytest.approx(nfc.width, abs=1.5) == nfd.width


def test_spelling_habits_do_not_hide_a_name() -> None:
    """
    "Hoà" and "Hòa" are one name; "Hoa" is another.
    """
    pdf = paper(block(kit.TITLE, name="Trần Thúy Hòa"))

    assert fields.find(pdf, fields.Signer("Trần Thuý Hoà", kit.TITLE)).anchored
    assert not fields.find(pdf, fields.Signer("Trần Thúy Hoa", "")).anchored


def _letter_by_letter(pdf: FPDF) -> None:
    """Write title and name one letter at a time, the last letters first."""
    pdf.set_font("serif", "B", 13)
    for y, text in ((210, kit.NAME), (180, kit.TITLE)):
        left = 150 - pdf.get_string_width(text) / 2
        for place in range(len(text) - 1, -1, -1):
            pdf.text(left + pdf.get_string_width(text[:place]), y, text[place])


def _two_columns(pdf: FPDF) -> None:
    """Write two signers side by side, line by line across both, as tables do."""
    for y, left, right in ((180, "KẾ TOÁN TRƯỞNG", kit.TITLE), (210, "Trần Văn Bình", kit.NAME)):
        centred(pdf, 65, y, left)
        centred(pdf, 150, y, right)


def _named_before(pdf: FPDF) -> None:
    """Name the signer in the text and in a table above the place of the signature."""
    pdf.set_font("serif", size=13)
    pdf.text(25, 110, f"Căn cứ phân công của {kit.NAME}, {kit.TITLE}, ngày 01/7/2026;")
    centred(pdf, 150, 125, kit.NAME)
    block(kit.TITLE)(pdf)


def _broken_name(pdf: FPDF) -> None:
    """Break the signer's name over two lines."""
    centred(pdf, 150, 180, kit.TITLE)
    centred(pdf, 150, 210, "Nguyễn Thị")
    centred(pdf, 150, 215, "Hồng Gấm")


@pytest.mark.parametrize("write", [_letter_by_letter, _two_columns, _named_before, _broken_name])
def test_odd_pages_name_the_signer_too(write: Callable[[FPDF], None]) -> None:
    """
    Split runs, two columns, several occurrences, a broken line: one and the same place.
    """
    usual = fields.find(KINDS["one title"], SIGNER)
    found = fields.find(paper(write), SIGNER)

    assert found.anchored
    assert pytest.approx(usual.official.middle, abs=MM) == found.official.middle
    assert pytest.approx(usual.official.centre, abs=MM) == found.official.centre


def test_an_annex_does_not_draw_the_signature_away() -> None:
    """
    The signature goes below the signer's title, also when pages follow that name the signer.
    """
    annex = paper(lambda pdf: centred(pdf, 105, 200, kit.NAME))
    joined = pikepdf.new()
    for data in (KINDS["one title"], annex, kit.result_pdf("Người khác", "KẾ TOÁN", pages=1)):
        joined.pages.extend(pikepdf.open(BytesIO(data)).pages)
    out = BytesIO()
    joined.save(out)

    places = fields.find(out.getvalue(), SIGNER)

    assert (True, 0) == (places.anchored, places.page)


def test_a_cropped_page_and_a_page_with_a_unit_are_measured_on_paper() -> None:
    """
    CropBox apart from MediaBox, and UserUnit 2: 36 mm are 36 mm of what is printed.
    """

    def crop(page: pikepdf.Page) -> None:
        page.MediaBox = [-50, -30, 620, 900]
        page.CropBox = [20, 10, 575, 830]

    def unit(page: pikepdf.Page) -> None:
        page.contents_add(b"q .5 0 0 .5 0 0 cm", prepend=True)
        page.contents_add(b"Q")
        page.MediaBox, page.UserUnit = [0, 0, 297.64, 420.945], 2

    for change in (crop, unit):
        signature, seal, places = _measured(page_kit.changed(KINDS["one title"], change))
        assert places.anchored
        assert pytest.approx(36.0, abs=0.5) == seal.width
        assert pytest.approx(1 / 3, abs=0.03) == (seal.right - signature.left) / signature.width


def test_text_on_a_pages_side_is_signed_along_with_it() -> None:
    """
    A landscape sheet that nobody turned back: signature and seal stand as its text does.
    """
    sideways = page_kit.changed(KINDS["landscape"], lambda page: page.__setattr__("Rotate", 90))
    places = fields.find(sideways, SIGNER)

    assert (True, 0) == (places.anchored, places.sheet.turn)
    assert 90 == Sheet((0, 0, 1, 1), 90).turn
    box = fields.box_of(fields.add(sideways, places), fields.SEAL)
    assert pytest.approx(places.seal.width, abs=0.01) == box.width


# -- said, by a field, by the procedure -----------------------------------------------------


def test_a_person_may_say_page_and_millimetres() -> None:
    """
    From the upper left corner of the page as it is seen, also on a turned one.
    """
    wish = Placement(Source.EXPLICIT, 1, 120, 215)
    for kind in ("one title", "turned 90", "turned 270"):
        signature, _seal, places = _measured(KINDS[kind], wish=wish)
        assert wish == places.placement
        assert pytest.approx(120, abs=0.5) == signature.left
        assert pytest.approx(297 - 215, abs=0.5) == signature.top


@pytest.mark.parametrize(
    ("page", "x", "y", "reason"),
    [
        (2, 120, 215, NoPlace.NO_SUCH_PAGE),
        (0, 120, 215, NoPlace.NO_SUCH_PAGE),
        (1, 170, 215, NoPlace.OFF_THE_PAGE),
        (1, 120, 290, NoPlace.OFF_THE_PAGE),
        (1, 5, 215, NoPlace.OFF_THE_PAGE),
        (1, 60, 50, NoPlace.OVER_TEXT),
        (1, 135, 50, NoPlace.OVER_TEXT),
    ],
)
def test_what_a_person_says_is_refused_with_a_reason(
    page: int, x: float, y: float, reason: NoPlace
) -> None:
    """
    Off the page, over text (with the signature, or with the seal): never done, always said.
    """
    with pytest.raises(NoPlaceError) as refused:
        fields.find(KINDS["one title"], SIGNER, wish=Placement(Source.EXPLICIT, page, x, y))

    assert reason is refused.value.reason
    assert refused.value.vi != refused.value.en


def _with_field(name: str, kind: str) -> bytes:
    """Return a result whose template has a form field for the signature."""
    out = BytesIO()
    with pikepdf.open(BytesIO(KINDS["one title"])) as document:
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name(kind),
                T=name,
                Rect=[300, 70, 420, 130],
                P=document.pages[0].obj,
            )
        )
        document.pages[0].Annots = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "kind"), [("KySo", "/Sig"), ("ChuKy", "/Sig"), ("O ký", "/Tx")])
def test_a_named_form_field_is_the_place(name: str, kind: str) -> None:
    """
    A template's field, known by its usual name or named by a person; an empty one gives way.
    """
    data = _with_field(name, kind)
    wish = Placement(Source.FIELD, 1, field=name) if kind == "/Tx" else None
    places = fields.find(data, SIGNER, wish=wish)
    reader = PdfFileReader(BytesIO(fields.add(data, places)))

    assert (Source.FIELD, name) == (places.placement.source, places.placement.field)
    assert pytest.approx(360, abs=0.1) == places.official.middle
    assert ["KySo", "ConDau"] == [found for found, _v, _f in enumerate_sig_fields(reader)]


def test_a_field_that_is_not_there_is_refused() -> None:
    """
    A person named a field that the file has not.
    """
    with pytest.raises(NoPlaceError) as refused:
        fields.find(KINDS["one title"], SIGNER, wish=Placement(Source.FIELD, 1, field="nowhere"))

    assert NoPlace.NO_SUCH_FIELD is refused.value.reason


def test_a_procedure_has_its_own_place(tmp_path: object) -> None:
    """
    Data of the installation go before what is built in; without any place a person decides.
    """
    assert isinstance(tmp_path, type(finding.BUILT_IN))
    (tmp_path / "places.toml").write_text('[procedures."1.9"]\npage = 1\nx = 100\ny = 220\n')
    own, other = (finding.usual(code, tmp_path) for code in ("1.9", "1.8"))
    _signature, _seal, places = _measured(KINDS["nobody named"], usually=own)

    assert (Source.DEFAULT, 100.0, 220.0) == (
        places.placement.source,
        places.placement.x,
        places.placement.y,
    )
    assert finding.usual("1.8") == other
    assert (
        NoPlace.NO_ROOM is fields.find(KINDS["nobody named"], SIGNER, usually=finding.Usual()).doubt
    )


def test_nothing_is_put_over_text_without_a_person() -> None:
    """
    The usual place moves to where the page is free; a full page is in doubt.
    """
    free = fields.find(paper(lambda _pdf: None, lines=26), SIGNER)
    full = fields.find(paper(lambda _pdf: None, lines=34), SIGNER)
    tight = fields.find(paper(block(kit.TITLE, gap=10)), SIGNER)

    assert (None, False) == (free.doubt, free.anchored)
    assert (NoPlace.OVER_TEXT, NoPlace.NO_ROOM) == (full.doubt, tight.doubt)


def test_a_scan_is_signed_in_the_gap_that_an_eye_sees() -> None:
    """
    A picture of a page has no text; the gap between two short lines is found by its ink.
    """
    image = drawn(KINDS["one title"])
    scanned = BytesIO()
    image.save(scanned, "PDF", resolution=page_kit.DPI)
    usual = fields.find(KINDS["one title"], SIGNER)
    found = fields.find(scanned.getvalue(), SIGNER)

    assert (None, Source.DEFAULT) == (found.doubt, found.placement.source)
    assert pytest.approx(usual.official.middle, abs=2 * MM) == found.official.middle
    assert pytest.approx(usual.official.centre, abs=2 * MM) == found.official.centre


def test_a_page_offers_its_places_to_a_person() -> None:
    """
    The best first, each with the words that stand there.
    """
    offered = finding.choices(paper(_named_before), SIGNER)

    assert kit.NAME.replace(" ", "") in offered[0][1]
    assert fields.find(paper(_named_before), SIGNER) == offered[0][0]


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


def test_a_placement_is_kept_as_json() -> None:
    """
    What is told is read back as it was; something else is no placement.
    """
    wish = Placement(Source.FIELD, 2, 1.5, 2.5, "KySo")

    assert wish == Placement.of(wish.told())
    with pytest.raises(ValueError, match="elsewhere"):
        Placement.of({"source": "elsewhere", "page": 1})
