"""
The tables of payments.

What a bank said, what was allocated and what was closed is append-only (triggers in migration
0002): a wrong allocation is answered by a contra row. Amounts are integer đồng.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from dossiers.personal import Name, Personal
from dossiers.settlement import AttemptState
from register.models import Dossier, Unit


class Account(models.Model):
    """An account that citizens pay to ("tài khoản thụ hưởng")."""

    number = models.CharField(max_length=34, unique=True)
    bank = models.CharField(max_length=40, blank=True)
    """Code of the connector that fetches its statements; empty if they come as files."""
    bin = models.CharField(max_length=6)
    """The bank in VietQR codes (``970418``)."""
    name = models.CharField(max_length=200)
    """Of the holder, an agency."""
    unit = models.ForeignKey(Unit, models.PROTECT)

    def __str__(self) -> str:
        """Show the number."""
        return self.number


class Charge(models.Model):
    """What the hub asks for one dossier ("khoản phải thu")."""

    reference = models.CharField(max_length=12, unique=True)
    """``QN`` + 8 digits + 2 check digits; what the payer writes."""
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="charge")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True)
    """None if nothing is due."""
    amount = models.BigIntegerField()
    channel = models.CharField(max_length=10)
    payable_until = models.DateField(null=True, blank=True)
    """Money booked after this day is late."""
    opened_at = models.DateTimeField()

    class Meta:
        """Money is never negative."""

        constraints: ClassVar = [
            models.CheckConstraint(name="charge_amount", condition=models.Q(amount__gte=0))
        ]

    def __str__(self) -> str:
        """Show the reference."""
        return self.reference


class ChargeLine(models.Model):
    """One phí or lệ phí of a charge; the two kinds are never added up into one."""

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=6)
    """``phi`` or ``le_phi``."""
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    amount = models.BigIntegerField()

    class Meta:
        """Two kinds, no more."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="charge_line_kind", condition=models.Q(kind__in=("phi", "le_phi"))
            )
        ]

    def __str__(self) -> str:
        """Show what is paid for."""
        return f"{self.kind} {self.code}"


class Attempt(models.Model):
    """One try to have a charge paid through a gateway ("giao dịch thanh toán")."""

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="attempts")
    gateway = models.CharField(max_length=40)
    """Code of the connector."""
    reference = models.CharField(max_length=20, unique=True)
    """Ours, new for each try: the charge's + ``T`` + number of the try."""
    at = models.DateTimeField()
    """Exactly what the gateway was told; a question must repeat it to the second."""
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8, default=AttemptState.BEGUN)
    url = models.CharField(max_length=1000, blank=True)
    """Where the citizen pays."""
    transaction = models.CharField(max_length=64, blank=True, db_index=True)
    """The gateway's own number of the payment."""
    counted = models.BooleanField(default=False)
    """The gateway's word was recorded as Paid; a bank's line about it is only its settlement."""
    settled_at = models.DateTimeField(null=True, blank=True)
    questions = models.PositiveIntegerField(default=0)
    ask_after = models.DateTimeField(null=True, blank=True, db_index=True)
    """When to ask the gateway again; None when the outcome is known."""

    def __str__(self) -> str:
        """Show our reference."""
        return self.reference


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
