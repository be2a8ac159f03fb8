"""The page on which a person chooses where a result is signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from desk import words
from dossiers.roles import Role
from register import documents
from signing.models import SigningItem
from signing.pdf import fields
from signing.pdf.geometry import MM
from signing.pdf.places import REASONS, NoPlace
from tests.support import desk_kit


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.CLERK])
def test_the_place_is_moved_to_millimetres(
    morning: desk_kit.Morning, signed_in: Callable[..., Client], role: Role
) -> None:
    """The tray leads to the page; the form moves the field, decimal comma and all."""
    item = morning.tray[0]
    browser, path = signed_in(role), f"/dossiers/{item.dossier_id}/place/"
    page = browser.get(path).content.decode()
    assert "Tìm thấy trên trang" in page
    sent = {"choice": "own", "page": "-1", "x": "20,5", "y": "160"}
    answer = browser.post(path, sent, follow=True)
    assert "vị trí đã chọn" in answer.content.decode()
    moved = SigningItem.objects.get(pk=item.pk)
    box = fields.box_of(documents.get(moved.document), fields.OFFICIAL)
    assert item.document != moved.document
    assert pytest.approx(20.5, abs=0.05) == box.left / MM
    if role is Role.OFFICIAL:
        assert path in signed_in(role).get(f"/signing/?item={item.pk}").content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"choice": "own", "page": "1", "x": "", "y": "9"}, "Hãy chọn một vị trí"),
        ({"choice": "own", "page": "1", "x": "nan", "y": "9"}, "Hãy chọn một vị trí"),
        ({"choice": "own", "page": "99", "x": "9", "y": "9"}, REASONS[NoPlace.NO_SUCH_PAGE][0]),
        ({"choice": "own", "page": "-1", "x": "500", "y": "9"}, REASONS[NoPlace.OFF_THE_PAGE][0]),
        ({"choice": "field", "field": "none"}, REASONS[NoPlace.NO_SUCH_FIELD][0]),
        ({"choice": "field", "field": " "}, "Hãy chọn một vị trí"),
    ],
)
def test_nonsense_moves_nothing(
    morning: desk_kit.Morning,
    signed_in: Callable[..., Client],
    sent: dict[str, str],
    said: str,
) -> None:
    """Each refusal says what to do, and the file stays."""
    item = morning.tray[0]
    answer = signed_in(Role.CLERK).post(f"/dossiers/{item.dossier_id}/place/", sent, follow=True)
    assert said in answer.content.decode()
    assert item.document == SigningItem.objects.get(pk=item.pk).document


def test_others_move_nothing(morning: desk_kit.Morning, signed_in: Callable[..., Client]) -> None:
    """The post and the cashier have no say in it."""
    path = f"/dossiers/{morning.tray[0].dossier_id}/place/"
    assert 403 == signed_in(Role.POST).get(path).status_code
    assert 404 == signed_in(Role.CLERK).get("/dossiers/H49.61-000000-0000/place/").status_code


def test_every_reason_is_said_in_both_languages() -> None:
    """No reason reaches a person as a bare word."""
    assert set(NoPlace) == set(REASONS)
    assert all(words.chosen(both) == both[0] for both in REASONS.values())
