"""
ViettelPost, against a small ViettelPost of our own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connectors import Refused, Unavailable
from connectors.carriers.viettelpost import STATUSES, ViettelPost
from dossiers.status import Delivery
from tests.support.carrier_contract import CarrierContract, CarrierWorld
from tests.support.contract import SECRET, released, says_nothing
from tests.support.loopback import Switch, serve

REFERENCE = released().parcel.reference
TOKEN = "agreed-token-123"


class Party:
    """ViettelPost's side: HTTP 200 always, ``error`` inside, every order is a new parcel."""

    def __init__(self) -> None:
        self.parcels: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self.no = ""

    @Request.application
    def __call__(self, request: Request) -> Response:
        """Answer one call."""
        message = json.loads(request.get_data())
        if request.path.endswith("/Login"):
            if message["PASSWORD"] != SECRET:
                return self.reply(error="Tài khoản hoặc mật khẩu không đúng")
            self.tokens.append(f"token-{len(self.tokens)}")
            return self.reply({"token": self.tokens[-1]})
        if request.headers.get("Token") != self.tokens[-1]:
            return self.reply(error="Token invalid", status=401)
        if self.no:
            return self.reply(error=self.no.format(**message), status=204)
        self.parcels.append(message)
        return self.reply({"ORDER_NUMBER": f"1034538{len(self.parcels):04}"})

    def reply(self, data: Any = None, *, error: str = "", status: int = 200) -> Response:
        """Put *data* or *error* into the envelope."""
        envelope = {"status": status, "error": bool(error), "message": error or "OK", "data": data}
        return Response(json.dumps(envelope), 200, content_type="application/json")


class ViettelWorld(CarrierWorld):
    """A small ViettelPost on loopback."""

    def __init__(self) -> None:
        self.party = Party()
        self.switch = Switch(self.party)

    def connector(self, url: str, password: str = SECRET) -> ViettelPost:
        sender = ("Trung tâm Phục vụ hành chính công", "02033636363", "Hồng Gai, Quảng Ninh")
        return ViettelPost(self.http, ViettelPost.Settings("qn", password, TOKEN, *sender, url=url))

    def move(self, reference: str, code: str) -> None:
        raise NotImplementedError

    def parcels(self) -> int:
        return len(self.party.parcels)


@pytest.fixture
def world() -> Iterator[ViettelWorld]:
    """A ViettelPost of one's own."""
    world = ViettelWorld()
    with serve(world.switch) as world.url:
        yield world


class TestViettelPost(CarrierContract):
    """The contract of carriers; it has no feed and no look-up, so not that of feeds."""

    effect, question, delivered = "/createOrderNlp", "/Login", "501"

    @pytest.fixture
    def world(self, world: ViettelWorld) -> ViettelWorld:
        return world


def call(**given: Any) -> bytes:
    """Return a call of ViettelPost's about our parcel."""
    data = {
        "ORDER_NUMBER": "10345380001",
        "ORDER_REFERENCE": REFERENCE,
        "ORDER_STATUSDATE": "23/11/2026 15:30:45",
        "ORDER_STATUS": 501,
        "STATUS_NAME": "Thành công - Phát thành công",
        "LOCALION_CURRENTLY": "Hạ Long",
    }
    return json.dumps({"DATA": data | given, "TOKEN": TOKEN}).encode()


def test_a_booking_has_their_number_at_once(world: ViettelWorld) -> None:
    """
    ViettelPost tells its number in the answer.
    """
    assert "10345380001" == world.connector(world.url).book(released()).tracking


def test_an_error_inside_200_is_a_no_without_personal_data(world: ViettelWorld) -> None:
    """
    HTTP says 200, the envelope says no: Refused, in their words, naming nobody.
    """
    world.party.no = "Sai số {RECEIVER_PHONE} của {RECEIVER_FULLNAME}, {RECEIVER_ADDRESS}"
    with pytest.raises(Refused, match="ViettelPost: Sai số") as caught:
        world.connector(world.url).book(released())

    assert says_nothing(caught.value)
    assert 0 == world.parcels()


def test_nothing_is_claimed_about_a_lost_booking(world: ViettelWorld) -> None:
    """
    There is no look-up: nothing is shown, nothing is sent, and absence proves nothing.
    """
    carrier = world.connector(world.url)
    carrier.book(released())
    calls = list(world.switch.calls)

    assert None is carrier.find(REFERENCE, "")
    assert None is carrier.shows_within
    assert calls == world.switch.calls


def test_scans_come_by_call_only(world: ViettelWorld) -> None:
    """
    There is no feed to read; the mark stays.
    """
    assert ([], "m") == world.connector(world.url).scans("m")


def test_an_old_token_is_renewed_once(world: ViettelWorld) -> None:
    """
    "Token invalid" says that nothing was done: sign in, book, one parcel.
    """
    carrier = world.connector(world.url)
    carrier.check()
    world.party.tokens.append("another")
    carrier.book(released())

    assert 1 == world.parcels()
    assert 2 == world.switch.calls.count("/v2/user/Login")


def test_a_sign_in_that_does_not_come_means_that_nothing_was_booked(world: ViettelWorld) -> None:
    """
    Silence while signing in is Unavailable, never Unsure.
    """
    world.switch.fault, world.switch.at = "hangs up", "/Login"
    with pytest.raises(Unavailable):
        world.connector(world.url).book(released())


def test_a_wrong_password_is_refused_and_not_shown(world: ViettelWorld) -> None:
    """
    ``doctor`` finds a wrong password.
    """
    with pytest.raises(Refused, match="mật khẩu") as caught:
        world.connector(world.url, password="other-one").check()

    assert "other-one" not in str(caught.value)


def test_a_call_tells_one_scan(world: ViettelWorld) -> None:
    """
    Their local time becomes an instant; the same call twice is the same scan.
    """
    carrier = world.connector(world.url)
    (scan,) = carrier.read(call(), {})

    assert (REFERENCE, "501", Delivery.DELIVERED) == (scan.reference, scan.code, scan.status)
    assert datetime(2026, 11, 23, 8, 30, 45, tzinfo=UTC) == scan.at
    assert ("10345380001", "Hạ Long") == (scan.tracking, scan.office)
    assert [scan] == carrier.read(call(), {})


@pytest.mark.parametrize(
    ("code", "status"),
    [(504, Delivery.RETURNED), (501, Delivery.DELIVERED), (999, None), ("501", None), (True, None)],
)
def test_returned_is_not_delivered(world: ViettelWorld, code: Any, status: str | None) -> None:
    """
    504 begins with "Thành công" and is no delivery; what the table lacks means nothing.
    """
    (scan,) = world.connector(world.url).read(call(ORDER_STATUS=code), {})

    assert (str(code), status) == (scan.code, scan.status)


def test_one_code_delivers() -> None:
    """
    No second code is read as delivered.
    """
    assert [501] == [code for code, status in STATUSES.items() if status is Delivery.DELIVERED]


@pytest.mark.parametrize(
    "body",
    [
        call().replace(TOKEN.encode(), b"guessed"),
        call().replace(b'"TOKEN"', b'"Token"'),
        call(ORDER_STATUSDATE="2026-11-23"),
        json.dumps({"DATA": [], "TOKEN": TOKEN}).encode(),
        json.dumps({"DATA": None, "TOKEN": TOKEN}).encode(),
        b"[]",
        b"\xff",
        b"",
    ],
)
def test_a_call_of_anybody_else_is_refused(world: ViettelWorld, body: bytes) -> None:
    """
    Without the agreed token, or unreadable: Refused, and nothing else.
    """
    with pytest.raises(Refused):
        world.connector(world.url).read(body, {})
