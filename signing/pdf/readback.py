"""
The finished file is read back before it is stored: what was written must be found again.

Of 1,391 odd files six could be signed and then not be found signed. qpdf and asn1crypto read
here, because neither wrote the file. The whole verdict (``verify``) follows once both
signatures are there.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import pikepdf
from asn1crypto import cms

from signing.certificates import WrongKeyError
from signing.pdf.pades import Prepared


class UnreadableError(Exception):
    """The signed file does not hold the signature where it should; it is thrown away."""


def check(signed: bytes, field: str, prepared: Prepared) -> None:
    """
    Return quietly if qpdf finds in *field*, without a warning, the signature that was made.

    It covers the whole file, its digest and certificate are right, and the key's signature
    over the attributes holds. UnreadableError otherwise.
    """
    try:
        with pikepdf.open(BytesIO(signed)) as document:
            value = _value(document, field)
            start, first, second, rest = (int(edge) for edge in value.ByteRange.as_list())
            contents, warned = bytes(value.Contents), document.get_warnings()
    except (pikepdf.PdfError, AttributeError, KeyError) as error:
        raise UnreadableError(field) from error
    if warned or start != 0 or second + rest != len(signed):
        raise UnreadableError(field)
    digest = sha256(signed[:first])
    digest.update(signed[second:])
    _same(contents, digest.digest(), prepared)


def _value(document: pikepdf.Pdf, field: str) -> pikepdf.Object:
    for found in document.Root.AcroForm.Fields.as_list():
        if str(found.T) == field:
            return found.V
    raise KeyError(field)


def _same(contents: bytes, digest: bytes, prepared: Prepared) -> None:
    """Read the CMS with another decoder than the one that wrote it."""
    data = cms.ContentInfo.load(contents)["content"]
    signer = data["signer_infos"][0]
    told = {item["type"].native: item["values"][0].native for item in signer["signed_attrs"]}
    attributes = signer["signed_attrs"].untag().dump()
    ours = any(found.dump() == prepared.certificate.der for found in data["certificates"])
    if told["message_digest"] != digest or attributes != prepared.attributes or not ours:
        raise UnreadableError(prepared.certificate.fingerprint)
    try:
        prepared.certificate.check(signer["signature"].native, attributes)
    except WrongKeyError as error:
        raise UnreadableError(prepared.certificate.fingerprint) from error
