"""
What was found in a signed file, and the verdict that follows from it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from dossiers.signing_status import VerdictWord

#: Reasons that a person may judge; every other one means NOT_VALID.
FOR_A_PERSON = frozenset(
    {
        "algorithm_weak",
        "certificate_expired",
        "certificate_not_yet_valid",
        "certificate_unfit",
        "claimed_time_ahead",
        "content_missing",
        "irregular_structure",
        "local_time_as_utc",
        "only_a_part_signed",
        "revocation_unknown",
        "signature_unreachable",
        "stamp_untrusted",
        "trust_refused",
        "untrusted",
    }
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One signature as it was found."""

    field: str
    """The PDF field, the XML element's Id, or the signer's place in a CMS."""
    certificate: str
    """SHA-256 fingerprint of the signer's certificate; empty if there is none."""
    claimed_at: str
    """ISO 8601, or empty; nobody vouches for it."""
    trusted: bool
    stamp: bool
    """True for a document time stamp."""
    tree: str = ""
    """The tree that the certificate grows on (``TrustTree``), or empty."""
    proven_at: str = ""
    """ISO 8601: when a trusted time stamp proves that it was there; empty if none does."""

    def as_json(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        return asdict(self)


@dataclass(slots=True)
class Findings:
    """What was found in one file."""

    reasons: list[str] = field(default_factory=list)
    signatures: list[Seen] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What a reader should know though it speaks against nothing; fixed words too."""

    @property
    def word(self) -> VerdictWord:
        """The verdict that follows from the reasons."""
        if not self.reasons:
            return VerdictWord.VALID
        if FOR_A_PERSON.issuperset(self.reasons):
            return VerdictWord.NEEDS_A_PERSON
        return VerdictWord.NOT_VALID

    def as_json(self) -> dict[str, Any]:
        """Return verdict, reasons, notes and signatures as JSON values."""
        return {
            "verdict": self.word,
            "reasons": sorted(set(self.reasons)),
            "notes": sorted(set(self.notes)),
            "signatures": [seen.as_json() for seen in self.signatures],
        }
