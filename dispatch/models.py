"""
The tables of the post.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dossiers.codes import Leg
from dossiers.manifests import ManifestState
from dossiers.status import CAME_TO_NOTHING, Delivery
from register.models import Dossier, Unit

#: A shipment that came to nothing; the leg may be tried again under the next reference.
FAILED = CAME_TO_NOTHING


class Office(models.Model):
    """A post office ("bưu cục") that fetches the parcels of one centre."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The centre that it serves."""
    carrier = models.CharField(max_length=40)
    """Code of the connector."""
    sender_address = models.CharField(max_length=400)
    """Where the centre is, as labels say it."""
    cut_offs = models.JSONField(default=list)
    """Times at which the post comes, Vietnam time: ``["10:00", "16:00"]``."""

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Shipment(models.Model):
    """One try to carry one leg of a dossier."""

    reference = models.CharField(max_length=80, primary_key=True)
    """Our own: ``{dossier}-{C|D|R}-{attempt}``."""
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="shipments")
    leg = models.CharField(max_length=1, default=Leg.DELIVER)
    attempt = models.PositiveIntegerField()
    carrier = models.CharField(max_length=40)
    office = models.ForeignKey(Office, models.PROTECT)
    state = models.CharField(max_length=20, default=Delivery.NONE)
    tracking = models.CharField(max_length=40, blank=True, db_index=True)
    """The carrier's number; empty while the carrier has not told it."""
    prepared_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """A leg has one live shipment."""

        indexes: ClassVar = [
            models.Index(fields=["office", "carrier", "state"], name="shipment_office"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "leg"],
                condition=~models.Q(state__in=FAILED),
                name="shipment_one_live",
            ),
            models.UniqueConstraint(
                fields=["dossier", "leg", "attempt"], name="shipment_attempt_once"
            ),
        ]

    def __str__(self) -> str:
        """Show the reference."""
        return self.reference

    @property
    def item(self) -> str:
        """What the barcode says: the carrier's number, or ours while there is none."""
        return self.tracking or self.reference


class ManifestCount(models.Model):
    """How many manifests a day has; the database gives the numbers."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Show the day."""
        return f"{self.day}"


class Manifest(models.Model):
    """Parcels of one office, carrier, day and run; made closed, its content never changes."""

    number = models.CharField(max_length=20, primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT)
    carrier = models.CharField(max_length=40)
    day = models.DateField(db_index=True)
    run = models.PositiveIntegerField()
    """The day's first, second … fetching at this office."""
    state = models.CharField(max_length=10, default=ManifestState.CLOSED)
    parcels = models.PositiveIntegerField()
    grams = models.PositiveIntegerField()
    cod = models.BigIntegerField()
    """To be collected on delivery, integer đồng."""
    left_out = models.JSONField(default=list)
    """Parcels that could not be listed: ``[{"reference", "reason"}]``."""

    pdf = models.CharField(max_length=64)
    xlsx = models.CharField(max_length=64)
    csv = models.CharField(max_length=64)
    json = models.CharField(max_length=64)
    """SHA-256 of the papers in the document store; that of ``json`` stands for the content."""

    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150)
    received_at = models.DateTimeField(null=True, blank=True)
    postal_worker = models.CharField(max_length=150, blank=True)

    class Meta:
        """Each run of an office once."""

        ordering: ClassVar = ["-day", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "carrier", "day", "run"], name="manifest_run_once"
            ),
        ]

    def __str__(self) -> str:
        """Show the number."""
        return self.number


class CutOff(models.Model):
    """A time at which the post came and the hub closed what waited; kept, so that it is once."""

    office = models.ForeignKey(Office, models.PROTECT)
    carrier = models.CharField(max_length=40)
    day = models.DateField()
    time = models.CharField(max_length=5)
    """As in ``Office.cut_offs``, Vietnam time: ``10:00``."""
    manifest = models.ForeignKey(Manifest, models.PROTECT, null=True, blank=True)
    """What was closed; None when nothing waited, or nothing of it could be listed."""
    at = models.DateTimeField()

    class Meta:
        """The wall against two clocks and a job that runs twice."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "carrier", "day", "time"], name="cut_off_once"
            ),
        ]

    def __str__(self) -> str:
        """Show which one."""
        return f"{self.office_id} {self.day} {self.time}"


class ManifestLine(models.Model):
    """A parcel on a manifest. The one-to-one key is the law: on one manifest, or on none."""

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="lines")
    shipment = models.OneToOneField(Shipment, models.PROTECT, related_name="line")
    position = models.PositiveIntegerField()
    item = models.CharField(max_length=80)
    """What the barcode on the paper says."""
    taken_at = models.DateTimeField(null=True, blank=True)
    missing = models.CharField(max_length=200, blank=True)
    """Why it was not there at the hand-over, in the desk's words."""

    class Meta:
        """In the order of the paper."""

        ordering: ClassVar = ["manifest", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["manifest", "position"], name="line_position_once"),
            models.UniqueConstraint(fields=["manifest", "item"], name="line_item_once"),
        ]

    def __str__(self) -> str:
        """Show the barcode's text."""
        return self.item


class CarrierEvent(models.Model):
    """What a carrier said, as it said it; append-only (trigger in migration 0002)."""

    carrier = models.CharField(max_length=40)
    event_id = models.CharField(max_length=120)
    reference = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    said = models.CharField(max_length=400, blank=True)
    """The carrier's own words."""
    status = models.CharField(max_length=20, blank=True)
    """Empty when the code is not in the carrier's table."""
    at = models.DateTimeField()
    tracking = models.CharField(max_length=40, blank=True)
    office = models.CharField(max_length=120, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        """An event is taken once."""

        indexes: ClassVar = [models.Index(fields=["reference", "at"], name="event_reference")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["carrier", "event_id"], name="event_once")
        ]

    def __str__(self) -> str:
        """Show which event."""
        return f"{self.carrier} {self.event_id}"


class FeedMark(models.Model):
    """How far a carrier's feed has been read; saved with the events that were read."""

    carrier = models.CharField(max_length=40, primary_key=True)
    mark = models.CharField(max_length=200)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the carrier."""
        return self.carrier
