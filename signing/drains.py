"""
One signature of a batch, from the intent to the fact.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from django.db import transaction

from dossiers import facts
from dossiers.roles import Role
from dossiers.signing_status import ItemStatus, SigningRole
from dossiers.transitions import TransitionError
from dossiers.work import IntentState, TaskKind
from register import documents, intents, ledger, tasks, world
from register.models import Intent
from signing import trays
from signing.certificates import WrongKeyError
from signing.devices import drivers
from signing.models import Number, SigningItem, Token
from signing.pdf import appearance, fields, pades, readback
from signing.policy import checks, numbers


def sign(item: SigningItem) -> None:
    """
    Give *item* its signature, or mark it failed with the reason; a TokenError passes through.

    The caller holds the token's lock. Safe to repeat after a crash at any point: a signature
    that never reached the last transaction is in no file that anyone knows.
    """
    batch = item.batch
    assert batch  # noqa: S101 - queued items are in a batch
    reasons = checks.reasons_against(item, person=batch.person, at=world.now())
    if reasons:
        _fail(item, reasons[0])
        return
    _log_in(item.signer.token)
    number = _number(item)
    prepared = pades.prepare(documents.get(item.document), _request(item, number))
    intent = _meant(item, prepared)
    signature = drivers.of(item.signer.token).sign(
        item.signer.token.label, item.signer.key, [prepared.attributes]
    )[0]
    world.point("token signed")
    try:
        signed = prepared.finish(signature)
        readback.check(signed, fields.OFFICIAL if _by_official(item) else fields.SEAL, prepared)
    except (WrongKeyError, readback.UnreadableError) as error:
        _fail(item, type(error).__name__, intent)
        return
    _keep(item, documents.put(signed, trays.PDF), intent)


def _meant(item: SigningItem, prepared: pades.Prepared) -> Intent:
    """Commit which text is about to be signed; a second try signs another one, by its time."""
    said = {"document": item.document, "text": sha256(prepared.attributes).hexdigest()}
    reference = f"{item.batch_id}/{item.pk}"
    intent = intents.begin("sign", reference, dossier=item.dossier_id, request=said)
    if intent.request != said:
        intents.note(intent, **said)
    return intent


def _by_official(item: SigningItem) -> bool:
    return item.role == SigningRole.OFFICIAL


def _number(item: SigningItem) -> Number | None:
    """Give the result its number and date before the seal; none for the official's signature."""
    if _by_official(item):
        return None
    return numbers.assign(item.dossier_id, day=world.today(), clerk=item.signer.person)


def _request(item: SigningItem, number: Number | None) -> pades.Request:
    signer, official = item.signer, _by_official(item)
    field = fields.OFFICIAL if official else fields.SEAL
    box = fields.box_of(documents.get(item.document), field)
    png = documents.get(signer.picture)
    if number is None:
        looks = appearance.signature(box, png)
    else:
        lines = (f"Số: {number}", f"Ngày {number.issued_on:%d/%m/%Y}")
        looks = appearance.seal(box, png, diameter=signer.diameter, lines=lines)
    return pades.Request(
        field, signer.certificate, world.now(), looks, first=official, last=not official
    )


def _keep(item: SigningItem, digest: str, intent: Intent) -> None:
    """Make the signature certain: item, fact and intent, all or nothing."""
    try:
        with transaction.atomic():
            kept = SigningItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
            if kept.status != ItemStatus.QUEUED:
                return
            kept.status, kept.signed, kept.changed_at = ItemStatus.SIGNED, digest, world.now()
            kept.save(update_fields=["status", "signed", "changed_at"])
            ledger.record(item.dossier_id, _fact(item, digest), by=item.signer.person)
            intents.finish(intent, IntentState.DONE, answer={"document": digest})
            if _by_official(item):
                trays.pass_to_clerk(kept)
    except TransitionError as error:
        # The dossier moved on while the token worked, for example withdrawn by its owner.
        _fail(item, error.fact.kind, intent)
    world.point("signature kept")


def _fact(item: SigningItem, digest: str) -> facts.Fact:
    person, certificate = item.signer.person, item.signer.fingerprint
    if _by_official(item):
        return facts.Signed(digest, item.document, person, certificate)
    return facts.Sealed(digest, item.document, person, certificate)


def _fail(item: SigningItem, reason: str, intent: Intent | None = None) -> None:
    """Mark *item* failed and tell a person; the batch goes on."""
    with transaction.atomic():
        SigningItem.objects.filter(pk=item.pk, status=ItemStatus.QUEUED).update(
            status=ItemStatus.FAILED, error=reason, changed_at=world.now()
        )
        if intent:
            intents.finish(intent, IntentState.REFUSED, answer={"reason": reason})
        tasks.open(
            TaskKind.SIGNATURE_INVALID,
            Role.OFFICIAL if _by_official(item) else Role.CLERK,
            dossier=item.dossier_id,
            detail={"reason": reason, "batch": item.batch_id},
        )


def _log_in(token: Token) -> None:
    """Open the token; a person's leave to send the PIN again is used up before it is sent."""
    retry = bool(Token.objects.filter(pk=token.pk, retry=True).update(retry=False))
    world.point("before login")
    drivers.of(token).login(token.label, Path(token.pin_file), retry=retry)
