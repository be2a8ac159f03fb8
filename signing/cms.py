"""
The DER of a PAdES B-B signature (ETSI EN 319 142-1 §6.3, RFC 5652, RFC 5035), and nothing else.

pyHanko's general encoder spends 83 % of a signature's time here, building everything twice;
a B-B signature has one fixed shape, so it is written down directly. Tests compare every byte
with what pyHanko and OpenSSL read.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from signing.certificates import Certificate, Scheme

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


DATA = oid("1.2.840.113549.1.7.1")
_SIGNED_DATA = oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE = oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE_V2 = oid("1.2.840.113549.1.9.16.2.47")
_NULL = b"\x05\x00"
_VERSION_1 = b"\x02\x01\x01"
_SHA256_OID, _SHA384_OID = oid("2.16.840.1.101.3.4.2.1"), oid("2.16.840.1.101.3.4.2.2")
#: Digests are written without parameters (RFC 5754 §2) …
_DIGESTS = {"sha256": der(SEQUENCE, _SHA256_OID), "sha384": der(SEQUENCE, _SHA384_OID)}
#: … but inside PSS with NULL (RFC 4055 §2.1): readers compare those bytes.
_SHA256_NULL = der(SEQUENCE, _SHA256_OID, _NULL)
_PSS = der(
    SEQUENCE,
    der(0xA0, _SHA256_NULL),
    der(0xA1, der(SEQUENCE, oid("1.2.840.113549.1.1.8"), _SHA256_NULL)),
    der(0xA2, b"\x02\x01\x20"),
)
_SIGNATURES = {
    Scheme.RSA: der(SEQUENCE, oid("1.2.840.113549.1.1.11"), _NULL),
    Scheme.PSS: der(SEQUENCE, oid("1.2.840.113549.1.1.10"), _PSS),
    Scheme.P256: der(SEQUENCE, oid("1.2.840.10045.4.3.2")),
    Scheme.P384: der(SEQUENCE, oid("1.2.840.10045.4.3.3")),
}


def signed_attributes(digest: bytes, certificate: Certificate, *more: bytes) -> bytes:
    """
    Return the DER SET OF signed attributes: what the token signs.

    *digest* is that of the document outside the reserved region, by ``certificate.digest``.
    There is no signing-time attribute: in PAdES the claimed time stands in the signature
    dictionary. CAdES wants it, and gives it as one *more*.
    """
    told = attribute(_MESSAGE_DIGEST, der(OCTETS, digest))
    return der(SET, set_of((_TYPE, told, _named(certificate), *more)))


def signed_data(attributes: bytes, signature: bytes, certificate: Certificate) -> bytes:
    """
    Return the DER of the whole CMS: signed *attributes*, *signature* on the wire, certificates.

    Each certificate is there once: strict readers refuse a SET OF with duplicates.
    """
    signer = signer_info(attributes, signature, certificate)
    digest = _DIGESTS[certificate.digest]
    return wrapped({digest}, der(SEQUENCE, DATA), {certificate.der, *certificate.chain}, {signer})


def signer_info(attributes: bytes, signature: bytes, certificate: Certificate) -> bytes:
    """Return the DER of one SignerInfo, without unsigned attributes."""
    return der(
        SEQUENCE,
        _VERSION_1,
        der(SEQUENCE, certificate.issuer, certificate.serial),
        _DIGESTS[certificate.digest],
        bytes((_IMPLICIT_0,)) + attributes[1:],
        _SIGNATURES[certificate.scheme],
        der(OCTETS, signature),
    )


def digest_algorithm(certificate: Certificate) -> bytes:
    """Return the DER of the digest algorithm that goes with the certificate's key."""
    return _DIGESTS[certificate.digest]


def wrapped(
    digests: set[bytes], content: bytes, certificates: set[bytes], signers: set[bytes]
) -> bytes:
    """Return the DER of a ContentInfo with SignedData around *content*, put together of DER."""
    data = der(
        SEQUENCE,
        _VERSION_1,
        der(SET, set_of(digests)),
        content,
        der(_IMPLICIT_0, set_of(certificates)),
        der(SET, set_of(signers)),
    )
    return der(SEQUENCE, _SIGNED_DATA, der(_EXPLICIT_0, data))


def attribute(kind: bytes, value: bytes) -> bytes:
    """Return the DER of an attribute with one *value*."""
    return der(SEQUENCE, kind, der(SET, value))


_TYPE = attribute(_CONTENT_TYPE, DATA)


@lru_cache(maxsize=64)
def _named(certificate: Certificate) -> bytes:
    """Return the attribute that names the certificate; a batch has one."""
    # ESSCertIDv2 with SHA-256, which is the default and therefore not written.
    named = der(SEQUENCE, der(0xA4, certificate.issuer))
    issuer_serial = der(SEQUENCE, named, certificate.serial)
    cert_id = der(SEQUENCE, der(OCTETS, sha256(certificate.der).digest()), issuer_serial)
    return attribute(_SIGNING_CERTIFICATE_V2, der(SEQUENCE, der(SEQUENCE, cert_id)))
