"""
Intent before effect.

A row with our own reference is committed before anything leaves the hub. After a crash or a
silence the row is still there, and its outcome is asked for, never tried again blindly.
Two workers cannot hold one intent: it is leased, and an older try's answer is not taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from dossiers.work import IntentState
from register import world
from register.models import Intent

#: Longer than any connector's time-out. A worker that was frozen for longer than this finds
#: its answer superseded; a worker that died loses its lease with its database session.
LEASE = timedelta(seconds=150)

_ALIVE = """
SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid || ' ' || backend_start = %s)
"""
_OURS = "SELECT pid || ' ' || backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"

_UNSETTLED = (IntentState.OPEN, IntentState.UNSURE)


class ConflictError(Exception):
    """This reference was already used for something else."""


class SupersededError(Exception):
    """Another try has taken this intent over; the answer is not taken."""


def begin(kind: str, reference: str, *, dossier: str | None, request: Mapping[str, Any]) -> Intent:
    """
    Commit the intent to have effect *kind* under our own *reference*; return its row.

    The same call again returns the same row. ConflictError if the reference means another
    effect. Must not be called inside a transaction: the row has to be there if we die next.
    """
    now = world.now()
    with transaction.atomic(durable=True):
        intent, new = Intent.objects.get_or_create(
            reference=reference,
            defaults={
                "kind": kind,
                "dossier_id": dossier,
                "request": dict(request),
                "opened_at": now,
                "changed_at": now,
            },
        )
    if not new and (intent.kind, intent.dossier_id) != (kind, dossier):
        raise ConflictError(reference)
    world.point(f"intent {kind}")
    return intent


def claim(intent: Intent) -> bool:
    """
    Lease *intent* to this worker; False if it is settled or another worker holds it.

    Afterwards ``intent.attempt`` is this try's number, and ``intent.tried_before`` tells
    whether an earlier try may have had the effect: then ask the other side, do not repeat.
    """
    now = world.now()
    with transaction.atomic(durable=True):
        row = Intent.objects.select_for_update().get(pk=intent.pk)
        if row.state not in _UNSETTLED or _held(row, now):
            return False
        before = row.tried
        row.attempt, row.tried, row.changed_at = row.attempt + 1, True, now
        row.leased_by, row.leased_until = _session(), now + LEASE
        row.save()
    intent.refresh_from_db()
    intent.tried_before = before
    world.point(f"claimed {intent.kind}")
    return True


def _held(row: Intent, now: datetime) -> bool:
    """Tell whether a living worker holds the lease."""
    if row.leased_until is None or row.leased_until <= now:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_ALIVE, [row.leased_by])
        return bool(cursor.fetchone()[0])


def _session() -> str:
    """Return the name of our own database session, never given to another one."""
    with connection.cursor() as cursor:
        cursor.execute(_OURS)
        return str(cursor.fetchone()[0])


def check(intent: Intent) -> None:
    """
    Return if the lease of *intent* is still ours; SupersededError if it is not.

    Asked in the last moment before an effect: who was frozen since the claim does nothing.
    """
    ours = Intent.objects.filter(
        pk=intent.pk, attempt=intent.attempt, state__in=_UNSETTLED, leased_until__gt=world.now()
    )
    if not ours.exists():
        raise SupersededError(intent.reference)


def finish(intent: Intent, outcome: IntentState | str, *, answer: Mapping[str, Any]) -> None:
    """
    Keep the *outcome* of this try and give the lease back.

    Joins the caller's transaction, so that outcome and fact are certain together.
    SupersededError if another try has taken over or settled the intent meanwhile.
    """
    kept = Intent.objects.filter(pk=intent.pk, attempt=intent.attempt, state__in=_UNSETTLED).update(
        state=IntentState(outcome),
        answer=dict(answer),
        leased_until=None,
        changed_at=world.now(),
    )
    if not kept:
        raise SupersededError(intent.reference)
    intent.state = IntentState(outcome)


def give_back(intent: Intent) -> None:
    """Give the lease back: the other side was not reached, so this try had no effect."""
    Intent.objects.filter(pk=intent.pk, attempt=intent.attempt).update(
        tried=intent.tried_before, leased_until=None, changed_at=world.now()
    )


def note(intent: Intent, **words: str | bool) -> None:
    """
    Add *words* to the request and commit them, before something that must be remembered.

    SupersededError if another try has taken this intent over: then it must not happen.
    """
    with transaction.atomic(durable=True):
        intent.request = intent.request | words
        kept = Intent.objects.filter(
            pk=intent.pk, attempt=intent.attempt, state__in=_UNSETTLED
        ).update(request=intent.request)
    if not kept:
        raise SupersededError(intent.reference)
