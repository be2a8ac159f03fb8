"""
The trays: what waits for an official's signature ("trình ký"), then for the clerk's seal.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from dossiers import facts
from dossiers.roles import Role
from dossiers.signing_status import ItemStatus, SigningRole
from dossiers.state import State
from dossiers.status import Business
from dossiers.work import TaskKind
from register import documents, ledger, tasks, world
from register.ledger import HUB
from register.models import Dossier
from signing import kinds, placing
from signing.models import Signer, SigningItem
from signing.pdf import fields, preflight
from signing.pdf.unfit import Unfit
from signing.policy import blocks, titles
from signing.policy.choice import signer_for
from signing.xml import reading

PDF = "application/pdf"


class NotOnTrayError(Exception):
    """The item is no longer on this person's tray; look at the tray again."""

    vi = "Hồ sơ không còn trong khay ký của bạn. Hãy tải lại trang."
    en = "This result is no longer on your tray. Load the page again."


def submit(code: str) -> SigningItem | None:
    """
    Make the result ready and put it on its official's tray; return the item.

    Preflight, repair of an unsigned broken file, the two empty fields in their places. If the
    file is unfit, has no lawful place for a signature, or nobody may sign, a task is opened and
    None returned: a person must act.
    """
    dossier = Dossier.objects.get(pk=code)
    state = dossier.as_state()
    if state.business is not Business.RECEIVED:
        return SigningItem.objects.filter(dossier=code, document=state.document).first()
    now = world.now()
    official, clerk = (signer_for(dossier, role, at=now) for role in SigningRole)
    if official is None or clerk is None:
        tasks.open(TaskKind.NO_SIGNER, Role.MANAGER, dossier=code)
        return None
    if kinds.is_xml(state.document):
        return _submit_xml(dossier, state.document, official)
    return _submit_pdf(dossier, state, (official, clerk))


def _submit_pdf(
    dossier: Dossier, state: State, signers: tuple[Signer, Signer]
) -> SigningItem | None:
    """Make the PDF fit, with its two empty fields, and put it on the official's tray."""
    code, (official, clerk) = dossier.code, signers
    try:
        fit = preflight.check(documents.get(state.document))
    except preflight.UnfitError as error:
        tasks.open(
            TaskKind.UNFIT_DOCUMENT, Role.CLERK, dossier=code, detail={"reason": error.reason}
        )
        return None
    if blocks.disagrees(fit.data, official.name, titles.block(official)):
        detail = {"reason": Unfit.BLOCK_DIFFERS}
        tasks.open(TaskKind.UNFIT_DOCUMENT, Role.CLERK, dossier=code, detail=detail)
        return None
    places = placing.find(dossier, fit.data, official, clerk)
    if places.doubt:
        tasks.open(TaskKind.NO_PLACE, Role.CLERK, dossier=code, detail={"reason": places.doubt})
        return None
    ready = documents.put(fields.add(fit.data, places), PDF)
    with transaction.atomic():
        ledger.record(code, facts.Submitted(ready, official.person, list(fit.mended)), by=HUB)
        told = places.placement.told()
        return _put(dossier, SigningRole.OFFICIAL, ready, official, placement=told)


def _submit_xml(dossier: Dossier, document: str, official: Signer) -> SigningItem | None:
    """Put XML on the official's tray as it came: it has no page, so no fields and no places."""
    code = dossier.code
    try:
        reading.check(documents.get(document))
    except reading.UnfitError as error:
        detail = {"reason": error.reason}
        tasks.open(TaskKind.UNFIT_DOCUMENT, Role.CLERK, dossier=code, detail=detail)
        return None
    with transaction.atomic():
        ledger.record(code, facts.Submitted(document, official.person), by=HUB)
        return _put(dossier, SigningRole.OFFICIAL, document, official)


def pass_to_clerk(item: SigningItem) -> SigningItem | None:
    """Put the officially signed file on the clerk's tray; in the caller's transaction."""
    clerk = signer_for(item.dossier, SigningRole.SEAL, at=world.now())
    if clerk is None:
        tasks.open(TaskKind.NO_SIGNER, Role.MANAGER, dossier=item.dossier_id)
        return None
    return _put(item.dossier, SigningRole.SEAL, item.signed, clerk)


def send_back(item: SigningItem, *, person: str, reason: str) -> None:
    """
    Return the result to its department ("chuyển trả lại") with a *reason*, not signed.

    NotOnTrayError if it is not on *person*'s tray as an official's item.
    """
    with transaction.atomic():
        kept = SigningItem.objects.select_for_update().select_related("signer").get(pk=item.pk)
        mine = kept.signer.person == person and kept.role == SigningRole.OFFICIAL
        if not mine or kept.status != ItemStatus.ON_TRAY:
            raise NotOnTrayError
        kept.status, kept.changed_at = ItemStatus.SENT_BACK, world.now()
        kept.save(update_fields=["status", "changed_at"])
        ledger.record(kept.dossier_id, facts.SentBack(person, reason), by=person)
        tasks.open(TaskKind.SENT_BACK, Role.CLERK, dossier=kept.dossier_id)


def _put(
    dossier: Dossier,
    role: SigningRole,
    document: str,
    signer: Signer,
    *,
    placement: dict[str, Any] | None = None,
) -> SigningItem:
    now = world.now()
    item, _new = SigningItem.objects.get_or_create(
        dossier=dossier,
        role=role,
        document=document,
        defaults={
            "signer": signer,
            "title_block": "\n".join(titles.block(signer)),
            "placement": placement or {},
            "submitted_at": now,
            "changed_at": now,
        },
    )
    return item
