"""
Lists at remote signing services: sent once, asked after, never waited for.

The telephone takes minutes; each look is one job and no worker waits. A list whose sending was
lost is asked for by our own reference where the service can be asked so; where it cannot, the
list is refused as unknown and its signer begins anew: a signature that nobody fetched is in
no file.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from connectors import Refused, Unavailable
from connectors.signers import RemoteSigner
from dossiers.remote import RemoteAnswer, RemoteOrder, RemoteReason, RemoteState
from dossiers.signing_status import RoundStatus
from dossiers.work import IntentState
from register import intents, world
from register.models import Intent
from scheduler import connections, effects
from signing import remote
from signing.models import RemoteRound

#: A started list is asked about this often.
AGAIN = timedelta(seconds=8)

#: Lists looked at in one round.
AT_ONCE = 50


def ask_signers() -> None:
    """Have every list that waits asked about."""
    with transaction.atomic():
        for reference in remote.take_due(AT_ONCE, again=world.now() + AGAIN):
            remote.ask(reference)


def ask_signer(reference: str) -> None:
    """Take the list one step further: send it, or ask how far it is."""
    waiting = remote.find(reference)
    if waiting is None:
        return
    signer = connections.remote_signer(waiting.token.connector)
    order = remote.order(waiting)
    if waiting.status == RoundStatus.READY:
        _send(waiting, signer, order)
        return
    answer = effects.call(signer.code, lambda: signer.answer(order, waiting.theirs))
    _take(waiting, signer, answer)


def _send(waiting: RemoteRound, signer: RemoteSigner, order: RemoteOrder) -> None:
    """Send the list once; after a silence ask before anything else."""
    said = {"connector": signer.code, "hashes": str(len(order.hashes)), "sent": ""}
    intent = intents.begin("confirm", waiting.reference, dossier=None, request=said)
    if intent.state in (IntentState.DONE, IntentState.REFUSED):
        # It was settled, and we died before the list was told.
        _told(waiting, intent)
        return
    effects.claim(intent)
    # Without the note of its sending it never left, however often it was claimed.
    if intent.tried_before and intent.request.get("sent"):
        if not _look_for(waiting, signer, intent, order):
            return
    elif not _certified(waiting, signer, intent, order):
        return
    intents.note(intent, sent=world.now().isoformat())
    try:
        theirs = effects.attempt(intent, signer.code, lambda: signer.start(order))
    except Unavailable:
        # It never left after all.
        intents.note(intent, sent="")
        raise
    except Refused as error:
        _refuse(waiting, intent, RemoteReason.FAILED, str(error))
        return
    _started(waiting, intent, theirs)


def _look_for(
    waiting: RemoteRound, signer: RemoteSigner, intent: Intent, order: RemoteOrder
) -> bool:
    """Tell whether the list, whose sending was lost, never arrived and may go again."""
    if not signer.finds:
        _refuse(waiting, intent, RemoteReason.UNKNOWN, "")
        return False
    answer = effects.inquire(intent, signer.code, lambda: signer.answer(order, ""))
    if answer.reason is RemoteReason.UNKNOWN:
        return True
    _started(waiting, intent, "")
    return False


def _certified(
    waiting: RemoteRound, signer: RemoteSigner, intent: Intent, order: RemoteOrder
) -> bool:
    """See that the service still has the registered certificate, before a telephone rings."""
    found = effects.inquire(intent, signer.code, lambda: signer.certificates(order.user))
    if remote.certificate(waiting).der in {one.der for one in found}:
        return True
    _refuse(waiting, intent, RemoteReason.CERTIFICATE, "")
    return False


def _started(waiting: RemoteRound, intent: Intent, theirs: str) -> None:
    with transaction.atomic():
        intents.finish(intent, IntentState.DONE, answer={"theirs": theirs})
        remote.started(waiting, theirs)
    world.point("round started")


def _refuse(waiting: RemoteRound, intent: Intent, reason: RemoteReason, words: str) -> None:
    with transaction.atomic():
        intents.finish(intent, IntentState.REFUSED, answer={"reason": reason, "words": words})
        remote.refuse(waiting, reason, words)


def _told(waiting: RemoteRound, intent: Intent) -> None:
    """Tell the list what its intent already knows."""
    if intent.state == IntentState.DONE:
        remote.started(waiting, str(intent.answer.get("theirs", "")))
    else:
        reason = RemoteReason(intent.answer.get("reason", RemoteReason.FAILED))
        remote.refuse(waiting, reason, str(intent.answer.get("words", "")))


def _take(waiting: RemoteRound, signer: RemoteSigner, answer: RemoteAnswer) -> None:
    """Do what the service's answer asks for."""
    if answer.state is RemoteState.SIGNED:
        reason = remote.finish(waiting, answer.signatures)
        if reason is not None:
            remote.refuse(waiting, reason)
    elif answer.state is RemoteState.REFUSED:
        remote.refuse(waiting, answer.reason or RemoteReason.FAILED, answer.words)
    elif waiting.started_at and world.now() > waiting.started_at + 2 * signer.within:
        # Nothing will come any more; if it did, nobody would fetch it.
        remote.refuse(waiting, RemoteReason.EXPIRED, answer.words)
