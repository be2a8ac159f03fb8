"""
What kind of file a result is: a PDF with a page to sign on, or XML.

The kind is what the store says of the file, and the store was told by whoever looked into it.
Everything that differs between the kinds stands here; the way of a result is one.
"""

from __future__ import annotations

from typing import Final

from register import documents, world
from signing.certificates import Certificate
from signing.kept import Kept
from signing.models import Number, SigningItem
from signing.pdf import fields, pades, preflight
from signing.pdf import readback as pdf_readback
from signing.xml import readback as xml_readback
from signing.xml import reading, xades

PDF: Final = "application/pdf"
XML: Final = "application/xml"

Prepared = pades.Prepared | xades.Prepared
UnreadableError = (pdf_readback.UnreadableError, xml_readback.UnreadableError)
UnfitError = (preflight.UnfitError, reading.UnfitError)


def media_type_of(data: bytes) -> str:
    """Return the kind of a file that comes from outside; what is no XML is looked at as PDF."""
    begins = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    # A page that asks to sign in again is what a broken export often sends: no XML.
    page = begins[:14].lower().startswith((b"<html", b"<!doctype html"))
    return XML if begins.startswith(b"<") and not page else PDF


def check(data: bytes) -> str:
    """Return the media type of *data* if it may be signed; one of ``UnfitError`` if not."""
    kind = media_type_of(data)
    if kind == XML:
        reading.check(data)
    else:
        preflight.check(data)
    return kind


def is_xml(digest: str) -> bool:
    """Tell whether the stored file *digest* is XML."""
    return documents.media_type(digest) == XML


def prepare_xml(item: SigningItem, number: Number | None) -> xades.Prepared:
    """Return the XML of *item* ready: the official's signature in it, or the seal over that."""
    data, certificate, now = documents.get(item.document), item.signer.certificate, world.now()
    if number is None:
        request = xades.Request(fields.OFFICIAL, certificate, now)
    else:
        request = xades.Request(
            fields.SEAL,
            certificate,
            now,
            xades.Form.COUNTER,
            description=f"Số: {number} ngày {number.issued_on:%d/%m/%Y}",
            over=fields.OFFICIAL,
        )
    return xades.prepare(data, request)


def read_back(signed: bytes, name: str, prepared: Prepared) -> None:
    """Return quietly if the signature *name* is found and holds; one of ``UnreadableError``."""
    if isinstance(prepared, xades.Prepared):
        xml_readback.check(signed, name, prepared)
    else:
        pdf_readback.check(signed, name, prepared)


def restored(kept: Kept, attributes: bytes, certificate: Certificate, name: str) -> Prepared:
    """Return the file that was *kept* while the signature *name* was made somewhere else."""
    if kept.end:
        return pades.restored(kept, attributes, certificate)
    return xades.restored(kept, attributes, certificate, name)
