"""
The tables of the money book: double entry, append-only (triggers in migration 0004).

The postings of an entry sum to zero when its transaction commits, and no posting is added
later. Nothing is changed or removed: a contra entry names the entry that it reverses.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from payments.models.charges import Account, Charge


class BookAccount(models.Model):
    """An account of the book ("tài khoản kế toán"); made when it is first posted to."""

    code = models.CharField(max_length=60, primary_key=True)
    """Its kind and, where there are several, which: ``suspense``, ``bank:1017595600``."""
    kind = models.CharField(max_length=10)
    """One of ``dossiers.book.BookAccountKind``."""

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class Entry(models.Model):
    """One event that moved money, or what is owed ("bút toán")."""

    kind = models.CharField(max_length=10)
    """One of ``dossiers.book.EntryKind``."""
    evidence = models.CharField(max_length=70)
    """What it was posted for: a charge, an attempt, a statement, an allocation, a refund."""
    account = models.ForeignKey(Account, models.PROTECT, db_index=False)
    """In whose book: the account that the money belongs to."""
    day = models.DateField()
    """When the event happened, in Vietnam."""
    parts = models.PositiveSmallIntegerField()
    """How many postings it has; none can be added or left out."""
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        """The same event is posted once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "evidence"], name="entry_once"),
        ]

    def __str__(self) -> str:
        """Show what happened to what."""
        return f"{self.kind} {self.evidence}"


class Posting(models.Model):
    """One amount on one account of the book ("định khoản"); a debit is above 0."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    book = models.ForeignKey(BookAccount, models.PROTECT, db_index=False)
    charge = models.ForeignKey(Charge, models.PROTECT, null=True)
    """Whose money it is, where that is known."""
    amount = models.BigIntegerField()

    class Meta:
        """An amount moves something."""

        constraints: ClassVar = [
            models.CheckConstraint(name="posting_amount", condition=~models.Q(amount=0))
        ]

    def __str__(self) -> str:
        """Show account and amount."""
        return f"{self.book_id} {self.amount}"
