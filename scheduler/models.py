"""
What the scheduler remembers.

How far each schedule has fired, each firing once; which partner is paused and who waits for
it; of which failed job a person was told.
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


class Breaker(models.Model):
    """A partner's health as ``scheduler.breaker`` reasons about it."""

    connector = models.CharField(max_length=40, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    """In a row, up to now."""
    failed_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    pauses = models.PositiveIntegerField(default=0)
    """In a row, up to now."""

    def __str__(self) -> str:
        """Show whose health."""
        return self.connector


class Waiting(models.Model):
    """A job that waits for a paused partner; the key is its place in the row."""

    job = models.BigIntegerField(unique=True)
    """The engine's number of the job."""
    connector = models.CharField(max_length=40)

    class Meta:
        """Found in their order when the partner is back."""

        indexes: ClassVar = [models.Index(fields=["connector", "id"], name="waiting_in_order")]

    def __str__(self) -> str:
        """Show who waits for whom."""
        return f"{self.job} {self.connector}"


class FailedJob(models.Model):
    """A failed job that a person was told of."""

    job = models.BigIntegerField(primary_key=True)
    """The engine's number of the job."""
    lock = models.CharField(max_length=160, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        """Asked whether a dossier has failed lately."""

        indexes: ClassVar = [models.Index(fields=["lock", "told_at"], name="failed_lately")]

    def __str__(self) -> str:
        """Show which job."""
        return str(self.job)


class ParityMark(models.Model):
    """How far the rounds of parity have come; there is one row."""

    checked_until = models.DateTimeField(null=True, blank=True)
    """What changed later was not looked at yet."""
    code = models.CharField(max_length=60, blank=True)
    """The last dossier of the share that was looked at."""
    sha256 = models.CharField(max_length=64, blank=True)
    """The last file."""

    def __str__(self) -> str:
        """Show how far."""
        return f"{self.checked_until} {self.code}"
