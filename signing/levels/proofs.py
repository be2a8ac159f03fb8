"""
The proof that goes into a file: for each certificate, up to its root, that it is not revoked.

It is fetched once per certificate and kept until its authority has news; the results of a day
share a handful. A root proves itself by being trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import IndirectObject, Reference
from pyhanko.pdf_utils.reader import PdfFileReader

from dossiers.signing_status import Level, ProofKind
from register import documents, world
from signing import results
from signing.levels import revocation
from signing.levels.revocation import RevocationError
from signing.models import Proof, Signer
from signing.pdf.stamping import Material
from signing.verification import trusting

NO_ISSUER = "issuer_unknown"

#: A signer's proof is renewed so long before it gets old: a responder may be down for a while.
AHEAD = timedelta(hours=2)

_MEDIA = {
    ProofKind.OCSP: "application/ocsp-response",
    ProofKind.CRL: "application/pkix-crl",
}
_READ = {ProofKind.OCSP: revocation.of_ocsp, ProofKind.CRL: revocation.of_crl}

Ask = Callable[[bytes, bytes], tuple[ProofKind, bytes]]
"""
Gives what is told of a certificate, issued by another (both DER); RevocationError if there is
nobody to ask, NotToldError if nobody answers.
"""


class NotToldError(Exception):
    """Nobody tells of a certificate just now; the cause is the connector's own error."""


class RevokedError(Exception):
    """A certificate of the file is revoked: a person must know before anything goes on."""

    def __init__(self, certificate: str, at: datetime) -> None:
        """Keep the *certificate* (SHA-256) and since when it is revoked."""
        super().__init__(certificate)
        self.certificate, self.at = certificate, at


@dataclass(frozen=True, slots=True)
class Papers:
    """What of a signed file matters here."""

    level: Level
    signers: tuple[bytes, ...]
    """DER of the certificate of each signature and each time stamp, in the order of the file."""
    others: tuple[bytes, ...]
    """DER of the certificates that the signatures bring along."""

    @property
    def unproved(self) -> tuple[bytes, ...]:
        """Return whose proof is not under a stamp yet: all of them, or the last stamp alone."""
        return self.signers[-1:] if self.level is Level.B_LTA else self.signers


def read(data: bytes) -> Papers:
    """Read the signed PDF *data*, which was judged before."""
    reader = PdfFileReader(BytesIO(data))
    found = reader.embedded_signatures
    stamps = [one for one in found if one.sig_object_type == "/DocTimeStamp"]
    level = Level.B_T if stamps else Level.B_B
    if "/DSS" in reader.root:
        written = reader.xrefs.get_last_change(_store(reader))
        covered = any(one.signed_revision >= written for one in stamps)
        level = Level.B_LTA if covered else Level.B_LT
    return Papers(
        level,
        tuple(one.signer_cert.dump() for one in found),
        tuple(other.dump() for one in found for other in one.other_embedded_certs),
    )


def _store(reader: PdfFileReader) -> Reference:
    """Return where the document security store was written: by itself, or in the catalogue."""
    raw = reader.root.raw_get("/DSS")
    own = isinstance(raw, IndirectObject)
    return raw.reference if own else reader.root_ref


def gather(papers: Papers, ask: Ask) -> Material:
    """
    Return the proof that the file of *papers* lacks, kept or asked for.

    RevocationError if somebody proves nothing, RevokedError if a certificate is revoked; what
    *ask* raises passes through.
    """
    chains: dict[bytes, x509.Certificate] = {}
    proofs: dict[str, Proof] = {}
    pool = _pool(papers.others)
    for der in papers.unproved:
        for one, issuer in _chain(x509.load_der_x509_certificate(der), pool):
            chains |= {_der(link): link for link in (one, issuer)}
            proof = _proof(one, issuer, ask)
            proofs[proof.document] = proof
    stored: dict[ProofKind, list[bytes]] = {kind: [] for kind in ProofKind}
    for digest, proof in proofs.items():
        stored[ProofKind(proof.kind)].append(documents.get(digest))
    return Material(tuple(chains), tuple(stored[ProofKind.OCSP]), tuple(stored[ProofKind.CRL]))


def lacking() -> list[str]:
    """
    Return the certificates (SHA-256) of today's signers whose proof is old, or will be soon.

    Nobody's where the trust is no signed configuration: there no check asks for it
    (``policy.circular.revocation_is_known``).
    """
    if not trusting.read(results.trust().folder).signed:
        return []
    today = world.today()
    wanted = Signer.objects.filter(valid_from__lte=today).exclude(valid_to__lt=today)
    names = set(wanted.values_list("fingerprint", flat=True))
    kept = Proof.objects.filter(pk__in=names, next_update__gt=world.now())
    return sorted(names - {proof.pk for proof in kept if not _old_soon(proof)})


def refresh(fingerprint: str, ask: Ask) -> None:
    """Renew the proof of a signer's certificate and of those above it; errors as of gather."""
    signer = Signer.objects.filter(fingerprint=fingerprint).order_by("-pk").first()
    if signer is None:
        return
    pool = _pool(signer.certificate.chain)
    for one, issuer in _chain(signer.certificate.parsed, pool):
        _proof(one, issuer, ask, ahead=True)


def _pool(others: Iterable[bytes]) -> list[x509.Certificate]:
    trusted = trusting.read(results.trust().folder).certificates.values()
    known = [*(one.dump() for one in trusted), *others]
    return [x509.load_der_x509_certificate(der) for der in known]


def _chain(
    one: x509.Certificate, pool: Iterable[x509.Certificate]
) -> Iterable[tuple[x509.Certificate, x509.Certificate]]:
    """Give each certificate with its issuer, up to the root."""
    while one.issuer != one.subject:
        issuer = next((above for above in pool if _issued(one, above)), None)
        if issuer is None:
            raise RevocationError(NO_ISSUER)
        yield one, issuer
        one = issuer


def _issued(one: x509.Certificate, above: x509.Certificate) -> bool:
    if one.issuer != above.subject:
        return False
    try:
        one.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _old_soon(proof: Proof) -> bool:
    """Tell whether it is time to renew *proof*: some live for days, some for ten minutes."""
    ahead = min(AHEAD, (proof.next_update - proof.told_at) / 2)
    return proof.next_update - ahead <= world.now()


def _proof(
    one: x509.Certificate, issuer: x509.Certificate, ask: Ask, *, ahead: bool = False
) -> Proof:
    """Return the proof of *one*, kept while it is fresh (and not old soon), else asked for."""
    now, fingerprint = world.now(), sha256(_der(one)).hexdigest()
    kept = Proof.objects.filter(pk=fingerprint, next_update__gt=now).first()
    if kept and ahead and _old_soon(kept):
        kept = None
    if kept is None:
        kind, data = ask(_der(one), _der(issuer))
        told = _READ[kind](data, one, issuer, at=now)
        kept, _new = Proof.objects.update_or_create(
            pk=fingerprint,
            defaults={
                "kind": kind,
                "document": documents.put(data, _MEDIA[kind]),
                "told_at": told.told_at,
                "next_update": told.next_update,
                "revoked_at": told.revoked_at,
            },
        )
        world.point("proof kept")
    if kept.revoked_at is not None:
        raise RevokedError(fingerprint, kept.revoked_at)
    return kept


def _der(one: x509.Certificate) -> bytes:
    return one.public_bytes(Encoding.DER)
