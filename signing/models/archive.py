"""The rounds in which the archive was stamped, and what waits for the next one."""

from __future__ import annotations

from django.db import models

from register.models import Dossier


class Unarchived(models.Model):
    """A released result that no round covers yet; the row goes when one does."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True)
    wanted_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Show the dossier."""
        return str(self.dossier_id)


class ArchiveRound(models.Model):
    """One stamp over many digests (an archive time stamp of RFC 4998). Never changed."""

    kind = models.CharField(max_length=10)
    """One of ``dossiers.signing_status.RoundKind``."""
    algorithm = models.CharField(max_length=10)
    leaves = models.CharField(max_length=64)
    """SHA-256 of the stored file of sorted digests, one after another."""
    spare = models.CharField(max_length=64, blank=True)
    """SHA-256 of the stored file of SHA-512 of the same things, in the same order; or empty."""
    count = models.PositiveIntegerField()
    token = models.BinaryField()
    """DER of the RFC 3161 token over the root of the tree."""
    stamped_at = models.DateTimeField()
    renew_by = models.DateTimeField(db_index=True)
    """The certificate of the stamp ends then."""
    covered_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="covers"
    )
    """The round that renewed this one; None while this one is the last."""

    def __str__(self) -> str:
        """Show what it covers."""
        return f"{self.pk}: {self.count} {self.kind}"
