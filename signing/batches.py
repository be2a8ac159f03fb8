"""
Batches: what a person approved at once, signed one after another by one token.

One *drain* per token takes the items in their order; while the token works on one, the one
before is stored and the next prepared. Each signature is made in this order, and a crash
anywhere leaves it undone or done, never twice in a file:

intent committed → token signs → checked with the public key → embedded → read back →
file stored → item, fact and intent in one transaction.

A missing token or a refused PIN stops the token's batches; nothing is sent again until a
person says so (:func:`go_on`). An item that cannot be signed does not stop the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from dossiers.roles import Role
from dossiers.signing_status import BatchStatus, ItemStatus, SigningRole
from dossiers.work import TaskKind
from register import jobs, tasks, world
from signing import drains, locks, remote
from signing.devices import drivers
from signing.devices.line import Line
from signing.devices.tokens import PinLocked, PinWrong, TokenBroken, TokenError
from signing.drains import UnderWay
from signing.models import Batch, SigningItem, Token
from signing.policy import cases, checks

DRAIN = "drain_token"


class RefusedError(Exception):
    """A batch cannot be opened; ``reasons`` maps a dossier's code to what stands against it."""

    def __init__(self, reasons: dict[str, list[str]]) -> None:
        """Keep the *reasons*."""
        super().__init__(", ".join(sorted(reasons)))
        self.reasons = reasons


def open(items: Sequence[SigningItem], *, person: str, role: SigningRole) -> Batch:
    """
    Queue *items* from *person*'s tray for signing in one batch, in the order given.

    All of one *role* and one token. RefusedError with every reason of every item, and then
    nothing is queued; what the signer saw is what will be signed (the file's hash).
    """
    now = world.now()
    with transaction.atomic():
        kept = _locked(items)
        if reasons := _against(kept, person, role, now):
            raise RefusedError(reasons)
        batch = Batch.objects.create(
            code=_code(now), role=role, person=person, token=kept[0].signer.token, opened_at=now
        )
        for sequence, item in enumerate(kept, start=1):
            item.batch, item.sequence = batch, sequence
            item.status, item.changed_at = ItemStatus.QUEUED, now
            item.save(update_fields=["batch", "sequence", "status", "changed_at"])
        _ask_for_drain(batch.token_id)
    world.point("batch opened")
    return batch


def drain(token_label: str) -> None:
    """
    Sign everything that is queued for the token; return when nothing is left or it stopped.

    TokenBroken goes to the job engine, which tries again; so does HeldError, if another worker
    still drains this token.
    """
    with locks.holding(f"token {token_label}"):
        token = Token.objects.get(pk=token_label)
        if token.connector:
            remote.gather(token)
        else:
            with drivers.line(token) as line:
                _drain(token, line)
        # Once more: whoever drained before us may have died between its last two steps.
        _close_done(token)


def _drain(token: Token, line: Line) -> None:
    """Keep *line* full until the queue is empty, or the token stopped."""
    under_way: deque[UnderWay] = deque()
    opened = False
    while not token.stopped:
        known = [begun.item.pk for begun in under_way]
        coming = _next(token, known) if len(under_way) < line.room else None
        if coming is None and not under_way:
            return
        item = coming or under_way[0].item
        try:
            if not opened:
                drains.log_in(token)
                opened = True
            if coming is None:
                drains.finish(under_way.popleft())
            elif ahead := drains.begin(coming, line):
                under_way.append(ahead)
                continue
        except TokenBroken:
            raise
        except TokenError as error:
            _stop(token, item, error)
            return
        if _is_last(item):
            _close_done(token)


def go_on(token_label: str, *, person: str) -> None:
    """Let a stopped token try again, its PIN once more, because *person* says so."""
    with transaction.atomic():
        Token.objects.filter(pk=token_label).update(stopped="", retry=True)
        Batch.objects.filter(token=token_label, status=BatchStatus.STOPPED).update(
            status=BatchStatus.OPEN
        )
        for kind in (TaskKind.TOKEN_MISSING, TaskKind.PIN_WRONG, TaskKind.SIGNING_REFUSED):
            tasks.close(kind, token_label, by=person)
        _ask_for_drain(token_label)


def _ask_for_drain(token_label: str) -> None:
    """Have the token drained, by one worker at a time: people wait for it."""
    lock = f"token {token_label}"
    jobs.enqueue(
        DRAIN, queue="signing", priority=jobs.Priority.PERSON, lock=lock, token=token_label
    )


def _locked(items: Sequence[SigningItem]) -> list[SigningItem]:
    """Return the rows locked, in the order given; locked in one order, so that none deadlock."""
    rows = SigningItem.objects.select_for_update(of=("self",)).select_related(*cases.RELATED)
    kept = {row.pk: row for row in rows.filter(pk__in=[item.pk for item in items]).order_by("pk")}
    return [kept[item.pk] for item in items]


def _against(
    items: list[SigningItem], person: str, role: SigningRole, at: datetime
) -> dict[str, list[str]]:
    tokens = {item.signer.token_id for item in items}
    found: dict[str, list[str]] = {} if items else {"": ["nothing_chosen"]}
    for item in items:
        reasons = checks.reasons_against(item, person=person, at=at)
        if item.status != ItemStatus.ON_TRAY:
            reasons.append("not_on_tray")
        if item.role != role:
            reasons.append("other_role")
        if len(tokens) > 1:
            reasons.append("several_tokens")
        if reasons:
            found[item.dossier_id] = reasons
    return found


def _code(at: datetime) -> str:
    """Return the next ``PK-yymmdd-nnn`` of the day in Vietnam."""
    prefix = f"PK-{at.astimezone(world.VIETNAM):%y%m%d}-"
    locks.until_commit(prefix)
    return f"{prefix}{Batch.objects.filter(code__startswith=prefix).count() + 1:03d}"


def _next(token: Token, known: Sequence[int]) -> SigningItem | None:
    """Return what is to be signed next, leaving out what is *known* to be under way."""
    queue = SigningItem.objects.filter(
        status=ItemStatus.QUEUED, batch__token=token, batch__status=BatchStatus.OPEN
    ).exclude(pk__in=known)
    related = queue.select_related("batch", *cases.RELATED)
    return related.order_by("batch__opened_at", "batch_id", "sequence").first()


def _stop(token: Token, item: SigningItem, error: TokenError) -> None:
    """Stop the token's batches and tell whoever holds it; the items stay queued."""
    name = type(error).__name__
    of_pin = isinstance(error, PinWrong | PinLocked)
    with transaction.atomic():
        Token.objects.filter(pk=token.pk).update(stopped=name)
        Batch.objects.filter(token=token, status=BatchStatus.OPEN).update(
            status=BatchStatus.STOPPED
        )
        tasks.open(
            TaskKind.PIN_WRONG if of_pin else TaskKind.TOKEN_MISSING,
            Role.CLERK if item.role == SigningRole.SEAL else Role.OFFICIAL,
            subject=token.label,
            unit=item.dossier.unit_id,
            detail={"error": name, "batch": item.batch_id},
        )
    world.point("batch stopped")


def _is_last(item: SigningItem) -> bool:
    """Tell whether nothing of the item's batch is queued any more."""
    queued = SigningItem.objects.filter(batch=item.batch_id, status=ItemStatus.QUEUED)
    return not queued.exists()


def _close_done(token: Token) -> None:
    """Close the token's open batches in which nothing is queued any more."""
    open_ones = Batch.objects.filter(token=token, status=BatchStatus.OPEN)
    queued = SigningItem.objects.filter(batch=OuterRef("pk"), status=ItemStatus.QUEUED)
    open_ones.exclude(Exists(queued)).update(status=BatchStatus.DONE, closed_at=world.now())
