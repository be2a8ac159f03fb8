"""
Signing with a key that lies at a remote service: gather, have a person confirm, put in.

A token's queue becomes one list: every file prepared, every intent committed, the list kept
with its files. From then on the signing room waits: ``scheduler`` sends the list, asks after it,
and brings the signatures or the reason why there are none. Nothing here speaks with anybody.

Killed anywhere, the list is still there and is asked for under the same reference. A refused
list stops the token's batches; a person begins anew (``batches.go_on``), under a new reference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import Future
from datetime import datetime

from django.db import transaction

from dossiers.remote import RemoteHash, RemoteOrder, RemoteReason
from dossiers.roles import Role
from dossiers.signing_status import BatchStatus, ItemStatus, RoundStatus, SigningRole
from dossiers.work import TaskKind
from register import jobs, tasks, world
from register.models import Intent
from signing import drains, kinds
from signing.certificates import Certificate, WrongKeyError
from signing.kept import Kept
from signing.models import Batch, RemoteRound, RemoteText, SigningItem, Token

ASK = "ask_signer"

#: Documents in one list: what a person can look through on a telephone, and every service takes.
MOST = 50

_OPEN = (RoundStatus.READY, RoundStatus.STARTED)


def gather(token: Token) -> None:
    """
    Make the next list of *token*'s queue and have it sent; nothing while another one is open.

    The caller holds the token's lock.
    """
    if token.stopped:
        return
    open_one = RemoteRound.objects.filter(token=token, status__in=_OPEN).first()
    if open_one is None:
        open_one = _gathered(token)
    if open_one is not None:
        ask(open_one.pk)


def ask(reference: str) -> None:
    """Have the service asked about the list; never two workers at once about one."""
    jobs.enqueue(ASK, priority=jobs.Priority.PERSON, lock=f"round {reference}", reference=reference)


def _gathered(token: Token) -> RemoteRound | None:
    """Prepare the oldest batch; None if nothing of it can be signed."""
    queued = SigningItem.objects.filter(
        status=ItemStatus.QUEUED, batch__token=token, batch__status=BatchStatus.OPEN
    ).select_related("dossier__procedure", "signer__token", "batch")
    made: list[RemoteText] = []
    for item in queued.order_by("batch__opened_at", "batch_id", "sequence")[:MOST]:
        if made and item.batch_id != made[0].item.batch_id:
            break
        if ready := drains.ready(item):
            prepared, intent = ready
            kept = prepared.kept()
            made.append(
                RemoteText(
                    item=item,
                    intent=intent.reference,
                    attributes=prepared.attributes,
                    file=kept.file,
                    start=kept.start,
                    end=kept.end,
                )
            )
    return _kept(token, made) if made else None


def _kept(token: Token, texts: list[RemoteText]) -> RemoteRound:
    batch, now = texts[0].item.batch, world.now()
    assert batch  # noqa: S101 - queued items are in a batch
    number = RemoteRound.objects.filter(batch=batch).count() + 1
    with transaction.atomic():
        made = RemoteRound.objects.create(
            reference=f"{batch.code}-R{number}",
            token=token,
            batch=batch,
            opened_at=now,
            ask_after=now,
        )
        for text in texts:
            text.round = made
        RemoteText.objects.bulk_create(texts)
    world.point("round kept")
    return made


def find(reference: str) -> RemoteRound | None:
    """Return the list while somebody is still to be asked about it."""
    rows = RemoteRound.objects.select_related("token", "batch")
    return rows.filter(pk=reference, status__in=_OPEN).first()


def take_due(most: int, *, again: datetime) -> list[str]:
    """Return the lists to ask about now, and not again before *again*; in a transaction."""
    rows = RemoteRound.objects.select_for_update(skip_locked=True).filter(
        status__in=_OPEN, ask_after__lte=world.now()
    )
    found = [row.pk for row in rows.order_by("ask_after", "pk")[:most]]
    RemoteRound.objects.filter(pk__in=found).update(ask_after=again)
    return found


def order(waiting: RemoteRound) -> RemoteOrder:
    """Return what the service is told; the id of each hash is the dossier's code."""
    texts = list(_texts(waiting))
    return RemoteOrder(
        reference=waiting.reference,
        user=waiting.token.account,
        key=texts[0].item.signer.key,
        title=f"Phiên ký {waiting.batch_id}",
        at=waiting.opened_at,
        hashes=tuple(_hash(text) for text in texts),
    )


def certificate(waiting: RemoteRound) -> Certificate:
    """Return the registered certificate that the list has to be signed with."""
    return next(iter(_texts(waiting))).item.signer.certificate


def started(waiting: RemoteRound, theirs: str) -> None:
    """Keep that the service has the list; joins the caller's transaction."""
    RemoteRound.objects.filter(pk=waiting.pk, status=RoundStatus.READY).update(
        status=RoundStatus.STARTED, theirs=theirs[:200], started_at=world.now()
    )


def finish(waiting: RemoteRound, signatures: Mapping[str, bytes]) -> RemoteReason | None:
    """
    Put the *signatures* (by dossier code) into their files; the reason if they are not taken.

    All are checked before one is put in: a signature by another key refuses the whole list.
    Safe to repeat: what is signed already is left alone.
    """
    texts = list(_texts(waiting))
    if signatures.keys() != {text.item.dossier_id for text in texts}:
        return RemoteReason.FAILED
    for text in texts:
        signed_by = text.item.signer.certificate
        made = signatures[text.item.dossier_id]
        try:
            signed_by.check(signed_by.wire(made), bytes(text.attributes))
        except (WrongKeyError, ValueError):
            return RemoteReason.CERTIFICATE
    for text in texts:
        if text.item.status == ItemStatus.QUEUED:
            _put_in(text, signatures[text.item.dossier_id])
    _close(waiting)
    return None


def refuse(waiting: RemoteRound, reason: RemoteReason, words: str = "") -> None:
    """Keep that nothing was signed, stop the token's batches and tell its signer."""
    with transaction.atomic():
        kept = RemoteRound.objects.filter(pk=waiting.pk, status__in=_OPEN)
        if not kept.update(status=RoundStatus.REFUSED, reason=reason):
            return
        first = _texts(waiting)[0].item
        RemoteText.objects.filter(round=waiting).delete()
        Token.objects.filter(pk=waiting.token_id).update(stopped=f"Remote {reason}")
        Batch.objects.filter(token=waiting.token_id, status=BatchStatus.OPEN).update(
            status=BatchStatus.STOPPED
        )
        tasks.open(
            TaskKind.SIGNING_REFUSED,
            Role.CLERK if first.role == SigningRole.SEAL else Role.OFFICIAL,
            subject=waiting.token_id,
            unit=first.dossier.unit_id,
            detail={"reason": reason, "batch": waiting.batch_id, "words": words},
        )
    world.point("round refused")


def _texts(waiting: RemoteRound) -> list[RemoteText]:
    rows = RemoteText.objects.filter(round=waiting).select_related(
        "item__dossier__procedure", "item__signer__token", "item__batch"
    )
    return list(rows.order_by("item__sequence"))


def _hash(text: RemoteText) -> RemoteHash:
    item = text.item
    algorithm = item.signer.certificate.digest
    digest = hashlib.new(algorithm, bytes(text.attributes)).digest()
    name = f"{item.dossier.procedure.name} {item.dossier_id}"
    return RemoteHash(item.dossier_id, name, digest, algorithm)


def _put_in(text: RemoteText, signature: bytes) -> None:
    """End as a token on the desk does."""
    made: Future[bytes] = Future()
    made.set_result(signature)
    item, kept = text.item, Kept(bytes(text.file), text.start, text.end)
    certified = item.signer.certificate
    prepared = kinds.restored(kept, bytes(text.attributes), certified, drains.field_of(item))
    intent = Intent.objects.get(reference=text.intent)
    drains.finish(drains.UnderWay(text.item, prepared, intent, made))


def _close(waiting: RemoteRound) -> None:
    """Close the list, and its batch if nothing of it is queued; what else is queued goes on."""
    with transaction.atomic():
        RemoteRound.objects.filter(pk=waiting.pk, status__in=_OPEN).update(
            status=RoundStatus.SIGNED
        )
        RemoteText.objects.filter(round=waiting).delete()
        jobs.enqueue(
            "drain_token",
            queue="signing",
            priority=jobs.Priority.PERSON,
            lock=f"token {waiting.token_id}",
            token=waiting.token_id,
        )
    world.point("round signed")
