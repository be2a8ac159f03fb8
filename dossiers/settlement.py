"""
The words of matching: where an attempt or a refund stands, how a bank's line found its charge.
"""

from enum import StrEnum


class AttemptState(StrEnum):
    """Where one try to have a payment taken stands."""

    BEGUN = "begun"
    """Kept; perhaps not yet sent."""
    ASKED = "asked"
    """The gateway gave an address where the citizen pays."""
    PENDING = "pending"
    """The gateway does not know the end itself; not a failure."""
    PAID = "paid"
    FAILED = "failed"


class Stage(StrEnum):
    """By what a line of a statement was matched, the most certain first."""

    MACHINE_ID = "machine_id"
    """An identity that machines gave: end-to-end id or the gateway's transaction."""
    REFERENCE = "reference"
    """A reference with right check digits in the memo."""
    PERSON = "person"
    """A named person."""


class Match(StrEnum):
    """How a matched line's amount compares with what was due before it."""

    EXACT = "exact"
    LATE = "late"
    """Exact, after the day until which the charge could be paid."""
    SPLIT = "split"
    """The last part of a payment made in parts."""
    SHORT = "short"
    OVER = "over"
    DUPLICATE = "duplicate"
    SETTLEMENT = "settlement"
    """A gateway hands on money that it has already told of; it is counted once."""


class RefundState(StrEnum):
    """Where the return of surplus money to its payer stands ("hoàn phí")."""

    ASKED = "asked"
    """One person asked for it; another one must approve."""
    DECLINED = "declined"
    """The second person said no."""
    APPROVED = "approved"
    """The bank is ordered to send it, or was; until its outcome is certain."""
    DONE = "done"
    """The bank sent it: by its own answer, or by a line of its statement."""
    REFUSED = "refused"
    """The bank said no, and sent nothing."""


#: A matched line that agrees with what was asked; every other one is a difference.
AGREES = (Match.EXACT, Match.LATE, Match.SPLIT, Match.SETTLEMENT)
