"""
The DER of a PAdES B-B signature (ETSI EN 319 142-1 §6.3, RFC 5652, RFC 5035), and nothing else.

pyHanko's general encoder spends 83 % of a signature's time here, building everything twice;
a B-B signature has one fixed shape, so it is written down directly. Tests compare every byte
with what pyHanko and OpenSSL read.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from signing.certificates import Certificate

SEQUENCE, SET, OCTETS = 0x30, 0x31, 0x04
_IMPLICIT_0, _EXPLICIT_0 = 0xA0, 0xA0


def der(tag: int, *parts: bytes) -> bytes:
    """Return one DER value: *tag*, length, and *parts* put together."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def set_of(items: Iterable[bytes]) -> bytes:
    """Return the contents of a DER SET OF: its members in ascending order (X.690 §11.6)."""
    return b"".join(sorted(items))


def oid(dotted: str) -> bytes:
    """Return the DER of an object identifier."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    body = bytearray()
    for arc in (first * 40 + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(arc & 0x7F | 0x80)
        body += bytes(reversed(groups))
    return der(0x06, bytes(body))


_DATA = oid("1.2.840.113549.1.7.1")
_SIGNED_DATA = oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE = oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE_V2 = oid("1.2.840.113549.1.9.16.2.47")
_NULL = b"\x05\x00"
_VERSION_1 = b"\x02\x01\x01"
_SHA256 = der(SEQUENCE, oid("2.16.840.1.101.3.4.2.1"))
_RSA = der(SEQUENCE, oid("1.2.840.113549.1.1.11"), _NULL)
_ECDSA = der(SEQUENCE, oid("1.2.840.10045.4.3.2"))


def signed_attributes(digest: bytes, certificate: Certificate) -> bytes:
    """
    Return the DER SET OF signed attributes: what the token signs.

    *digest* is the SHA-256 of the document outside the reserved region. There is no
    signing-time attribute: in PAdES the claimed time stands in the signature dictionary.
    """
    # ESSCertIDv2 with SHA-256, which is the default and therefore not written.
    named = der(SEQUENCE, der(0xA4, certificate.issuer))
    issuer_serial = der(SEQUENCE, named, certificate.serial)
    cert_id = der(SEQUENCE, der(OCTETS, sha256(certificate.der).digest()), issuer_serial)
    attributes = (
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_MESSAGE_DIGEST, der(OCTETS, digest)),
        _attribute(_SIGNING_CERTIFICATE_V2, der(SEQUENCE, der(SEQUENCE, cert_id))),
    )
    return der(SET, set_of(attributes))


def signed_data(attributes: bytes, signature: bytes, certificate: Certificate) -> bytes:
    """
    Return the DER of the whole CMS: signed *attributes*, *signature* on the wire, certificates.

    Each certificate is there once: strict readers refuse a SET OF with duplicates.
    """
    signer = der(
        SEQUENCE,
        _VERSION_1,
        der(SEQUENCE, certificate.issuer, certificate.serial),
        _SHA256,
        bytes((_IMPLICIT_0,)) + attributes[1:],
        _RSA if certificate.is_rsa else _ECDSA,
        der(OCTETS, signature),
    )
    content = der(
        SEQUENCE,
        _VERSION_1,
        der(SET, _SHA256),
        der(SEQUENCE, _DATA),
        der(_IMPLICIT_0, set_of({certificate.der, *certificate.chain})),
        der(SET, signer),
    )
    return der(SEQUENCE, _SIGNED_DATA, der(_EXPLICIT_0, content))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der(SEQUENCE, kind, der(SET, value))
