"""Annexes, copies and digitised papers: text at the top right, no picture, measured as drawn."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from dossiers.signing_status import VerdictWord
from register import fonts
from signing.devices.tokens import Tokens
from signing.pdf import fields, lettering, marks, pades
from signing.pdf.geometry import MM
from signing.pdf.places import NoPlace, NoPlaceError
from signing.verification.verify import Trust, verify
from tests.support import page_kit
from tests.support import signing_kit as kit
from tests.support.page_kit import paper

AGENCY = "Ủy ban nhân dân phường Hồng Gai"
KINDS = {
    "annex": marks.annex("1284/GPXD", kit.AT),
    "copy": marks.copy(marks.Copy.TRUE, AGENCY, kit.AT),
    "digitised": marks.digitised(AGENCY, kit.AT),
}


def _shown(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    document[0].flatten()
    text: str = document[0].get_textpage().get_text_range()
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turn", [0, 90])
def test_the_mark_stands_at_the_top_right_in_black(kind: str, turn: int) -> None:
    """
    Inside the margins of the first page, black text and no picture, on a turned page too.
    """
    page = paper(lambda _pdf: None)
    data = page_kit.turned(page, turn) if turn else page
    marked = marks.prepare(data, KINDS[kind])
    shown = page_kit.worn(marked.data, {fields.SEAL: marked.appearance})
    height = page_kit.drawn(page).height * page_kit.PIXEL
    image = page_kit.drawn(shown, 0).crop((1200, 0, 2480, 250))
    black = page_kit.extent(image, page_kit.BLACK, near=120)
    left, right = 1200 * page_kit.PIXEL + black.left, 1200 * page_kit.PIXEL + black.right

    assert (297, b"") == (round(height), marked.appearance.png)
    assert pytest.approx(210 - 15, abs=1.5) == right
    assert 210 / 2 < left
    # Within the upper margin, above the first line of text.
    top = 250 * page_kit.PIXEL - black.top
    assert pytest.approx(8, abs=2) == top
    for line in KINDS[kind]:
        assert line in _shown(shown)


def test_the_text_has_the_height_of_times_at_ten_points() -> None:
    """
    A small x is as high as Times New Roman's at 10 points: 0.448 of the size, 1.58 mm.
    """
    marked = marks.prepare(paper(lambda _pdf: None, lines=0), ("xxxxx",))
    image = page_kit.drawn(page_kit.worn(marked.data, {fields.SEAL: marked.appearance}), 0)
    face = TTFont(fonts.path("LiberationSerif-Regular"))
    wanted = face["OS/2"].sxHeight / face["head"].unitsPerEm * lettering.SIZE / MM

    assert pytest.approx(1.6, abs=0.05) == wanted
    measured = page_kit.extent(image, page_kit.BLACK, near=120).height
    assert pytest.approx(wanted, abs=2 * page_kit.PIXEL) == measured


def test_the_time_is_vietnams_by_iso_8601() -> None:
    """
    Whatever zone it comes in; an instant without one is refused.
    """
    assert "2026-11-23T09:15:42+07:00" == marks.time(datetime(2026, 11, 23, 2, 15, 42, tzinfo=UTC))
    assert "Thời gian ký: 2026-11-23T09:15:42+07:00" == KINDS["annex"][-1]
    with pytest.raises(ValueError, match="zone"):
        marks.time(datetime(2026, 11, 23))  # noqa: DTZ001 - it is about that


def test_nfc_and_nfd_lines_look_the_same() -> None:
    """
    Decomposed text is drawn from the same glyphs.
    """
    one, other = (
        marks.prepare(
            paper(lambda _pdf: None), tuple(unicodedata.normalize(form, line) for line in lines)
        ).appearance._content()
        for form, lines in (("NFC", KINDS["copy"]), ("NFD", KINDS["copy"]))
    )

    assert one == other


def test_a_missing_letter_is_an_error_not_a_hole() -> None:
    """
    A name with a question mark in it must not be sealed.
    """
    with pytest.raises(lettering.MissingGlyphError) as missing:
        marks.prepare(paper(lambda _pdf: None), marks.digitised("Cơ quan 漢", kit.AT))

    assert "漢" == missing.value.sign


def test_the_mark_moves_out_of_the_way_or_is_refused() -> None:
    """
    A page that begins high is marked lower; one that is full in the corner is refused.
    """

    def stamped(pdf: object) -> None:
        pdf.rect(120, 5, 80, 15, style="F")  # type: ignore[attr-defined]

    def black(pdf: object) -> None:
        pdf.rect(100, 0, 110, 100, style="F")  # type: ignore[attr-defined]

    moved = marks.prepare(paper(stamped, lines=0), KINDS["annex"])
    assert fields.box_of(moved.data, fields.SEAL).top < (297 - 19.9) * MM
    with pytest.raises(NoPlaceError) as refused:
        marks.prepare(paper(black, lines=0), KINDS["annex"])
    assert NoPlace.OVER_TEXT is refused.value.reason


def test_a_marked_copy_is_signed_and_valid(
    tokens: Tokens, seal: kit.SoftToken, trust: Trust
) -> None:
    """
    The agency alone signs it, with its token, and the result verifies.
    """
    marked = marks.prepare(paper(lambda _pdf: None), KINDS["copy"])
    request = pades.Request(
        fields.SEAL, seal.certificate, kit.AT, marked.appearance, first=True, last=True
    )
    signed = kit.give(marked.data, request, tokens, seal)

    assert VerdictWord.VALID is verify(signed, trust, at=kit.AT).word
    assert "Sao y" in _shown(signed)
    assert BytesIO(signed).getvalue().startswith(marked.data)
