"""
May this file be signed now: certificate, state, order, number (domain §6, 4-6 and 8).

Each function tells whether its condition holds; ``checks`` gives it the word of its refusal.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cryptography import x509

from dossiers.signing_status import SigningRole
from dossiers.status import Business, Money
from dossiers.work import TaskKind
from register.models import Task
from signing.policy import cases, numbers
from signing.policy.cases import Case

#: Where the result must stand for each signature.
READY: Final = {
    SigningRole.OFFICIAL: (Business.ON_TRAY,),
    SigningRole.SEAL: (Business.SIGNED, Business.NUMBERED),
}

#: A batch of hundreds on a slow token is over within this time.
BATCH: Final = timedelta(minutes=30)

#: Money that needs nobody's act any more.
_SETTLED: Final = (Money.EXEMPT, Money.PAID, Money.OVER, Money.REFUNDED)


def certificate_holds(case: Case) -> bool:
    """Law 20/2023 Art. 22(3), Decree 68/2024 Art. 9: signed while the certificate is valid."""
    return case.signer.certificate.holds_at(case.at)


def certificate_lasts(case: Case) -> bool:
    """Decree 68/2024 Art. 9: the certificate does not run out before the batch is over."""
    certificate = case.signer.certificate
    return not certificate.holds_at(case.at) or certificate.holds_at(case.at + BATCH)


def certificate_is_for_signing(case: Case) -> bool:
    """Decree 68/2024 Art. 7: the certificate was issued for signatures, not for another use."""
    try:
        usage = case.signer.certificate.parsed.extensions.get_extension_for_class(x509.KeyUsage)
    except x509.ExtensionNotFound:
        return True
    return usage.value.digital_signature or usage.value.content_commitment


def certificate_is_not_revoked(case: Case) -> bool:
    """Decree 68/2024 Art. 30-32: a revoked certificate signs nothing."""
    if case.proof and case.proof.revoked_at and case.proof.revoked_at <= case.at:
        return False
    return case.way is None or case.way.reason != "certificate_revoked"


def is_their_turn(case: Case) -> bool:
    """Decree 30/2020 Art. 14-19: first the official signs, then comes the number, then the seal."""
    return case.state.business in READY[SigningRole(case.item.role)]


def fee_is_settled(case: Case) -> bool:
    """Decree 118/2025 Art. 24: where a fee is to be paid before ("before": true), it was paid."""
    before = any(line.get("before") for line in case.item.dossier.procedure.fees)
    return not before or case.state.money in _SETTLED


def is_same_file(case: Case) -> bool:
    """Decree 68/2024 Art. 32, Circular 41/2017: the bytes that are signed are those shown."""
    return case.state.document == case.item.document


def was_seen(case: Case) -> bool:
    """Decree 30/2020 Art. 13(5): whoever signs answers for the content, so they have seen it."""
    return case.sealing or cases.seen(case)


def official_has_signed(case: Case) -> bool:
    """Decree 30/2020 Art. 33(2): the seal is put only on what the competent person signed."""
    return not case.sealing or case.approved is not None


def number_can_be_given(case: Case) -> bool:
    """Decree 30/2020 Art. 15: one number per document, in order, never dated back or void."""
    return not case.sealing or numbers.can_be_given(case.item.dossier, case.day)


def nothing_is_quarantined(case: Case) -> bool:
    """Decree 68/2024 Art. 31: a file whose check failed waits for a person, and is not signed."""
    failed = Task.objects.filter(
        kind=TaskKind.SIGNATURE_INVALID, dossier=case.item.dossier_id, closed_at=None
    )
    return not failed.filter(detail__document=case.item.document).exists()
