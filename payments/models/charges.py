"""
What is asked for: the accounts paid to, charges with their lines, tries at gateways.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

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
    handed_on = models.BooleanField(default=False, db_default=False)
    """A statement shows its money; written by the database alone (trigger in migration 0006)."""
    settled_at = models.DateTimeField(null=True, blank=True)
    questions = models.PositiveIntegerField(default=0)
    ask_after = models.DateTimeField(null=True, blank=True, db_index=True)
    """When to ask the gateway again; None when the outcome is known."""

    class Meta:
        """What a gateway owes us is one small index."""

        indexes: ClassVar = [
            models.Index(
                fields=["settled_at"],
                name="attempt_owed",
                condition=models.Q(counted=True, handed_on=False),
            )
        ]

    def __str__(self) -> str:
        """Show our reference."""
        return self.reference
