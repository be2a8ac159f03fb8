"""
One XAdES B-B signature of a file (ETSI EN 319 132-1): prepare, sign elsewhere, finish.

The text that leaves is the canonical ``SignedInfo``; ``finish`` checks the answer with the
certificate's public key and only then puts it in, as for PDF. Four forms:

- *enveloped*: the signature is the last child of the XML that it signs, all of it;
- *enveloping*: the file, XML or not, lies inside the signature;
- *detached*: the signature is a file of its own beside the one that it names by its digest;
- *counter*: the signature is put on another one's value, inside it, as a seal is put on what an
  official signed. Two signatures side by side would each break the other.

Written by hand, for signxml cannot be given a signature from elsewhere, chooses its own ids and
time, and with exclusive canonicalisation writes a wrong digest of what it signs; it is the judge
in the tests, with xmlsec1.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from lxml import etree

from signing import cms
from signing.certificates import Certificate, Scheme
from signing.kept import Kept
from signing.xml import names, reading
from signing.xml.names import ds, xades

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")

#: RFC 9231, by how the key signs.
_METHODS: Final = {
    Scheme.RSA: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    Scheme.PSS: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
    Scheme.P256: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    Scheme.P384: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
}


class Form(StrEnum):
    """Where the signature stands."""

    ENVELOPED = "enveloped"
    ENVELOPING = "enveloping"
    DETACHED = "detached"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Request:
    """What to sign and how."""

    id: str
    """The signature's own Id, an XML name; its parts are called after it."""
    certificate: Certificate
    at: datetime
    """The claimed time, aware; legal time is a time stamp's."""
    form: Form = Form.ENVELOPED
    media_type: str = "application/xml"
    description: str = ""
    """Signed beside the file, such as its number and date."""
    over: str = ""
    """Id of the signature that is countersigned."""
    name: str = ""
    """Name of the file beside a detached signature."""


class NothingToSignError(ValueError):
    """There is no signature of this Id, or its parts cannot be told apart."""


@dataclass(slots=True)
class Prepared:
    """A file with room for a signature."""

    certificate: Certificate
    attributes: bytes
    """The canonical SignedInfo: the text that the token signs."""
    _root: etree._Element
    _value: etree._Element
    media_type: ClassVar[str] = "application/xml"

    def finish(self, signature: bytes) -> bytes:
        """
        Return the signed XML, with the token's raw *signature* in it.

        WrongKeyError, and nothing put in, if the signature is not by the certificate's key.
        """
        self.certificate.check(self.certificate.wire(signature), self.attributes)
        # XML carries ECDSA as r and s side by side, which is what a token answers.
        self._value.text = _base64(signature)
        return serialise(self._root)

    def kept(self) -> Kept:
        """Return what has to be remembered where the answer takes minutes."""
        return Kept(serialise(self._root))


def restored(kept: Kept, attributes: bytes, certificate: Certificate, id_: str) -> Prepared:
    """Return the file that was *kept* while the *attributes* of *id_* were signed elsewhere."""
    root = reading.parse(kept.file)
    signature = find(root, id_)
    return Prepared(certificate, attributes, root, signature[1])


def prepare(data: bytes, request: Request) -> Prepared:
    """
    Return *data* ready to be signed as *request* says.

    UnfitError if XML that is signed as such may not be; NothingToSignError without the
    signature to be countersigned.
    """
    if request.form is Form.DETACHED:
        return prepare_digest(sha256(data).digest(), request)
    signature = _empty(request.id)
    if request.form is Form.ENVELOPING:
        content = _object(data, request)
        signature.append(content)
        # The element is signed, not what it decodes to: it says what kind of file that is.
        target = _Target(f"#{content.get('Id')}", _digest(content), (names.C14N,))
        return _sign(signature, signature, request, target)
    counter = request.form is Form.COUNTER
    root = reading.parse(data) if counter else reading.check(data)
    _fresh(root, request.id)
    if counter:
        value = _value_of(root, request.over)
        target = _Target(f"#{value.get('Id')}", _digest(value), (names.C14N,), names.COUNTERSIGNED)
        unsigned_properties(find(root, request.over)).append(xades("CounterSignature", signature))
        return _sign(root, signature, request, target)
    target = _Target("", _digest(root), (names.ENVELOPED, names.C14N))
    root.append(signature)
    return _sign(root, signature, request, target)


def prepare_digest(digest: bytes, request: Request) -> Prepared:
    """Return a detached signature of the file ``request.name`` with this SHA-256 *digest*."""
    signature = _empty(request.id)
    target = _Target(quote(request.name), _base64(digest), ())
    return _sign(signature, signature, request, target)


def serialise(root: etree._Element) -> bytes:
    """Return the file of *root*, in UTF-8, with what stood beside the root."""
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def canonical(element: etree._Element) -> bytes:
    """Return the exclusive canonical form of *element* without comments."""
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def find(root: etree._Element, id_: str) -> etree._Element:
    """Return the one signature called *id_*; NothingToSignError if there is not exactly one."""
    found = [one for one in root.iter(names.SIGNATURE) if one.get("Id") == id_]
    if len(found) != 1:
        raise NothingToSignError(id_)
    return found[0]


def unsigned_properties(signature: etree._Element) -> etree._Element:
    """Return where *signature* keeps what is added later; made if it is not there."""
    kept = signature.find(f"{{{names.DS}}}Object/{names.QUALIFYING}")
    if kept is None:
        raise NothingToSignError(signature.get("Id", ""))
    place = kept.find(f".//{names.UNSIGNED}")
    # Only this signature's own, not those of a countersignature inside it.
    if place is None or next(place.iterancestors(names.SIGNATURE)) is not signature:
        place = xades("UnsignedSignatureProperties")
        kept.append(xades("UnsignedProperties", place))
    return place


@dataclass(frozen=True, slots=True)
class _Target:
    """What the first reference points to."""

    uri: str
    digest: str
    transforms: tuple[str, ...]
    kind: str = ""


def _sign(
    root: etree._Element, signature: etree._Element, request: Request, target: _Target
) -> Prepared:
    """Fill *signature*, which stands in its place already, for canonical forms depend on it."""
    certificate = request.certificate
    info, value, keys = signature[0], signature[1], signature[2]
    keys.append(
        ds(
            "X509Data",
            *(ds("X509Certificate", _base64(der)) for der in _once(certificate)),
        )
    )
    properties = _properties(request)
    signature.append(
        ds("Object", xades("QualifyingProperties", properties, Target=f"#{request.id}"))
    )
    info.extend(
        (
            ds("CanonicalizationMethod", Algorithm=names.C14N),
            ds("SignatureMethod", Algorithm=_METHODS[certificate.scheme]),
            _reference(target, Id=f"{request.id}-data"),
            _reference(
                _Target(
                    f"#{properties.get('Id')}",
                    _digest(properties),
                    (names.C14N,),
                    names.SIGNED_PROPERTIES,
                )
            ),
        )
    )
    return Prepared(certificate, canonical(info), root, value)


def _empty(id_: str) -> etree._Element:
    made: etree._Element = ds(
        "Signature",
        ds("SignedInfo"),
        ds("SignatureValue", Id=f"{id_}-value"),
        ds("KeyInfo"),
        Id=id_,
    )
    return made


def _reference(target: _Target, **attributes: str) -> etree._Element:
    if target.kind:
        attributes["Type"] = target.kind
    made: etree._Element = ds("Reference", URI=target.uri, **attributes)
    if target.transforms:
        steps = (ds("Transform", Algorithm=algorithm) for algorithm in target.transforms)
        made.append(ds("Transforms", *steps))
    made.extend((ds("DigestMethod", Algorithm=names.SHA256), ds("DigestValue", target.digest)))
    return made


def _properties(request: Request) -> etree._Element:
    """Return what is signed beside the file: the claimed time, the certificate, the kind of it."""
    certificate = request.certificate
    digest = _base64(sha256(certificate.der).digest())
    named = xades(
        "Cert",
        xades(
            "CertDigest",
            ds("DigestMethod", Algorithm=names.SHA256),
            ds("DigestValue", digest),
        ),
        xades("IssuerSerialV2", _base64(_issuer_serial(certificate))),
    )
    at = request.at.astimezone(VIETNAM).isoformat(timespec="seconds")
    about = [xades("Description", request.description)] if request.description else []
    made: etree._Element = xades(
        "SignedProperties",
        xades(
            "SignedSignatureProperties",
            xades("SigningTime", at),
            xades("SigningCertificateV2", named),
        ),
        xades(
            "SignedDataObjectProperties",
            xades(
                "DataObjectFormat",
                *about,
                xades("MimeType", request.media_type),
                ObjectReference=f"#{request.id}-data",
            ),
        ),
        Id=f"{request.id}-signed",
    )
    return made


def _issuer_serial(certificate: Certificate) -> bytes:
    """Return the DER of IssuerSerial (RFC 5035) with the issuer's name byte for byte."""
    named = cms.der(cms.SEQUENCE, cms.der(0xA4, certificate.issuer))
    return cms.der(cms.SEQUENCE, named, certificate.serial)


def _object(data: bytes, request: Request) -> etree._Element:
    """Return the file as the content of an enveloping signature."""
    made: etree._Element = ds("Object", Id=f"{request.id}-object", MimeType=request.media_type)
    if _is_xml(request):
        made.append(reading.check(data))
    else:
        made.set("Encoding", names.BASE64)
        made.text = _base64(data)
    return made


def _is_xml(request: Request) -> bool:
    return request.media_type in ("application/xml", "text/xml")


def _fresh(root: etree._Element, id_: str) -> None:
    """Refuse a file that already uses one of the names that the signature *id_* will have."""
    ours = {id_, *(f"{id_}-{part}" for part in ("value", "signed", "data", "object"))}
    if ours & set(reading.ids(root)):
        raise reading.UnfitError(reading.Unfit.DUPLICATE_ID)


def _value_of(root: etree._Element, over: str) -> etree._Element:
    value = find(root, over).find(names.SIGNATURE_VALUE)
    if value is None or not value.get("Id"):
        raise NothingToSignError(over)
    return value


def _once(certificate: Certificate) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys((certificate.der, *certificate.chain)))


def _digest(element: etree._Element) -> str:
    return _base64(sha256(canonical(element)).digest())


def _base64(data: bytes) -> str:
    return b64encode(data).decode()
