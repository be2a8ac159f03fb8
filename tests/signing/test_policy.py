"""Every check before a signature: one thing is wrong, and exactly that one is refused by name."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from pytest_django import DjangoDbBlocker

from dossiers import facts
from dossiers.roles import Role
from dossiers.signing_status import NumberFate, SealMode, SigningForm
from dossiers.work import TaskKind
from register import documents, ledger, tasks, world
from register.models import Dossier, Procedure, Unit
from signing.models import (
    Appointment,
    Confirmation,
    NumberNote,
    SealCustody,
    SigningItem,
    Succession,
    Token,
)
from signing.policy import checks, confirmations, numbers
from tests.support import desk_kit, signing_kit
from tests.support import policy_kit as kit

pytestmark = pytest.mark.django_db

SOON = (
    desk_kit.NOW + timedelta(minutes=10) - desk_kit.datetime(2020, 1, 1, tzinfo=desk_kit.UTC)
) / (timedelta(days=1))
"""Days from the beginning of our certificates until ten minutes from now."""


@dataclass(frozen=True)
class Stage:
    """The two items, each as a fresh object."""

    first: int
    second: int

    @property
    def official(self) -> SigningItem:
        """The official's item."""
        return kit.load(self.first)

    @property
    def seal(self) -> SigningItem:
        """The clerk's item."""
        return kit.load(self.second)


@pytest.fixture(scope="module")
def made(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Stage, Path]]:
    """Make the stage once; each test undoes what it did."""
    home = tmp_path_factory.mktemp("policy")
    ours = replace(world.current(), now=lambda: desk_kit.NOW, home=home)
    with django_db_blocker.unblock(), world.running_in(ours), transaction.atomic():
        yield Stage(*kit.stage()), home
        transaction.set_rollback(True)


@pytest.fixture
def stage(made: tuple[Stage, Path], db: None, tmp_path: Path) -> Iterator[Stage]:
    """The stage, in a data folder of the test's own."""
    shutil.copytree(made[1], tmp_path, dirs_exist_ok=True)
    with world.running_in(replace(world.current(), home=tmp_path)):
        yield made[0]


def against(item: SigningItem, person: str = "") -> list[str]:
    """Ask again with what the database holds now."""
    fresh = kit.load(item.pk)
    return checks.reasons_against(fresh, person=person or fresh.signer.person, at=desk_kit.NOW)


def test_nothing_is_wrong(stage: Stage) -> None:
    """Both items could be signed now."""
    assert [] == against(stage.official)
    assert [] == against(stage.seal)


Spoil = Callable[[SigningItem], object]


def _update(**changes: object) -> Spoil:
    """Change the signer's row."""
    return lambda item: type(item.signer).objects.filter(pk=item.signer_id).update(**changes)


def _appointment(**changes: object) -> Spoil:
    return lambda item: Appointment.objects.filter(pk=item.signer.appointment_id).update(**changes)


def _delegated(**changes: object) -> Spoil:
    return lambda item: kit.delegate(item, **changes)  # type: ignore[arg-type]


def _certified(**said: object) -> Spoil:
    return lambda item: kit.certify(item.signer, kit.certificate(**said))  # type: ignore[arg-type]


def _ending(days: float) -> Spoil:
    key = signing_kit.rsa_key("hung")
    made = signing_kit.authority().issue("hung", key, days=days)  # type: ignore[arg-type]
    return lambda item: kit.certify(item.signer, made)


def _withdrawn(item: SigningItem) -> None:
    ledger.record(item.dossier_id, facts.Withdrawn("đổi ý"), by="test")


def _paid_before(item: SigningItem) -> None:
    Procedure.objects.filter(pk=item.dossier.procedure_id).update(
        fees=[{"kind": "phi", "code": "1", "name": "x", "amount": 1, "before": True}]
    )


def _other_file(item: SigningItem) -> None:
    item.document = documents.put(b"%PDF-1.7 other", "application/pdf")
    item.save()
    confirmations.seen(kit.OFFICIAL, item.document)


def _damaged(item: SigningItem) -> None:
    file = documents.path(item.document)
    file.write_bytes(file.read_bytes() + b" ")


def _shut(item: SigningItem) -> None:
    User.objects.filter(username=item.signer.person).update(is_active=False)


def _no_roots(_item: SigningItem) -> None:
    (world.home() / "trust" / "root.pem").unlink()


def _revocation_unknown(_item: SigningItem) -> None:
    kit.signed_trust("official")


def _public(item: SigningItem) -> None:
    kit.signed_trust("public")
    kit.prove(item.signer)


def _altered(_item: SigningItem) -> None:
    signing_kit.authority("Stranger").write(kit.signed_trust("official") / "official" / "more")


#: The word of the refusal → what is spoiled before the official's signature.
OFFICIAL: dict[str, Spoil] = {
    "appointment_missing": _update(appointment=None),
    "appointment_not_in_force": _appointment(valid_to=kit.YESTERDAY),
    "certificate_unknown": _update(fingerprint="0" * 64),
    "title_differs": _update(title="GIÁM ĐỐC"),
    "block_differs": lambda item: SigningItem.objects.filter(pk=item.pk).update(
        title_block="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
    ),
    "title_may_not_sign": _appointment(head=False),
    "delegation_not_in_force": _delegated(valid_to=kit.YESTERDAY),
    "delegation_out_of_scope": _delegated(procedures=["1.000001"]),
    "delegation_passed_on": _delegated(head=False),
    "delegation_without_limit": _delegated(form=SigningForm.TUQ),
    "other_agency": lambda item: Dossier.objects.filter(pk=item.dossier_id).update(unit="H49.13"),
    "agency_ended": lambda item: Unit.objects.filter(pk=item.signer.unit_id).update(
        valid_to=desk_kit.NOW.date()
    ),
    "certificate_not_in_force": _ending(100),
    "certificate_ends_too_soon": _ending(SOON),
    "certificate_unfit": _certified(usage=False),
    "certificate_revoked": lambda item: kit.prove(item.signer, revoked_at=desk_kit.NOW),
    "not_the_time": _withdrawn,
    "fee_unpaid": _paid_before,
    "other_file": _other_file,
    "not_seen": lambda _item: Confirmation.objects.all().delete(),
    "quarantined": lambda item: tasks.open(
        TaskKind.SIGNATURE_INVALID,
        Role.CLERK,
        dossier=item.dossier_id,
        detail={"document": item.document},
    ),
    "certificate_nameless": _certified(common=" "),
    "key_not_in_a_device": lambda item: Token.objects.filter(pk=item.signer.token_id).update(
        module=""
    ),
    "format_not_recommended": lambda item: kit.file(item, b"PK\x03\x04"),
    "clock_astray": lambda item: SigningItem.objects.filter(pk=item.pk).update(
        submitted_at=desk_kit.NOW + timedelta(seconds=1)
    ),
    "roots_missing": _no_roots,
    "file_damaged": _damaged,
    "path_to_no_root": _certified(issuer="Stranger"),
    "revocation_unknown": _revocation_unknown,
    "public_certificate": _public,
    "trust_altered": _altered,
    "account_shut": _shut,
}
#: What cannot be wrong alone.
TOGETHER = {
    "roots_missing": ["roots_missing", "path_to_no_root"],
    "certificate_unfit": ["certificate_unfit", "path_to_no_root"],
}


def _number_void(item: SigningItem) -> None:
    given = numbers.assign(item.dossier_id, day=desk_kit.NOW.date(), clerk=kit.CLERK)
    NumberNote.objects.create(
        unit=given.unit,
        year=given.year,
        register=given.register,
        value=given.value,
        fate=NumberFate.VOIDED,
        reason="sai",
        by="tuan",
        at=desk_kit.NOW,
    )


def _custody(*, minuted: bool = True, **changes: object) -> Spoil:
    return lambda item: kit.custody(item, minuted=minuted, **changes)


def _same_person(item: SigningItem) -> None:
    official = kit.official_item(item.dossier_id).signer.appointment_id
    both = (official, item.signer.appointment_id)
    Appointment.objects.filter(pk__in=both).update(staff_number="CB-001")


#: The same before the seal.
SEAL: dict[str, Spoil] = {
    "official_signature_missing": lambda item: SigningItem.objects.filter(
        signed=item.document
    ).update(signed=""),
    "number_not_free": _number_void,
    "seal_not_in_custody": lambda _item: SealCustody.objects.update(ended_at=desk_kit.NOW),
    "custody_unauthorised": _custody(mode=SealMode.SECONDED, authority=""),
    "custody_not_minuted": _custody(mode=SealMode.SECONDED, minuted=False),
    "custody_out_of_scope": _custody(procedures=["1.000001"]),
    "dual_control_missing": _custody(mode=SealMode.KEPT),
    "not_the_centres_own": _custody(mode=SealMode.OWN),
    "four_eyes": _same_person,
}


@pytest.mark.parametrize("reason", OFFICIAL)
def test_the_officials_signature_is_refused(stage: Stage, reason: str) -> None:
    """One thing is wrong, and the refusal names it."""
    item = stage.official
    OFFICIAL[reason](item)

    assert TOGETHER.get(reason, [reason]) == against(item)


@pytest.mark.parametrize("reason", SEAL)
def test_the_seal_is_refused(stage: Stage, reason: str) -> None:
    """The same for the agency's seal."""
    item = stage.seal
    SEAL[reason](item)

    assert [reason] == against(item)


def test_nobody_signs_for_another(stage: Stage) -> None:
    """The item is one person's; another who saw every page may not sign it."""
    confirmations.seen("binh", stage.official.document)

    assert ["not_your_item"] == against(stage.official, "binh")


def test_a_full_disk_stops_signing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to a signature could not be kept, so none is given."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))

    assert ["store_full"] == against(stage.official)


def test_every_check_has_its_test() -> None:
    """A check that is added is spoiled here, too; stamps have tests of their own."""
    elsewhere = {"not_your_item", "store_full", "stamps_overdue"}

    assert set(checks.CHECKS) == ({*OFFICIAL, *SEAL} | elsewhere) & set(checks.CHECKS)
    assert {*OFFICIAL, *SEAL} <= set(checks.CHECKS)


def test_a_successor_signs_for_a_dissolved_agency(stage: Stage) -> None:
    """From the day of the merger its successor's people sign; the day before they do not."""
    item = stage.official
    Dossier.objects.filter(pk=item.dossier_id).update(unit="H49.13")
    follows = Succession.objects.create(
        old_id="H49.13", new_id=item.signer.unit_id, on=desk_kit.NOW.date(), authority="NQ 1"
    )
    assert [] == against(item)

    follows.on += timedelta(days=1)
    follows.save()
    assert ["other_agency"] == against(item)


def test_a_seal_at_the_centre_with_all_its_papers(stage: Stage) -> None:
    """Modes A and C are lawful once authority, minute and second person are there."""
    item = stage.seal
    second = Appointment.objects.create(
        person="minh", title="Chuyên viên", unit=item.signer.unit, **kit.power()
    )
    held = kit.custody(item, mode=SealMode.KEPT, pin_holder=second)
    assert [] == against(item)

    official = kit.official_item(item.dossier_id).signer.appointment
    SealCustody.objects.filter(pk=held.pk).update(pin_holder=official)
    assert ["four_eyes"] == against(item)
