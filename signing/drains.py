"""
One signature of a batch, from the intent to the fact, in two halves: the token works between.
"""

from __future__ import annotations

import os
from concurrent.futures import Future
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from dossiers import facts
from dossiers.roles import Role
from dossiers.signing_status import Confirmed, ItemStatus, SigningRole
from dossiers.transitions import TransitionError
from dossiers.work import IntentState, TaskKind
from register import documents, intents, ledger, tasks, world
from register.models import Intent
from signing import kinds, trays
from signing.certificates import WrongKeyError
from signing.devices import drivers
from signing.devices.line import Line
from signing.devices.tokens import PinUnsure
from signing.models import Number, SigningItem, Token
from signing.pdf import appearance, fields, pades
from signing.pdf.lettering import MissingGlyphError
from signing.policy import checks, numbers
from signing.xml.reading import UnfitError as XmlUnfitError
from signing.xml.xades import NothingToSignError


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A document whose text stands in the token's line."""

    item: SigningItem
    prepared: kinds.Prepared
    intent: Intent
    signature: Future[bytes]


def begin(item: SigningItem, line: Line) -> UnderWay | None:
    """
    Stand *item* in the token's *line*; None if it was marked failed with the reason.

    The caller holds the token's lock and has opened the token. Safe to repeat after a crash at
    any point: a signature that never reached the last transaction is in no file anyone knows.
    """
    prepared = prepare(item)
    if prepared is None:
        return None
    intent = _meant(item, prepared)
    key, scheme = item.signer.key, item.signer.certificate.scheme
    return UnderWay(item, prepared, intent, line.sign(key, prepared.attributes, scheme))


def ready(item: SigningItem) -> tuple[kinds.Prepared, Intent] | None:
    """Return what is to be signed somewhere else, its intent committed; None if it failed."""
    prepared = prepare(item)
    return None if prepared is None else (prepared, _meant(item, prepared))


def prepare(item: SigningItem) -> kinds.Prepared | None:
    """Return the file of *item* ready to be signed; None if it was marked failed."""
    batch = item.batch
    assert batch  # noqa: S101 - queued items are in a batch
    reasons = checks.reasons_against(item, person=batch.person, at=world.now())
    if reasons:
        _fail(item, reasons[0])
        return None
    try:
        number = _number(item)
        if kinds.is_xml(item.document):
            return kinds.prepare_xml(item, number)
        return pades.prepare(documents.get(item.document), _request(item, number))
    except (MissingGlyphError, numbers.NumberError, XmlUnfitError, NothingToSignError) as error:
        _fail(item, type(error).__name__)
        return None


def finish(begun: UnderWay) -> None:
    """Give the item its signature, or mark it failed; the token's TokenError passes through."""
    item, prepared, intent = begun.item, begun.prepared, begun.intent
    signature = begun.signature.result()
    world.point("token signed")
    try:
        signed = prepared.finish(signature)
        kinds.read_back(signed, field_of(item), prepared)
    except (WrongKeyError, *kinds.UnreadableError) as error:
        _fail(item, type(error).__name__, intent)
        return
    _keep(item, documents.put(signed, prepared.media_type), intent)


def _meant(item: SigningItem, prepared: kinds.Prepared) -> Intent:
    """Commit which text is about to be signed; a second try signs another one, by its time."""
    said = {"document": item.document, "text": sha256(prepared.attributes).hexdigest()}
    reference = f"{item.batch_id}/{item.pk}"
    intent = intents.begin("sign", reference, dossier=item.dossier_id, request=said)
    if intent.request != said:
        intents.note(intent, **said)
    return intent


def field_of(item: SigningItem) -> str:
    """Return the name of the signature: of its field in a PDF, its Id in XML."""
    return fields.OFFICIAL if _by_official(item) else fields.SEAL


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
        # The batch was opened by whoever had seen every page (``checks``: "not_seen").
        said = [str(Confirmed.SEEN)]
        return facts.Signed(digest, item.document, person, certificate, said)
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


def log_in(token: Token) -> None:
    """
    Open the token; a person's leave to send the PIN again is used up before it is sent.

    That a PIN is on its way is committed first. Whoever dies before the answer leaves that
    behind, and then a person must say so before one is sent again (PinUnsure): nobody knows
    whether the token counted it. A PIN file that this token took as it stands is no doubt, once.
    """
    row = Token.objects.filter(pk=token.pk)
    retry = bool(row.filter(retry=True).update(retry=False))
    world.point("before login")
    if drivers.of(token).find(token.label):
        return
    stamp = _stamp(token.pin_file)
    if token.sending and not retry and not (stamp and stamp == token.accepted):
        raise PinUnsure
    row.update(sending=True, accepted="" if token.sending else token.accepted)
    world.point("PIN on its way")
    drivers.of(token).login(token.label, Path(token.pin_file), retry=retry)
    row.update(sending=False, accepted=stamp)
    world.point("token open")


def _stamp(pin_file: str) -> str:
    """Return what changes when the file does; empty if it is not there."""
    try:
        found = os.stat(pin_file)  # noqa: PTH116 - as a path, no name would be the present folder
    except OSError:
        return ""  # the token process says what is wrong with it
    return f"{found.st_ino}-{found.st_size}-{found.st_mtime_ns}"
