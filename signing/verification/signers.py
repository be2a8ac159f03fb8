"""
One signer of a CMS: which certificate, is the cryptography sound, and when was it there.

PAdES, CAdES and time stamps all end here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import cms, core, tsp, x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.general import (
    CMSStructuralError,
    MultivaluedAttributeError,
    NonexistentAttributeError,
    find_cms_attribute_iter,
    find_unique_cms_attribute,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from signing.verification.asked import Asked, Evidence
from signing.verification.findings import Findings, Seen
from signing.verification.paths import Usage, Way, follow

_ALGORITHMS = CMSAlgorithmUsagePolicy.lift_policy(
    DisallowWeakAlgorithmsPolicy()  # type: ignore[no-untyped-call]
)

#: How far clocks may differ before anybody is asked.
SLACK = timedelta(minutes=5)
#: Vietnamese local time written with the mark of UTC is this much too late.
ZONE = timedelta(hours=7)

Digest = Callable[[str], bytes]
"""From the name of a digest algorithm to the digest of what was signed."""


def digest_of(data: bytes) -> Digest:
    """Return what digests *data*."""

    def digest(algorithm: str) -> bytes:
        made = hashes.Hash(get_pyca_cryptography_hash(algorithm))
        made.update(data)
        return made.finalize()

    return digest


def members(signed: cms.SignedData) -> list[x509.Certificate]:
    """Return the certificates that a CMS brings along."""
    choices = signed["certificates"] or ()
    return [one.chosen.untag() for one in choices if one.name == "certificate"]


def kept(signed: cms.SignedData) -> Evidence:
    """Return the certificates and answers about revocation inside of a CMS (CAdES, RFC 5652)."""
    ocsps, crls = set(), set()
    for one in signed["crls"] or ():
        if one.name == "certificate_list":
            crls.add(one.chosen.untag().dump())
        elif one.chosen["other_rev_info_format"].native == "ocsp_response":
            ocsps.add(one.chosen["other_rev_info"].untag().dump())
    own = frozenset(one.dump() for one in members(signed))
    return Evidence(own, frozenset(ocsps), frozenset(crls))


@dataclass(frozen=True, slots=True)
class Signer:
    """One ``SignerInfo`` with the certificate that it names."""

    info: cms.SignerInfo
    certificate: x509.Certificate
    content_type: str

    def broken(self, digest: Digest) -> str:
        """Return the word against the cryptography, or nothing if it is sound."""
        if self.info["signed_attrs"] is core.VOID or not len(self.info["signed_attrs"]):
            # Without attributes their bytes could be passed off as the content.
            return "irregular_structure"
        try:
            actual = digest(self.info["digest_algorithm"]["algorithm"].native)
            sound = validate_sig_integrity(self.info, self.certificate, self.content_type, actual)
        except (SignatureValidationError, CMSStructuralError, UnsupportedAlgorithm):
            return "signature_broken"
        except (AttributeError, ValueError, TypeError, KeyError):
            # Algorithms and keys that do not fit together; OpenSSL and asn1crypto say it so.
            return "signature_broken"
        return "" if all(sound) else "signature_broken"

    def weak(self, at: datetime) -> bool:
        """Tell whether an algorithm is too weak to be believed (SHA-1, RSA below 2048 bits)."""
        allowed = _ALGORITHMS.signature_algorithm_allowed(
            self.info["signature_algorithm"], moment=at, public_key=self.certificate.public_key
        )
        digests = _ALGORITHMS.digest_algorithm_allowed(self.info["digest_algorithm"], moment=at)
        return not (allowed and digests)

    @property
    def claimed_at(self) -> datetime | None:
        """The signing time that the signer claims in the CMS."""
        try:
            said = find_unique_cms_attribute(self.info["signed_attrs"], "signing_time").native
        except (NonexistentAttributeError, MultivaluedAttributeError):
            return None
        return said if isinstance(said, datetime) else None


def signers(signed: cms.SignedData, asked: Asked) -> Iterator[Signer | None]:
    """
    Yield every signer; None for one whose certificate is neither in the CMS nor in our store.
    """
    known = [*members(signed), *asked.anchors.certificates.values()]
    kind = signed["encap_content_info"]["content_type"].native
    for info in signed["signer_infos"]:
        sid = info["sid"]
        named = (one for one in known if _is_named(one, sid))
        certificate = next(named, None)
        yield Signer(info, certificate, kind) if certificate else None


def _is_named(certificate: x509.Certificate, sid: cms.SignerIdentifier) -> bool:
    if sid.name == "issuer_and_serial_number":
        serial = bool(certificate.serial_number == sid.chosen["serial_number"].native)
        return serial and bool(certificate.issuer == sid.chosen["issuer"])
    return bool(certificate.key_identifier == sid.chosen.native)


# Time


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp as it was judged."""

    at: datetime
    certificate: x509.Certificate
    way: Way
    broken: str = ""

    @property
    def trusted(self) -> bool:
        """True if it proves that what it covers was there at ``at``."""
        return not self.broken and not self.way.reason


def stamped(
    signed: cms.SignedData, imprint: Digest, evidence: Evidence, asked: Asked, *, at: datetime
) -> Stamp | None:
    """
    Judge the time-stamp token *signed* over what *imprint* digests, as of the instant *at*.

    None if it is no token at all (RFC 3161) or names no certificate that is known.
    """
    content = signed["encap_content_info"]["content"]
    said = content.parsed if isinstance(content, core.ParsableOctetString) else None
    (signer,) = list(signers(signed, asked))[:1] or [None]
    if not isinstance(said, tsp.TSTInfo) or signer is None:
        return None
    told = said["message_imprint"]
    broken = signer.broken(digest_of(bytes(content)))
    try:
        fits = told["hashed_message"].native == imprint(told["hash_algorithm"]["algorithm"].native)
    except (AttributeError, UnsupportedAlgorithm):
        fits = False
    way = follow(signer.certificate, evidence | kept(signed), asked, at=at, usage=Usage.STAMPING)
    broken = broken or ("" if fits else "signature_broken")
    return Stamp(said["gen_time"].native, signer.certificate, way, broken)


def signature_stamps(
    signer: Signer, evidence: Evidence, asked: Asked, *, at: datetime
) -> list[Stamp]:
    """Return the time stamps over the signature's value that the signer's CMS holds (CAdES-T)."""
    imprint = digest_of(signer.info["signature"].native)
    tokens = find_cms_attribute_iter(signer.info["unsigned_attrs"], "signature_time_stamp_token")
    found = (stamped(one["content"], imprint, evidence, asked, at=at) for one in tokens)
    return [one for one in found if one]


def judge_signer(
    signer: Signer, digest: Digest, evidence: Evidence, *, asked: Asked, found: Place
) -> None:
    """
    Judge one signer and write what there is to say into ``found.findings``.

    The signature is judged as of the earliest instant that a trusted time stamp proves, because
    a certificate that has ended or was revoked since does not undo what it signed before.
    """
    stamps = signature_stamps(signer, evidence, asked, at=found.at)
    proven = min((one.at for one in stamps if one.trusted), default=None)
    found.findings.reasons += ["stamp_untrusted"] if stamps and proven is None else []
    moment = min(proven, found.at) if proven else found.at
    way = follow(signer.certificate, evidence, asked, at=moment, usage=Usage.SIGNING)
    broken = signer.broken(digest)
    weak = [] if broken or not signer.weak(moment) else ["algorithm_weak"]
    found.findings.reasons += [broken] if broken else [way.reason] if way.reason else []
    found.findings.reasons += weak
    claimed = found.claimed or signer.claimed_at
    sure = moment < asked.at
    watch(claimed, moment, found.findings, sure=sure)
    found.findings.signatures.append(
        Seen(
            found.name,
            signer.certificate.sha256.hex(),
            claimed.isoformat() if claimed else "",
            trusted=not broken and not way.reason,
            stamp=False,
            tree=way.tree,
            proven_at=moment.isoformat() if sure else "",
        )
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a signature stands, and what its surroundings say of its time."""

    name: str
    findings: Findings
    at: datetime
    """The instant at which it was surely there: now, or proven by a stamp over it."""
    claimed: datetime | None = None
    """What the file around the CMS claims as signing time."""


def watch(claimed: datetime | None, proven: datetime, findings: Findings, *, sure: bool) -> None:
    """
    Compare the *claimed* signing time with the time at which the signature was surely there.

    Vietnamese software writes local time with the mark of UTC: it is seven hours too late.
    Where a stamp makes the time *sure* that is worth a note; where nothing else tells the time,
    a person must look.
    """
    if claimed is None:
        return
    if claimed.tzinfo is None:
        claimed = claimed.replace(tzinfo=UTC)
    ahead = claimed - proven
    if ahead <= SLACK:
        return
    shifted = ahead <= ZONE + SLACK and not claimed.utcoffset()
    word = "local_time_as_utc" if shifted else "claimed_time_ahead"
    (findings.notes if sure and shifted else findings.reasons).append(word)
