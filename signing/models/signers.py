"""
Who signs with what.

Pictures lie in the document store under their SHA-256; a PIN lies nowhere here, only the path of
the file that the token process reads.
"""

from __future__ import annotations

from datetime import date

from django.db import models

from dossiers.personal import IdNumber
from register.models import Unit
from signing.certificates import Certificate, load
from signing.models.policy import Appointment, Delegation


class Token(models.Model):
    """A token or HSM slot ("thiết bị lưu khóa bí mật") and how its driver is reached."""

    label = models.CharField(max_length=60, primary_key=True)
    module = models.CharField(max_length=300, blank=True)
    """Path of the PKCS#11 driver; empty where the key lies at a remote service."""
    pin_file = models.CharField(max_length=300, blank=True)
    """Path of a file that only the signing worker's user can read."""
    connector = models.CharField(max_length=40, blank=True, default="", db_default="")
    """Code of the remote signing service that holds the key; empty for a token or HSM."""
    account_text = models.CharField(max_length=20, blank=True, default="", db_default="")
    """The subscriber there, a personal identification number or tax code."""
    environment = models.JSONField(default=dict, blank=True)
    """What the driver must see, for example SOFTHSM2_CONF."""
    processes = models.PositiveSmallIntegerField(default=1, db_default=1)
    """How many processes sign side by side: more than one only for a seal in an HSM."""
    stopped = models.CharField(max_length=40, blank=True)
    """Name of the error that stopped it; cleared by a person."""
    retry = models.BooleanField(default=False)
    """A person allowed the PIN to be sent once more."""
    sending = models.BooleanField(default=False, db_default=False)
    """A PIN was on its way to it, and the answer never came to be known."""
    accepted = models.CharField(max_length=80, blank=True, default="", db_default="")
    """Stamp of the PIN file that it took last (``drains``); no secret."""

    def __str__(self) -> str:
        """Show the label."""
        return self.label

    @property
    def account(self) -> IdNumber:
        """The subscriber at the remote service, masked wherever it is shown."""
        return IdNumber(self.account_text)


class Signer(models.Model):
    """
    What a person signs with for an agency: a certificate on a token, from day to day.

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
    """As printed above the signature; ``policy.titles.block`` says what it has to be."""
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="signers"
    )
    """Who the person is at the agency; without one nothing is signed."""
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="signers"
    )
    """In whose place they sign; None for their own."""
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
