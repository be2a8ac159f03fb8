"""
What XAdES adds to an XML signature: named certificate, claimed time, stamps, kept answers.

ETSI EN 319 132-1. Signed properties are read from the signed bytes that signxml hands back.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from datetime import datetime

from asn1crypto import cms, x509
from lxml import etree

from signing.verification.asked import Asked, Evidence
from signing.verification.signers import Stamp, digest_of, stamped

DS = "{http://www.w3.org/2000/09/xmldsig#}"
XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
_DEFAULT = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_DIGESTS = {
    "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}


def find(element: etree._Element, tag: str) -> etree._Element:
    """Return the first child *tag*, or an empty element where there is none."""
    found = element.find(tag)
    return etree.Element(tag) if found is None else found


def texts(element: etree._Element) -> Iterator[str]:
    """Yield the element's own text, if it has any."""
    if element.text:
        yield element.text


def decoded(text: str | None) -> bytes:
    """Return base64 *text* as bytes; nothing if it is none."""
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except binascii.Error:
        return b""


def names(properties: etree._Element, signer: x509.Certificate) -> bool:
    """Tell whether signed *properties* name *signer*, or none; its digest says which it was."""
    first = next(properties.iter(f"{XADES}Cert"), None)
    if first is None:
        return True
    digest = find(first, f"{XADES}CertDigest")
    algorithm = _DIGESTS.get(find(digest, f"{DS}DigestMethod").get("Algorithm", ""))
    told = decoded(find(digest, f"{DS}DigestValue").text)
    return algorithm is not None and hashlib.new(algorithm, signer.dump()).digest() == told


def claimed(properties: etree._Element) -> datetime | None:
    """Return the claimed signing time of signed *properties*; None if it cannot be read."""
    for node in properties.iter(f"{XADES}SigningTime"):
        try:
            return datetime.fromisoformat((node.text or "").strip())
        except ValueError:
            return None
    return None


def _own(signature: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield what belongs to *signature* itself, not to a countersignature inside it."""
    for one in signature.iter(tag):
        if next(one.iterancestors(f"{DS}Signature")) is signature:
            yield one


def evidence(signature: etree._Element) -> Evidence:
    """Return certificates and answers about revocation kept in *signature* (XAdES-LT)."""

    def values(*tags: str) -> frozenset[bytes]:
        found = (decoded(one.text) for tag in tags for one in _own(signature, tag))
        return frozenset(der for der in found if der)

    return Evidence(
        values(f"{DS}X509Certificate", f"{XADES}EncapsulatedX509Certificate"),
        values(f"{XADES}EncapsulatedOCSPValue"),
        values(f"{XADES}EncapsulatedCRLValue"),
    )


def stamps(signature: etree._Element, kept: Evidence, asked: Asked) -> list[Stamp]:
    """Return the judged time stamps over the value of *signature* (XAdES-T)."""
    value = find(signature, f"{DS}SignatureValue")
    found: list[Stamp] = []
    for one in _own(signature, f"{XADES}SignatureTimeStamp"):
        method = find(one, f"{DS}CanonicalizationMethod").get("Algorithm", _DEFAULT)
        text = etree.tostring(
            value, method="c14n", exclusive="xml-exc-c14n" in method, with_tail=False
        )
        for token in one.iter(f"{XADES}EncapsulatedTimeStamp"):
            signed = cms.ContentInfo.load(decoded(token.text))["content"]
            stamp = stamped(signed, digest_of(text), kept, asked, at=asked.at)
            found += [stamp] if stamp else []
    return found
