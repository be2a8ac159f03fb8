"""The citizen's page: two codes, one answer for unknown and wrong, and a code to pay with."""

from __future__ import annotations

import re

import pytest
import segno
from django.test import Client

from dossiers import facts
from payments import charges, vietqr
from register import ledger
from register.models import Dossier
from tests.support import dossier_kit, money_kit

CODE = "H49.61-261123-0001"


@pytest.fixture
def due(db: None, now: None) -> Dossier:
    """A dossier of which 75.000 đồng are due."""
    money_kit.account()
    made = dossier_kit.dossier(CODE)
    charges.open(CODE)
    made.refresh_from_db()
    return made


def ask(client: Client, code: str, secret: str) -> tuple[int, str]:
    """Type both codes; return status and page without the token that every form has anew."""
    answer = client.post("/tra-cuu/", {"code": code, "secret": secret})
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return answer.status_code, page


def test_both_codes_show_the_dossier(client: Client, due: Dossier) -> None:
    """Procedure, steps, money; the name is masked and nothing else about the person is there."""
    status, page = ask(client, CODE, due.secret.upper())
    assert 200 == status
    assert "Nguyễn V** A*" in page
    assert "75.000\u00a0₫" in page
    hidden = ("Nguyễn Văn An", "0912345678", "12 Trần Phú", "099123456789")
    assert [] == [text for text in hidden if text in page]


def test_unknown_and_wrong_have_the_same_answer(client: Client, due: Dossier) -> None:
    """Nobody learns which codes exist."""
    wrong = ask(client, CODE, "0000000000")
    unknown = ask(client, "H49.61-261123-9999", "0000000000")
    assert wrong[0] == unknown[0] == 404
    assert wrong[1] == unknown[1].replace("H49.61-261123-9999", CODE)


@pytest.mark.parametrize("secret", ["", "\u0000", "Ａ" * 50, "' OR 1=1 --"])
def test_odd_secrets_are_wrong_secrets(client: Client, due: Dossier, secret: str) -> None:
    """Nothing that is typed breaks the page."""
    assert 404 == ask(client, CODE, secret)[0]


def test_guessing_needs_a_rest(client: Client, due: Dossier) -> None:
    """After some wrong guesses the right one is refused too, for this caller only."""
    answers = [ask(client, CODE, f"{n:010d}")[0] for n in range(12)]
    assert 429 == answers[-1]
    assert 429 == ask(client, CODE, due.secret)[0]
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert 200 == ask(elsewhere, CODE, due.secret)[0]


def test_the_code_pays_exactly_what_is_missing(client: Client, due: Dossier) -> None:
    """The picture's address is signed by us, holds no secret, and draws the right VietQR text."""
    _status, page = ask(client, CODE, due.secret)
    found = re.search(r'src="(/tra-cuu/qr/[^"]+)"', page)
    assert found
    assert due.secret not in found[1]
    drawn = client.get(found[1])
    assert ("image/svg+xml", 200) == (drawn["Content-Type"], drawn.status_code)
    account = money_kit.account()
    text = vietqr.payload(account.bin, account.number, 75_000, purpose=due.as_state().charge)
    ours = segno.make(text, error="m", boost_error=False)
    assert ours.svg_inline(border=0, omitsize=True, dark="#14212b").split('d="')[1] in (
        drawn.content.decode() + "</svg>"
    )


def test_a_forged_code_is_not_drawn(client: Client, db: None) -> None:
    """We draw no account but our own."""
    assert 404 == client.get("/tra-cuu/qr/abc:def:ghi.svg").status_code


def test_paid_shows_no_code(client: Client, due: Dossier) -> None:
    """Nobody is asked to pay twice."""
    ledger.record(CODE, facts.Paid(75_000, "transfer", "bank:1"), by="test")
    _status, page = ask(client, CODE, due.secret)
    assert "/tra-cuu/qr/" not in page
    assert "Đã thanh toán" in page


def test_the_page_is_not_kept_by_a_shared_computer(client: Client, due: Dossier) -> None:
    """The next person at the kiosk does not find it with the back button."""
    answer = client.post("/tra-cuu/", {"code": CODE, "secret": due.secret})
    assert "no-store" in answer["Cache-Control"]
