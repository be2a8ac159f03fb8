"""
A document time stamp in a PDF of its own revision: prepare, have it stamped elsewhere, finish.

Nothing of the file that was signed is rewritten; what leaves is a SHA-256. The field is named,
so that a stamp is found again, and a second one (a renewal) gets a name of its own.

Proof of revocation goes into the same revision as the stamp, before it: so the stamp covers it,
and the file ends with a stamp that covers the whole of it. Readers that ask the last signature
to do so (iText 5, pdfsignerpy) stumble over what is appended after it, and over ``/VRI``.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, PreparedByteRangeDigest
from pyhanko.sign.validation.dss import DocumentSecurityStore

FIELD = "DauThoiGian"

#: Hex digits kept free for the token: one with two CAs and RSA-4096 needs about 12,000.
RESERVED = 24_576


class TooLargeError(ValueError):
    """The token is larger than the room that is kept for it."""


@dataclass(frozen=True, slots=True)
class Material:
    """What proves certificates for a long time, each as DER."""

    certificates: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Prepared:
    """A file with room for a time stamp."""

    imprint: bytes
    """SHA-256 of everything but the room: what is stamped."""
    _file: BytesIO
    _region: PreparedByteRangeDigest

    def finish(self, token: bytes) -> bytes:
        """Return the file with the DER *token* in it; TooLargeError if it does not fit."""
        if 2 * len(token) > RESERVED:
            raise TooLargeError(len(token))
        self._region.fill_with_cms(self._file, token)
        return self._file.getvalue()


def prepare(data: bytes, material: Material | None = None) -> Prepared:
    """Return the signed PDF *data* with *material* and one more field, ready to be stamped."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=True)
    if material:
        _put(material, writer)
    taken = len(writer.prev.embedded_timestamp_signatures)
    name = f"{FIELD}{taken + 1}"
    embedder = cms_embedder.PdfCMSEmbedder(new_field_spec=SigFieldSpec(sig_field_name=name))
    steps = embedder.write_cms(name, writer)
    next(steps)
    room = DocumentTimestamp(bytes_reserved=RESERVED)  # type: ignore[no-untyped-call]
    steps.send(cms_embedder.SigObjSetup(room))
    region, file = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256"))
    return Prepared(region.document_digest, file, region)


def _put(material: Material, writer: IncrementalPdfFileWriter) -> None:
    """Add to the document security store, without an index by signature (``/VRI``)."""
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[x509.Certificate.load(der) for der in material.certificates],
        ocsps=[ocsp.OCSPResponse.load(der) for der in material.ocsps],
        crls=[crl.CertificateList.load(der) for der in material.crls],
    )
