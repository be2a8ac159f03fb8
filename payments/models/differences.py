"""
What does not agree, how surplus goes back, and the minutes that close a day.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dossiers.personal import AccountNumber, Name
from dossiers.settlement import RefundState
from payments.models.charges import Account, Charge
from payments.models.statements import BankTransaction


class Discrepancy(models.Model):
    """A difference with a name and an owner ("chênh lệch"); closed by a person or by money."""

    code = models.CharField(max_length=22)
    """One of ``dossiers.discrepancies.Code``."""
    subject = models.CharField(max_length=110)
    """What it is about: a line, an attempt, an account and day."""
    amount = models.BigIntegerField()
    owner = models.CharField(max_length=10)
    unit = models.CharField(max_length=35)
    account = models.ForeignKey(Account, models.PROTECT, null=True)
    transaction = models.ForeignKey(
        BankTransaction, models.PROTECT, null=True, related_name="discrepancies"
    )
    charge = models.ForeignKey(Charge, models.PROTECT, null=True)
    detail = models.JSONField(default=dict)
    """Codes and amounts, never personal data."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=150, blank=True)
    resolution = models.CharField(max_length=300, blank=True)

    class Meta:
        """The same difference is open once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "subject"],
                condition=models.Q(closed_at__isnull=True),
                name="discrepancy_open_once",
            )
        ]

    def __str__(self) -> str:
        """Show what is wrong with what."""
        return f"{self.code} {self.subject}"


class Refund(models.Model):
    """
    Surplus money that goes back to its payer ("hoàn phí").

    One person asks, another approves: the database refuses a refund approved by who asked.
    """

    reference = models.CharField(max_length=20, unique=True)
    """Ours, new for each order to the bank: the charge's + ``R`` + number of the refund."""
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="refunds")
    discrepancy = models.ForeignKey(Discrepancy, models.PROTECT, related_name="refunds")
    """Why money goes back: paid twice, too much, or after the dossier was withdrawn."""
    account = models.ForeignKey(Account, models.PROTECT)
    """Ours, from which it goes: the one that it came to."""
    amount = models.BigIntegerField()
    payee_text = models.CharField(max_length=200)
    payee_bank = models.CharField(max_length=6)
    """BIN of the payee's bank."""
    payee_account_text = models.CharField(max_length=34)
    state = models.CharField(max_length=10, default=RefundState.ASKED)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    """The second person, who approved or declined."""
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    bank_reference = models.CharField(max_length=70, blank=True)
    """The bank's own number of the transfer."""
    transaction = models.OneToOneField(
        BankTransaction, models.PROTECT, null=True, blank=True, related_name="refund"
    )
    """The line of a statement that shows it."""

    class Meta:
        """Two persons; and one refund at a time for one difference."""

        constraints: ClassVar = [
            models.CheckConstraint(name="refund_amount", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(
                name="refund_two_persons",
                condition=models.Q(state=RefundState.ASKED, approved_by="")
                | (~models.Q(approved_by="") & ~models.Q(approved_by=models.F("asked_by"))),
            ),
            models.UniqueConstraint(
                fields=["discrepancy"],
                condition=~models.Q(state__in=(RefundState.DECLINED, RefundState.REFUSED)),
                name="refund_once",
            ),
        ]

    def __str__(self) -> str:
        """Show our reference."""
        return self.reference

    @property
    def payee(self) -> Name:
        """Who gets the money."""
        return Name(self.payee_text)

    @property
    def payee_account(self) -> AccountNumber:
        """The payee's account."""
        return AccountNumber(self.payee_account_text)


class DailyClose(models.Model):
    """The minute of one account's day ("biên bản đối soát"), chained to the one before."""

    account = models.ForeignKey(Account, models.PROTECT)
    day = models.DateField()
    body = models.JSONField()
    """Four sets and their totals; see ``close``."""
    sha256 = models.CharField(max_length=64)
    """Of the canonical JSON of ``body``, which lies in the document store too."""
    previous = models.CharField(max_length=64)
    """``sha256`` of the close before; zeros for the first."""
    document = models.CharField(max_length=64)
    """SHA-256 of the minute as PDF."""
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150)

    class Meta:
        """A day is closed once, and one close follows another."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "day"], name="close_once"),
            models.UniqueConstraint(fields=["account", "previous"], name="close_chained"),
        ]

    def __str__(self) -> str:
        """Show account and day."""
        return f"{self.account_id} {self.day}"
