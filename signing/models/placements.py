"""What people said of where a result is signed."""

from __future__ import annotations

from django.db import models

from register.models import Dossier


class Placement(models.Model):
    """A place that a person chose for one result; the last word counts."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True)
    told = models.JSONField()
    """``signing.pdf.places.Placement`` as it tells itself: source, page, x, y, field."""
    person = models.CharField(max_length=150)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the dossier."""
        return str(self.dossier_id)
