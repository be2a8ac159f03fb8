"""
The tables of the register.

``Fact`` is partitioned by month and append-only (triggers in migration 0002); ``Dossier`` is
nothing but its projection, written by ``ledger`` alone.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dossiers import facts
from dossiers.personal import Address, IdNumber, Name, Phone
from dossiers.state import State
from dossiers.status import Business, Delivery, Money, Synchronisation
from dossiers.steps import Step
from dossiers.work import IntentState


class Unit(models.Model):
    """An agency or a centre ("cơ quan, đơn vị"); names and codes are dated data."""

    code = models.CharField(max_length=35, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    """``department``, ``centre`` or ``commune``."""
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Procedure(models.Model):
    """An administrative procedure ("thủ tục hành chính") and its dated fees."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=500)
    field = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT)
    symbol = models.CharField(max_length=40)
    """What follows the number on the result, for example ``GPXD``."""
    hours = models.PositiveIntegerField()
    """Time limit in working hours (8 a day)."""
    fees = models.JSONField(default=list)
    """Lines ``{kind: phi|le_phi, code, name, amount}``; empty means exempt."""

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Dossier(models.Model):
    """A dossier as its facts left it. Only ``ledger.record`` writes here."""

    code = models.CharField(max_length=60, primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    centre = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT)
    secret = models.CharField(max_length=12)
    """The second code on the slip, for the public page."""
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()

    business = models.CharField(max_length=20, default=Business.NEW)
    money = models.CharField(max_length=20, default=Money.NONE)
    delivery = models.CharField(max_length=20, default=Delivery.NONE)
    synchronisation = models.CharField(max_length=20, default=Synchronisation.NONE)
    next_step = models.CharField(max_length=30, default=Step.DONE)
    document = models.CharField(max_length=64, blank=True)
    verified = models.CharField(max_length=64, blank=True)
    due = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)
    released_due = models.BigIntegerField(null=True, blank=True)
    released_paid = models.BigIntegerField(null=True, blank=True)
    state = models.JSONField(default=dict)
    facts = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    """Hash of the newest fact."""
    changed_at = models.DateTimeField()

    class Meta:
        """The gate as a constraint; a trigger compares the snapshot with the facts."""

        indexes: ClassVar = [
            models.Index(fields=["unit", "business"], name="dossier_unit_business"),
            models.Index(fields=["centre", "next_step", "due_at"], name="dossier_centre_step"),
            models.Index(fields=["next_step", "changed_at"], name="dossier_step"),
            # What is open stays few, however much is over: the lists of people stand on it.
            models.Index(
                fields=["due_at"], name="dossier_open", condition=~models.Q(next_step=Step.DONE)
            ),
            models.Index(
                fields=["delivery"],
                name="dossier_listable",
                condition=models.Q(delivery__in=(Delivery.BOOKED, Delivery.ACCEPTED)),
            ),
            models.Index(fields=["received_at"], name="dossier_received"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="dossier_gate",
                condition=~models.Q(business=Business.RELEASED)
                | (
                    models.Q(
                        released_at__isnull=False,
                        verified=models.F("document"),
                        released_paid__gte=models.F("released_due"),
                    )
                    & ~models.Q(document="")
                ),
            ),
        ]

    def __str__(self) -> str:
        """Show the code."""
        return self.code

    def as_state(self) -> State:
        """Return the projection as the value that ``dossiers`` reasons about."""
        return State.from_json(self.state)


class Applicant(models.Model):
    """Whom the dossier belongs to. The columns are bare; read them through the properties."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True)
    name_text = models.CharField(max_length=200)
    phone_text = models.CharField(max_length=20, blank=True)
    id_number_text = models.CharField(max_length=20, blank=True)
    address_text = models.CharField(max_length=400, blank=True)
    ward = models.CharField(max_length=10, blank=True)
    """Statistics code of the commune of the address."""

    def __str__(self) -> str:
        """Show the mask."""
        return str(self.name)

    @property
    def name(self) -> Name:
        """The owner's name ("chủ hồ sơ")."""
        return Name(self.name_text)

    @property
    def phone(self) -> Phone:
        """The phone number."""
        return Phone(self.phone_text)

    @property
    def id_number(self) -> IdNumber:
        """The personal identification number."""
        return IdNumber(self.id_number_text)

    @property
    def address(self) -> Address:
        """The postal address, without the commune's name."""
        return Address(self.address_text)


class Fact(models.Model):
    """One thing that happened; see ``dossiers.facts``."""

    pk = models.CompositePrimaryKey("dossier_id", "seq", "at")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="told")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    body = models.JSONField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """The table is made by hand in migration 0002, because it is partitioned."""

        ordering: ClassVar = ["dossier_id", "seq"]

    def __str__(self) -> str:
        """Show what happened to what."""
        return f"{self.dossier_id} {self.seq} {self.kind}"

    def told(self) -> facts.Fact:
        """Return the fact itself."""
        return facts.read(self.kind, self.body)


class Intent(models.Model):
    """An effect that the hub means to have, committed before it is tried."""

    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=120, unique=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True)
    request = models.JSONField()
    state = models.CharField(max_length=10, default=IntentState.OPEN, db_index=True)
    attempt = models.PositiveIntegerField(default=0)
    """Grows with each try; an older try's answer is not taken."""
    tried = models.BooleanField(default=False)
    """True from the first claim whose try may have reached the other side."""
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=80, blank=True)
    """The database session of the worker that holds the lease; it dies with the worker."""
    answer = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    tried_before = False
    """Set by ``intents.claim`` for the one who holds the lease."""

    def __str__(self) -> str:
        """Show what is meant."""
        return f"{self.kind} {self.reference}"


class Task(models.Model):
    """Something that waits for a person."""

    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=120)
    role = models.CharField(max_length=10)
    unit = models.CharField(max_length=35)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True)
    detail = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """One open task per kind and subject."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(closed_at__isnull=True),
                name="task_open_once",
            )
        ]

    def __str__(self) -> str:
        """Show what waits."""
        return f"{self.kind} {self.subject}"


class Inbox(models.Model):
    """A callback as it came."""

    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=120)
    body_sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    verified = models.BooleanField()
    received_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        """The same message is kept once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "external_id"], name="inbox_once")
        ]

    def __str__(self) -> str:
        """Show where it came from."""
        return f"{self.source} {self.external_id}"


class IdempotencyKey(models.Model):
    """A key that a machine gave with its request; kept for ever."""

    client = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    request_sha256 = models.CharField(max_length=64)
    dossier = models.ForeignKey(Dossier, models.PROTECT)

    class Meta:
        """A key means one request."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "key"], name="idempotency_once")
        ]

    def __str__(self) -> str:
        """Show whose key it is."""
        return f"{self.client} {self.key}"


class Document(models.Model):
    """A file of the document store; the bytes lie under their own hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the hash."""
        return self.sha256


class ConnectorHealth(models.Model):
    """When a connector last worked and last failed ("Kết nối")."""

    connector = models.CharField(max_length=40, primary_key=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    refused = models.PositiveIntegerField(default=0)
    unavailable = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    forged = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        """Show the connector."""
        return self.connector
