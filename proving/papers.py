"""
A second look at a signed result, by eyes that share nothing with the hub's: no pyHanko.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_STAMP = "tst_info"
_TIME_ONLY = "B-T"


class _Unfit(Exception):
    """The paper is not what it should be."""


def fault_of(
    data: bytes, paper: bytes, certificates: Sequence[bytes], trust: Path | None = None
) -> str:
    """
    Return what is wrong with *data*, the signed *paper* of a department; empty if nothing is.

    It begins with the very bytes of *paper* and is signed by each of *certificates* (DER), in
    this order, and by nobody else; each signature is whole and covers all that stood before it,
    and after the last one there is nothing but time stamps. Each certificate was issued by one
    in the folder *trust*, if one is given.
    """
    if not data.startswith(paper):
        return "it is not the paper that the department handed over"
    try:
        found = [_signature(data, match) for match in _RANGE.finditer(data)]
        _covered(data, found)
    except _Unfit as fault:
        return str(fault)
    except (ValueError, KeyError, IndexError):
        return "a signature that cannot be read"
    signers = [one.certificate for one in found if not one.stamp]
    if signers != list(certificates):
        return f"{len(signers)} signatures, not one of each who must sign, in their order"
    if trust and not all(_issued(der, trust) for der in signers):
        return "signed with a certificate that is not trusted"
    return ""


def unproven(data: bytes, level: str) -> str:
    """
    Return what the stamped *data* lack for *level*; empty if nothing.

    Each stamp is over the bytes before it and was signed by the certificate in it; the last
    signature of all is a stamp, and from B-LT on the answers about certificates are there.
    """
    stamps = []
    try:
        for match in _RANGE.finditer(data):
            envelope = bytes.fromhex(data[int(match[2]) + 1 : int(match[3]) - 1].decode("ascii"))
            signed = cms.ContentInfo.load(envelope)["content"]
            if stamp := signed["encap_content_info"]["content_type"].native == _STAMP:
                _check_stamp(signed, _covered_by(data, match))
            stamps.append(stamp)
    except _Unfit as fault:
        return str(fault)
    except (ValueError, KeyError, IndexError):
        return "a stamp that cannot be read"
    if not stamps or not stamps[-1]:
        return "no time stamp at its end"
    if level != _TIME_ONLY and not (b"/DSS" in data and (b"/OCSPs" in data or b"/CRLs" in data)):
        return f"no answers about its certificates, at {level}"
    return ""


def _covered_by(data: bytes, match: re.Match[bytes]) -> bytes:
    _start, first, second, rest = (int(number) for number in match.groups())
    return hashlib.sha256(data[:first] + data[second : second + rest]).digest()


def _check_stamp(signed: cms.SignedData, covered: bytes) -> None:
    """Return quietly if the stamp is over *covered*, and signed by a certificate that it holds."""
    content, info = signed["encap_content_info"]["content"], signed["signer_infos"][0]
    told = {one["type"].native: one["values"][0].native for one in info["signed_attrs"]}
    over = content.parsed["message_imprint"]["hashed_message"].native
    if over != covered or told["message_digest"] != hashlib.sha256(content.contents).digest():
        message = "a stamp over other bytes"
        raise _Unfit(message)
    _check(info, signed["certificates"][0].chosen.dump())


class _Signature:
    """One signature of a file: who made it, and up to where it covers the file."""

    def __init__(self, certificate: bytes, end: int, *, stamp: bool) -> None:
        self.certificate, self.end, self.stamp = certificate, end, stamp


def _covered(data: bytes, found: Sequence[_Signature]) -> None:
    """Each covers more than the one before it, and the last one, stamp or not, everything."""
    ends = [one.end for one in found]
    if not found or ends != sorted(set(ends)) or ends[-1] != len(data):
        message = "there are bytes that no signature covers"
        raise _Unfit(message)


def _signature(data: bytes, match: re.Match[bytes]) -> _Signature:
    start, first, second, rest = (int(number) for number in match.groups())
    if start != 0 or data[first : first + 1] != b"<" or data[second - 1 : second] != b">":
        message = "a signature leaves more out than itself"
        raise _Unfit(message)
    covered = hashlib.sha256(data[:first] + data[second : second + rest]).digest()
    envelope = bytes.fromhex(data[first + 1 : second - 1].decode("ascii"))
    signed = cms.ContentInfo.load(envelope)["content"]
    if signed["encap_content_info"]["content_type"].native == _STAMP:
        return _Signature(b"", second + rest, stamp=True)
    info = signed["signer_infos"][0]
    told = {one["type"].native: one["values"][0].native for one in info["signed_attrs"]}
    if told["message_digest"] != covered:
        message = "the digest is of other bytes"
        raise _Unfit(message)
    certificate = _check(info, signed["certificates"][0].chosen.dump())
    return _Signature(certificate, second + rest, stamp=False)


def _check(info: cms.SignerInfo, certificate: bytes) -> bytes:
    """Return the *certificate* if its key made the signature of *info*."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    attributes = info["signed_attrs"].untag().dump()
    try:
        assert isinstance(key, RSAPublicKey)
        key.verify(info["signature"].native, attributes, PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        message = "a signature that its certificate did not make"
        raise _Unfit(message) from None
    return certificate


def _issued(certificate: bytes, trust: Path) -> bool:
    """Tell whether a certificate in the folder *trust* issued *certificate*."""
    known = [file.read_bytes() for file in sorted(trust.glob("*.pem"))]
    return any(_issued_by(certificate, issuer) for issuer in known)


@cache
def _issued_by(certificate: bytes, issuer: bytes) -> bool:
    one, other = x509.load_der_x509_certificate(certificate), x509.load_pem_x509_certificate(issuer)
    try:
        one.verify_directly_issued_by(other)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
