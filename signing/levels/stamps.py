"""
Time stamps of released results: wanted at the gate, asked for later, kept only if they hold.

A result never waits for its stamp: it was verified before it left, and is carried meanwhile.
Signing is not slowed by an authority that is slow (131 s were seen) or down for a day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from dossiers import facts
from register import documents, ledger, world
from register.ledger import HUB
from signing import results, trays
from signing.models import Unstamped
from signing.pdf import stamping

#: A stamp that is waited for longer is a person's business.
LATE = timedelta(hours=1)

#: What was refused, or did not hold, is tried again after so long: a person may have mended it.
AGAIN = timedelta(hours=1)

#: The engine is patient for half a day; a job that was lost is asked for anew after that.
ASKED = timedelta(hours=13)


def want(code: str) -> None:
    """Have released dossier *code* stamped later; joins the transaction of its release."""
    now = world.now()
    Unstamped.objects.get_or_create(pk=code, defaults={"wanted_at": now, "ask_after": now})


def pending(code: str) -> bool:
    """Tell whether dossier *code* waits for its stamp."""
    return Unstamped.objects.filter(pk=code).exists()


def take_due(most: int) -> list[str]:
    """Return at most so many dossiers to ask about now; in a transaction with their jobs."""
    now = world.now()
    rows = Unstamped.objects.select_for_update(skip_locked=True).filter(ask_after__lte=now)
    codes = [row.pk for row in rows.order_by("ask_after", "pk")[:most]]
    Unstamped.objects.filter(pk__in=codes).update(ask_after=now + ASKED)
    return codes


def put_off(code: str, trouble: str) -> None:
    """Note why dossier *code* got no stamp, and when to ask again."""
    Unstamped.objects.filter(pk=code).update(trouble=trouble[:60], ask_after=world.now() + AGAIN)


def late(now: datetime) -> list[Unstamped]:
    """Return what a person should look at by *now*: waited for too long, or in real trouble."""
    found = Unstamped.objects.filter(Q(wanted_at__lt=now - LATE) | ~Q(trouble=""))
    return list(found.order_by("wanted_at", "pk"))


def complete(code: str, ask: Callable[[bytes], bytes]) -> bool:
    """
    Stamp the file of dossier *code* by the token that *ask* gives for its SHA-256.

    True once the stamped file is kept, or was before. The file is judged before and after; one
    that does not hold is thrown away, with its reason in ``Unstamped``. What *ask* raises
    passes through. Twice at once does no harm: one of the two files is kept.
    """
    if not pending(code):
        return True
    over = ledger.state(code).document
    data = documents.get(over)
    before, reasons = results.judged(code, data)
    if reasons:
        put_off(code, reasons[0])
        return False
    prepared = stamping.prepare(data)
    token = ask(prepared.imprint)
    try:
        stamped = prepared.finish(token)
    except stamping.TooLargeError:
        put_off(code, "too_large")
        return False
    after, reasons = results.judged(code, stamped)
    if not reasons and len(after.signatures) != len(before.signatures) + 1:
        reasons = ["stamp_missing"]
    if reasons:
        put_off(code, reasons[0])
        return False
    _keep(code, documents.put(stamped, trays.PDF), over)
    return True


def _keep(code: str, digest: str, over: str) -> None:
    with transaction.atomic():
        # Whoever takes the row away tells the fact; the other one's file is nobody's.
        taken, _ = Unstamped.objects.filter(pk=code).delete()
        if taken:
            ledger.record(code, facts.Stamped(document=digest, over=over), by=HUB)
    world.point("stamp kept")
