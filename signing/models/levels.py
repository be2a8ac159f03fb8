"""What a signed file waits for, what proves its certificates, and until when its stamp holds."""

from __future__ import annotations

from django.db import models

from register.models import Dossier


class Unstamped(models.Model):
    """A released result on its way to its level; the row goes when it is there."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True)
    wanted_at = models.DateTimeField(db_index=True)
    ask_after = models.DateTimeField(db_index=True)
    """When an authority is asked again."""
    trouble = models.CharField(max_length=60, blank=True)
    """One word for why there is no stamp, where it is not only the time that it takes."""

    def __str__(self) -> str:
        """Show the dossier."""
        return str(self.dossier_id)


class Proof(models.Model):
    """The last that was told of one certificate; fetched once, for all results that need it."""

    certificate = models.CharField(max_length=64, primary_key=True)
    """SHA-256 of the certificate."""
    kind = models.CharField(max_length=10)
    """One of ``dossiers.signing_status.ProofKind``."""
    document = models.CharField(max_length=64)
    """SHA-256 of the stored answer or list (DER)."""
    told_at = models.DateTimeField()
    next_update = models.DateTimeField()
    """It is fresh until then, and is fetched again after that."""
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Show the certificate."""
        return self.certificate


class LastStamp(models.Model):
    """The newest time stamp of a result, and until when it holds."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True)
    level = models.CharField(max_length=10)
    """One of ``dossiers.signing_status.Level``."""
    stamped_at = models.DateTimeField()
    """When, says the authority."""
    renew_by = models.DateTimeField(db_index=True)
    """The authority's certificate ends then."""
    ask_after = models.DateTimeField()
    """When a renewal is asked for again; in the past until the first time."""
    trouble = models.CharField(max_length=60, blank=True)
    """One word for why it was not renewed."""

    def __str__(self) -> str:
        """Show the dossier."""
        return str(self.dossier_id)
