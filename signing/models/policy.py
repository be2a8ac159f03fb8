"""
What lets somebody sign or seal: appointments, delegations, custody of seals.

Each is asked for by one person and approved by another, holds from day to day in Vietnam, and is
never changed: it ends, and another begins.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from register import world
from register.models import Dossier, Unit


class Power(models.Model):
    """A document of the agency that lets a person do something, and who entered it here."""

    authority = models.CharField(max_length=120)
    """Number of the deciding document, for example ``124/QĐ-SXD``."""
    paper = models.CharField(max_length=64, blank=True)
    """SHA-256 of its stored copy, if there is one."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    """Last day, or None."""
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    """The instant at which a person ended it; or turned it down, if it was not approved."""
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """Each kind has its own table."""

        abstract = True

    def holds_at(self, at: datetime) -> bool:
        """Tell whether it is approved, not ended, and *at* (aware) is within its days."""
        if self.approved_at is None or (self.ended_at is not None and self.ended_at <= at):
            return False
        day = at.astimezone(world.VIETNAM).date()
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Appointment(Power):
    """A person holds a title at an agency ("bổ nhiệm")."""

    person = models.CharField(max_length=150, blank=True)
    """User name; empty for one who has no account and only gives delegations."""
    staff_number = models.CharField(max_length=40, blank=True)
    """The same for one human, whatever accounts they have ("mã cán bộ")."""
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200)
    """As printed, for example ``PHÓ GIÁM ĐỐC``."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    head = models.BooleanField(default=False)
    """Signs in their own right, and may let others sign in their place."""
    body = models.CharField(max_length=200, blank=True)
    """The collective that the head speaks for, for example ``ỦY BAN NHÂN DÂN``."""

    def __str__(self) -> str:
        """Show who is what, where."""
        return f"{self.name or self.person}, {self.title}, {self.unit_id}"


class Delegation(Power):
    """One may sign in another's place, in this form, for these things ("giao ký")."""

    form = models.CharField(max_length=3)
    """One of ``dossiers.signing_status.SigningForm``."""
    giver = models.ForeignKey(Appointment, models.PROTECT, related_name="given")
    taker = models.ForeignKey(Appointment, models.PROTECT, related_name="taken")
    procedures = models.JSONField(default=list, blank=True)
    """Codes of procedures; with no code and no field, all of the agency's."""
    fields = models.JSONField(default=list, blank=True)
    """Names of fields ("lĩnh vực")."""

    def __str__(self) -> str:
        """Show the form and who signs for whom."""
        return f"{self.form}. {self.giver.title} / {self.taker}"

    def covers(self, procedure: str, field: str) -> bool:
        """Tell whether *procedure*, of *field*, is within it."""
        if not self.procedures and not self.fields:
            return True
        return procedure in self.procedures or field in self.fields


class SealCustody(Power):
    """Who holds an agency's key, and how it comes to the Centre's desk (modes A to D)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Whose seal it is."""
    mode = models.CharField(max_length=1)
    """One of ``dossiers.signing_status.SealMode``."""
    holder = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    """The clerk who seals."""
    token = models.ForeignKey("hub_signing.Token", models.PROTECT, related_name="+")
    pin_holder = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """In mode C: another person, who lets the token be opened."""
    procedures = models.JSONField(default=list, blank=True)
    """Codes of procedures; empty for all of the agency's."""
    workstation = models.CharField(max_length=100, blank=True)
    """In mode B: the machine at the agency's seat."""

    def __str__(self) -> str:
        """Show mode, seal and clerk."""
        return f"{self.mode} {self.unit_id} {self.holder}"


class CustodyMinute(models.Model):
    """The minute of a key's hand-over ("biên bản bàn giao"): its data and the paper drawn of it."""

    custody = models.ForeignKey(SealCustody, models.PROTECT, related_name="minutes")
    kind = models.CharField(max_length=10)
    """One of ``dossiers.signing_status.HandOver``."""
    giver = models.CharField(max_length=200)
    receiver = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    """Who wrote it."""
    document = models.CharField(max_length=64)
    """SHA-256 of the PDF."""

    def __str__(self) -> str:
        """Show what was handed over when."""
        return f"{self.custody_id} {self.kind} {self.at:%Y-%m-%d}"


class Succession(models.Model):
    """From a day on one agency signs what another would have signed ("kế thừa")."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    authority = models.CharField(max_length=120)

    class Meta:
        """Said once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="signing_succession_once")
        ]

    def __str__(self) -> str:
        """Show who follows whom."""
        return f"{self.old_id} → {self.new_id}"


class Confirmation(models.Model):
    """A person said by name what no program can know, about one version of a file."""

    person = models.CharField(max_length=150)
    document = models.CharField(max_length=64)
    """SHA-256: another version must be confirmed anew."""
    kind = models.CharField(max_length=10)
    """One of ``dossiers.signing_status.Confirmed``."""
    at = models.DateTimeField()

    class Meta:
        """Said once is said."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "document", "kind"], name="signing_confirmed_once"
            )
        ]

    def __str__(self) -> str:
        """Show who said what of what."""
        return f"{self.person} {self.kind} {self.document[:12]}"


class NumberNote(models.Model):
    """A number of a register that is on no result: kept free for one, or void, and why."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    register = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    fate = models.CharField(max_length=10)
    """One of ``dossiers.signing_status.NumberFate``."""
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="+")
    """Whose result lost it, or got it in the end."""

    class Meta:
        """One word about each number."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "register", "value"], name="signing_number_note_once"
            )
        ]

    def __str__(self) -> str:
        """Show the number and what became of it."""
        return f"{self.value:02d}/{self.register} {self.fate}"
