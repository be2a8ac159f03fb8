"""
The words of the money book ("sổ kế toán"): its accounts and the events that it holds.

Double entry, small: every event is an entry ("bút toán") whose postings sum to zero. A debit
is above 0, a credit below. What each event posts stands in ``payments/sql/book_*.sql``.
"""

from enum import StrEnum


class BookAccountKind(StrEnum):
    """What an account of the book is for ("tài khoản kế toán")."""

    RECEIVABLE = "receivable"
    """What citizens still owe ("phải thu của người nộp"); below 0, what they paid too much."""
    BANK = "bank"
    """Money on one bank account ("tiền gửi ngân hàng"); as many as there are accounts."""
    CLEARING = "clearing"
    """What one gateway took for us and has not handed on yet ("thanh toán qua cổng chờ về")."""
    SUSPENSE = "suspense"
    """Money on a statement that nobody has explained yet ("tiền chưa rõ nội dung")."""
    REFUNDS = "refunds"
    """Refunds that the bank sent and no statement has shown yet ("phải trả hoàn phí")."""
    BUDGET = "budget"
    """Phí or lệ phí that we owe to the budget ("phải nộp ngân sách"); one account for each."""


class EntryKind(StrEnum):
    """What happened to money ("bút toán"), in the order in which one follows another."""

    CHARGED = "charged"
    """A fee was asked for: citizens owe it to us, and we to the budget."""
    CLEARED = "cleared"
    """A gateway told of a payment: now the gateway owes it."""
    TAKEN = "taken"
    """A statement was taken: its money is on the bank's account, nobody has said what for."""
    ALLOCATED = "allocated"
    """A line of it pays a charge, or settles what a gateway owed."""
    REVERSED = "reversed"
    """An allocation was taken back: the same postings the other way round."""
    REFUNDED = "refunded"
    """The bank was ordered to send surplus back, and did."""
    SHOWN = "shown"
    """A statement shows the refund."""
