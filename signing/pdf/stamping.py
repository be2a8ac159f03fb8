"""
A document time stamp in a PDF of its own revision: prepare, have it stamped elsewhere, finish.

Nothing of the file that was signed is rewritten; what leaves is a SHA-256. The field is named,
so that a stamp is found again, and a second one (a renewal) gets a name of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, PreparedByteRangeDigest

FIELD = "DauThoiGian"

#: Hex digits kept free for the token: one with two CAs and RSA-4096 needs about 12,000.
RESERVED = 24_576


class TooLargeError(ValueError):
    """The token is larger than the room that is kept for it."""


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


def prepare(data: bytes) -> Prepared:
    """Return the signed PDF *data* with one more field, ready to be stamped."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=True)
    taken = len(writer.prev.embedded_timestamp_signatures)
    name = f"{FIELD}{taken + 1}"
    embedder = cms_embedder.PdfCMSEmbedder(new_field_spec=SigFieldSpec(sig_field_name=name))
    steps = embedder.write_cms(name, writer)
    next(steps)
    room = DocumentTimestamp(bytes_reserved=RESERVED)  # type: ignore[no-untyped-call]
    steps.send(cms_embedder.SigObjSetup(room))
    region, file = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256"))
    return Prepared(region.document_digest, file, region)
