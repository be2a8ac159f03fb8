"""
One token as it comes from a time-stamping authority: looked at before anything is built on it.
"""

from __future__ import annotations

from asn1crypto import cms

from dossiers.signing_status import Policy
from register import world
from signing import results
from signing.verification import trusting
from signing.verification.asked import Asked, Evidence
from signing.verification.signers import stamped

UNREADABLE = "stamp_unreadable"


def trouble(token: bytes, imprint: bytes) -> str:
    """
    Return the word against the DER *token* over the SHA-256 *imprint*; empty if it holds.

    Sound cryptography, our imprint, and now a path to a root that this installation trusts.
    """
    now = world.now()
    asked = Asked(now, trusting.read(results.trust().folder), Policy.OURS)

    def ours(algorithm: str) -> bytes:
        return imprint if algorithm == "sha256" else b""

    try:
        signed = cms.ContentInfo.load(token)["content"]
        found = stamped(signed, ours, Evidence(), asked, at=now)
    except (ValueError, TypeError, KeyError, AttributeError):
        # What asn1crypto says of bytes that are no such thing.
        return UNREADABLE
    if found is None:
        return UNREADABLE
    return found.broken or found.way.reason
