from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from sandbox.parties import platform
from sandbox.world import ACCOUNTS, PARTNER
from tests.support.other_side import SLOW, Side

SECRET = "test-secret-0123456789"
STAMP = "20261123153045"
PAID_AT = "2026-11-23T08:32:10+00:00"


def _vector(kind: str, **values: str) -> dict[str, str]:
    return {
        "LoaiBanTin": kind,
        "PhienBan": "1.0.6",
        "MaDoiTac": "QNI-TEST",
        "MaThamChieu": "dvcH49261120000120261123153045",
        "SoTien": "50000",
        "MaTienTe": "VND",
        "ThongTinGiaoDich": "THANH TOAN HO SO H49-261120-0001",
        "ThoiGianGD": STAMP,
        **values,
    }


@pytest.mark.parametrize(
    ("fields", "message", "expected"),
    [
        (
            platform.INIT,
            _vector(
                "INIT",
                LoaiHinhThanhToan="PAY",
                MaKenhThanhToan="1",
                MaThietBi="1",
                NgonNgu="vi-VN",
                MaNganHang="PAYMENT",
                Ip="10.0.0.5",
            ),
            "7d20bb38ea67fe6eb6bf0d58093f6bc29f3238aa0ee799f69732a37704001d88",
        ),
        (
            platform.CONFIRM,
            _vector(
                "CONFIRM",
                MaLoi="00",
                MaGiaoDich="GD123456",
                MaNganHang="VCB",
                ThoiGianGD="20261123153210",
            ),
            "dc627f13f05aa9e66027b6a078d6f5ca19626c594bf4e5e2d2fcdcba024471aa",
        ),
        (
            platform.QUERY,
            _vector("QUERY"),
            "b16cbd8193635eedaff5d9c9e5f67631cf036d638c8a43176a26904895ab0f13",
        ),
    ],
)
def test_check_strings(fields: list[str], message: dict[str, str], expected: str) -> None:
    """
    ``MaXacThuc`` is made as public code makes it, in the order of each message.
    """
    assert expected == platform.seal(fields, message, SECRET)


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> str:
    """A reference of this test's own."""
    return "dvc" + "".join(sign for sign in request.node.name if sign.isalnum())


class Client:
    """What the hub would send to the platform."""

    def __init__(self, side: Side) -> None:
        self.side = side
        path = side.world.announce().parent / "secrets" / "platform.secret"
        self.secret = path.read_text()

    def send(self, operation: str, reference: str, **values: str) -> httpx.Response:
        fields = {"init": platform.INIT, "query": platform.QUERY}[operation]
        message: dict[str, Any] = dict.fromkeys(fields, "1") | {
            "LoaiBanTin": operation.upper(),
            "MaDoiTac": PARTNER,
            "MaThamChieu": reference,
            "SoTien": "50000",
            "ThoiGianGD": STAMP,
            "ThongTinGiaoDich": f"Nop le phi {reference}",
            **values,
        }
        if "SoTien" not in fields:
            del message["SoTien"]
        message |= {"MaXacThuc": platform.seal(fields, message, self.secret)} | values
        return self.side.http.post(f"{self.side.url}/platform/{operation}", json=message)

    def state(self, reference: str) -> str:
        return str(self.send("query", reference).json().get("TrangThaiGD"))


@pytest.fixture
def client(side: Side) -> Client:
    """The hub's end of the wire."""
    return Client(side)


def _until(true: Callable[[], Any], seconds: float = 8) -> None:
    """Wait until *true* is true; the assertion says what was not."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    assert true()


@pytest.fixture
def told(side: Side, reference: str) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the hub heard of this test's reference."""
    return lambda: side.hub.told(reference)


def _letter(side: Side, reference: str) -> dict[str, Any]:
    letters: list[dict[str, Any]] = side.world.platform.callbacks.state()
    return next(letter for letter in letters if letter["reference"] == reference)


def test_order_is_taken_once(client: Client, reference: str) -> None:
    """
    Asking twice is harmless; asking another amount under one reference is refused.
    """
    first, second = client.send("init", reference), client.send("init", reference)
    assert "00" == first.json()["MaLoi"]
    assert first.json() == second.json()
    assert first.json()["UrlThanhToan"].endswith(f"/platform/pay/{reference}")
    assert "02" == client.send("init", reference, SoTien="60000").json()["MaLoi"]


def test_wrong_check_string(client: Client, reference: str) -> None:
    """
    Who does not know the secret is refused and leaves no order.
    """
    assert "97" == client.send("init", reference, MaXacThuc="0" * 64).json()["MaLoi"]
    assert "01" == client.send("query", reference).json()["MaLoi"]


def test_query_must_repeat_the_instant(client: Client, reference: str) -> None:
    """
    QUERY finds an order only under the ThoiGianGD of its INIT.
    """
    client.send("init", reference)
    assert platform.PENDING == client.state(reference)
    assert "01" == client.send("query", reference, ThoiGianGD="20261123033045").json()["MaLoi"]


def test_paid_order(side: Side, client: Client, reference: str, told: Any) -> None:
    """
    A payment is on QUERY, on the bank's statement with its number, and told to the hub once.
    """
    client.send("init", reference)
    order = side.control("platform/pay", {"reference": reference, "at": PAID_AT})
    answer = client.send("query", reference).json()
    assert platform.PAID == answer["TrangThaiGD"]
    assert ("50000", "20261123153210") == (answer["SoTien"], answer["ThoiGianGD"])
    statement = side.world.bank.statement(ACCOUNTS[0].number, date(2026, 11, 23)).decode()
    assert f"<EndToEndId>{order['transaction_id']}</EndToEndId>" in statement
    _until(told)
    secret = client.secret
    assert [True] == [
        platform.seal(platform.CONFIRM, message, secret) == message["MaXacThuc"]
        for message in told()
    ]


def test_paying_twice_changes_nothing(side: Side, client: Client, reference: str) -> None:
    """
    The platform closes an order with its first payment.
    """
    client.send("init", reference)
    first = side.control("platform/pay", {"reference": reference})
    assert first == side.control("platform/pay", {"reference": reference, "amount": 1})


def test_failed_order(side: Side, client: Client, reference: str, told: Any) -> None:
    """
    A failed payment is told as such and moves no money.
    """
    client.send("init", reference)
    side.control("platform/fail", {"reference": reference})
    assert platform.FAILED == client.state(reference)
    _until(told)
    assert ["99"] == [message["MaLoi"] for message in told()]


def test_callback_is_repeated_until_taken(
    side: Side, client: Client, reference: str, told: Any
) -> None:
    """
    The platform calls again until the hub says 00.
    """
    side.hub.answers[reference] = ["99", "99"]
    client.send("init", reference)
    side.control("platform/pay", {"reference": reference})
    _until(lambda: _letter(side, reference)["done"])
    assert 3 == len(told())
    assert "99 99 00" == _letter(side, reference)["answers"]


def test_duplicate_callback(side: Side, client: Client, reference: str, told: Any) -> None:
    """
    ``duplicate``: the hub hears the same words twice although it took the first.
    """
    side.arm("platform", "callback", "duplicate", reference)
    client.send("init", reference)
    side.control("platform/pay", {"reference": reference})
    _until(lambda: _letter(side, reference)["done"])
    first, second = told()
    assert first == second


def test_forged_callback(side: Side, client: Client, reference: str, told: Any) -> None:
    """
    ``forged_callback``: an enemy comes first, with another amount and a wrong check string.
    """
    side.arm("platform", "callback", "forged_callback", reference)
    client.send("init", reference)
    side.control("platform/pay", {"reference": reference})
    _until(lambda: _letter(side, reference)["done"])
    assert [("500000", False), ("50000", True)] == [
        (
            message["SoTien"],
            platform.seal(platform.CONFIRM, message, client.secret) == message["MaXacThuc"],
        )
        for message in told()
    ]


def test_lost_callback(side: Side, client: Client, reference: str, told: Any) -> None:
    """
    ``lost_callback``: nobody calls, and QUERY knows the truth all the same.
    """
    side.arm("platform", "callback", "lost_callback", reference)
    client.send("init", reference)
    side.control("platform/pay", {"reference": reference})
    _until(lambda: _letter(side, reference)["done"])
    assert [] == told()
    assert platform.PAID == client.state(reference)


def test_slow(side: Side, client: Client, reference: str) -> None:
    """
    ``slow``: the right answer, after a while.
    """
    side.arm("platform", "init", "slow", reference)
    begun = time.monotonic()
    assert "00" == client.send("init", reference).json()["MaLoi"]
    assert SLOW <= time.monotonic() - begun


def test_silent_after_accepting(side: Side, client: Client, reference: str) -> None:
    """
    ``silent_after_accepting``: the line goes dead, and the order is there.
    """
    side.arm("platform", "init", "silent_after_accepting", reference)
    with pytest.raises(httpx.RemoteProtocolError):
        client.send("init", reference)
    assert platform.PENDING == client.state(reference)


def test_error_500_after_accepting(side: Side, client: Client, reference: str) -> None:
    """
    ``error_500_after_accepting``: a 500, and the order is there.
    """
    side.arm("platform", "init", "error_500_after_accepting", reference)
    assert 500 == client.send("init", reference).status_code
    assert platform.PENDING == client.state(reference)


def test_refused(side: Side, client: Client, reference: str) -> None:
    """
    ``refused``: a no, and no order; the next try goes through.
    """
    side.arm("platform", "init", "refused", reference)
    assert "06" == client.send("init", reference).json()["MaLoi"]
    assert "01" == client.send("query", reference).json()["MaLoi"]
    assert "00" == client.send("init", reference).json()["MaLoi"]


def test_page_where_citizens_pay(side: Side, client: Client, reference: str, told: Any) -> None:
    """
    The address in UrlThanhToan is a page with one button, and the button pays.
    """
    url = client.send("init", reference).json()["UrlThanhToan"]
    assert "Chờ thanh toán" in side.http.get(url).text
    assert 303 == side.http.post(url).status_code
    assert "Đã thanh toán" in side.http.get(url).text
    _until(told)
