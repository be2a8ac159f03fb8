"""Reading back what was drawn on paper."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

DPI = 203
"""Dots per inch of a label printer: the coarsest that the post uses."""


def pages(pdf: bytes) -> Iterator[Image.Image]:
    """Render each page as a label printer would: black and white."""
    document = pdfium.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=DPI / 72, grayscale=True).to_pil().convert("1", dither=0)
    document.close()


def texts(pdf: bytes) -> list[str]:
    """Return the text layer of each page."""
    document = pdfium.PdfDocument(pdf)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def attachments(pdf: bytes) -> dict[str, bytes]:
    """Return the files embedded in the PDF."""
    document = pdfium.PdfDocument(pdf)
    found = {
        (one := document.get_attachment(index)).get_name(): bytes(one.get_data())
        for index in range(document.count_attachments())
    }
    document.close()
    return found


def zxing(page: Image.Image) -> list[str]:
    """Return what zxing reads, sorted."""
    return sorted(code.text for code in zxingcpp.read_barcodes(page.convert("L")))


def zbar(page: Image.Image) -> list[str]:
    """Return what zbar reads, sorted; skips where it is not installed."""
    if not (program := shutil.which("zbarimg")):
        pytest.skip("zbar-tools is not installed")
    out = io.BytesIO()
    page.save(out, "PNG")
    found = subprocess.run(
        [program, "--quiet", "--raw", "--nodbus", "-"],
        input=out.getvalue(),
        capture_output=True,
        check=False,
    )
    return sorted(found.stdout.decode().split())
