"""What waits for a person's telephone: one list at a remote signing service, and its texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dossiers.signing_status import RoundStatus
from signing.models.signers import Token
from signing.models.trays import Batch, SigningItem


class RemoteRound(models.Model):
    """One list that a person confirms at once."""

    reference = models.CharField(max_length=40, primary_key=True)
    """Our own, ``PK-yymmdd-nnn-R1``: what the service is asked by."""
    token = models.ForeignKey(Token, models.PROTECT)
    batch = models.ForeignKey(Batch, models.PROTECT)
    status = models.CharField(max_length=10, default=RoundStatus.READY)
    theirs = models.CharField(max_length=200, blank=True)
    """The service's own reference."""
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ask_after = models.DateTimeField(db_index=True)
    """When the service is asked next."""
    reason = models.CharField(max_length=20, blank=True)
    """Why it was refused: ``dossiers.remote.RemoteReason``."""

    class Meta:
        """At most one list at a time rings the telephone of one signer."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["token"],
                condition=models.Q(status__in=[RoundStatus.READY, RoundStatus.STARTED]),
                name="remote_round_alone",
            )
        ]

    def __str__(self) -> str:
        """Show the reference."""
        return self.reference


class RemoteText(models.Model):
    """One text of a list, with the file that it will be put into; gone when the list is."""

    round = models.ForeignKey(RemoteRound, models.PROTECT, related_name="texts")
    item = models.ForeignKey(SigningItem, models.PROTECT)
    intent = models.CharField(max_length=120)
    """Reference of the intent to sign."""
    attributes = models.BinaryField()
    """What is signed."""
    file = models.BinaryField()
    """The prepared file."""
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        """An item stands in a list once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "item"], name="remote_text_once")
        ]

    def __str__(self) -> str:
        """Show what is signed."""
        return f"{self.round_id} {self.item_id}"
