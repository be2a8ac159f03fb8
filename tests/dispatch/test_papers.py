"""The papers of a manifest: PDF, spreadsheet, CSV and JSON say the same."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pikepdf
import pytest

from dispatch import manifest_pdf, manifest_xlsx
from dispatch.paper import MissingGlyphError
from dispatch.sheets import COLUMNS, Row, Sheet, as_csv, as_json
from dossiers import items
from dossiers.personal import Name
from tests.support import paper_kit

NAMES = ("Nguyễn Thị Hoàng Yến", "Đặng Hữu Phước", "=HYPERLINK(1)", "Công ty TNHH Một thành viên")


def row(position: int) -> Row:
    """Return a row; every seventh parcel has no number of the carrier yet."""
    reference = f"H49.61-261123-{position:04d}-D-1"
    item = items.compose("EB", 58_412_000 + position).text if position % 7 else reference
    name = Name(NAMES[position % len(NAMES)])
    return Row(position, item, reference, name, "Phường Hồng Gai", 120, 75_000 * (position % 3))


def sheet(count: int) -> Sheet:
    """Return a closed manifest of *count* parcels."""
    return Sheet(
        number="BK-261123-02",
        centre="Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh",
        office="Bưu cục Hạ Long",
        carrier="vnpost",
        day=date(2026, 11, 23),
        run=2,
        closed_at=datetime(2026, 11, 23, 3, tzinfo=UTC),
        rows=tuple(row(position) for position in range(1, count + 1)),
    )


def test_two_decoders_read_every_row() -> None:
    """At 203 dpi zxing and zbar read all barcodes of all pages, none of them wrong."""
    made = sheet(40)
    read: dict[str, list[str]] = {"zxing": [], "zbar": []}
    for page in paper_kit.pages(manifest_pdf.draw(made)):
        read["zxing"] += paper_kit.zxing(page)
        read["zbar"] += paper_kit.zbar(page)
    expected = sorted(row.item for row in made.rows)
    assert expected == sorted(read["zxing"])
    assert expected == sorted(read["zbar"])


def test_all_papers_say_the_same_rows() -> None:
    """The cells of the spreadsheet, the CSV and the embedded JSON are the rows of the manifest."""
    made = sheet(30)
    cells = [list(row.cells()) for row in made.rows]
    data = json.loads(paper_kit.attachments(manifest_pdf.draw(made))["manifest.json"])
    assert cells == data["rows"]
    assert cells == spreadsheet(made)
    assert [[str(cell) for cell in line] for line in cells] == comma_separated(made)
    assert {"parcels": 30, "grams": 3600, "cod": made.cod} == data["totals"]


def spreadsheet(made: Sheet) -> list[list[object]]:
    """Return the rows of the XLSX below its head."""
    book = openpyxl.load_workbook(io.BytesIO(manifest_xlsx.draw(made)))
    lines = [[cell.value for cell in line] for line in book.active.iter_rows()]
    head = lines.index(list(COLUMNS))
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} <= {"s", "n"}
    return lines[head + 1 : head + 1 + made.parcels]


def comma_separated(made: Sheet) -> list[list[str]]:
    """Return the rows of the CSV below its head, the guard taken off."""
    lines = list(csv.reader(io.StringIO(as_csv(made).decode("utf-8-sig"))))
    assert list(COLUMNS) == lines[0]
    return [[cell.removeprefix("'") for cell in line] for line in lines[1:]]


def test_a_name_is_no_formula() -> None:
    """``=HYPERLINK`` typed as a name stays text in the spreadsheet and is guarded in the CSV."""
    assert '"\'=HYPERLINK(1)"' in as_csv(sheet(2)).decode("utf-8-sig")
    assert as_csv(sheet(2)).startswith(b"\xef\xbb\xbf")
    assert "=HYPERLINK(1)" == spreadsheet(sheet(2))[1][3]


def test_the_pdf_is_a_3b_with_its_data() -> None:
    """The file claims PDF/A-3B, and both data files are associated with it as its data."""
    with pikepdf.open(io.BytesIO(manifest_pdf.draw(sheet(3)))) as pdf:
        with pdf.open_metadata() as meta:
            assert ("3", "B") == (meta["pdfaid:part"], meta["pdfaid:conformance"])
            assert meta["dc:title"] == "BẢNG KÊ GIAO NHẬN BƯU GỬI BK-261123-02"
        related = {str(one.UF): str(one.AFRelationship) for one in pdf.Root.AF}
        assert len(pdf.Root.OutputIntents) == 1
    assert {"manifest.json": "/Data", "manifest.csv": "/Data"} == related
    assert {"manifest.json": as_json(sheet(3)), "manifest.csv": as_csv(sheet(3))} == (
        paper_kit.attachments(manifest_pdf.draw(sheet(3)))
    )


@pytest.mark.parametrize("count", range(1, 62))
def test_pages_are_counted_and_signatures_never_stand_alone(count: int) -> None:
    """However many rows: each stands once, pages say x/y, the signatures follow the last row."""
    made = sheet(count)
    pages = list(manifest_pdf._pages(made.rows))
    assert list(made.rows) == [row for page in pages for row in page]
    assert all(pages)


def test_the_last_page_has_totals_and_signatures() -> None:
    """Sums in Vietnamese writing, both sides' lines, and the page's number out of all."""
    texts = paper_kit.texts(manifest_pdf.draw(sheet(40)))
    assert f"Trang {len(texts)}/{len(texts)}" in texts[-1]
    assert "Cộng: 40 bưu gửi, 4.800 g, thu hộ 3.000.000 đồng" in texts[-1]
    assert "BÊN GIAO" in texts[-1]
    assert "BÊN NHẬN" in texts[-1]
    assert "BÊN GIAO" not in texts[0]


def test_the_same_manifest_is_the_same_bytes() -> None:
    """The papers depend on the manifest alone, not on when they are drawn."""
    made = sheet(5)
    pdf, book = manifest_pdf.draw(made), manifest_xlsx.draw(made)
    time.sleep(1.01)  # the formats count in seconds
    assert pdf == manifest_pdf.draw(made)
    assert book == manifest_xlsx.draw(made)


def test_a_row_that_cannot_be_printed_is_known_before() -> None:
    """A letter without a glyph or a code without room is found by ``check``, row by row."""
    good = row(1)
    manifest_pdf.check(good)
    with pytest.raises(MissingGlyphError):
        manifest_pdf.check(replace(good, recipient=Name("王")))
    with pytest.raises(manifest_pdf.TooLongError):
        manifest_pdf.check(replace(good, item="X" * 50))


def test_long_names_stay_in_their_row() -> None:
    """A name of many lines ends in dots on paper, and whole in the data."""
    name = "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp " * 3
    long = replace(row(1), recipient=Name(name))
    pdf = manifest_pdf.draw(replace(sheet(1), rows=(long,)))
    assert "…" in paper_kit.texts(pdf)[0]
    assert name.strip() in paper_kit.attachments(pdf)["manifest.json"].decode()
