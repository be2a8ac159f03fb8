"""The trays, the batches and the numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dossiers.signing_status import BatchStatus, ItemStatus
from register.models import Dossier, Unit
from signing.models.signers import Signer, Token


class Batch(models.Model):
    """What one person approved at once ("phiên ký")."""

    code = models.CharField(max_length=20, primary_key=True)
    """``PK-yymmdd-nnn``, by the day in Vietnam."""
    role = models.CharField(max_length=10)
    person = models.CharField(max_length=150)
    token = models.ForeignKey(Token, models.PROTECT)
    status = models.CharField(max_length=10, default=BatchStatus.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class SigningItem(models.Model):
    """One signature of one result: on a tray, then in a batch, then in the file."""

    dossier = models.ForeignKey(Dossier, models.PROTECT)
    role = models.CharField(max_length=10)
    document = models.CharField(max_length=64)
    """SHA-256 of the file to be signed: what the signer saw."""
    signer = models.ForeignKey(Signer, models.PROTECT)
    status = models.CharField(max_length=10, default=ItemStatus.ON_TRAY)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="items")
    sequence = models.PositiveIntegerField(default=0)
    """Place in the batch, from 1."""
    signed = models.CharField(max_length=64, blank=True)
    """SHA-256 of the signed file."""
    error = models.CharField(max_length=60, blank=True)
    title_block = models.CharField(max_length=500, blank=True, default="", db_default="")
    """The title lines that were looked for in the document when it came on the tray."""
    placement = models.JSONField(default=dict, db_default={}, blank=True)
    """Where the official signs and how that was come by (``signing.pdf.places.Placement``)."""
    submitted_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """One signature per dossier, role and file; the queue of a token is one index."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "role", "document"], name="signing_item_once"
            ),
            models.UniqueConstraint(
                fields=["batch", "sequence"],
                condition=models.Q(batch__isnull=False),
                name="signing_item_place",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "batch", "sequence"], name="signing_item_queue"),
            models.Index(fields=["signer", "status"], name="signing_item_tray"),
        ]

    def __str__(self) -> str:
        """Show what is signed."""
        return f"{self.dossier_id} {self.role}"


class Number(models.Model):
    """A number of an agency's register ("số, ký hiệu"), given once per year."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    register = models.CharField(max_length=40)
    """What follows the number, for example ``GPXD``."""
    value = models.PositiveIntegerField()
    dossier = models.OneToOneField(Dossier, models.PROTECT)
    issued_on = models.DateField()

    class Meta:
        """Unique per agency, year and register."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "register", "value"], name="signing_number_once"
            )
        ]

    def __str__(self) -> str:
        """Show it as printed, for example ``1284/GPXD``."""
        return f"{self.value:02d}/{self.register}"
