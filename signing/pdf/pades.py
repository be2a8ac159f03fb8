"""
One PAdES B-B signature in a pre-created field: prepare, sign elsewhere, finish.

``prepare`` writes the file with room for the signature and says what is to be signed;
``finish`` checks the answer with the certificate's public key and only then embeds it. Between
the two nothing but ``Prepared.attributes`` has to leave, so that a token on a desk, in a cabinet
or at a remote service all look the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject

from signing import cms
from signing.certificates import Certificate
from signing.pdf.appearance import Appearance

#: Hex digits kept free for the CMS. Fixed, so that nothing is built twice to learn its size;
#: a leaf, two CAs and RSA-4096 need about 9,000, and a time stamp will want 12,000 more.
RESERVED = 24_576


@dataclass(frozen=True, slots=True)
class Request:
    """What to sign and how it shall look."""

    field: str
    """Name of the empty signature field."""
    certificate: Certificate
    at: datetime
    """The claimed time, aware; legal time is a time stamp's."""
    appearance: Appearance | None = None
    first: bool = False
    """The first signature certifies the file: afterwards only fields may be filled (DocMDP 2)."""
    last: bool = False
    """The last signature locks every field (FieldMDP all)."""


@dataclass(slots=True)
class Prepared:
    """A file with room for a signature."""

    certificate: Certificate
    attributes: bytes
    """DER of the signed attributes: the text that the token signs."""
    _file: BytesIO
    _region: PreparedByteRangeDigest

    def finish(self, signature: bytes) -> bytes:
        """
        Return the signed file, with the token's raw *signature* in it.

        WrongKeyError, and nothing embedded, if the signature is not by the certificate's key.
        """
        wire = self.certificate.wire(signature)
        self.certificate.check(wire, self.attributes)
        self._region.fill_with_cms(
            self._file, cms.signed_data(self.attributes, wire, self.certificate)
        )
        return self._file.getvalue()


def prepare(data: bytes, request: Request) -> Prepared:
    """Return *data* (a strict PDF with the empty field) ready to be signed as *request* says."""
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
    region, file = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256"))
    attributes = cms.signed_attributes(region.document_digest, request.certificate)
    return Prepared(request.certificate, attributes, file, region)


def _permissions(request: Request) -> cms_embedder.SigMDPSetup:
    return cms_embedder.SigMDPSetup(
        md_algorithm="sha256",
        certify=request.first,
        docmdp_perms=MDPPerm.FILL_FORMS if request.first else None,
        field_lock=FieldMDPSpec(FieldMDPAction.ALL) if request.last else None,
    )
