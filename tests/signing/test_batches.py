"""The way of a result from the tray through token and seal to the verdict."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from dossiers import facts
from dossiers.roles import Role
from dossiers.signing_status import BatchStatus, ItemStatus, SigningRole
from dossiers.status import Business
from dossiers.work import TaskKind
from register import documents, ledger, world
from register.models import Dossier, Intent, Task
from signing import batches, results, trays
from signing.devices import drivers
from signing.models import Appointment, Batch, Number, SigningItem, Token
from signing.policy import numbers, powers
from signing.verification.verify import Trust
from tests.support import dossier_kit, signing_desk
from tests.support import signing_kit as kit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(
    official: kit.SoftToken, seal: kit.SoftToken, trust: Trust, tmp_path: Path
) -> Iterator[signing_desk.Desk]:
    """The agency's desk in a world of its own, at a fixed instant."""
    ours = replace(world.current(), home=tmp_path, now=lambda: kit.AT)
    assert trust.folder
    shutil.copytree(trust.folder, tmp_path / "trust")
    with world.running_in(ours):
        yield signing_desk.desk(official, seal)
    for process in drivers.processes():
        process.close()


def _sign(*items: SigningItem) -> Batch:
    batch = batches.open(items, person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
    batches.drain(batch.token_id)
    batch.refresh_from_db()
    return batch


def _seal(*items: SigningItem) -> Batch:
    sealing = [signing_desk.seal_item(item) for item in items]
    batch = batches.open(sealing, person=signing_desk.CLERK, role=SigningRole.SEAL)
    batches.drain(batch.token_id)
    batch.refresh_from_db()
    return batch


def _told(code: str, kind: type[facts.Fact]) -> list[facts.Fact]:
    return [row.told() for row in ledger.history(code) if row.kind == kind.__name__]


def test_the_whole_way(desk: signing_desk.Desk, tmp_path: Path) -> None:
    """
    Submitted, signed, numbered, sealed, verified: one fact each, and poppler agrees.
    """
    item = signing_desk.on_tray()
    code = item.dossier_id
    signed, sealed = _sign(item), _seal(item)
    verdict = results.verify(code)

    assert ("PK-261123-001", "PK-261123-002") == (signed.code, sealed.code)
    assert [BatchStatus.DONE] * 2 == [signed.status, sealed.status]
    assert verdict.valid
    assert Business.VERIFIED is ledger.state(code).business
    told = [row.kind for row in ledger.history(code)]
    assert ["Submitted", "Signed", "Numbered", "Sealed", "Verified"] == told[2:]
    assert [["seen"]] == [fact.body()["confirmed"] for fact in _told(code, facts.Signed)]
    final = documents.get(ledger.state(code).document)
    assert ["Signature is Valid."] * 2 == kit.pdfsig(final, tmp_path)
    assert [] == ledger.audit(code)


def test_one_failure_does_not_stop_the_others(desk: signing_desk.Desk) -> None:
    """
    A dossier withdrawn after it was queued fails alone, with a task; the rest is signed.
    """
    items = [signing_desk.on_tray(number) for number in (1, 2, 3)]
    batch = batches.open(items, person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
    ledger.record(items[1].dossier_id, facts.Withdrawn("asked"), by="test")
    batches.drain(batch.token_id)
    kept = SigningItem.objects.filter(batch=batch).order_by("sequence")

    assert [ItemStatus.SIGNED, ItemStatus.FAILED, ItemStatus.SIGNED] == [
        item.status for item in kept
    ]
    assert "not_the_time" == kept[1].error
    assert [items[1].dossier_id] == [
        task.dossier_id for task in Task.objects.filter(kind=TaskKind.SIGNATURE_INVALID)
    ]


def test_an_appointment_that_ends_stops_the_rest_of_the_batch(desk: signing_desk.Desk) -> None:
    """
    What the token made before stands; right before each signature the power is looked at again.
    """
    items = [signing_desk.on_tray(number) for number in (1, 2)]
    batch = batches.open(items, person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
    assert desk.official.appointment
    powers.end(desk.official.appointment, by="tuan", reason="nghỉ hưu")
    batches.drain(batch.token_id)

    kept = SigningItem.objects.filter(batch=batch)
    assert {(ItemStatus.FAILED, "appointment_not_in_force")} == {
        (item.status, item.error) for item in kept
    }
    assert [] == _told(items[0].dossier_id, facts.Signed)


def test_a_wrong_pin_stops_the_batch_and_is_sent_once(
    desk: signing_desk.Desk, one_token: kit.SoftToken, tmp_path: Path
) -> None:
    """
    The items stay, a person is told, later drains send nothing; after the person, all goes on.
    """
    item = _with_own_token(desk, one_token)
    one_token.pin_file.write_text("000000")
    batch = _sign(item)
    batches.drain(batch.token_id)

    assert BatchStatus.STOPPED == batch.status
    assert "PinWrong" == Token.objects.get(pk=batch.token_id).stopped
    task = Task.objects.get(kind=TaskKind.PIN_WRONG, closed_at=None)
    assert (Role.OFFICIAL, batch.token_id) == (task.role, task.subject)
    assert [] == _told(item.dossier_id, facts.Signed)

    one_token.pin_file.write_text(kit.PIN)
    batches.go_on(batch.token_id, person=signing_desk.OFFICIAL)
    batches.drain(batch.token_id)
    assert 1 == len(_told(item.dossier_id, facts.Signed))
    assert not Task.objects.filter(kind=TaskKind.PIN_WRONG, closed_at=None).exists()


def _with_own_token(desk: signing_desk.Desk, token: kit.SoftToken) -> SigningItem:
    """Return an item whose official signs with *token*."""
    held = Token.objects.create(
        label=token.label,
        module=str(kit.MODULE),
        pin_file=str(token.pin_file),
        environment=token.environment,
    )
    desk.official.token = held
    desk.official.certificate_der = token.certificate.der
    desk.official.fingerprint = token.certificate.fingerprint
    desk.official.save()
    return signing_desk.on_tray()


def test_a_token_that_is_not_there(
    desk: signing_desk.Desk, one_token: kit.SoftToken, tmp_path: Path
) -> None:
    """
    Not plugged in: the batch waits for a person, nothing is lost; plugged in, it goes on.
    """
    item = _with_own_token(desk, one_token)
    Token.objects.filter(pk=one_token.label).update(environment=_unplugged(tmp_path))
    batch = _sign(item)
    assert BatchStatus.STOPPED == batch.status
    assert Task.objects.filter(kind=TaskKind.TOKEN_MISSING, closed_at=None).exists()

    Token.objects.filter(pk=one_token.label).update(environment=one_token.environment)
    batches.go_on(batch.token_id, person=signing_desk.OFFICIAL)
    batches.drain(batch.token_id)
    batch.refresh_from_db()
    assert BatchStatus.DONE == batch.status


def _unplugged(folder: Path) -> dict[str, str]:
    """Return the environment of a driver that finds no token."""
    return {"SOFTHSM2_CONF": str(kit.configuration(folder / "unplugged"))}


class Died(BaseException):
    """The process ends here."""


POINTS = (
    "intent sign",
    "token signed",
    "document stored",
    "recorded Signed",
    "signature kept",
)
#: The token is opened once for all that is queued.
DEATHS = [(point, which) for point in POINTS for which in (1, 2)] + [("before login", 1)]


@pytest.mark.parametrize(("point", "which"), DEATHS)
def test_a_death_at_any_point_signs_nothing_twice(
    desk: signing_desk.Desk, point: str, which: int
) -> None:
    """
    Whatever was certain stays, the rest is done by the next drain; each dossier is signed once.
    """
    items = [signing_desk.on_tray(number) for number in (1, 2)]
    batch = batches.open(items, person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
    passed = []

    def die(name: str) -> None:
        passed.append(name)
        if passed.count(point) == which and name == point:
            raise Died

    with world.running_in(replace(world.current(), point=die)), pytest.raises(Died):
        batches.drain(batch.token_id)
    for process in drivers.processes():
        process.close()
    batches.drain(batch.token_id)

    for item in items:
        signed = _told(item.dossier_id, facts.Signed)
        assert 1 == len(signed)
        assert signed[0].document == ledger.state(item.dossier_id).document
        assert 1 == SigningItem.objects.filter(dossier=item.dossier_id, role="seal").count()
    assert ["done", "done"] == [row.state for row in Intent.objects.filter(kind="sign")]


def test_a_killed_worker_signs_nothing_twice(
    desk: signing_desk.Desk, database_url: str, tmp_path: Path
) -> None:
    """
    A real kill -9 after the third signature of six: the lock is free, the rest is signed, once.
    """
    items = [signing_desk.on_tray(number) for number in range(1, 7)]
    batch = batches.open(items, person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
    environment = {**os.environ, "DATABASE_URL": database_url, "MOTCUA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "tests.support.dying_worker", batch.token_id, "token signed"]
    died = subprocess.run([*command, "3"], env=environment, check=False)
    done_before = SigningItem.objects.filter(batch=batch, status=ItemStatus.SIGNED).count()
    batches.drain(batch.token_id)

    assert -signal.SIGKILL == died.returncode
    assert 2 == done_before
    assert [1] * 6 == [len(_told(item.dossier_id, facts.Signed)) for item in items]


def test_nobody_signs_for_another(desk: signing_desk.Desk) -> None:
    """
    A batch with somebody else's item, or sealed by the one who approved, is refused whole.
    """
    item = signing_desk.on_tray()
    with pytest.raises(batches.RefusedError) as refused:
        batches.open([item], person="ai-do", role=SigningRole.OFFICIAL)
    assert {item.dossier_id: ["not_your_item", "not_seen"]} == refused.value.reasons

    _sign(item)
    desk.clerk.person = signing_desk.OFFICIAL
    desk.clerk.save()
    Appointment.objects.filter(pk=desk.clerk.appointment_id).update(person=signing_desk.OFFICIAL)
    with pytest.raises(batches.RefusedError) as refused:
        batches.open(
            [signing_desk.seal_item(item)], person=signing_desk.OFFICIAL, role=SigningRole.SEAL
        )
    assert {item.dossier_id: ["four_eyes"]} == refused.value.reasons


def test_a_batch_is_queued_once(desk: signing_desk.Desk) -> None:
    """
    Pressing the button twice queues nothing twice.
    """
    item = signing_desk.on_tray()
    before = _jobs("drain_token")
    batches.open([item], person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
    with pytest.raises(batches.RefusedError) as refused:
        batches.open([item], person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)

    assert {item.dossier_id: ["not_on_tray"]} == refused.value.reasons
    assert before + 1 == _jobs("drain_token")


def _jobs(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [name])
        return int(cursor.fetchone()[0])


def test_submitting_twice_makes_one_item(desk: signing_desk.Desk) -> None:
    """
    A repeated step finds the item that is there.
    """
    first = signing_desk.on_tray()

    assert first == trays.submit(first.dossier_id)
    assert 1 == len(_told(first.dossier_id, facts.Submitted))


def test_an_unfit_file_becomes_a_task(desk: signing_desk.Desk) -> None:
    """
    What cannot be signed waits for a person with its reason; nothing is recorded.
    """
    made = dossier_kit.dossier(pdf=b"no PDF at all")

    assert trays.submit(made.code) is None
    assert {"reason": "not_a_pdf"} == Task.objects.get(kind=TaskKind.UNFIT_DOCUMENT).detail
    assert Business.RECEIVED is ledger.state(made.code).business


def test_nobody_appointed_becomes_a_task(desk: signing_desk.Desk) -> None:
    """
    An appointment that has ended signs nothing more.
    """
    desk.official.valid_to = datetime(2026, 11, 22, tzinfo=UTC).date()
    desk.official.save()
    made = signing_desk.result()

    assert trays.submit(made.code) is None
    assert Task.objects.filter(kind=TaskKind.NO_SIGNER, dossier=made).exists()


def test_sending_back_ends_the_item(desk: signing_desk.Desk) -> None:
    """
    The official returns a result; it is off the tray and cannot be signed any more.
    """
    item = signing_desk.on_tray()
    with pytest.raises(trays.NotOnTrayError):
        trays.send_back(item, person=signing_desk.CLERK, reason="x")
    trays.send_back(item, person=signing_desk.OFFICIAL, reason="sai diện tích")

    assert Business.SENT_BACK is ledger.state(item.dossier_id).business
    with pytest.raises(batches.RefusedError):
        batches.open([item], person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)


def test_numbers_run_by_agency_year_and_register(desk: signing_desk.Desk) -> None:
    """
    One after another, each once; asking again gives the same; a new year begins at 01.
    """
    items = [signing_desk.on_tray(number) for number in (1, 2, 3)]
    _sign(*items)
    day, codes = world.today(), [item.dossier_id for item in items]
    given = [str(numbers.assign(code, day=day, clerk="lan")) for code in (*codes[:2], codes[0])]
    next_year = numbers.assign(codes[2], day=day.replace(year=2027), clerk="lan")

    assert ["01/GPXD", "02/GPXD", "01/GPXD"] == given
    assert "01/GPXD" == str(next_year)
    assert 3 == Number.objects.count()


def test_a_tampered_result_is_not_verified(desk: signing_desk.Desk) -> None:
    """
    A sealed file by other signers than the facts tell of is not verified; a person must look.
    """
    item = signing_desk.on_tray()
    code = item.dossier_id
    _sign(item)
    numbers.assign(code, day=world.today(), clerk="lan")
    unsealed = ledger.state(code).document
    # A seal is claimed over a file that has none: only the reading back can tell.
    ledger.record(code, facts.Sealed(unsealed, unsealed, "lan", "e" * 64), by="test")
    results.verify(code)

    assert Business.SEALED is ledger.state(code).business
    assert [] == _told(code, facts.Verified)
    task = Task.objects.get(kind=TaskKind.SIGNATURE_INVALID)
    assert ["unexpected_signer"] == task.detail["reasons"]
    assert Dossier.objects.get(pk=code).verified == ""
