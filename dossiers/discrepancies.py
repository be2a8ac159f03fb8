"""
What can be wrong with money, and who must look.

Every difference between what was asked, what a gateway said and what a bank proves has one of
these codes and an owner; a day is closed only when nothing is without a name.
Source of the list: the exceptions seen in running fee systems and in bank reconciliation
products (``docs`` name them); the words shown to people live in ``desk``.
"""

from enum import StrEnum
from typing import Final

from dossiers.roles import Role


class Code(StrEnum):
    """Why a person must look at money ("chênh lệch")."""

    DUPLICATE = "duplicate"
    """Paid again although nothing was due any more ("nộp hai lần")."""
    SHORT = "short"
    """Less than due arrived ("nộp thiếu")."""
    OVER = "over"
    """More than due arrived ("nộp thừa")."""
    FEE_CUT = "fee_cut"
    """A bank or gateway kept a fee of the money."""
    SPLIT_INCOMPLETE = "split_incomplete"
    """Some parts of a payment made in parts are missing."""
    UNIDENTIFIED = "unidentified"
    """Nobody knows what the money is for ("chưa rõ nội dung")."""
    AMBIGUOUS = "ambiguous"
    """The memo names several charges ("nhiều khả năng")."""
    WRONG_ACCOUNT = "wrong_account"
    """Sent to another unit's account ("sai tài khoản")."""
    PAID_NOT_NOTIFIED = "paid_not_notified"
    """The bank has the money and the gateway has not said so."""
    NOTIFIED_NOT_SETTLED = "notified_not_settled"
    """The gateway says paid and the bank has nothing yet."""
    LATE_CUTOFF = "late_cutoff"
    """The bank told of money on a day that was closed already."""
    REVERSED = "reversed"
    """A bank took money back."""
    REFUND_UNMATCHED = "refund_unmatched"
    """Money went out under a reference of ours and no refund of that amount is known."""
    PAID_AFTER_CANCEL = "paid_after_cancel"
    """Money for a dossier that was withdrawn ("đã rút")."""
    STALE_CHARGE = "stale_charge"
    """Already paid in cash."""
    RECEIPT_MISSING = "receipt_missing"
    RECEIPT_AMOUNT = "receipt_amount"
    STATEMENT_GAP = "statement_gap"
    """A statement is missing between two others."""
    BALANCE_BREAK = "balance_break"
    """The balance a statement begins with is not the one where the last ended."""
    CURRENCY = "currency"
    """Money that is not đồng."""


#: Who owns what is not FINANCE's: a manager decides about money for a dossier that has ended.
_OTHERS: Final = {Code.PAID_AFTER_CANCEL: Role.MANAGER}


def owner(code: Code) -> Role:
    """Return the role that must clear a discrepancy of *code*."""
    return _OTHERS.get(code, Role.FINANCE)
