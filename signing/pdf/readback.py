"""
The finished file is read back before it is stored: what was written must be found again.

Of 1,391 odd files six could be signed and then not be found signed. A file that our own writer
appended to is read from its end by way of its newest cross-references; qpdf reads what pyHanko
wrote, because it wrote none of it. The whole verdict (``verify``) follows once both
signatures are there.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf

from signing import cms
from signing.pdf import plain
from signing.pdf.pades import Prepared
from signing.pdf.syntax import OddError


class UnreadableError(Exception):
    """The signed file does not hold the signature where it should; it is thrown away."""


def check(signed: bytes, field: str, prepared: Prepared) -> None:
    """
    Return quietly if the signature that was made is found in *field*, and holds.

    It covers the whole file, the file's digest is the signed one, and the CMS is the one that
    ``finish`` checked with the certificate's key. UnreadableError otherwise.
    """
    try:
        start, end = plain.room(signed, field)
    except OddError:
        start, end = _found_by_qpdf(signed, field)
    digest = plain.digest(signed, start, end, prepared.certificate.digest)
    try:
        contents = bytes.fromhex(signed[start + 1 : end - 1].decode())
    except ValueError as error:
        raise UnreadableError(field) from error
    _same(contents, digest, prepared)


def _found_by_qpdf(signed: bytes, field: str) -> tuple[int, int]:
    """Return where qpdf finds the room in *field*, without a warning, of the whole file."""
    try:
        with pikepdf.open(BytesIO(signed)) as document:
            edges = _value(document, field).ByteRange.as_list()
            start, first, second, rest = (int(edge) for edge in edges)
            warned = document.get_warnings()
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError) as error:
        raise UnreadableError(field) from error
    if warned or start != 0 or second + rest != len(signed):
        raise UnreadableError(field)
    return first, second


def _value(document: pikepdf.Pdf, field: str) -> pikepdf.Object:
    for found in document.Root.AcroForm.Fields.as_list():
        if str(found.T) == field:
            return found.V
    raise KeyError(field)


def _same(contents: bytes, digest: bytes, prepared: Prepared) -> None:
    """Compare what is in the file with what was checked and embedded, bit for bit."""
    told = cms.signed_attributes(digest, prepared.certificate)
    made, padding = contents[: len(prepared.made)], contents[len(prepared.made) :]
    whole = made and made == prepared.made and padding == bytes(len(padding))
    if not whole or told != prepared.attributes:
        raise UnreadableError(prepared.certificate.fingerprint)
