"""
The rules for XML signatures (XMLDSig, XAdES): enveloped, enveloping, detached, countersigned.

signxml does the cryptography, one signature at a time. What it is given is narrowed first, for
the attacks on XML signatures are all about a verifier and a reader who look at different nodes:
no document type, no entity, nothing fetched; every reference must point to the whole document, to
an object of the signature itself, to the value that it countersigns, or to one element; and what
is read afterwards (signing time, certificate) is read from the signed bytes alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml import exceptions
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from signing.verification import xades
from signing.verification.asked import Asked
from signing.verification.findings import Findings, Seen
from signing.verification.paths import Usage, follow
from signing.verification.signers import watch
from signing.verification.xades import DS, XADES, find, texts

_SIGNATURE = f"{DS}Signature"
_ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
_BASE64 = "http://www.w3.org/2000/09/xmldsig#base64"
_C14N = (
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
)
_SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
IRREGULAR, WRAPPED, BROKEN = "irregular_structure", "signature_wrapped", "signature_broken"
NO_CONTENT, TRANSFORM, NO_SIGNER = "content_missing", "xml_transform", "signer_missing"
#: More signatures or references than any real file has: somebody wants our time.
_MOST = 50

_METHODS = frozenset(one for one in SignatureMethod if not one.name.startswith(("HMAC", "DSA")))
_WEAK = frozenset(one.value for one in SignatureMethod if "SHA1" in one.name) | {
    DigestAlgorithm.SHA1.value
}


class _NotFitError(Exception):
    """The structure is none that we follow; the argument is the reason's word."""


def is_xml(data: bytes) -> bool:
    """Tell whether *data* looks like XML."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def judge(data: bytes, asked: Asked) -> Findings:
    """Return what is to be said of the XML *data*; nothing outside of it is ever fetched."""
    findings = Findings()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        findings.reasons.append("unreadable")
        return findings
    document: Any = root.getroottree().docinfo
    if document.doctype or any(True for _ in root.iter(etree.Entity)):
        findings.reasons.append("xml_dtd")
        return findings
    signatures = list(root.iter(_SIGNATURE))
    if not signatures:
        findings.reasons.append("unsigned")
    if len(signatures) > _MOST:
        findings.reasons.append("irregular_structure")
        return findings
    covered = [
        _judge_one(_One(root, one, place), asked, findings) for place, one in enumerate(signatures)
    ]
    if signatures and not any(covered):
        findings.reasons.append("only_a_part_signed")
    return findings


@dataclass(frozen=True, slots=True)
class _One:
    """One signature in its document."""

    root: etree._Element
    element: etree._Element
    place: int

    @property
    def name(self) -> str:
        """Its Id, or its place in the document."""
        return str(self.element.get("Id", str(self.place + 1)))

    @property
    def info(self) -> etree._Element:
        """The SignedInfo."""
        return find(self.element, f"{DS}SignedInfo")

    @property
    def references(self) -> list[etree._Element]:
        """What is signed."""
        return self.info.findall(f"{DS}Reference")

    def inside(self) -> Iterator[etree._Element]:
        """Yield what belongs to this signature, but not to a countersignature in it."""
        for one in self.element.iter():
            if next(one.iterancestors(_SIGNATURE), self.element) is self.element:
                yield one


class _Verifier(XMLVerifier):
    """signxml's verifier, told which signature of the document is meant."""

    def __init__(self, place: int) -> None:
        self._place = place

    def _get_signature(self, root: etree._Element) -> etree._Element:
        return list(root.iter(_SIGNATURE))[self._place]


def _judge_one(one: _One, asked: Asked, findings: Findings) -> bool:
    """Judge one signature; return whether it (or what it countersigns) covers the content."""
    try:
        covers = _targets(one, asked)
        certificate, results = _verified(one, asked)
    except _NotFitError as error:
        findings.reasons.append(str(error))
        return True
    properties = _signed_properties(one, results)
    signer = asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
    if properties is not None and not xades.names(properties, signer):
        findings.reasons.append("signature_broken")
    elif properties is None and any(one.element.iter(f"{XADES}SignedProperties")):
        # They look signed to a reader, and are not.
        findings.reasons.append("signature_wrapped")
    evidence = xades.evidence(one.element)
    stamps = xades.stamps(one.element, evidence, asked)
    proven = min((stamp.at for stamp in stamps if stamp.trusted), default=None)
    findings.reasons += ["stamp_untrusted"] if stamps and proven is None else []
    moment = min(proven, asked.at) if proven else asked.at
    way = follow(signer, evidence, asked, at=moment, usage=Usage.SIGNING)
    findings.reasons += [way.reason] if way.reason else []
    if _WEAK.intersection(node.get("Algorithm") for node in one.info.iter()):
        findings.reasons.append("algorithm_weak")
    claimed = xades.claimed(properties) if properties is not None else None
    watch(claimed, moment, findings, sure=proven is not None)
    findings.signatures.append(
        Seen(
            one.name,
            signer.sha256.hex(),
            claimed.isoformat() if claimed else "",
            trusted=not way.reason,
            stamp=False,
            tree=way.tree,
            proven_at=proven.isoformat() if proven else "",
        )
    )
    return covers


# What is signed


def _targets(one: _One, asked: Asked) -> bool:
    """
    Check where every reference leads; return whether the content is covered.

    _NotFitError for anything that a reader could take for something else.
    """
    references = one.references
    if not references or len(references) > _MOST or not _is_alone(one):
        raise _NotFitError(IRREGULAR)
    _check_objects(one)
    covers = [_target(one, reference, asked) for reference in references]  # each is checked
    return any(covers)


def _is_alone(one: _One) -> bool:
    """Tell whether the parts that must be there once are there once."""
    parts = ("SignedInfo", "SignatureValue", "KeyInfo")
    return all(len(one.element.findall(DS + part)) <= 1 for part in parts)


def _target(one: _One, reference: etree._Element, asked: Asked) -> bool:
    _check_transforms(reference)
    uri = reference.get("URI")
    if uri == "":
        return True
    if uri is None or not uri.startswith("#"):
        if asked.beside is None:
            raise _NotFitError(NO_CONTENT)
        return True
    named = [node for node in one.root.iter() if uri[1:] in _ids(node)]
    if len(named) != 1:
        raise _NotFitError(WRAPPED if named else BROKEN)
    (target,) = named
    own = set(one.inside())
    if reference.get("Type") == _SIGNED_PROPERTIES:
        if target not in own or target.tag != f"{XADES}SignedProperties":
            raise _NotFitError(WRAPPED)
        return False
    if target.tag == f"{DS}SignatureValue":
        return target in {outer.find(f"{DS}SignatureValue") for outer in _outer(one)}
    if target in own:
        return target.tag == f"{DS}Object"
    return _covers(one, target)


def _outer(one: _One) -> Iterator[etree._Element]:
    return one.element.iterancestors(_SIGNATURE)


def _ids(node: etree._Element) -> set[str]:
    """Return every name of *node*, in any spelling of the attribute that signxml follows."""
    names = ((etree.QName(str(key)).localname, value) for key, value in node.attrib.items())
    return {str(value) for key, value in names if key in ("Id", "ID", "id")}


def _covers(one: _One, target: etree._Element) -> bool:
    """
    Tell whether all that can be read stands in *target* or in signatures.

    Another element of the same name beside it is the classic wrapping: a reader would take
    that one.
    """
    if target is one.root:
        return True
    signed = {id(node) for node in target.iter()}
    rest = [node for node in one.root.iter(etree.Element) if id(node) not in signed]
    if any(node.tag == target.tag for node in rest):
        raise _NotFitError(WRAPPED)
    ends = (target, *one.root.iter(_SIGNATURE))
    ways = {id(node) for end in ends for node in end.iterancestors()}
    return all(id(node) in ways and not _says(node) for node in rest if not _is_in_signature(node))


def _is_in_signature(node: etree._Element) -> bool:
    return node.tag == _SIGNATURE or any(True for _ in node.iterancestors(_SIGNATURE))


def _says(node: etree._Element) -> bool:
    """Tell whether *node* itself tells a reader anything: by text or attributes."""
    pieces = (node.text, *(child.tail for child in node))
    return bool(node.attrib) or any((piece or "").strip() for piece in pieces)


def _check_objects(one: _One) -> None:
    """Refuse objects in the signature that nobody signed, and lists of further references."""
    named = {reference.get("URI", "").removeprefix("#") for reference in one.references}
    for found in one.element.findall(f"{DS}Object"):
        kinds = {child.tag for child in found}
        unsigned = not named & set().union(*(_ids(node) for node in found.iter()))
        own = kinds == {f"{XADES}QualifyingProperties"}
        if f"{DS}Manifest" in kinds or (unsigned and not own):
            raise _NotFitError(IRREGULAR)


def _check_transforms(reference: etree._Element) -> None:
    """Refuse what could cut pieces out of the signed node: XPath, XSLT, and whatever is new."""
    for transform in reference.iter(f"{DS}Transform"):
        algorithm = transform.get("Algorithm", "").removesuffix("WithComments").removesuffix("#")
        known = (_ENVELOPED, _BASE64, *(one.removesuffix("#") for one in _C14N))
        if algorithm not in known:
            raise _NotFitError(TRANSFORM)


# The cryptography


def _verified(one: _One, asked: Asked) -> tuple[x509.Certificate, list[VerifyResult]]:
    """Return the certificate whose key made the signature, and what was signed."""
    candidates = _certificates(one, asked)
    if not candidates:
        raise _NotFitError(NO_SIGNER)
    for certificate in candidates:
        try:
            return certificate, _verify(one, certificate, asked)
        except exceptions.InvalidDigest:
            break
        except (exceptions.SignXMLException, UnsupportedAlgorithm, etree.LxmlError):
            continue
        except (ValueError, TypeError, KeyError, AttributeError, AssertionError):
            # signxml on elements without text, unknown algorithms, keys of another kind.
            continue
    raise _NotFitError(BROKEN)


def _certificates(one: _One, asked: Asked) -> list[x509.Certificate]:
    """Return whose signature it may be: those in KeyInfo, else those of our store by serial."""
    own = [
        text for node in one.inside() if node.tag == f"{DS}X509Certificate" for text in texts(node)
    ]
    found = [x509.load_der_x509_certificate(der) for der in map(xades.decoded, own[:_MOST]) if der]
    if found:
        return found
    serials = {node.text for node in one.inside() if node.tag == f"{DS}X509SerialNumber"}
    return [
        x509.load_der_x509_certificate(kept.dump())
        for kept in asked.anchors.certificates.values()
        if str(kept.serial_number) in serials
    ]


def _verify(one: _One, certificate: x509.Certificate, asked: Asked) -> list[VerifyResult]:
    configuration = SignatureConfiguration(
        expect_references=True,
        signature_methods=_METHODS,
        digest_algorithms=frozenset(DigestAlgorithm),
        # The certificate's time is judged by its path, at the instant that stamps prove.
        verification_time=certificate.not_valid_before_utc + timedelta(seconds=1),
    )
    results = _Verifier(one.place).verify(
        etree.tostring(one.root.getroottree()),
        x509_cert=certificate,
        uri_resolver=lambda _uri: asked.beside,
        expect_config=configuration,
    )
    return results if isinstance(results, list) else [results]


def _signed_properties(one: _One, results: list[VerifyResult]) -> etree._Element | None:
    """Return the signed properties as they were signed, or None."""
    for reference, result in zip(one.references, results, strict=True):
        signed = result.signed_xml
        if reference.get("Type") == _SIGNED_PROPERTIES and signed is not None:
            return signed
    return None
