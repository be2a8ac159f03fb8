"""A6 labels."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dispatch import labels, sheets
from dispatch.paper import MissingGlyphError
from dossiers.parcels import Parcel
from dossiers.personal import Address, Name, Phone
from tests.support import paper_kit

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
LABEL = sheets.Label(
    parcel=Parcel(
        reference="H49.61-261123-0001-D-1",
        recipient=Name("Nguyễn Thị Hoàng Yến"),
        phone=Phone("0912345678"),
        address=Address("Số 12, ngõ 34 đường Trần Hưng Đạo"),
        unit="06685",
        cod=150_000,
    ),
    item="EB123456785VN",
    place="Phường Hồng Gai, Tỉnh Quảng Ninh",
    sender="Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh",
    sender_address="Phường Hồng Gai",
    office="Bưu cục Hạ Long",
)


@pytest.mark.parametrize(
    "item", ["EB123456785VN", "H49.61-261123-0001-D-1", "000.17.22.H56-210531-0001-D-1"]
)
def test_two_decoders_read_the_label(item: str) -> None:
    """At 203 dpi zxing and zbar read the item number and the QR code of our reference."""
    (page,) = paper_kit.pages(labels.draw([replace(LABEL, item=item)], at=AT))
    codes = sorted([item, LABEL.parcel.reference])
    assert codes == paper_kit.zxing(page)
    assert codes == paper_kit.zbar(page)


def test_the_label_says_who_and_where_and_no_more() -> None:
    """Names, address and the number in groups; nothing that tells of the procedure."""
    (text,) = paper_kit.texts(labels.draw([LABEL], at=AT))
    for told in ("Nguyễn Thị Hoàng Yến", "0912345678", "Phường Hồng Gai", "EB 123 456 785 VN"):
        assert told in text
    assert "Thu hộ / COD: 150.000" in text


def test_a_page_for_each_parcel_and_the_same_again() -> None:
    """As many A6 pages as labels, and the same labels are the same bytes."""
    pdf = labels.draw([LABEL] * 3, at=AT)
    sizes = {page.size for page in paper_kit.pages(pdf)}
    assert (3, 1) == (len(paper_kit.texts(pdf)), len(sizes))
    assert pdf == labels.draw([LABEL] * 3, at=AT)


def test_decomposed_text_is_drawn_composed() -> None:
    """What a Mac typed (normal form D) is printed as every Vietnamese letter, composed."""
    place = unicodedata.normalize("NFD", LABEL.place)
    (text,) = paper_kit.texts(labels.draw([replace(LABEL, place=place)], at=AT))
    assert LABEL.place in text


def test_a_letter_that_cannot_be_printed_is_an_error() -> None:
    """A sign that the typeface lacks stops the label, named by its code point alone."""
    parcel = replace(LABEL.parcel, recipient=Name("An \U0001f600"))
    with pytest.raises(MissingGlyphError) as caught:
        labels.draw([replace(LABEL, parcel=parcel)], at=AT)
    assert ["U+1F600"] == caught.value.signs
    assert "An" not in str(caught.value).split()


def test_a_code_that_does_not_fit_is_an_error() -> None:
    """Bars are never squeezed below what a reader can see."""
    with pytest.raises(labels.TooLongError):
        labels.draw([replace(LABEL, item="X" * 60)], at=AT)
