"""
A person chooses where a result is signed, before anybody signs it.

Moving a place makes the file anew from what the department handed over, so the official has to
see it again; after the first signature nothing moves.
"""

from __future__ import annotations

from django.db import transaction

from dossiers import facts
from dossiers.signing_status import ItemStatus, SigningRole
from dossiers.work import TaskKind
from register import documents, ledger, tasks, world
from register.models import Dossier
from signing import placing, trays
from signing.models import Placement as Chosen
from signing.models import Signer, SigningItem
from signing.pdf import fields, finding, preflight
from signing.pdf.places import Placement, Places
from signing.policy import choice


class TooLateError(Exception):
    """The result is signed, queued or gone: its place stays."""

    vi = "Văn bản đã ký hoặc đang ký, không dời được vị trí."
    en = "The result is signed or being signed; its place stays."


def choices(code: str) -> list[tuple[Places, str]]:
    """Return the places that the page itself offers, each with the words that stand there."""
    dossier = Dossier.objects.get(pk=code)
    official, clerk = _appointed(dossier)
    return finding.choices(_received(code), placing.printed(official, clerk))


def choose(code: str, wish: Placement, *, person: str) -> SigningItem | None:
    """
    Keep that *person* wants the result signed at *wish*, and make its file so.

    Return the official's item. NoPlaceError if the place is unfit, TooLateError if the result
    is not on the official's tray, nor waiting for a place.
    """
    dossier = Dossier.objects.get(pk=code)
    official, clerk = _appointed(dossier)
    data = _received(code)
    usually = finding.usual(dossier.procedure_id, world.home())
    places = fields.find(data, placing.printed(official, clerk), wish=wish, usually=usually)
    ready = documents.put(fields.add(data, places), trays.PDF)
    with transaction.atomic():
        waiting = _waiting(code)
        Chosen.objects.update_or_create(
            dossier_id=code,
            defaults={"told": wish.told(), "person": person, "chosen_at": world.now()},
        )
        tasks.close(TaskKind.NO_PLACE, code, by=person)
        if waiting and waiting.placement != places.placement.told():
            ledger.record(code, facts.Placed(ready, waiting.document, person), by=person)
            waiting.document, waiting.placement = ready, places.placement.told()
            waiting.changed_at = world.now()
            waiting.save(update_fields=["document", "placement", "changed_at"])
    world.point("place chosen")
    return waiting or trays.submit(code)


def _waiting(code: str) -> SigningItem | None:
    """Return the official's item, locked; None if the result is on no tray yet."""
    items = SigningItem.objects.select_for_update().filter(dossier=code, role=SigningRole.OFFICIAL)
    newest = items.order_by("-pk").first()
    if newest and newest.status == ItemStatus.ON_TRAY:
        return newest
    if newest and newest.status != ItemStatus.SENT_BACK:
        raise TooLateError
    return None


def _received(code: str) -> bytes:
    """Return what the department handed over, made fit once more."""
    told = [row.told() for row in ledger.history(code)]
    document = [fact.document for fact in told if isinstance(fact, facts.Received)][-1]
    return preflight.check(documents.get(document)).data


def _appointed(dossier: Dossier) -> tuple[Signer, Signer]:
    official, clerk = (choice.signer_for(dossier, role, at=world.now()) for role in SigningRole)
    if official is None or clerk is None:
        raise TooLateError
    return official, clerk
