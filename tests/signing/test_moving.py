"""A person chooses where one document is signed, before anybody signs it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF

from dossiers.signing_status import SigningRole
from dossiers.status import Business
from dossiers.work import TaskKind
from register import documents, ledger, world
from register.models import Task
from signing import batches, moving, trays
from signing.models import SigningItem
from signing.pdf import fields
from signing.pdf.geometry import MM
from signing.pdf.places import NoPlace, NoPlaceError, Placement, Source
from signing.policy import confirmations
from signing.verification.verify import Trust
from tests.support import dossier_kit, page_kit, signing_desk
from tests.support import signing_kit as kit

pytestmark = pytest.mark.django_db
WISH = Placement(Source.EXPLICIT, 2, 20, 150)


@pytest.fixture
def desk(
    official: kit.SoftToken, seal: kit.SoftToken, trust: Trust, tmp_path: Path
) -> Iterator[signing_desk.Desk]:
    """An agency whose official and clerk are appointed, at a fixed instant."""
    shutil.copytree(trust.folder, tmp_path / "trust")
    with world.running_in(replace(world.current(), home=tmp_path, now=lambda: kit.AT)):
        yield signing_desk.desk(official, seal)


def _then_black(pdf: FPDF) -> None:
    """Add a last page that is printed on everywhere."""
    pdf.add_page()
    pdf.rect(0, 0, 210, 297, style="F")


def _left(item: SigningItem) -> float:
    """Return where the official's field is, millimetres from the left edge."""
    return fields.box_of(documents.get(item.document), fields.OFFICIAL).left / MM


def test_each_document_of_a_batch_has_its_own_place(desk: signing_desk.Desk) -> None:
    """
    One is moved and seen anew, the other stays where its page says; both go into one batch.
    """
    first, second = signing_desk.on_tray(1), signing_desk.on_tray(2)
    moved = moving.choose(first.dossier_id, WISH, person=signing_desk.OFFICIAL)
    assert moved
    second.refresh_from_db()

    assert (first.pk, WISH.told()) == (moved.pk, moved.placement)
    assert ("anchor", 2) == (second.placement["source"], second.placement["page"])
    assert pytest.approx(150, abs=0.1) == moved.placement["y"]
    assert _left(moved) < _left(second)
    with pytest.raises(batches.RefusedError) as refused:
        batches.open([moved, second], person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
    assert {first.dossier_id: ["not_seen"]} == refused.value.reasons
    confirmations.seen(signing_desk.OFFICIAL, moved.document)
    batch = batches.open([moved, second], person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
    assert 2 == batch.items.count()


def test_what_was_seen_before_is_another_file(desk: signing_desk.Desk) -> None:
    """
    The dossier's file changes with the place, by a fact with the person's name; twice is once.
    """
    item = signing_desk.on_tray()
    for _again in range(2):
        moving.choose(item.dossier_id, WISH, person=signing_desk.CLERK)
    told = ledger.history(item.dossier_id)
    moved = SigningItem.objects.get(pk=item.pk)

    assert ["Submitted", "Placed"] == [row.kind for row in told][-2:]
    assert signing_desk.CLERK == told[-1].told().person  # type: ignore[attr-defined]
    assert ledger.state(item.dossier_id).document == moved.document != item.document


def test_a_bad_choice_changes_nothing(desk: signing_desk.Desk) -> None:
    """
    Off the page or over text: refused with the reason, the item as it was.
    """
    item = signing_desk.on_tray()
    with pytest.raises(NoPlaceError) as refused:
        moving.choose(item.dossier_id, Placement(Source.EXPLICIT, 2, 20, 15), person="lan")

    assert NoPlace.OVER_TEXT is refused.value.reason
    assert item.document == SigningItem.objects.get(pk=item.pk).document
    assert "anchor" == moving.choices(item.dossier_id)[0][0].placement.source


def test_nothing_moves_once_it_is_queued(desk: signing_desk.Desk) -> None:
    """
    The official approved these very bytes.
    """
    item = signing_desk.on_tray()
    batches.open([item], person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)

    with pytest.raises(moving.TooLateError):
        moving.choose(item.dossier_id, WISH, person=signing_desk.CLERK)


def test_a_full_page_waits_for_a_person(desk: signing_desk.Desk) -> None:
    """
    No room: on no tray, a task with the reason; a person says where, and the task closes.
    """
    full = page_kit.paper(_then_black, lines=6)
    code = dossier_kit.dossier("H49.61-261123-0077", pdf=full).code

    assert trays.submit(code) is None
    task = Task.objects.get(kind=TaskKind.NO_PLACE, dossier=code)
    assert {"reason": "over_text"} == task.detail
    assert Business.RECEIVED is ledger.state(code).business
    item = moving.choose(code, Placement(Source.EXPLICIT, 1, 120, 95), person="lan")
    assert item
    assert ("explicit", 95.0) == (item.placement["source"], item.placement["y"])
    assert not Task.objects.filter(
        kind=TaskKind.NO_PLACE, dossier=code, closed_at__isnull=True
    ).exists()
