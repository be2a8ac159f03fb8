"""
WS-Security of the bank: signs what it says, believes only what its customer signed.

Written on ``signxml``, on purpose not with the hub's code: two implementations that agree
have both read the standard. What is believed is never the message that came, but the body
that the signature covers.
"""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
DS = "http://www.w3.org/2000/09/xmldsig#"
_PROFILE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
X509V3 = f"{_PROFILE}-x509-token-profile-1.0#X509v3"
BASE64 = f"{_PROFILE}-soap-message-security-1.0#Base64Binary"

_ID = f"{{{WSU}}}Id"

LIFE = timedelta(minutes=5)
"""How long a message is fresh, and how far two clocks may differ."""

_EXPECTED = SignatureConfiguration(
    location=f"./{{{SOAP}}}Header/{{{WSSE}}}Security/",
    expect_references=2,
    signature_methods=frozenset({SignatureMethod.RSA_SHA256}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
)


class NotTrustedError(ValueError):
    """The message is not what the customer signed, or it is old."""


def sign(
    envelope: etree._Element, key: RSAPrivateKey, certificate: x509.Certificate, *, at: datetime
) -> None:
    """Add to *envelope* the Security header that covers its body and a timestamp of *at*."""
    header = envelope.find(f"{{{SOAP}}}Header")
    body = envelope.find(f"{{{SOAP}}}Body")
    if header is None or body is None:
        message = "an envelope has a header and a body"
        raise ValueError(message)
    identity = secrets.token_hex(8)
    body.set(_ID, f"body-{identity}")
    security = etree.SubElement(
        header, f"{{{WSSE}}}Security", nsmap={"wsse": WSSE, "wsu": WSU, "ds": DS}
    )
    security.set(f"{{{SOAP}}}mustUnderstand", "1")
    _timestamp(security, f"time-{identity}", at)
    token = etree.SubElement(security, f"{{{WSSE}}}BinarySecurityToken")
    token.set("ValueType", X509V3)
    token.set("EncodingType", BASE64)
    token.set(_ID, f"token-{identity}")
    der = certificate.public_bytes(serialization.Encoding.DER)
    token.text = base64.b64encode(der).decode()
    signer = XMLSigner(
        method=SignatureConstructionMethod.detached,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    signature = signer.sign(
        envelope,
        key=key,
        reference_uri=[f"#body-{identity}", f"#time-{identity}"],
        key_info=_key_info(f"token-{identity}"),
        id_attribute="Id",
    )
    security.append(signature)


def _timestamp(security: etree._Element, identity: str, at: datetime) -> None:
    element = etree.SubElement(security, f"{{{WSU}}}Timestamp")
    element.set(_ID, identity)
    for name, instant in (("Created", at), ("Expires", at + LIFE)):
        etree.SubElement(element, f"{{{WSU}}}{name}").text = (
            instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        )


def _key_info(token: str) -> etree._Element:
    info = etree.Element(f"{{{DS}}}KeyInfo", nsmap={"ds": DS, "wsse": WSSE})
    reference = etree.SubElement(info, f"{{{WSSE}}}SecurityTokenReference")
    pointer = etree.SubElement(reference, f"{{{WSSE}}}Reference")
    pointer.set("URI", f"#{token}")
    pointer.set("ValueType", X509V3)
    return info


def verify(
    envelope: etree._Element, pinned: x509.Certificate, *, at: datetime
) -> tuple[etree._Element, str]:
    """
    Return the body that *pinned* signed and the value of its signature, for the replay list.

    NotTrustedError if anything is missing, doubled, altered, not covered or not fresh.
    """
    _one_of_each(envelope)
    try:
        results = XMLVerifier().verify(
            envelope, x509_cert=pinned, validate_schema=False, expect_config=_EXPECTED
        )
    except (SignXMLException, ValueError) as error:
        raise NotTrustedError(str(error)) from error
    parts = results if isinstance(results, list) else [results]
    signed = {part.signed_xml.tag: part.signed_xml for part in parts if part.signed_xml is not None}
    body, stamp = signed.get(f"{{{SOAP}}}Body"), signed.get(f"{{{WSU}}}Timestamp")
    if body is None or stamp is None:
        message = "the body and the timestamp must be signed"
        raise NotTrustedError(message)
    in_place = envelope.find(f"{{{SOAP}}}Body")
    if in_place is None or in_place.get(_ID) != body.get(_ID):
        message = "what is signed is not the body"
        raise NotTrustedError(message)
    created, expires = (_instant(stamp, name) for name in ("Created", "Expires"))
    if not created - LIFE <= at <= min(expires, created + LIFE) + LIFE:
        message = "the message is not fresh"
        raise NotTrustedError(message)
    value = envelope.findtext(f".//{{{DS}}}SignatureValue") or ""
    return body, "".join(value.split())


def _one_of_each(envelope: etree._Element) -> None:
    """Refuse doubled parts and ids, which is how a signature is wrapped around a lie."""
    security = f"{{{SOAP}}}Header/{{{WSSE}}}Security"
    for path in (f"{{{SOAP}}}Header", f"{{{SOAP}}}Body", security, f"{security}/{{{DS}}}Signature"):
        if len(envelope.findall(path)) != 1:
            message = f"there must be one {path.rpartition('}')[2]}"
            raise NotTrustedError(message)
    ids = [
        value
        for element in envelope.iter()
        for name, value in element.items()
        if etree.QName(name).localname == "Id"
    ]
    if len(ids) != len(set(ids)):
        message = "two elements have one Id"
        raise NotTrustedError(message)


def _instant(stamp: etree._Element, name: str) -> datetime:
    text = stamp.findtext(f"{{{WSU}}}{name}") or ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"no instant in {name}"
        raise NotTrustedError(message) from error
    if at.tzinfo is None:
        message = f"{name} has no zone"
        raise NotTrustedError(message)
    return at
