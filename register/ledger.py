"""
``record(fact)``: the one door through which a dossier changes.

In one transaction: lock the dossier, check the transition, append the fact, chain its hash,
renew the projection, and ask for the next step. A fact that cannot follow is refused with
TransitionError and leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.db import transaction

from dossiers import facts
from dossiers.state import State, apply, fold
from dossiers.status import Business
from dossiers.steps import OURS, next_step
from register import jobs, world
from register.models import Dossier, Fact

GENESIS = "0" * 64

HUB = "hub"
"""Who tells a fact that no person tells."""


def record(code: str, fact: facts.Fact, *, by: str) -> State:
    """
    Append *fact* to dossier *code*, told by the person or part of the hub *by*.

    Returns the state afterwards. Money with evidence that was counted before changes nothing.
    Raises TransitionError if the fact cannot follow, Dossier.DoesNotExist if there is none.
    """
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=code)
        before = _before(dossier)
        if isinstance(fact, facts.Paid) and fact.evidence in before.evidence:
            return before
        after = apply(before, fact)
        _append(dossier, fact, by)
        _project(dossier, after)
        dossier.save()
        if next_step(after) in OURS:
            jobs.advance(code)
        transaction.on_commit(partial(world.point, f"recorded {fact.kind}"))
    return after


def lock(codes: Iterable[str]) -> None:
    """
    Lock the dossiers *codes* until the transaction ends, in the one order that everybody keeps.

    Who tells facts of several dossiers in one transaction locks them first, and rows of his own
    room before that: so no two of us ever wait for each other.
    """
    wanted = set(codes)
    list(Dossier.objects.select_for_update().filter(pk__in=wanted).order_by("pk").only("pk"))


def state(code: str) -> State:
    """Return the dossier's present state."""
    return Dossier.objects.get(pk=code).as_state()


def history(code: str) -> list[Fact]:
    """Return the dossier's facts in the order in which they were told."""
    return list(Fact.objects.filter(dossier_id=code).order_by("seq"))


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a chain does not hold, and why."""

    seq: int
    reason: str


def audit(code: str) -> list[Broken]:
    """Return what is wrong with the dossier's chain and projection; an empty list is good."""
    dossier, told = Dossier.objects.get(pk=code), history(code)
    faults = list(_broken_links(told))
    if len(told) != dossier.facts or (told[-1].hash if told else "") != dossier.head:
        faults.append(Broken(dossier.facts, "facts are missing at the end"))
    if not faults and not _agree(fold(row.told() for row in told), dossier):
        faults.append(Broken(dossier.facts, "the projection is not the fold of the facts"))
    return faults


def _before(dossier: Dossier) -> State:
    """
    Return the dossier's state before the next fact.

    While a new version is rolled out, one that knows fewer fields may have written last: then
    the facts tell, and the projection is whole again from the next fact on.
    """
    if dossier.facts and not State.is_whole(dossier.state):
        return fold(row.told() for row in history(dossier.code))
    return dossier.as_state()


def _agree(folded: State, dossier: Dossier) -> bool:
    """Tell whether the projection says what the facts say, in every field that it has."""
    facts_say = folded.as_json()
    return all(
        facts_say[name] == value for name, value in dossier.state.items() if name in facts_say
    )


def _broken_links(told: Iterable[Fact]) -> Iterable[Broken]:
    previous = GENESIS
    for expected, row in enumerate(told, start=1):
        if row.seq != expected:
            yield Broken(row.seq, "a fact is missing before this one")
        if row.previous != previous or row.hash != digest(row):
            yield Broken(row.seq, "the hash does not hold")
        previous = row.hash


def digest(row: Fact) -> str:
    """Return the SHA-256 that binds *row* to all facts before it."""
    return hashlib.sha256(text(row)).hexdigest()


def text(row: Fact) -> bytes:
    """Return the text of *row*, whose SHA-256 is its hash: the hash before it is part of it."""
    said = [
        row.previous,
        row.dossier_id,
        row.seq,
        row.kind,
        row.body,
        row.by,
        _instant(row.at),
    ]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _append(dossier: Dossier, fact: facts.Fact, by: str) -> None:
    row = Fact(
        dossier=dossier,
        seq=dossier.facts + 1,
        kind=fact.kind,
        body=fact.body(),
        by=by,
        at=world.now(),
        previous=dossier.head or GENESIS,
    )
    row.hash = digest(row)
    row.save(force_insert=True)
    dossier.facts, dossier.head, dossier.changed_at = row.seq, row.hash, row.at


def _project(dossier: Dossier, after: State) -> None:
    if after.business is Business.RELEASED and dossier.released_at is None:
        dossier.released_at = dossier.changed_at
        dossier.released_due, dossier.released_paid = after.due, after.paid
    dossier.business, dossier.money = after.business, after.money
    dossier.delivery, dossier.synchronisation = after.delivery, after.synchronisation
    dossier.document, dossier.verified = after.document, after.verified
    dossier.due, dossier.paid = after.due, after.paid
    dossier.next_step = next_step(after)
    dossier.state = after.as_json()
