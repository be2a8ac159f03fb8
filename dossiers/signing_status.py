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
