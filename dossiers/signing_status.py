"""
Where one signature of a result stands, and what a check of signatures can say.
"""

from enum import StrEnum


class ItemStatus(StrEnum):
    """One signature on its way: an item of a tray, later of a batch."""

    ON_TRAY = "on_tray"
    """Waits for its signer to approve it."""
    QUEUED = "queued"
    """Approved in a batch; waits for the token."""
    SIGNED = "signed"
    """The signature is in the file, checked and stored."""
    SENT_BACK = "sent_back"
    """The signer returned it to the department."""
    FAILED = "failed"
    """A person must look; the reason is kept beside it."""


class BatchStatus(StrEnum):
    """One batch: what a person approved at once, with one PIN."""

    OPEN = "open"
    STOPPED = "stopped"
    """The token or its PIN failed; goes on when a person says so."""
    DONE = "done"


class RoundStatus(StrEnum):
    """One list at a remote signing service: what a person confirms at once."""

    READY = "ready"
    """Prepared and kept; not sent, or it is not known whether it was."""
    STARTED = "started"
    """The service has it, and the person's telephone rang."""
    SIGNED = "signed"
    REFUSED = "refused"
    """Nothing was signed; the reason is kept beside it."""


class SigningRole(StrEnum):
    """Whose signature it is."""

    OFFICIAL = "official"
    """The person in authority ("người có thẩm quyền")."""
    SEAL = "seal"
    """The agency, by its records clerk ("văn thư")."""


class VerdictWord(StrEnum):
    """What a check of a file's signatures says; there is no fourth answer."""

    VALID = "VALID"
    NEEDS_A_PERSON = "NEEDS_A_PERSON"
    NOT_VALID = "NOT_VALID"


class Policy(StrEnum):
    """Whose signatures are judged, and so what must be proven (docs/adr/0020)."""

    OURS = "ours"
    """A result fresh from our own tokens: revocation was checked before signing, proof follows."""
    STRANGER = "stranger"
    """Anybody's file: a certificate whose revocation is not known is never valid."""


class TrustTree(StrEnum):
    """Which of Vietnam's two trees of certificates a signature grows on (Decree 23/2025)."""

    OFFICIAL = "official"
    """"Chuyên dùng công vụ": officials and agencies."""
    PUBLIC = "public"
    """"Công cộng": citizens and companies."""
    LOCAL = "local"
    """A plain folder of certificates that belongs to neither."""


class RoundKind(StrEnum):
    """What one stamp over the archive covers (RFC 4998 §4 and §5)."""

    FIRST = "first"
    """Results that no stamp of the archive covered before."""
    STAMPS = "stamps"
    """The stamps of earlier rounds, before their certificates end (§5.1, time-stamp renewal)."""
    TREE = "tree"
    """Everything again with a stronger digest (§5.2, hash-tree renewal)."""


class SigningForm(StrEnum):
    """In whose place an official signs (Decree 30/2020, Art. 13); printed before the title."""

    TM = "TM"
    """"Thay mặt": on behalf of a collective body."""
    KT = "KT"
    """"Ký thay": a deputy for the head."""
    TL = "TL"
    """"Thừa lệnh": by order of the head."""
    TUQ = "TUQ"
    """"Thừa ủy quyền": by written authority, for a time and a purpose."""


class SealMode(StrEnum):
    """How the agency's key and the Centre come together (docs/signing-policy.md)."""

    SECONDED = "A"
    """A second token, with the agency's clerk who sits at the Centre."""
    REMOTE = "B"
    """The token stays at the agency's seat; only digests travel."""
    KEPT = "C"
    """The token is locked up at the Centre; one person seals, another holds the PIN."""
    OWN = "D"
    """The Centre's own seal, for the Centre's own papers only."""


class HandOver(StrEnum):
    """What a minute of a seal's key tells of."""

    GIVEN = "given"
    TAKEN_BACK = "taken_back"


class Confirmed(StrEnum):
    """What a person says by name, because no program can know it."""

    SEEN = "seen"
    """Every page of this very file was before their eyes."""


class NumberFate(StrEnum):
    """Why a number of an agency's register is on no result, or not yet."""

    RESERVED = "reserved"
    VOIDED = "voided"


class Level(StrEnum):
    """How far a signed file proves itself (ETSI EN 319 142-1)."""

    B_B = "B-B"
    """Signatures; their time is what the signers claim."""
    B_T = "B-T"
    """An authority vouches for the time."""
    B_LT = "B-LT"
    """Besides, the proof that no certificate was revoked is in the file."""
    B_LTA = "B-LTA"
    """Besides, that proof is under a time stamp, which can be renewed for ever."""


class ProofKind(StrEnum):
    """Who told that a certificate was not revoked."""

    OCSP = "ocsp"
    CRL = "crl"
