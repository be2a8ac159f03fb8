"""
Signers' certificates are asked after before they sign, so that no signature waits for a responder.

Where the trust is signed configuration, a certificate of which nobody knows whether it is revoked
signs nothing. Its proof is renewed before it gets old.
"""

from __future__ import annotations

from register import jobs
from scheduler import revocations, stamps
from signing.levels import proofs


def refresh_proofs() -> None:
    """Have every proof renewed that is old soon, each by a job of its own."""
    if not revocations.connected():
        return
    for certificate in proofs.lacking():
        jobs.enqueue(
            "refresh_proof",
            queue="stamps",
            priority=jobs.Priority.CLOCK,
            lock=f"proof {certificate}",
            certificate=certificate,
        )


def refresh_proof(certificate: str) -> None:
    """
    Renew the proof of the signer's *certificate* (SHA-256) and of those above it.

    A revoked one becomes a task; silence is the engine's. What a responder refuses stays
    unknown, and whoever would sign is told so by the check ``revocation_unknown``.
    """
    with stamps.told(_leave_unknown, ""):
        proofs.refresh(certificate, revocations.ask)


def _leave_unknown(_trouble: str) -> None:
    """There is no row to put off: the next round asks again."""
