"""
The clock's memory: how far each schedule has fired, and each firing once.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Schedule(models.Model):
    """One line of ``config/data/schedules.toml`` and how far it has come."""

    name = models.CharField(max_length=60, primary_key=True)
    fired_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Run(models.Model):
    """One firing; unique, however many clocks there are."""

    schedule = models.ForeignKey(Schedule, models.CASCADE)
    fire_at = models.DateTimeField()
    job = models.BigIntegerField()
    """The engine's number of the job."""

    class Meta:
        """The wall against two clocks."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "fire_at"], name="run_once")
        ]

    def __str__(self) -> str:
        """Show which firing."""
        return f"{self.schedule_id} {self.fire_at:%Y-%m-%d %H:%M:%S}"
