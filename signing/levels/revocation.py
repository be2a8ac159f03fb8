"""
What an OCSP answer or a revocation list is worth for one certificate, and what it says.

Nothing is believed by halves: an answer that is not the issuer's own or its delegate's, that is
too old, or that does not know the certificate is named trouble, and never "not revoked".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import HashAlgorithm
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

UNREADABLE = "revocation_unreadable"
UNKNOWN = "revocation_unknown"
STALE = "revocation_stale"
BROKEN = "revocation_broken"
WRONG_RESPONDER = "revocation_wrong_responder"
WRONG_LIST = "revocation_wrong_list"
NO_ADDRESS = "revocation_no_address"
"""The certificate does not say whom to ask."""

#: An authority's clock may be ahead of ours by so much.
AHEAD = timedelta(minutes=5)

#: What tells no end of its own is taken for fresh so long.
FRESH = timedelta(days=1)


class RevocationError(Exception):
    """What was told proves nothing; ``word`` says why not."""

    def __init__(self, word: str) -> None:
        """Keep the *word*."""
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Told:
    """What an authority vouches for."""

    told_at: datetime
    """As of when, UTC."""
    next_update: datetime
    revoked_at: datetime | None = None


def of_ocsp(
    data: bytes, certificate: x509.Certificate, issuer: x509.Certificate, *, at: datetime
) -> Told:
    """Return what the OCSP answer *data* proves at the instant *at*; RevocationError if nothing."""
    try:
        answer = ocsp.load_der_ocsp_response(data)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise RevocationError(UNKNOWN)
        one = _about(answer, certificate, issuer)
        _by_the_right_one(answer, issuer)
    except ValueError as error:
        raise RevocationError(UNREADABLE) from error
    if one.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        raise RevocationError(UNKNOWN)
    told = Told(
        one.this_update_utc,
        one.next_update_utc or one.this_update_utc + FRESH,
        one.revocation_time_utc,
    )
    return _fresh(told, at)


def of_crl(
    data: bytes, certificate: x509.Certificate, issuer: x509.Certificate, *, at: datetime
) -> Told:
    """Return what the list *data* proves at the instant *at*; RevocationError if nothing."""
    try:
        found = x509.load_der_x509_crl(data)
        ours = found.issuer == issuer.subject and _is_whole(found, certificate)
        signed = found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type] # a CA's
    except (ValueError, TypeError) as error:
        raise RevocationError(UNREADABLE) from error
    if not ours:
        raise RevocationError(WRONG_LIST)
    if not signed:
        raise RevocationError(BROKEN)
    entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
    told = Told(
        found.last_update_utc,
        found.next_update_utc or found.last_update_utc + FRESH,
        entry.revocation_date_utc if entry else None,
    )
    return _fresh(told, at)


def _fresh(told: Told, at: datetime) -> Told:
    if not told.told_at - AHEAD <= at < told.next_update:
        raise RevocationError(STALE)
    return told


def _about(
    answer: ocsp.OCSPResponse, certificate: x509.Certificate, issuer: x509.Certificate
) -> ocsp.OCSPSingleResponse:
    """Return what is said of *certificate* as *issuer* issued it, by number, name and key."""
    for one in answer.responses:
        asked = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, one.hash_algorithm)
        ours = asked.build()
        names = (one.serial_number, one.issuer_name_hash, one.issuer_key_hash)
        if names == (ours.serial_number, ours.issuer_name_hash, ours.issuer_key_hash):
            return one
    raise RevocationError(UNKNOWN)


def _by_the_right_one(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> None:
    """Return quietly if *issuer* signed, or whom it delegated to (RFC 6960 §4.2.2.2)."""
    named = [one for one in (issuer, *answer.certificates) if _is_named(answer, one)]
    right = [one for one in named if one == issuer or _is_delegate(one, issuer, answer)]
    if not right:
        raise RevocationError(WRONG_RESPONDER)
    hashed = answer.signature_hash_algorithm
    if not any(_signed(one, answer, hashed) for one in right):
        raise RevocationError(BROKEN)


def _is_named(answer: ocsp.OCSPResponse, one: x509.Certificate) -> bool:
    if answer.responder_name is not None:
        return answer.responder_name == one.subject
    return (
        answer.responder_key_hash
        == x509.SubjectKeyIdentifier.from_public_key(one.public_key()).digest
    )


def _is_delegate(
    one: x509.Certificate, issuer: x509.Certificate, answer: ocsp.OCSPResponse
) -> bool:
    at = answer.produced_at_utc
    try:
        usage = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        one.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    in_force = one.not_valid_before_utc <= at <= one.not_valid_after_utc
    return in_force and ExtendedKeyUsageOID.OCSP_SIGNING in usage


def _signed(one: x509.Certificate, answer: ocsp.OCSPResponse, hashed: HashAlgorithm | None) -> bool:
    key, text = one.public_key(), answer.tbs_response_bytes
    try:
        if isinstance(key, rsa.RSAPublicKey) and hashed:
            key.verify(answer.signature, text, padding.PKCS1v15(), hashed)
        elif isinstance(key, ec.EllipticCurvePublicKey) and hashed:
            key.verify(answer.signature, text, ec.ECDSA(hashed))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _is_whole(found: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Tell whether the list speaks of such certificates at all, by itself, for every reason."""
    try:
        found.extensions.get_extension_for_class(x509.DeltaCRLIndicator)
    except x509.ExtensionNotFound:
        pass
    else:
        return False
    try:
        part = found.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return True
    others = (
        part.only_contains_user_certs
        if _is_authority(certificate)
        else (part.only_contains_ca_certs)
    )
    only = part.only_some_reasons or part.only_contains_attribute_certs
    return not (others or only or part.indirect_crl)


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
