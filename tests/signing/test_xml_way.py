"""An XML result on the same way as a PDF: tray, official, number, seal, verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dossiers import facts
from dossiers.signing_status import BatchStatus, SigningRole
from dossiers.status import Business
from dossiers.work import TaskKind
from register import documents, ledger, world
from register.models import Dossier, Task
from signing import batches, kinds, results, trays
from signing.devices import drivers
from signing.models import Batch, SigningItem
from signing.pdf import fields
from signing.policy import confirmations
from tests.support import dossier_kit, signing_desk, xml_kit
from tests.support import signing_kit as kit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(
    official: kit.SoftToken, seal: kit.SoftToken, tmp_path: Path
) -> Iterator[signing_desk.Desk]:
    """The agency's desk in a world of its own, at a fixed instant."""
    kit.authority().write(tmp_path / "trust")
    with world.running_in(replace(world.current(), home=tmp_path, now=lambda: kit.AT)):
        yield signing_desk.desk(official, seal)
    for process in drivers.processes():
        process.close()


def received(data: bytes = xml_kit.RESULT) -> Dossier:
    """Receive an XML result whose fee is asked for."""
    documents.put(data, kinds.XML)
    made = dossier_kit.dossier("H49.61-261123-0001", pdf=data)
    ledger.record(made.code, facts.Charged(dossier_kit.REFERENCE, 75_000, "transfer"), by="test")
    return made


def done(item: SigningItem, person: str, role: SigningRole) -> Batch:
    """Approve and sign *item*."""
    confirmations.seen(person, item.document)
    batch = batches.open([item], person=person, role=role)
    batches.drain(batch.token_id)
    batch.refresh_from_db()
    return batch


def test_the_whole_way(desk: signing_desk.Desk, tmp_path: Path) -> None:
    """
    Signed by the official, numbered, sealed over that, verified; xmlsec1 accepts both.
    """
    code = received().code
    item = trays.submit(code)
    assert item
    first = done(item, signing_desk.OFFICIAL, SigningRole.OFFICIAL)
    second = done(signing_desk.seal_item(item), signing_desk.CLERK, SigningRole.SEAL)
    verdict = results.verify(code)

    assert [BatchStatus.DONE] * 2 == [first.status, second.status]
    assert () == verdict.reasons
    state = ledger.state(code)
    assert Business.VERIFIED is state.business
    final = documents.get(state.document)
    assert kinds.XML == documents.media_type(state.document)
    assert xml_kit.xmlsec(final, tmp_path, fields.OFFICIAL)
    assert xml_kit.xmlsec(final, tmp_path, fields.SEAL)
    assert f"Số: {state.number}".encode() in final
    assert [] == ledger.audit(code)


def test_unfit_xml_goes_to_no_tray(desk: signing_desk.Desk) -> None:
    """
    A task for the clerk, with the reason.
    """
    assert None is trays.submit(received(b"<!DOCTYPE a><a/>").code)

    assert ["dtd"] == [
        task.detail["reason"] for task in Task.objects.filter(kind=TaskKind.UNFIT_DOCUMENT)
    ]
