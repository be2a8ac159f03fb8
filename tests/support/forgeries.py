"""
A signed SOAP message, and what enemies and careless banks do to it.
"""

from __future__ import annotations

import base64
import copy
from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree

from connectors import wsse
from connectors.keys import PemKey
from connectors.wsse import BODY, DS, HEADER, SOAP, WSSE, WSU
from tests.support.certificates import identity, pem

NOW = datetime(2026, 11, 23, 2, 15, 42, 123456, tzinfo=UTC)
KEY, CERTIFICATE = identity("bank")
_, STRANGER = identity("stranger")
ID = f"{{{WSU}}}Id"
PAID = "{urn:x}Amount"


def envelope() -> etree._Element:
    """Return an unsigned message that says 50000."""
    return etree.fromstring(
        f'<s:Envelope xmlns:s="{SOAP}"><s:Header/><s:Body><Paid xmlns="urn:x">'
        "<Amount>50000</Amount></Paid></s:Body></s:Envelope>"
    )


def signed(at: datetime = NOW) -> etree._Element:
    """Return the message as our own code signs it."""
    message = envelope()
    wsse.sign(message, PemKey(pem(KEY), pem(CERTIFICATE)), now=at)
    return message


def find(message: etree._Element, tag: str) -> etree._Element:
    """Return the first *tag* (``ds:Signature``) of *message*."""
    found = message.find(f".//{tag}", {"ds": DS, "wsse": WSSE, "wsu": WSU, "s": SOAP})
    assert found is not None
    return found


def forged_body(amount: str = "777") -> etree._Element:
    """Return a Body that nobody signed."""
    body = etree.Element(BODY)
    etree.SubElement(etree.SubElement(body, "{urn:x}Paid"), PAID).text = amount
    return body


def seal_again(message: etree._Element, algorithm: hashes.HashAlgorithm) -> None:
    """Sign SignedInfo anew with the bank's key, as the bank itself could."""
    data = wsse.canonical(find(message, "ds:SignedInfo"))
    value = base64.b64encode(KEY.sign(data, padding.PKCS1v15(), algorithm)).decode()
    find(message, "ds:SignatureValue").text = value


def digest_again(message: etree._Element, part: str, index: int) -> None:
    """Write the digest of *part* as it now is into reference *index*."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(wsse.canonical(find(message, part)))
    values = message.findall(f".//{{{DS}}}DigestValue")
    values[index].text = base64.b64encode(digest.finalize()).decode()


# The attacks


def changed_amount(message: etree._Element) -> None:
    """The amount is another."""
    find(message, f"{PAID}").text = "5000000"


def unsigned(message: etree._Element) -> None:
    """There is no security at all."""
    header = message.find(HEADER)
    assert header is not None
    header.clear()


def no_signature(message: etree._Element) -> None:
    """There is a Security header, but nothing is signed."""
    find(message, "wsse:Security").remove(find(message, "ds:Signature"))


def only_the_time_is_signed(message: etree._Element) -> None:
    """The bank signed the Timestamp, and somebody wrote the Body."""
    info = find(message, "ds:SignedInfo")
    info.remove(info.findall(f"{{{DS}}}Reference")[0])
    seal_again(message, hashes.SHA256())
    find(message, f"{PAID}").text = "999999999"


def only_the_body_is_signed(message: etree._Element) -> None:
    """The Timestamp could be from any day."""
    info = find(message, "ds:SignedInfo")
    info.remove(info.findall(f"{{{DS}}}Reference")[1])
    seal_again(message, hashes.SHA256())


def wrapped_in_the_header(message: etree._Element) -> None:
    """The signed Body hides in the Header; a forged one stands in its place."""
    body = find(message, "s:Body")
    message.replace(body, forged_body())
    header = message.find(HEADER)
    assert header is not None
    etree.SubElement(header, "{urn:x}Attic").append(body)


def wrapped_with_the_same_id(message: etree._Element) -> None:
    """As before, and the forged Body bears the same id."""
    name = find(message, "s:Body").get(ID, "")
    wrapped_in_the_header(message)
    message[-1].set(ID, name)


def wrapped_under_another_name(message: etree._Element) -> None:
    """The signed Body is no longer called Body; only its id leads to it."""
    body = find(message, "s:Body")
    message.replace(body, forged_body())
    body.tag = "{urn:x}Body"
    find(message, "wsse:Security").append(body)


def two_bodies(message: etree._Element) -> None:
    """A second Body follows the signed one."""
    message.append(forged_body())


def two_security_headers(message: etree._Element) -> None:
    """One would be checked, the other read."""
    security = find(message, "wsse:Security")
    parent = security.getparent()
    assert parent is not None
    parent.append(copy.deepcopy(security))


def security_elsewhere(message: etree._Element) -> None:
    """The Security header stands in the Body of something else."""
    header = message.find(HEADER)
    assert header is not None
    etree.SubElement(header, "{urn:x}Attic").append(find(message, "wsse:Security"))


def same_id_twice(message: etree._Element) -> None:
    """Two elements bear one id, in two spellings of the attribute."""
    find(message, "wsse:BinarySecurityToken").set("Id", find(message, "s:Body").get(ID, ""))


def sha1_digest(message: etree._Element) -> None:
    """The bank itself still uses SHA-1 digests."""
    find(message, "ds:DigestMethod").set("Algorithm", f"{DS}sha1")
    seal_again(message, hashes.SHA256())


def sha1_signature(message: etree._Element) -> None:
    """The bank itself still signs with SHA-1."""
    find(message, "ds:SignatureMethod").set("Algorithm", f"{DS}rsa-sha1")
    seal_again(message, hashes.SHA1())  # noqa: S303


def hmac_signature(message: etree._Element) -> None:
    """The "signature" is a HMAC, whose key would be the public certificate."""
    method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
    find(message, "ds:SignatureMethod").set("Algorithm", method)


def another_reference(message: etree._Element) -> None:
    """A third thing is signed as well."""
    info = find(message, "ds:SignedInfo")
    extra = copy.deepcopy(info[-1])
    extra.set("URI", "#Token")
    info.append(extra)
    seal_again(message, hashes.SHA256())


def the_same_reference_twice(message: etree._Element) -> None:
    """Two references to the Body, none to the Timestamp."""
    info = find(message, "ds:SignedInfo")
    info.remove(info[-1])
    info.append(copy.deepcopy(info[-1]))
    seal_again(message, hashes.SHA256())


def another_transform(message: etree._Element) -> None:
    """A transform could cut out what it likes; none but the canonical form is taken."""
    transforms = find(message, "ds:Transforms")
    method = "http://www.w3.org/TR/1999/REC-xpath-19991116"
    etree.SubElement(transforms, f"{{{DS}}}Transform", Algorithm=method)
    seal_again(message, hashes.SHA256())


def inclusive_form(message: etree._Element) -> None:
    """Another canonical form."""
    method = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    find(message, "ds:CanonicalizationMethod").set("Algorithm", method)
    seal_again(message, hashes.SHA256())


def no_zone(message: etree._Element) -> None:
    """An instant without a zone means nothing."""
    find(message, "wsu:Created").text = "2026-11-23T02:15:42"
    digest_again(message, "wsu:Timestamp", 1)
    seal_again(message, hashes.SHA256())


def no_end(message: etree._Element) -> None:
    """A Timestamp without Expires."""
    find(message, "wsu:Timestamp").remove(find(message, "wsu:Expires"))
    digest_again(message, "wsu:Timestamp", 1)
    seal_again(message, hashes.SHA256())


def strangers_certificate(message: etree._Element) -> None:
    """The message brings a certificate of its own."""
    der = STRANGER.public_bytes(encoding=serialization.Encoding.DER)
    find(message, "wsse:BinarySecurityToken").text = base64.b64encode(der).decode()


def nobodys_certificate(message: etree._Element) -> None:
    """The token is no base64."""
    find(message, "wsse:BinarySecurityToken").text = "&&&"


ATTACKS = [
    changed_amount,
    unsigned,
    no_signature,
    only_the_time_is_signed,
    only_the_body_is_signed,
    wrapped_in_the_header,
    wrapped_with_the_same_id,
    wrapped_under_another_name,
    two_bodies,
    two_security_headers,
    security_elsewhere,
    same_id_twice,
    sha1_digest,
    sha1_signature,
    hmac_signature,
    another_reference,
    the_same_reference_twice,
    another_transform,
    inclusive_form,
    no_zone,
    no_end,
    strangers_certificate,
    nobodys_certificate,
]
