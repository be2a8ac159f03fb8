"""
What a bank proves: statements, their lines, and which charge each line pays.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from dossiers.personal import Name, Personal
from payments.models.charges import Account, Attempt, Charge


class StatementFile(models.Model):
    """A statement as a bank made it; the bytes lie in the document store."""

    sha256 = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, models.PROTECT)
    format = models.CharField(max_length=20)
    sequence = models.BigIntegerField(null=True, blank=True)
    opening = models.BigIntegerField(null=True, blank=True)
    closing = models.BigIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    """Of the closing balance."""
    source = models.CharField(max_length=150)
    """The connector or the person it came from."""
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show account and day."""
        return f"{self.account_id} {self.day}"


class BankTransaction(models.Model):
    """
    A line of a statement: money that really moved.

    Two real payments are two rows even if they look the same to the letter; the number of
    the *occurrence* tells them apart. The same line in another file is not taken again.
    """

    account = models.ForeignKey(Account, models.PROTECT)
    file = models.ForeignKey(StatementFile, models.PROTECT, related_name="transactions")
    bank_reference = models.CharField(max_length=70)
    """The bank's, or ``~`` and a hash of the line where the bank gives none."""
    occurrence = models.PositiveIntegerField()
    booked_on = models.DateField()
    value_on = models.DateField()
    amount = models.BigIntegerField()
    """Above 0 for money that came in."""
    reversal = models.BooleanField(default=False)
    end_to_end = models.CharField(max_length=70, blank=True)
    clearing = models.CharField(max_length=70, blank=True)
    """Number of the transaction in the clearing (``TxId``)."""
    memo_text = models.TextField(blank=True)
    memo_plain = models.TextField(blank=True)
    """Capital Latin letters, for searching."""
    party_text = models.CharField(max_length=200, blank=True)
    references = ArrayField(models.CharField(max_length=20), default=list)
    """Payment references with right check digits found in the memo."""

    class Meta:
        """The identity of a line, and the way by which a day is read."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "bank_reference", "occurrence"], name="bank_line_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["account", "booked_on"], name="bank_line_day")]

    def __str__(self) -> str:
        """Show the bank's reference."""
        return f"{self.bank_reference}:{self.occurrence}"

    @property
    def memo(self) -> Personal:
        """What the payer wrote; people put their names there."""
        return Personal(self.memo_text)

    @property
    def party(self) -> Name:
        """Who paid."""
        return Name(self.party_text)


class Waiting(models.Model):
    """A line that matching has not looked at yet; the only queue of ``matching.run``."""

    transaction = models.OneToOneField(BankTransaction, models.CASCADE, primary_key=True)

    def __str__(self) -> str:
        """Show the line."""
        return str(self.transaction_id)


class Allocation(models.Model):
    """
    Money of one bank line given to one charge; undone only by a contra row.

    ``generation`` grows with each contra row, so that a line can be allocated anew after a
    correction and never twice at once.
    """

    transaction = models.ForeignKey(BankTransaction, models.PROTECT, related_name="allocations")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="allocations")
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, related_name="allocations")
    part = models.PositiveSmallIntegerField(default=1)
    """Which part of a line that pays several charges."""
    generation = models.PositiveSmallIntegerField(default=1)
    amount = models.BigIntegerField()
    """Below 0 in a contra row."""
    stage = models.CharField(max_length=12)
    """One of ``dossiers.settlement.Stage``."""
    match = models.CharField(max_length=12)
    """One of ``dossiers.settlement.Match``."""
    counted = models.BooleanField()
    """Recorded as Paid; a settlement is not, its gateway has told of it."""
    evidence = models.CharField(max_length=200)
    rule = models.CharField(max_length=20)
    """Version of the rules that matched."""
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True)

    class Meta:
        """Exclusive: a part of a line belongs to one charge at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["transaction", "part", "generation"],
                condition=models.Q(reverses__isnull=True),
                name="allocation_exclusive",
            ),
            models.CheckConstraint(
                name="allocation_sign",
                condition=models.Q(reverses__isnull=True, amount__gt=0)
                | models.Q(reverses__isnull=False, amount__lt=0),
            ),
        ]

    def __str__(self) -> str:
        """Show what was given to what."""
        return f"{self.transaction_id} → {self.charge_id}"
