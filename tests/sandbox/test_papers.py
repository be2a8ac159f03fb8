from __future__ import annotations

import io
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageStat

from sandbox import badpapers, day, images, papers, people
from sandbox.badpapers import Bad

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def cases(procedures: Rows, units: Rows) -> list[day.Case]:
    """A day's cases, a few of every form."""
    return day.plan("papers", 40, procedures, units)


def _poppler(data: bytes, tmp_path: Path) -> str:
    """The text of *data* as poppler reads it."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    assert b"" == done.stderr
    return " ".join(done.stdout.decode().split())


def test_every_paper_opens(cases: list[day.Case], tmp_path: Path) -> None:
    """
    pdfium, poppler and qpdf open every result of a day without a complaint.
    """
    for case in cases:
        data = papers.result(case)
        _poppler(data, tmp_path)
        with pypdfium2.PdfDocument(data) as document:
            assert case.pages <= len(document)
        with pikepdf.open(io.BytesIO(data)) as document:
            assert [] == document.check_pdf_syntax()
        assert len(data) < 300_000


def test_papers_are_reproducible(cases: list[day.Case]) -> None:
    """
    The same case makes the same bytes, scans and forms too.
    """
    for form in ("text", "scan", "form"):
        case = replace(cases[0], form=form)
        assert papers.result(case) == papers.result(case)


def test_what_a_paper_says(cases: list[day.Case], tmp_path: Path) -> None:
    """
    Motto, agency, title, people and the blank before the symbol can be read, composed as NFC.
    """
    case = next(case for case in cases if case.form == "text")
    text = _poppler(papers.result(case), tmp_path)
    agency = case.agency
    wanted = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        agency.letterhead,
        case.result.upper(),
        case.applicant.name,
        f"/{case.symbol}",
        *agency.title,
        agency.official_name,
        "Nơi nhận:",
    ]
    assert [] == [words for words in wanted if unicodedata.normalize("NFC", words) not in text]


def test_scans_are_pictures(cases: list[day.Case], tmp_path: Path) -> None:
    """
    A scan has no text, is in colour and has 200 dots to the inch or more.
    """
    case = next(case for case in cases if case.form == "scan")
    data = papers.result(case)
    assert "" == _poppler(data, tmp_path)
    with pikepdf.open(io.BytesIO(data)) as document:
        (picture,) = document.pages[0].get_images().values()
        assert "/DeviceRGB" == picture.ColorSpace
        assert 200 * 210 / 25.4 - 2 <= picture.Width


def test_forms_have_fields(cases: list[day.Case]) -> None:
    """
    A form carries fields with values.
    """
    case = next(case for case in cases if case.form == "form")
    with pikepdf.open(io.BytesIO(papers.result(case))) as document:
        fields = {str(field.T): str(field.V) for field in document.Root.AcroForm.Fields}
    assert {"NguoiNhan": case.applicant.name, "GhiChu": "Không"} == fields


def test_bad_papers() -> None:
    """
    Each bad paper is bad in its own way.
    """
    assert b"" == badpapers.bad(Bad.EMPTY)
    assert not badpapers.bad(Bad.NOT_PDF).startswith(b"%PDF")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(badpapers.bad(Bad.ENCRYPTED)))
    assert b"%%EOF" not in badpapers.bad(Bad.TRUNCATED)
    assert b"/ByteRange" in badpapers.bad("signed")
    with pikepdf.open(io.BytesIO(badpapers.bad(Bad.SCRIPTED))) as document:
        assert "/JavaScript" == document.Root.OpenAction.S


def test_huge_paper(tmp_path: Path) -> None:
    """
    A huge paper is as large as wanted, is made in pieces and opens.
    """
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.writelines(badpapers.huge(3_000_000))
    assert 3_000_000 <= path.stat().st_size
    with pypdfium2.PdfDocument(path) as document:
        assert 1 == len(document)
    with pikepdf.open(path) as whole:
        assert [] == whole.check_pdf_syntax()


@pytest.mark.parametrize("holder", people.holders(), ids=lambda holder: holder.label)
def test_pictures(holder: people.Holder) -> None:
    """
    Seals are red and as wide as registered, signatures blue; both have a clear background.
    """
    data = images.picture(holder)
    assert data == images.picture(holder)
    with Image.open(io.BytesIO(data)) as image:
        assert images.width_mm(holder) == pytest.approx(image.width / images.DPI * 25.4, abs=0.1)
        assert "RGBA" == image.mode
        assert 0 == image.getpixel((0, 0))[3]
        clear, ink = Image.new("RGBA", image.size, (0, 0, 0, 0)), image
        red, _, blue, _ = ImageStat.Stat(Image.composite(ink, clear, ink.getchannel("A"))).sum
    assert (red > blue) == (holder.kind == "seal")
