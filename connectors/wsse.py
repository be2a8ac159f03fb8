"""
WS-Security of a SOAP 1.1 message: sign ours, verify theirs.

Own code on ``cryptography`` and lxml's exclusive canonical form, because the one that comes
with zeep takes replies whose Body nobody signed. Rules for a message that is believed:

* no DTD; exactly one Security header, one Signature, one Timestamp, and every id is unique;
* exactly two references, ``soap:Body`` and the Timestamp, each with exclusive
  canonicalisation and nothing else; SHA-256 or better; RSA with SHA-256 or better;
* signed by a certificate that we hold (pinned), not by one that the message brings;
* the Timestamp is at most five minutes away from now;
* what is handed on is parsed anew from the very bytes that were signed, so nothing that
  stands elsewhere in the message, and no comment inside a number, can reach the hub.

A replay within those five minutes is the caller's concern: :class:`Verified` carries the
signature, and :class:`connectors.soap.Endpoint` takes none twice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from connectors.keys import Key
from connectors.strictxml import BadMessage, parse, tree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
DS = "http://www.w3.org/2000/09/xmldsig#"
_OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE = f"{_OASIS}wssecurity-secext-1.0.xsd"
WSU = f"{_OASIS}wssecurity-utility-1.0.xsd"
X509V3 = f"{_OASIS}x509-token-profile-1.0#X509v3"
BASE64 = f"{_OASIS}soap-message-security-1.0#Base64Binary"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"

SIGNATURES: dict[str, hashes.HashAlgorithm] = {
    RSA_SHA256: hashes.SHA256(),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": hashes.SHA384(),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": hashes.SHA512(),
}
DIGESTS = {
    SHA256: "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
FRESH = timedelta(minutes=5)
SMALLEST_KEY = 2048

ENVELOPE, HEADER, BODY = f"{{{SOAP}}}Envelope", f"{{{SOAP}}}Header", f"{{{SOAP}}}Body"
_SECURITY = f"{{{WSSE}}}Security"
_TIMESTAMP = f"{{{WSU}}}Timestamp"
_ID = f"{{{WSU}}}Id"
_IDS = frozenset({_ID, "Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id"})


@dataclass(frozen=True, slots=True)
class Verified:
    """What a believed message says."""

    body: etree._Element
    """``soap:Body``, parsed from the bytes that were signed."""
    created: datetime
    signature: bytes
    """Different in every message; who must not take one twice keeps these."""


def canonical(element: etree._Element, prefixes: Sequence[str] = ()) -> bytes:
    """Return the exclusive canonical form of *element*, without comments."""
    return etree.tostring(
        element,
        method="c14n",
        exclusive=True,
        with_comments=False,
        inclusive_ns_prefixes=list(prefixes) or None,
    )


# Ours


def sign(envelope: etree._Element, key: Key, *, now: datetime) -> None:
    """Put a Security header into *envelope* that signs its Body and the time *now*."""
    body = _only(envelope, BODY)
    body.set(_ID, "Body")
    header = envelope.find(HEADER)
    if header is None:
        header = etree.Element(HEADER)
        envelope.insert(0, header)
    security = etree.SubElement(header, _SECURITY, nsmap={"wsse": WSSE, "wsu": WSU})
    security.set(f"{{{SOAP}}}mustUnderstand", "1")
    token = etree.SubElement(security, f"{{{WSSE}}}BinarySecurityToken", EncodingType=BASE64)
    token.set("ValueType", X509V3)
    token.set(_ID, "Token")
    token.text = _b64(key.certificate.public_bytes(serialization.Encoding.DER))
    timestamp = etree.SubElement(security, _TIMESTAMP)
    timestamp.set(_ID, "Timestamp")
    for name, at in (("Created", now), ("Expires", now + FRESH)):
        instant = at.astimezone(UTC).isoformat(timespec="microseconds")
        etree.SubElement(timestamp, f"{{{WSU}}}{name}").text = instant.replace("+00:00", "Z")
    _append_signature(security, [body, timestamp], key)


def _append_signature(security: etree._Element, parts: list[etree._Element], key: Key) -> None:
    signature = etree.SubElement(security, f"{{{DS}}}Signature", nsmap={"ds": DS})
    info = etree.SubElement(signature, f"{{{DS}}}SignedInfo")
    etree.SubElement(info, f"{{{DS}}}CanonicalizationMethod", Algorithm=EXCLUSIVE)
    etree.SubElement(info, f"{{{DS}}}SignatureMethod", Algorithm=RSA_SHA256)
    for part in parts:
        reference = etree.SubElement(info, f"{{{DS}}}Reference", URI=f"#{part.get(_ID)}")
        transforms = etree.SubElement(reference, f"{{{DS}}}Transforms")
        etree.SubElement(transforms, f"{{{DS}}}Transform", Algorithm=EXCLUSIVE)
        etree.SubElement(reference, f"{{{DS}}}DigestMethod", Algorithm=SHA256)
        digest = etree.SubElement(reference, f"{{{DS}}}DigestValue")
        digest.text = _b64(hashlib.sha256(canonical(part)).digest())
    value = etree.SubElement(signature, f"{{{DS}}}SignatureValue")
    value.text = _b64(key.sign(canonical(info)))
    key_info = etree.SubElement(signature, f"{{{DS}}}KeyInfo")
    named = etree.SubElement(key_info, f"{{{WSSE}}}SecurityTokenReference")
    etree.SubElement(named, f"{{{WSSE}}}Reference", URI="#Token", ValueType=X509V3)


# Theirs


def verify(data: bytes, peers: Sequence[x509.Certificate], *, now: datetime) -> Verified:
    """
    Return what the message in *data* says; BadMessage if it breaks a rule of this module.

    *peers* are the certificates that may have signed it: one, or two while it is renewed.
    """
    envelope = parse(data)
    _need(envelope.tag == ENVELOPE, "not a SOAP 1.1 envelope")
    body, security = _places(envelope)
    signature = _only(security, f"{{{DS}}}Signature")
    timestamp = _only(security, _TIMESTAMP)
    info = _only(signature, f"{{{DS}}}SignedInfo")
    value = _bytes(_only(signature, f"{{{DS}}}SignatureValue"))
    info = _check_signature(info, value, _pinned(security, peers, now))
    signed = _check_references(info, [body, timestamp])
    created = _check_time(tree(signed[1]), now)
    return Verified(tree(signed[0]), created, value)


def _places(envelope: etree._Element) -> tuple[etree._Element, etree._Element]:
    """Return Body and Security where SOAP says they stand, each the only one in the message."""
    _need([child.tag for child in envelope] == [HEADER, BODY], "not one Header and one Body")
    header, body = envelope
    seen = Counter(
        value
        for element in envelope.iter(etree.Element)
        for name, value in element.attrib.items()
        if name in _IDS
    )
    _need(all(count == 1 for count in seen.values()), "an id that is not unique")
    for tag in (_SECURITY, _TIMESTAMP, f"{{{DS}}}Signature", BODY):
        _need(len(list(envelope.iter(tag))) == 1, f"not exactly one {etree.QName(tag).localname}")
    return body, _only(header, _SECURITY)


def _pinned(
    security: etree._Element, peers: Sequence[x509.Certificate], now: datetime
) -> rsa.RSAPublicKey:
    """Return the public key of the one of *peers* that the message names."""
    token = _bytes(_only(security, f"{{{WSSE}}}BinarySecurityToken"))
    for peer in peers:
        if token == peer.public_bytes(serialization.Encoding.DER):
            break
    else:
        message = "signed with another certificate than the one in the settings"
        raise BadMessage(message)
    inside = peer.not_valid_before_utc <= now <= peer.not_valid_after_utc
    _need(inside, "the other side's certificate has expired: put the new one into the settings")
    key = peer.public_key()
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_KEY:
        message = "not an RSA key of 2048 bits or more"
        raise BadMessage(message)
    return key


def _check_signature(info: etree._Element, value: bytes, key: rsa.RSAPublicKey) -> etree._Element:
    """Return SignedInfo, parsed from the bytes that were signed."""
    method = _only(info, f"{{{DS}}}SignatureMethod").get("Algorithm", "")
    _need(method in SIGNATURES, "a signature weaker than RSA with SHA-256")
    prefixes = _exclusive(_only(info, f"{{{DS}}}CanonicalizationMethod"))
    data = canonical(info, prefixes)
    try:
        key.verify(value, data, padding.PKCS1v15(), SIGNATURES[method])
    except InvalidSignature:
        message = "the signature does not hold"
        raise BadMessage(message) from None
    return tree(data)


def _check_references(info: etree._Element, parts: list[etree._Element]) -> list[bytes]:
    """Return the signed bytes of *parts*; they and nothing else must be what was signed."""
    references = {node.get("URI", ""): node for node in info.findall(f"{{{DS}}}Reference")}
    wanted = [f"#{part.get(_ID, '')}" for part in parts]
    exact = len(info) == 2 + len(parts) and sorted(references) == sorted(wanted)
    _need(exact, "something else signed than Body and Timestamp")
    return [_signed(part, references[uri]) for part, uri in zip(parts, wanted, strict=True)]


def _signed(part: etree._Element, reference: etree._Element) -> bytes:
    transforms = _only(reference, f"{{{DS}}}Transforms")
    data = canonical(part, _exclusive(_only(transforms, f"{{{DS}}}Transform")))
    method = _only(reference, f"{{{DS}}}DigestMethod").get("Algorithm", "")
    _need(method in DIGESTS, "a digest weaker than SHA-256")
    told = _bytes(_only(reference, f"{{{DS}}}DigestValue"))
    _need(hmac.compare_digest(told, hashlib.new(DIGESTS[method], data).digest()), "it was changed")
    return data


def _exclusive(method: etree._Element) -> list[str]:
    """Return the prefixes that *method* adds to exclusive canonicalisation, the only one taken."""
    _need(method.get("Algorithm") == EXCLUSIVE, "another canonical form than the exclusive one")
    if len(method) == 0:
        return []
    prefixes = _only(method, f"{{{EXCLUSIVE}}}InclusiveNamespaces").get("PrefixList", "")
    return prefixes.split()


def _check_time(timestamp: etree._Element, now: datetime) -> datetime:
    try:
        created, expires = (
            datetime.fromisoformat((timestamp.findtext(f"{{{WSU}}}{name}") or "").strip())
            for name in ("Created", "Expires")
        )
        fresh = created - FRESH <= now <= min(expires, created + FRESH)
    except (TypeError, ValueError):
        message = "a Timestamp without zone or without both instants"
        raise BadMessage(message) from None
    _need(fresh, "not fresh: check both clocks")
    return created


def _only(parent: etree._Element, tag: str) -> etree._Element:
    """Return the one child of *parent* called *tag*."""
    found = parent.findall(tag)
    _need(len(found) == 1, f"not exactly one {etree.QName(tag).localname}")
    return found[0]


def _need(holds: object, rule: str) -> None:
    if not holds:
        raise BadMessage(rule)


def _bytes(element: etree._Element) -> bytes:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except ValueError:
        message = "not base64"
        raise BadMessage(message) from None


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
