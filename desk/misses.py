"""
Wrong guesses, counted: five at a password, ten at a secret code, then a quarter of an hour's rest.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from desk.models import Miss
from register import world

REST = timedelta(minutes=15)

#: How many wrong guesses a caller has in REST. An office shares one address, so a sign-in
#: counts per address and user name, a look-up per address and also per dossier.
LIMITS = {"sign-in": 5, "look-up": 10, "dossier": 20}


def too_many(kind: str, *who: str) -> bool:
    """Tell whether *who* has used up the guesses of *kind*."""
    made = Miss.objects.filter(kind=kind, caller=_caller(*who), at__gt=world.now() - REST)
    return made.count() >= LIMITS[kind]


def note(kind: str, *who: str) -> None:
    """Count one wrong guess of *kind* by *who*."""
    Miss.objects.create(kind=kind, caller=_caller(*who), at=world.now())


def address(request: HttpRequest) -> str:
    """Return where a request came from, as the server in front of us says it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _caller(*who: str) -> str:
    return salted_hmac("desk.misses", "\x1f".join(who), algorithm="sha256").hexdigest()
