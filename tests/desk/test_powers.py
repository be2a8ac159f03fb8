"""Managers see, ask for, approve and end the powers of their own units; nobody does it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from dossiers.roles import Role
from register import world
from signing.models import Appointment, CustodyMinute, Delegation, SealCustody
from tests.support import desk_kit, dossier_kit, policy_kit

AGENCY = desk_kit.AGENCY
ASKED = {
    "unit": AGENCY,
    "person": "hung",
    "title": "PHÓ GIÁM ĐỐC",
    "name": "Trần Quốc Hưng",
    "authority": "15/QĐ-SXD",
    "valid_from": "23/11/2026",
    "valid_to": "",
}


@pytest.fixture
def first(db: None, tmp_path: Path) -> Iterator[Client]:
    """A manager of the agency; its official and clerk are appointed."""
    ours = replace(world.current(), now=lambda: desk_kit.NOW, home=tmp_path)
    with world.running_in(ours):
        dossier_kit.catalogue()
        desk_kit.appoint()
        desk_kit.person(Role.OFFICIAL)
        yield manager("tuan.so")


def manager(name: str, unit: str = AGENCY) -> Client:
    """Sign a manager of *unit* in."""
    client = Client()
    client.force_login(desk_kit.person(Role.MANAGER, unit=unit, name=name))
    client.cookies["django_language"] = "vi"
    return client


def test_one_asks_and_another_approves(first: Client) -> None:
    """The first has no button for it; the second has, and then it holds."""
    assert 302 == first.post("/powers/appointment/ask/", ASKED).status_code
    asked = Appointment.objects.get(authority="15/QĐ-SXD")
    path = f"/powers/appointment/{asked.pk}/approve/"
    assert path not in first.get("/powers/").content.decode()
    refused = first.post(path, follow=True).content.decode()
    assert "không được tự duyệt" in refused

    second = manager("mai.so")
    page = second.get("/powers/").content.decode()
    assert path in page
    assert "Chờ duyệt" in page
    second.post(path)
    asked.refresh_from_db()
    assert ("tuan.so", "mai.so") == (asked.asked_by, asked.approved_by)
    assert asked.holds_at(desk_kit.NOW)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"person": "ai-do"}, "Không ai trong đơn vị"),
        ({"valid_to": "22/11/2026"}, "Ngày kết thúc phải sau"),
        ({"authority": ""}, "authority"),
        ({"unit": "H49.13"}, "unit"),
    ],
)
def test_what_is_wrong_stays_in_the_form(first: Client, changes: dict[str, str], said: str) -> None:
    """With the words of the mistake; nothing is kept."""
    before = Appointment.objects.count()
    answer = first.post("/powers/appointment/ask/", ASKED | changes)

    assert 422 == answer.status_code
    assert said in answer.content.decode()
    assert before == Appointment.objects.count()


def test_a_delegation_names_real_procedures(first: Client) -> None:
    """An unknown code is named; known ones are kept as a list."""
    head = Appointment.objects.create(
        title="GIÁM ĐỐC", unit_id=AGENCY, head=True, **policy_kit.power()
    )
    taker = Appointment.objects.get(person="hung")
    code = dossier_kit.dossier().procedure_id
    given = {
        "form": "TUQ",
        "giver": head.pk,
        "taker": taker.pk,
        "authority": "16/GUQ-SXD",
        "valid_from": "23/11/2026",
        "valid_to": "31/12/2026",
        "procedures": "9.999999",
    }
    answer = first.post("/powers/delegation/ask/", given)
    assert "Không có thủ tục này: 9.999999" in answer.content.decode()

    first.post("/powers/delegation/ask/", given | {"procedures": f" {code} "})
    assert [code] == Delegation.objects.get().procedures


def test_a_power_ends_with_a_reason(first: Client) -> None:
    """Without one it goes on; ended, nobody can end it again."""
    holds = Appointment.objects.get(person="hung")
    path = f"/powers/appointment/{holds.pk}/end/"
    first.post(path, {"reason": " "})
    holds.refresh_from_db()
    assert holds.ended_at is None

    first.post(path, {"reason": "nghỉ hưu"})
    manager("mai.so").post(path, {"reason": "khác"})
    holds.refresh_from_db()
    assert ("tuan.so", "nghỉ hưu") == (holds.ended_by, holds.end_reason)
    assert "nghỉ hưu" in first.get("/powers/").content.decode()


def test_a_hand_over_is_minuted(first: Client) -> None:
    """The paper can be printed; without both sides there is none."""
    held = SealCustody.objects.get()
    path = f"/powers/custody/{held.pk}/minute/"
    said = {"kind": "given", "giver": "Trần A", "receiver": "Vũ B", "place": "Trung tâm"}
    first.post(path, said | {"giver": ""})
    assert 0 == CustodyMinute.objects.count()

    first.post(path, said)
    made = CustodyMinute.objects.get()
    paper = f"/powers/minutes/{made.pk}.pdf"
    assert paper in first.get("/powers/").content.decode()
    assert first.get(paper).content.startswith(b"%PDF")
    assert 404 == manager("la.khac", "H49.13").get(paper).status_code


def test_a_stranger_reaches_nothing(first: Client, signed_in: Callable[..., Client]) -> None:
    """A manager of another unit sees no row and acts on none; other roles have no page."""
    holds = Appointment.objects.get(person="hung")
    stranger = manager("la.khac", "H49.13")
    assert "Trần" not in stranger.get("/powers/").content.decode()
    for act in ("approve", "end"):
        path = f"/powers/appointment/{holds.pk}/{act}/"
        assert 404 == stranger.post(path, {"reason": "x"}).status_code
        assert 403 == signed_in(Role.CLERK).post(path, {"reason": "x"}).status_code
    assert 404 == stranger.post("/powers/nothing/ask/").status_code
    assert 405 == first.get("/powers/appointment/ask/").status_code
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(desk_kit.person(Role.MANAGER, unit=AGENCY, name="tuan.so"))
    assert 403 == guarded.post("/powers/appointment/ask/", ASKED).status_code
