"""
Renewal: a stamp is stamped again before its authority's certificate ends.

The new stamp covers the old one and the proof that the old one's certificate was good while it
was asked. After a hundred years there are a handful of stamps, each under the next.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from register import ledger, world
from signing.levels import stamps
from signing.levels.revocation import RevocationError
from signing.levels.stamps import NotHeldError, Outside
from signing.levels.terms import current as terms
from signing.models import LastStamp, Unstamped

#: The engine is patient for half a day; a job that was lost is asked for anew after that.
ASKED = timedelta(hours=13)

#: What was refused, or did not hold, is tried again after so long.
AGAIN = timedelta(days=1)

#: A stamp that ends within this time and is not renewed is a person's business.
ENDING = timedelta(days=30)


def take_due(most: int) -> list[str]:
    """Return at most so many dossiers to renew now; in a transaction with their jobs."""
    now = world.now()
    due = _due(now).select_for_update(skip_locked=True).filter(ask_after__lte=now)
    codes = [row.pk for row in due.order_by("renew_by", "pk")[:most]]
    LastStamp.objects.filter(pk__in=codes).update(ask_after=now + ASKED)
    return codes


def put_off(code: str, trouble: str) -> None:
    """Note why the stamp of dossier *code* was not renewed, and when to ask again."""
    LastStamp.objects.filter(pk=code).update(trouble=trouble[:60], ask_after=world.now() + AGAIN)


def ending(now: datetime) -> list[LastStamp]:
    """Return the stamps that a person should look at by *now*."""
    soon = Q(renew_by__lt=now + ENDING) | ~Q(trouble="")
    return list(_due(now).filter(soon).order_by("renew_by", "pk"))


def renew(code: str, outside: Outside) -> bool:
    """
    Stamp the file of dossier *code* once more, with the proof of the stamp before.

    True once it is kept, or nothing was due. The file is judged before and after, as by
    ``stamps.complete``; twice at once keeps one of the two.
    """
    if not _due(world.now()).filter(pk=code).exists():
        return True
    over = ledger.state(code).document
    try:
        found = stamps.sound(code, over)
        if outside.proof:
            made = stamps.proved(found, outside.stamp, outside.proof)
        else:
            made = stamps.timed(found, outside.stamp)
        digest = stamps.judged(code, made, over)
    except (NotHeldError, RevocationError) as error:
        put_off(code, error.word)
        return False
    with transaction.atomic():
        # One of two workers tells the fact; the other one's file is nobody's.
        waiting = _due(world.now()).select_for_update().filter(pk=code).exists()
        if waiting and ledger.state(code).document == over:
            stamps.tell(code, made, digest, over)
    world.point("stamp renewed")
    return True


def _due(now: datetime) -> QuerySet[LastStamp]:
    """What ends soon, and is not on its way to its first level."""
    on_their_way = Unstamped.objects.values("dossier")
    return LastStamp.objects.filter(renew_by__lt=now + terms().ahead).exclude(
        dossier__in=on_their_way
    )
