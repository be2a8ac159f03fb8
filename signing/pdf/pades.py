"""
One PAdES B-B signature in a pre-created field: prepare, sign elsewhere, finish.

``prepare`` writes the file with room for the signature and says what is to be signed;
``finish`` checks the answer with the certificate's public key and only then embeds it. Between
the two nothing but ``Prepared.attributes`` has to leave, so that a token on a desk, in a cabinet
or at a remote service all look the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar

from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject

from signing import cms
from signing.certificates import Certificate
from signing.kept import Kept
from signing.pdf import plain
from signing.pdf.requests import RESERVED, Request
from signing.pdf.syntax import OddError

__all__ = ["RESERVED", "Prepared", "Request", "by_pyhanko", "prepare", "restored"]


@dataclass(slots=True)
class Prepared:
    """A file with room for a signature."""

    certificate: Certificate
    attributes: bytes
    """DER of the signed attributes: the text that the token signs."""
    _file: BytesIO
    _region: PreparedByteRangeDigest
    made: bytes = b""
    """The CMS that was embedded."""
    media_type: ClassVar[str] = "application/pdf"

    def finish(self, signature: bytes) -> bytes:
        """
        Return the signed file, with the token's raw *signature* in it.

        WrongKeyError, and nothing embedded, if the signature is not by the certificate's key.
        """
        wire = self.certificate.wire(signature)
        self.certificate.check(wire, self.attributes)
        self.made = cms.signed_data(self.attributes, wire, self.certificate)
        self._region.fill_with_cms(self._file, self.made)
        return self._file.getvalue()

    def kept(self) -> Kept:
        """Return what has to be remembered where the answer takes minutes."""
        region = self._region
        return Kept(self._file.getvalue(), region.reserved_region_start, region.reserved_region_end)


def restored(kept: Kept, attributes: bytes, certificate: Certificate) -> Prepared:
    """Return the file that was *kept* while its *attributes* were signed somewhere else."""
    region = PreparedByteRangeDigest(b"", kept.start, kept.end)
    return Prepared(certificate, attributes, BytesIO(kept.file), region)


def prepare(data: bytes, request: Request) -> Prepared:
    """
    Return *data* (a strict PDF with the empty field) ready to be signed as *request* says.

    A plain file is only appended to; pyHanko writes what is odd (ADR 0018).
    """
    try:
        room = plain.prepare(data, request)
    except OddError:
        return by_pyhanko(data, request)
    attributes = cms.signed_attributes(room.digest, request.certificate)
    region = PreparedByteRangeDigest(room.digest, room.start, room.end)
    return Prepared(request.certificate, attributes, BytesIO(room.file), region)


def by_pyhanko(data: bytes, request: Request) -> Prepared:
    """Do the same for any file that pyHanko reads strictly."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=True)
    steps = cms_embedder.PdfCMSEmbedder().write_cms(
        request.field, writer, existing_fields_only=True
    )
    field = next(steps).get_object()
    if request.appearance:
        field[NameObject("/AP")] = request.appearance.dictionary(writer)
    steps.send(
        cms_embedder.SigObjSetup(
            SignatureObject(request.at, SigSeedSubFilter.PADES, bytes_reserved=RESERVED),
            mdp_setup=_permissions(request),
        )
    )
    digest = request.certificate.digest
    region, file = steps.send(cms_embedder.SigIOSetup(md_algorithm=digest))
    attributes = cms.signed_attributes(region.document_digest, request.certificate)
    return Prepared(request.certificate, attributes, file, region)


def _permissions(request: Request) -> cms_embedder.SigMDPSetup:
    return cms_embedder.SigMDPSetup(
        md_algorithm=request.certificate.digest,
        certify=request.first,
        docmdp_perms=MDPPerm.FILL_FORMS if request.first else None,
        field_lock=FieldMDPSpec(FieldMDPAction.ALL) if request.last else None,
    )
