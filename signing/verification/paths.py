"""
From a certificate to a trusted root at one instant, and what is known of its revocation.

pyHanko's path validator does the work. Its answers are kept: a batch is signed by a few
certificates, and nothing about them changes within a minute.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache

from asn1crypto import crl, ocsp, x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.generic_cms import validate_cert_usage
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from dossiers.signing_status import Policy
from signing.verification.asked import Asked, Evidence
from signing.verification.trusting import Anchors


class Usage(Enum):
    """What a certificate was used for; its issuer must have meant it for that."""

    SIGNING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    STAMPING = KeyUsageConstraints(extd_key_usage={"time_stamping"})


#: What is wrong with a path, in our words; anything else is ``untrusted``.
_REASONS = {
    AdESIndeterminate.EXPIRED: "certificate_expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "certificate_expired",
    AdESIndeterminate.NOT_YET_VALID: "certificate_not_yet_valid",
    AdESIndeterminate.REVOKED_NO_POE: "certificate_revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "certificate_revoked",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "certificate_unfit",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "algorithm_weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "algorithm_weak",
}

#: Answers out of date; pyHanko says the second of several, one of which is about another one.
_NO_ANSWER = (AdESIndeterminate.TRY_LATER, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE)

_REVOKED = (AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE)

#: How much must be known of revocation: nothing asked, what there is, what the certificates
#: promise, everything.
_NONE, _SOFT, _HARD, _ALWAYS = "none", "soft-fail", "hard-fail", "require"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a certificate leads."""

    reason: str
    """A word against it, or empty."""
    tree: str = ""


def follow(
    certificate: x509.Certificate, evidence: Evidence, asked: Asked, *, at: datetime, usage: Usage
) -> Way:
    """
    Return where *certificate* led at the instant *at*: now, or when a stamp proves it was used.

    Revocation told after *at* speaks about the time of *at* too: that is how kept answers work.
    """
    validity = certificate["tbs_certificate"]["validity"]
    minute = at.replace(second=0, microsecond=0)
    begins, ends = validity["not_before"].native, validity["not_after"].native
    if not begins <= at <= ends or not begins <= minute or evidence.ocsps or evidence.crls:
        # An answer may be of this very minute, and would then be one of the future.
        minute = at
    policy = Policy.OURS if usage is Usage.STAMPING else asked.policy
    past, der = at < asked.at, certificate.dump()
    return _follow(_Case(der, evidence, asked.anchors, minute, past, usage, policy))


@dataclass(frozen=True, slots=True)
class _Case:
    """All that an answer depends on, so that it can be kept."""

    der: bytes
    evidence: Evidence
    anchors: Anchors
    at: datetime
    past: bool
    usage: Usage
    policy: Policy


@lru_cache(maxsize=512)
def _follow(case: _Case) -> Way:
    found, tree = _validate(case, _SOFT)
    if stale := found in _NO_ANSWER:
        # Answers out of date are no answers; the path itself may well hold.
        found, tree = _validate(case, _NONE)
    if found is not None or case.policy is Policy.OURS:
        return Way(_word(case, found), tree)
    if stale:
        return Way("revocation_unknown", tree)
    found, _tree = _validate(case, _ALWAYS if case.anchors.signed else _HARD)
    if found in _REVOKED:
        return Way("certificate_revoked", tree)
    return Way("revocation_unknown" if found is not None else "", tree)


def _word(case: _Case, found: AdESIndeterminate | None) -> str:
    """Return our word for what pyHanko *found*; it does not tell "not yet" from "no longer"."""
    if found is None:
        return ""
    begins = x509.Certificate.load(case.der)["tbs_certificate"]["validity"]["not_before"].native
    return "certificate_not_yet_valid" if case.at < begins else _REASONS.get(found, "untrusted")


def _validate(case: _Case, mode: str) -> tuple[AdESIndeterminate | None, str]:
    """Return what speaks against the path, or None, and the tree of its root."""
    evidence, anchors = case.evidence, case.anchors
    certificate = x509.Certificate.load(case.der)
    known = map(x509.Certificate.load, sorted(evidence.certificates))
    context = ValidationContext(
        trust_roots=anchors.trusted,
        other_certs=[*anchors.others, *known],
        crls=[crl.CertificateList.load(one) for one in (*anchors.crls, *sorted(evidence.crls))],
        ocsps=[ocsp.OCSPResponse.load(one) for one in sorted(evidence.ocsps)],
        moment=case.at,
        allow_fetching=False,
        revocation_mode=mode,
        retroactive_revinfo=case.past,
    )
    paths = context.path_builder.async_build_paths_lazy(certificate)
    usage = case.usage.value
    try:
        result = asyncio.run(
            validate_cert_usage(certificate, context, key_usage_settings=usage, paths=paths)
        )
    except ValueError:
        # A certificate on the way that cannot be read.
        return AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE, ""
    path = result.success_result or result.error_path
    root = getattr(path.trust_anchor.authority, "certificate", None) if path else None
    tree = anchors.roots.get(root.sha256, "") if root else ""
    return result.error_subindic, str(tree)
