"""
One CAdES B-B signature (ETSI EN 319 122-1): prepare, sign elsewhere, finish.

*Attached* carries the file inside (``.p7m``), *detached* stands beside it (``.p7s``) and needs
only its digest, so a file of any size is read once, in pieces. A further signature joins those
that are there: their bytes stay as they are, and all are over the same content.

The CMS is written by ``signing.cms``, as for PDF; asn1crypto reads what others, or we, wrote.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

from asn1crypto import cms as asn1
from asn1crypto import core

from signing import cms
from signing.certificates import Certificate

_SIGNING_TIME: Final = cms.oid("1.2.840.113549.1.9.5")
_CONTENT_HINTS: Final = cms.oid("1.2.840.113549.1.9.16.2.4")
_MIME_TYPE: Final = cms.oid("0.4.0.1733.2.1")
_UTF8, _UTC_TIME, _GENERALIZED_TIME = 0x0C, 0x17, 0x18
_LAST_OF_UTC_TIME: Final = 2049
_PIECE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Request:
    """Who signs, and what is signed beside the file."""

    certificate: Certificate
    at: datetime
    """The claimed time, aware; legal time is a time stamp's."""
    media_type: str = ""
    description: str = ""
    """Such as number and date; it then stands in content-hints, in place of the media type."""


class NotCmsError(ValueError):
    """The file is no CMS in DER with content that is plain data."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A CMS as it is: the DER of its parts, untouched."""

    content: bytes | None
    """The file inside; None if the signature is detached."""
    digests: frozenset[bytes] = frozenset()
    certificates: frozenset[bytes] = frozenset()
    signers: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A CMS with room for one more signature."""

    certificate: Certificate
    attributes: bytes
    """DER of the signed attributes: the text that the token signs."""
    _beside: Signed

    def finish(self, signature: bytes) -> bytes:
        """
        Return the CMS, with the token's raw *signature* in it.

        WrongKeyError, and nothing put in, if the signature is not by the certificate's key.
        """
        certificate = self.certificate
        wire = certificate.wire(signature)
        certificate.check(wire, self.attributes)
        beside, inside = self._beside, b""
        if beside.content is not None:
            inside = cms.der(0xA0, cms.der(cms.OCTETS, beside.content))
        return cms.wrapped(
            {*beside.digests, cms.digest_algorithm(certificate)},
            cms.der(cms.SEQUENCE, cms.DATA, inside),
            {*beside.certificates, certificate.der, *certificate.chain},
            {*beside.signers, cms.signer_info(self.attributes, wire, certificate)},
        )


def attach(data: bytes, request: Request) -> Prepared:
    """Return a signature that carries *data* inside, ready to be signed."""
    digest = hashlib.new(request.certificate.digest, data).digest()
    return _prepare(digest, request, Signed(data))


def detach(digest: bytes, request: Request) -> Prepared:
    """Return a signature beside the file whose :func:`digest_of` is *digest*."""
    return _prepare(digest, request, Signed(None))


def join(data: bytes, request: Request, *, digest: bytes = b"") -> Prepared:
    """
    Return the CMS *data* with room for one more signature over the same content.

    *digest* is the file's, wanted where the CMS is detached. NotCmsError, also if the same
    certificate has signed before: one who signs twice has made a mistake.
    """
    there = read(data)
    if there.content is not None:
        digest = hashlib.new(request.certificate.digest, there.content).digest()
    if not digest:
        message = "a detached signature needs the file's digest"
        raise NotCmsError(message)
    named = request.certificate.issuer + request.certificate.serial
    if any(named in signer for signer in there.signers):
        message = "already signed by this certificate"
        raise NotCmsError(message)
    return _prepare(digest, request, there)


def digest_of(file: BinaryIO, certificate: Certificate) -> bytes:
    """Return the digest of *file* that goes with the certificate's key, read in pieces."""
    digest = hashlib.new(certificate.digest)
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.digest()


def read(data: bytes) -> Signed:
    """Return the parts of the CMS *data*; NotCmsError if it is not ours to add to."""
    try:
        content = asn1.ContentInfo.load(data, strict=True)
        whole: Any = content["content"]
        inside = whole["encap_content_info"]
        plain = content["content_type"].native == "signed_data"
        plain = plain and inside["content_type"].native == "data"
        carried = inside["content"]
        found = Signed(
            None if isinstance(carried, core.Void) else bytes(carried),
            frozenset(one.dump() for one in whole["digest_algorithms"]),
            frozenset(one.dump() for one in whole["certificates"]),
            frozenset(one.dump() for one in whole["signer_infos"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = "no CMS"
        raise NotCmsError(message) from error
    if not plain or _rebuilt(found) != data:
        message = "no CMS in DER with plain data"
        raise NotCmsError(message)
    return found


def _rebuilt(found: Signed) -> bytes:
    inside = b"" if found.content is None else cms.der(0xA0, cms.der(cms.OCTETS, found.content))
    return cms.wrapped(
        set(found.digests),
        cms.der(cms.SEQUENCE, cms.DATA, inside),
        set(found.certificates),
        set(found.signers),
    )


def _prepare(digest: bytes, request: Request, beside: Signed) -> Prepared:
    more = [cms.attribute(_SIGNING_TIME, _time(request.at))]
    if request.description:
        words = cms.der(_UTF8, request.description.encode())
        more.append(cms.attribute(_CONTENT_HINTS, cms.der(cms.SEQUENCE, words, cms.DATA)))
    elif request.media_type:
        more.append(cms.attribute(_MIME_TYPE, cms.der(_UTF8, request.media_type.encode())))
    attributes = cms.signed_attributes(digest, request.certificate, *more)
    return Prepared(request.certificate, attributes, beside)


def _time(at: datetime) -> bytes:
    """Return the DER of *at* as RFC 5652 §11.3 wants it: in UTC, by year in one of two forms."""
    utc = at.astimezone(UTC)
    if utc.year <= _LAST_OF_UTC_TIME:
        return cms.der(_UTC_TIME, f"{utc:%y%m%d%H%M%SZ}".encode())
    return cms.der(_GENERALIZED_TIME, f"{utc:%Y%m%d%H%M%SZ}".encode())
