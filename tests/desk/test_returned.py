"""Parcels that came to nothing, on the post's page: three acts, each once, in one's own unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from dispatch import scans
from dossiers.roles import Role
from dossiers.status import Delivery
from dossiers.steps import Step
from register.models import Applicant, Dossier
from signing.levels import stamps
from tests.support import desk_kit
from tests.support.post_kit import booked, scan

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


@pytest.fixture
def code(morning: desk_kit.Morning) -> str:
    """A dossier whose parcel came back."""
    shipment = booked(31)
    scans.take("vnpost", [scan(shipment, Delivery.RETURNED, after=9)], "m1")
    return shipment.dossier_id


def act(browser: Client, code: str, what: str, **given: str) -> str:
    """Press a button; return the page that follows."""
    answer = browser.post(f"/post/returned/{code}/{what}/", given, follow=True)
    assert 200 == answer.status_code
    return answer.content.decode()


def test_the_page_shows_it_to_whoever_may_act(code: str, signed_in: SignedIn) -> None:
    """
    The postal worker finds buttons, the leader the row alone.
    """
    page = signed_in(Role.POST).get("/post/").content.decode()
    seen = signed_in(Role.MANAGER).get("/post/").content.decode()

    assert f"/post/returned/{code}/again/" in page
    assert "Gửi lại" in page
    assert code in seen
    assert f"/post/returned/{code}/again/" not in seen


def test_it_is_sent_again(code: str, signed_in: SignedIn) -> None:
    """
    One press; the second one is told that somebody has decided.
    """
    browser = signed_in(Role.POST)

    assert "Đã ghi nhận" in act(browser, code, "again")
    assert Step.BOOK == Dossier.objects.get(pk=code).next_step
    assert "Đã có người quyết định" in act(browser, code, "again")


def test_it_is_kept_at_the_counter(code: str, signed_in: SignedIn) -> None:
    """
    The citizen comes for it.
    """
    act(signed_in(Role.POST), code, "counter")

    assert Step.AWAIT_CITIZEN == Dossier.objects.get(pk=code).next_step


def test_the_address_is_mended(code: str, signed_in: SignedIn) -> None:
    """
    A commune chosen from the list comes with its name; a wrong one, or none, changes nothing.
    """
    browser = signed_in(Role.POST)
    before = Applicant.objects.get(pk=code).address_text

    assert "Hãy nhập" in act(browser, code, "address", ward="06676")
    assert "không có xã" in act(browser, code, "address", address="5 Lê Lợi", ward="99999")
    assert before == Applicant.objects.get(pk=code).address_text

    act(browser, code, "address", address="5 Lê Lợi", ward="06676 Phường Hà Lầm")
    owner = Applicant.objects.get(pk=code)
    assert ("5 Lê Lợi", "06676") == (owner.address_text, owner.ward)
    assert Step.BOOK == Dossier.objects.get(pk=code).next_step


@pytest.mark.parametrize("what", ["again", "counter", "address"])
def test_strangers_find_nothing(code: str, signed_in: SignedIn, what: str) -> None:
    """
    Another centre's postal worker cannot reach the dossier, nor can the leader act.
    """
    stranger = signed_in(Role.POST, unit=desk_kit.STRANGERS[Role.POST])
    leader = signed_in(Role.MANAGER)

    assert 404 == stranger.post(f"/post/returned/{code}/{what}/", {"address": "x"}).status_code
    assert 403 == leader.post(f"/post/returned/{code}/{what}/").status_code
    assert Step.AWAIT_PERSON == Dossier.objects.get(pk=code).next_step


def test_a_stamp_that_is_still_to_come_is_said(code: str, signed_in: SignedIn) -> None:
    """
    The dossier's page says in words that the time stamp is pending, and only then.
    """
    browser = signed_in(Role.MANAGER)
    assert "Đã ký, chờ dấu thời gian" not in browser.get(f"/dossiers/{code}/").content.decode()

    stamps.want(code)

    assert "Đã ký, chờ dấu thời gian" in browser.get(f"/dossiers/{code}/").content.decode()
