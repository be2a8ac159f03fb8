"""What a signed file still waits for."""

from __future__ import annotations

from django.db import models

from register.models import Dossier


class Unstamped(models.Model):
    """A released result that waits for its time stamp; the row goes when it has one."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True)
    wanted_at = models.DateTimeField(db_index=True)
    ask_after = models.DateTimeField(db_index=True)
    """When an authority is asked again."""
    trouble = models.CharField(max_length=60, blank=True)
    """One word for why there is no stamp, where it is not only the time that it takes."""

    def __str__(self) -> str:
        """Show the dossier."""
        return str(self.dossier_id)
