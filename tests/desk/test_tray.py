"""The tray: seen before signed, one batch per approval, back with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from desk import tray_checks
from dossiers.roles import Role
from dossiers.signing_status import BatchStatus, ItemStatus
from dossiers.status import Business
from register.models import Dossier
from signing.models import Batch, SigningItem, Token
from signing.policy import checks
from tests.support import desk_kit


def see(browser: Client, item: SigningItem) -> int:
    """Turn to the end of the document; return the answer's status."""
    sent = {"item": item.pk, "document": item.document}
    return browser.post("/signing/seen/", sent).status_code


def test_what_was_not_seen_is_not_signed(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """The form alone does not make a batch: these very bytes must have been seen."""
    browser, item = signed_in(Role.OFFICIAL), morning.tray[0]
    browser.post("/signing/start/", {"item": [item.pk]})
    assert 0 == Batch.objects.count()
    assert 204 == see(browser, item)
    answer = browser.post("/signing/start/", {"item": [item.pk]})
    batch = Batch.objects.get()
    assert (302, f"/signing/batches/{batch.code}/") == (answer.status_code, answer["Location"])
    assert [item.pk] == list(batch.items.values_list("pk", flat=True))


def test_another_version_must_be_seen_anew(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """A page that is still open on an older file does not count for the newer one."""
    browser, item = signed_in(Role.OFFICIAL), morning.tray[0]
    answer = browser.post("/signing/seen/", {"item": item.pk, "document": "0" * 64})
    assert 400 == answer.status_code
    browser.post("/signing/start/", {"item": [item.pk]})
    assert 0 == Batch.objects.count()


def test_a_batch_is_opened_once(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """A double click approves nothing twice."""
    browser, item = signed_in(Role.OFFICIAL), morning.tray[0]
    see(browser, item)
    browser.post("/signing/start/", {"item": [item.pk]})
    browser.post("/signing/start/", {"item": [item.pk]})
    assert 1 == Batch.objects.count()


@pytest.mark.parametrize("items", [[], ["x"], ["999999"]])
def test_nonsense_opens_no_batch(
    morning: desk_kit.Morning, signed_in: Callable[..., Client], items: list[str]
) -> None:
    """Nothing chosen, or what is not there: the tray again, with a message."""
    browser = signed_in(Role.OFFICIAL)
    answer = browser.post("/signing/start/", {"item": items}, follow=True)
    assert "Hãy chọn" in answer.content.decode()
    assert 0 == Batch.objects.count()


def test_the_seal_is_faster(morning: desk_kit.Morning, signed_in: Callable[..., Client]) -> None:
    """The clerk seals what the official has signed without turning every page again."""
    chosen = [item.pk for item in morning.seal]
    signed_in(Role.CLERK).post("/sealing/start/", {"item": chosen})
    assert 2 == SigningItem.objects.filter(pk__in=chosen, status=ItemStatus.QUEUED).count()


def test_progress_shows_what_is_left(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """The bar asks again while something is queued, and stops when nothing is."""
    browser = signed_in(Role.CLERK)
    browser.post("/sealing/start/", {"item": [item.pk for item in morning.seal]})
    path = f"/sealing/batches/{Batch.objects.get().code}/"
    page = browser.get(path).content.decode()
    assert 'max="2" value="0"' in page
    assert 'hx-trigger="every 1s"' in page
    SigningItem.objects.filter(batch__isnull=False).update(status=ItemStatus.SIGNED)
    over = browser.get(path).content.decode()
    assert 'max="2" value="2"' in over
    assert "every 1s" not in over


def test_a_stopped_token_goes_on_when_its_person_says_so(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """A wrong PIN is never sent again by software: the button is the only way."""
    browser = signed_in(Role.CLERK)
    browser.post("/sealing/start/", {"item": [item.pk for item in morning.seal]})
    Batch.objects.update(status=BatchStatus.STOPPED)
    Token.objects.update(stopped="PinWrong")
    path = f"/sealing/batches/{Batch.objects.get().code}/"
    assert "Tiếp tục" in browser.get(path).content.decode()
    assert 404 == signed_in(Role.OFFICIAL).post(f"{path}go-on/").status_code
    browser.post(f"{path}go-on/")
    assert (BatchStatus.OPEN, "") == (Batch.objects.get().status, Token.objects.get().stopped)


def test_back_with_a_reason(morning: desk_kit.Morning, signed_in: Callable[..., Client]) -> None:
    """The dossier goes back to its agency; without a reason it stays."""
    browser, item = signed_in(Role.OFFICIAL), morning.tray[0]
    browser.post("/signing/back/", {"item": item.pk, "reason": "  "})
    assert Business.ON_TRAY == Dossier.objects.get(pk=item.dossier_id).business
    browser.post("/signing/back/", {"item": item.pk, "reason": "Sai số thửa đất"})
    assert Business.SENT_BACK == Dossier.objects.get(pk=item.dossier_id).business
    story = browser.get(f"/dossiers/{item.dossier_id}/").content.decode()
    assert "Sai số thửa đất" in story


def test_every_check_is_in_words(morning: desk_kit.Morning) -> None:
    """A check that signing adds gets its words here before anybody sees a raw name."""
    item = morning.tray[0]
    Dossier.objects.filter(pk=item.dossier_id).update(unit_id="H49.13", state={})
    item.signer.person, item.signer.fingerprint = "somebody", "0" * 64
    item.signer.valid_to = item.signer.valid_from
    item.dossier.refresh_from_db()
    against = checks.reasons_against(item, person="hung", at=desk_kit.NOW)
    assert set(checks.CHECKS) <= set(tray_checks.AGAINST)
    shown = tray_checks.checks_of(item, person="hung", at=desk_kit.NOW)
    wrong = set(against) - {tray_checks.UNSEEN}
    assert len(wrong) == sum(check.look == "err" for check in shown)
