"""
What is asked about a file, and what a signature brings along to be believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import x509

from dossiers.signing_status import Policy
from signing.verification.trusting import NOBODY, Anchors


@dataclass(frozen=True, slots=True)
class Asked:
    """The instant, the trust and the policy of one judgement."""

    at: datetime
    """As of when; aware."""
    anchors: Anchors = NOBODY
    policy: Policy = Policy.STRANGER
    beside: bytes | None = None
    """The content of a detached signature, if it was given."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Certificates and answers about revocation, as DER, from the file itself; all unproven."""

    certificates: frozenset[bytes] = field(default_factory=frozenset)
    ocsps: frozenset[bytes] = field(default_factory=frozenset)
    crls: frozenset[bytes] = field(default_factory=frozenset)

    def with_certificates(self, more: Iterable[x509.Certificate]) -> Evidence:
        """Return this evidence and *more* certificates."""
        joined = self.certificates | {one.dump() for one in more}
        return Evidence(joined, self.ocsps, self.crls)

    def __or__(self, other: Evidence) -> Evidence:
        """Return both together."""
        return Evidence(
            self.certificates | other.certificates,
            self.ocsps | other.ocsps,
            self.crls | other.crls,
        )
