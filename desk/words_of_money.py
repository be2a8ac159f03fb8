"""
The words of money: what is wrong, what to do about it, how a line found its charge.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dossiers.book import BookAccountKind, EntryKind
from dossiers.discrepancies import Code
from dossiers.settlement import AttemptState, Match, RefundState, Stage

Word = str | Promise
"""Text that is put into the page's language when it is shown."""

DISCREPANCY: dict[StrEnum, Word] = {
    Code.DUPLICATE: _("Paid twice"),
    Code.SHORT: _("Paid too little"),
    Code.OVER: _("Paid too much, surplus left"),
    Code.FEE_CUT: _("A fee was cut off"),
    Code.SPLIT_INCOMPLETE: _("Parts are missing"),
    Code.UNIDENTIFIED: _("Payer unknown"),
    Code.AMBIGUOUS: _("Several possibilities"),
    Code.WRONG_ACCOUNT: _("Wrong account"),
    Code.PAID_NOT_NOTIFIED: _("In the bank, gateway silent"),
    Code.NOTIFIED_NOT_SETTLED: _("Told by the gateway, not in the bank"),
    Code.LATE_CUTOFF: _("After the day was closed"),
    Code.REVERSED: _("Taken back by the bank"),
    Code.REFUND_UNMATCHED: _("Money went out, no refund of it is known"),
    Code.PAID_AFTER_CANCEL: _("Paid for a withdrawn dossier"),
    Code.STALE_CHARGE: _("Already paid in cash"),
    Code.RECEIPT_MISSING: _("Receipt is missing"),
    Code.RECEIPT_AMOUNT: _("Receipt shows another amount"),
    Code.STATEMENT_GAP: _("A statement is missing"),
    Code.BALANCE_BREAK: _("Balances do not join"),
    Code.CURRENCY: _("Not in đồng"),
}

#: What the accountant does about it.
ADVICE: dict[StrEnum, Word] = {
    Code.DUPLICATE: _("Offer the payer a refund of the second payment."),
    Code.SHORT: _("Ask the payer for the rest; the result waits."),
    Code.OVER: _("Offer the payer a refund of the surplus; the result may go."),
    Code.FEE_CUT: _("Claim the fee from the bank or gateway; the payer paid in full."),
    Code.SPLIT_INCOMPLETE: _("Wait for the other parts, or ask the payer."),
    Code.UNIDENTIFIED: _("Look for the dossier by name and amount; else return the money."),
    Code.AMBIGUOUS: _("Choose the dossier that the payer meant; ask if it is not certain."),
    Code.WRONG_ACCOUNT: _("Pass the money on to the unit that it belongs to."),
    Code.PAID_NOT_NOTIFIED: _("Ask the gateway; the money is safe."),
    Code.NOTIFIED_NOT_SETTLED: _("Wait for the next statement, then ask the gateway."),
    Code.LATE_CUTOFF: _("It belongs to the next day; nothing else is to be done."),
    Code.REVERSED: _("Ask the payer to pay again; stop the result if it is still here."),
    Code.REFUND_UNMATCHED: _("Ask the bank who ordered it; a refund is never sent twice."),
    Code.PAID_AFTER_CANCEL: _("Return the money; the dossier was withdrawn."),
    Code.STALE_CHARGE: _("Return one of the two payments."),
    Code.RECEIPT_MISSING: _("Issue the receipt."),
    Code.RECEIPT_AMOUNT: _("Adjust the receipt."),
    Code.STATEMENT_GAP: _("Fetch the missing statement from the bank."),
    Code.BALANCE_BREAK: _("Fetch the statement again; if it stays, call the bank."),
    Code.CURRENCY: _("Ask the bank to convert or to return it."),
}

ATTEMPT: dict[StrEnum, Word] = {
    AttemptState.BEGUN: _("Prepared"),
    AttemptState.ASKED: _("Waiting for the citizen to pay"),
    AttemptState.PENDING: _("The gateway is still working"),
    AttemptState.PAID: _("Paid"),
    AttemptState.FAILED: _("Payment failed"),
}

STAGE: dict[StrEnum, Word] = {
    Stage.MACHINE_ID: _("Matched by an identity that machines gave"),
    Stage.REFERENCE: _("Matched by the reference with right check digits"),
    Stage.PERSON: _("Matched by a person"),
}

MATCH: dict[StrEnum, Word] = {
    Match.EXACT: _("Exact"),
    Match.LATE: _("Exact, late"),
    Match.SPLIT: _("Last of several parts"),
    Match.SHORT: _("Paid too little"),
    Match.OVER: _("Paid too much"),
    Match.DUPLICATE: _("Paid twice"),
    Match.SETTLEMENT: _("Settled by the gateway"),
}

REFUND: dict[StrEnum, Word] = {
    RefundState.ASKED: _("Waits for a second person"),
    RefundState.DECLINED: _("Declined"),
    RefundState.APPROVED: _("Approved, with the bank"),
    RefundState.DONE: _("Sent by the bank"),
    RefundState.REFUSED: _("Refused by the bank"),
}

#: The accounts of the money book.
BOOK: dict[StrEnum, Word] = {
    BookAccountKind.RECEIVABLE: _("Receivable from citizens"),
    BookAccountKind.BANK: _("Money in the bank"),
    BookAccountKind.CLEARING: _("Taken by a gateway, not handed on yet"),
    BookAccountKind.SUSPENSE: _("Money not explained yet"),
    BookAccountKind.REFUNDS: _("Refunds payable"),
    BookAccountKind.BUDGET: _("Owed to the budget"),
}

#: What an entry of the book was posted for.
ENTRY: dict[StrEnum, Word] = {
    EntryKind.CHARGED: _("A fee was asked for"),
    EntryKind.CLEARED: _("A gateway told of a payment"),
    EntryKind.TAKEN: _("A statement was taken"),
    EntryKind.ALLOCATED: _("A line was explained"),
    EntryKind.REVERSED: _("An allocation was taken back"),
    EntryKind.REFUNDED: _("A refund was sent"),
    EntryKind.SHOWN: _("A statement shows a refund"),
}
