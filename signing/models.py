"""
The tables of signing: who signs with what, the trays, the batches and the numbers.

Pictures and documents lie in the document store under their SHA-256; a PIN lies nowhere here,
only the path of the file that the token process reads.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from dossiers.signing_status import BatchStatus, ItemStatus
from register.models import Dossier, Unit
from signing.certificates import Certificate, load


class Token(models.Model):
    """A token or HSM slot ("thiết bị lưu khóa bí mật") and how its driver is reached."""

    label = models.CharField(max_length=60, primary_key=True)
    module = models.CharField(max_length=300)
    """Path of the PKCS#11 driver."""
    pin_file = models.CharField(max_length=300)
    """Path of a file that only the signing worker's user can read."""
    environment = models.JSONField(default=dict, blank=True)
    """What the driver must see, for example SOFTHSM2_CONF."""
    stopped = models.CharField(max_length=40, blank=True)
    """Name of the error that stopped it; cleared by a person."""
    retry = models.BooleanField(default=False)
    """A person allowed the PIN to be sent once more."""

    def __str__(self) -> str:
        """Show the label."""
        return self.label


class Signer(models.Model):
    """
    An appointment to sign: a person, a title, an agency, a certificate, from day to day.

    For ``seal`` the certificate is the agency's and the person is the clerk who holds it.
    """

    role = models.CharField(max_length=10)
    person = models.CharField(max_length=150)
    """User name in the hub."""
    unit = models.ForeignKey(Unit, models.PROTECT)
    """The agency whose results are signed ("cơ quan giải quyết")."""
    name = models.CharField(max_length=200)
    """As printed under the signature; of the agency for a seal."""
    title = models.CharField(max_length=200, blank=True)
    """As printed above the signature."""
    token = models.ForeignKey(Token, models.PROTECT)
    key = models.CharField(max_length=64)
    """CKA_ID of the key on the token, in hex."""
    certificate_der = models.BinaryField()
    chain_der = models.JSONField(default=list, blank=True)
    """Issuing CAs without the root, each DER in hex."""
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the certificate."""
    picture = models.CharField(max_length=64)
    """SHA-256 of the stored PNG: blue signature or red seal, transparent."""
    diameter = models.FloatField(default=36.0)
    """Registered diameter of the seal, millimetres."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    """Last day, or None."""

    def __str__(self) -> str:
        """Show who signs for whom."""
        return f"{self.person} {self.role} {self.unit_id}"

    @property
    def certificate(self) -> Certificate:
        """The certificate, parsed once per process."""
        return load(
            bytes(self.certificate_der), tuple(bytes.fromhex(der) for der in self.chain_der)
        )

    def holds_on(self, day: date) -> bool:
        """Tell whether the appointment is in force on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Batch(models.Model):
    """What one person approved at once ("phiên ký")."""

    code = models.CharField(max_length=20, primary_key=True)
    """``PK-yymmdd-nnn``, by the day in Vietnam."""
    role = models.CharField(max_length=10)
    person = models.CharField(max_length=150)
    token = models.ForeignKey(Token, models.PROTECT)
    status = models.CharField(max_length=10, default=BatchStatus.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class SigningItem(models.Model):
    """One signature of one result: on a tray, then in a batch, then in the file."""

    dossier = models.ForeignKey(Dossier, models.PROTECT)
    role = models.CharField(max_length=10)
    document = models.CharField(max_length=64)
    """SHA-256 of the file to be signed: what the signer saw."""
    signer = models.ForeignKey(Signer, models.PROTECT)
    status = models.CharField(max_length=10, default=ItemStatus.ON_TRAY)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="items")
    sequence = models.PositiveIntegerField(default=0)
    """Place in the batch, from 1."""
    signed = models.CharField(max_length=64, blank=True)
    """SHA-256 of the signed file."""
    error = models.CharField(max_length=60, blank=True)
    submitted_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """One signature per dossier, role and file; the queue of a token is one index."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "role", "document"], name="signing_item_once"
            ),
            models.UniqueConstraint(
                fields=["batch", "sequence"],
                condition=models.Q(batch__isnull=False),
                name="signing_item_place",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "batch", "sequence"], name="signing_item_queue"),
            models.Index(fields=["signer", "status"], name="signing_item_tray"),
        ]

    def __str__(self) -> str:
        """Show what is signed."""
        return f"{self.dossier_id} {self.role}"


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


class Number(models.Model):
    """A number of an agency's register ("số, ký hiệu"), given once per year."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    register = models.CharField(max_length=40)
    """What follows the number, for example ``GPXD``."""
    value = models.PositiveIntegerField()
    dossier = models.OneToOneField(Dossier, models.PROTECT)
    issued_on = models.DateField()

    class Meta:
        """Unique per agency, year and register."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "register", "value"], name="signing_number_once"
            )
        ]

    def __str__(self) -> str:
        """Show it as printed, for example ``1284/GPXD``."""
        return f"{self.value:02d}/{self.register}"
