"""
Who may see what, which machine may call, and who looked.
"""

from __future__ import annotations

import hashlib
import hmac

from django.db import models

from register.models import Dossier, Unit


class Membership(models.Model):
    """A person holds a role in one unit and in every unit below it."""

    user = models.ForeignKey("auth.User", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10)
    """One of ``dossiers.roles.Role``."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        """A role in a unit is given once."""

        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="membership_once")
        ]

    def __str__(self) -> str:
        """Show who is what where."""
        return f"{self.user_id} {self.role} {self.unit_id}"


class ApiClient(models.Model):
    """
    A department's system that hands over results by the API.

    The token is shown once, when it is made; only its hash is kept.
    """

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)
    token_sha256 = models.CharField(max_length=64, unique=True)
    units = models.ManyToManyField(Unit, related_name="+")
    """Deciding agencies for which it may speak; units below them are included."""
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Show the code."""
        return self.code

    @classmethod
    def by_token(cls, token: str) -> ApiClient | None:
        """Return the active client that *token* belongs to."""
        digest = token_hash(token)
        client = cls.objects.filter(token_sha256=digest, active=True).first()
        return client if client and hmac.compare_digest(client.token_sha256, digest) else None


def token_hash(token: str) -> str:
    """Return what is kept of an API *token*: long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class Viewing(models.Model):
    """
    An official or clerk has seen a whole document, as versions before 0.2 kept it.

    Now it is ``signing.models.Confirmation``; a version before may still write here while it is
    replaced, so the table goes one release later.
    """

    person = models.CharField(max_length=150)
    document = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Seen once is seen."""

        constraints = [models.UniqueConstraint(fields=["person", "document"], name="viewing_once")]

    def __str__(self) -> str:
        """Show who saw what."""
        return f"{self.person} {self.document[:12]}"


class Reading(models.Model):
    """
    Somebody read personal data: who, whose dossier, for what. Append-only.

    Law 91/2025/QH15 lets a citizen ask for this list.
    """

    person = models.CharField(max_length=150)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    page = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Show who read what."""
        return f"{self.person} {self.dossier_id} {self.page}"


class Miss(models.Model):
    """
    A wrong guess at a password or at a dossier's secret code, counted to slow guessing.

    Neither the address nor what was typed is kept, only a keyed hash of who guessed.
    """

    kind = models.CharField(max_length=10)
    caller = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Asked for by kind, caller and time."""

        indexes = [models.Index(fields=["kind", "caller", "at"], name="miss_caller")]

    def __str__(self) -> str:
        """Show what was guessed at and when."""
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
