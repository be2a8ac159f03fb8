"""
The tables of payments.

What a bank said, what was allocated, what was closed and what the book holds is append-only
(triggers in migrations 0002 and 0004): a mistake is answered by a contra row. Amounts are
integer đồng.
"""

from payments.models.book import BookAccount, Entry, Posting
from payments.models.charges import Account, Attempt, Charge, ChargeLine
from payments.models.differences import DailyClose, Discrepancy, Refund
from payments.models.statements import Allocation, BankTransaction, StatementFile, Waiting

__all__ = [
    "Account",
    "Allocation",
    "Attempt",
    "BankTransaction",
    "BookAccount",
    "Charge",
    "ChargeLine",
    "DailyClose",
    "Discrepancy",
    "Entry",
    "Posting",
    "Refund",
    "StatementFile",
    "Waiting",
]
