"""VNPAY 2.1.0, against a small VNPAY of our own and against known check strings."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote_plus, urlencode, urlsplit

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from connectors import Refused, Unavailable, http
from connectors.banks.vnpay import QUESTION, REPLY, STATUSES, Vnpay
from dossiers.orders import Order, Outcome
from tests.support.bank_contract import GatewayContract, GatewayWorld
from tests.support.contract import ORDER, SECRET
from tests.support.loopback import Switch, serve

VECTOR_SECRET = "test-secret-0123456789"
PAGE = (
    "vnp_Amount=5000000&vnp_Command=pay&vnp_CreateDate=20261123153045&vnp_CurrCode=VND"
    "&vnp_IpAddr=10.0.0.5&vnp_Locale=vn&vnp_OrderInfo=Nop+phi+ho+so+H49-261120-0001"
    "&vnp_OrderType=other&vnp_ReturnUrl=https%3A%2F%2Fexample.gov.vn%2Fr%3Fx%3D1"
    "&vnp_TmnCode=TESTTMN1&vnp_TxnRef=QN0000001284&vnp_Version=2.1.0"
)
PAGE_SEAL = (
    "bc60fb35723ec6ac0d86320179236088fc1c1cf1837ff5e8006318600554b224"
    "657ec35a0ace2e48d3ac0b777e8874d4aa9808675e5845090401b9281b176027"
)


def sha512(text: str, secret: str = SECRET) -> str:
    """Return VNPAY's check string, made here a second time."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


class Party:
    """VNPAY's side, as its public documents describe it."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, str]] = {}
        self.asked: set[str] = set()
        self.extra: dict[str, Any] = {}

    @Request.application
    def __call__(self, request: Request) -> Response:
        """Answer querydr."""
        message = json.loads(request.get_data())
        seal = sha512("|".join(message[name] for name in QUESTION))
        if seal != message["vnp_SecureHash"]:
            return self.reply({"vnp_ResponseCode": "97", "vnp_Message": "Invalid checksum"})
        if message["vnp_RequestId"] in self.asked:
            return self.reply({"vnp_ResponseCode": "94", "vnp_Message": "Duplicate"})
        self.asked.add(message["vnp_RequestId"])
        order = self.held.get(message["vnp_TxnRef"])
        if order is None or order["vnp_CreateDate"] != message["vnp_TransactionDate"]:
            return self.reply({"vnp_ResponseCode": "91", "vnp_Message": "Not found"})
        return self.reply({"vnp_ResponseCode": "00", "vnp_Message": "OK", **order})

    def reply(self, values: dict[str, Any]) -> Response:
        """Seal an answer."""
        message = {"vnp_ResponseId": "1", "vnp_Command": "querydr", "vnp_TmnCode": "TESTTMN1"}
        message |= values
        message["vnp_SecureHash"] = sha512("|".join(str(message.get(n, "")) for n in REPLY))
        return Response(json.dumps(message | self.extra), 200, content_type="application/json")


class VnpayWorld(GatewayWorld):
    """A small VNPAY on loopback."""

    def __init__(self) -> None:
        self.party = Party()
        self.switch = Switch(self.party)

    def connector(self, url: str) -> Vnpay:
        return vnpay(self.http, query_url=f"{url}/api/transaction")

    def learn(self, order: Order, url: str) -> None:
        """Let the citizen open the page, which tells VNPAY the order."""
        query, _, seal = urlsplit(url).query.rpartition("&vnp_SecureHash=")
        assert sha512(query) == seal
        values = dict(parse_qsl(query, strict_parsing=True))
        self.party.held[order.reference] = values | {"vnp_TransactionStatus": "01"}

    def pay(self, order: Order) -> bytes:
        more = {"vnp_TransactionStatus": "00", "vnp_PayDate": "20261123153210"}
        return self._told(order, more | {"vnp_TransactionNo": "14226112", "vnp_BankCode": "NCB"})

    def break_off(self, order: Order) -> bytes:
        return self._told(order, {"vnp_TransactionStatus": "02"})

    def _told(self, order: Order, more: dict[str, str]) -> bytes:
        held = self.party.held[order.reference]
        held |= more
        names = ("vnp_TmnCode", "vnp_Amount", "vnp_OrderInfo", "vnp_TxnRef", *more)
        return sealed(
            {name: held[name] for name in names}
            | {"vnp_ResponseCode": more["vnp_TransactionStatus"]}
        )

    def changed(self, body: bytes) -> Iterator[bytes]:
        pairs = dict(parse_qsl(body.decode()))
        for name in pairs:
            yield urlencode(pairs | {name: "0" * 128}).encode()
            yield urlencode({key: pairs[key] for key in pairs if key != name}).encode()
        yield body + b"&vnp_Amount=1"
        yield body + b"&vnp_New=1"

    def sample(self) -> bytes:
        return sealed({"vnp_TmnCode": "TESTTMN1", "vnp_TxnRef": "x"})

    def orders(self) -> int:
        return len(self.party.held)


def vnpay(client: httpx.Client, **given: Any) -> Vnpay:
    """Return the connector of the terminal TESTTMN1."""
    settings = {"terminal": "TESTTMN1", "secret": SECRET, "ip": "10.0.0.5"}
    more = {"return_url": "https://example.gov.vn/r?x=1"}
    return Vnpay(client, Vnpay.Settings(**settings | more | given))


def sealed(pairs: dict[str, str], secret: str = SECRET) -> bytes:
    """Return a call of VNPAY's with *pairs*."""
    query = "&".join(f"{name}={quote_plus(pairs[name])}" for name in sorted(pairs))
    hashed = "&".join(part for part in query.split("&") if not part.endswith("="))
    return f"{query}&vnp_SecureHash={sha512(hashed, secret)}".encode()


class TestVnpay(GatewayContract):
    """The contract of gateways."""

    effect, question = None, "/api/transaction"

    @pytest.fixture
    def world(self) -> Iterator[VnpayWorld]:
        world = VnpayWorld()
        with serve(world.switch) as world.url:
            yield world

    def is_yes(self, answer: bytes) -> bool:
        return json.loads(answer)["RspCode"] in ("00", "02")

    @pytest.mark.parametrize(
        ("extra", "error"),
        [
            ({"vnp_SecureHash": None}, Unavailable),
            ({"vnp_SecureHash": "0" * 128}, Unavailable),
            ({"vnp_Amount": "500000000"}, Unavailable),
        ],
    )
    def test_an_answer_without_a_right_seal_is_no_answer(
        self, world: VnpayWorld, extra: dict[str, Any], error: type[Exception]
    ) -> None:
        """
        A reply without ``vnp_SecureHash`` is not taken as verified.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        world.pay(ORDER)
        world.party.extra = extra
        with pytest.raises(error, match="sai chữ ký"):
            gateway.find(ORDER)

    def test_an_answer_about_another_order_is_not_taken(self, world: VnpayWorld) -> None:
        """
        A mixed-up answer, truly sealed, must not pay the wrong dossier.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        world.pay(ORDER)
        world.party.held[ORDER.reference]["vnp_TxnRef"] = "OTHER"
        with pytest.raises(Unavailable, match="another order"):
            gateway.find(ORDER)

    def test_the_same_question_in_one_second_waits(self, world: VnpayWorld) -> None:
        """
        VNPAY refuses a repeated question (94): later, not never.
        """
        gateway = world.connector(world.url)
        gateway.now = lambda: ORDER.at
        gateway.find(ORDER)
        with pytest.raises(Unavailable, match="94"):
            gateway.find(ORDER)

    def test_a_wrong_secret_is_found_by_doctor(self, world: VnpayWorld) -> None:
        """
        A wrong secret makes both sides disbelieve each other; the text shows neither.
        """
        gateway = vnpay(world.http, query_url=f"{world.url}/api/transaction", secret="other-one")
        with pytest.raises(Unavailable, match="97") as caught:
            gateway.check()

        assert "other-one" not in str(caught.value)


def test_the_page_is_sealed_as_known() -> None:
    """
    The address agrees with a vector made by other code.
    """
    page = "https://pay.example/p"
    gateway = vnpay(http.client(), pay_url=page, secret=VECTOR_SECRET, minutes=0)
    order = replace(ORDER, reference="QN0000001284", note="Nop phi ho so H49-261120-0001")

    assert f"{page}?{PAGE}&vnp_SecureHash={PAGE_SEAL}" == gateway.ask(order)


def test_a_question_is_sealed_as_known() -> None:
    """
    ``querydr`` agrees with a vector made by other code (its beginning and end are known).
    """
    values = "R1|2.1.0|querydr|TESTTMN1|QN0000001284|20261123153045|20261123160000|10.0.0.5|Query"
    message = dict(zip(QUESTION, values.split("|"), strict=True))
    seal = vnpay(http.client(), secret=VECTOR_SECRET)._joined(QUESTION, message)

    assert ("5277cfcb", "0923eb6") == (seal[:8], seal[-7:])


def test_the_page_closes() -> None:
    """
    A page left open is not paid next week.
    """
    query = parse_qs(urlsplit(vnpay(http.client()).ask(ORDER)).query)

    assert ["20261123153045"] == query["vnp_CreateDate"]
    assert ["20261123154545"] == query["vnp_ExpireDate"]


@pytest.mark.parametrize("note", ["Nộp phí", "a*b", "a~b", "(a)", "a'b", "a!b", "a&b=c"])
def test_signs_that_encoders_disagree_on_are_refused(note: str) -> None:
    """
    Better refused here than "wrong checksum" before the citizen.
    """
    with pytest.raises(Refused):
        vnpay(http.client()).ask(replace(ORDER, note=note))


CALL = {
    "vnp_TmnCode": "TESTTMN1",
    "vnp_TxnRef": "QN0000001284",
    "vnp_Amount": "5000000",
    "vnp_ResponseCode": "00",
    "vnp_TransactionStatus": "00",
    "vnp_TransactionNo": "14226112",
    "vnp_PayDate": "20261123153210",
    "vnp_OrderInfo": "Nop phi ho so",
    "vnp_CardType": "",
}


@pytest.mark.parametrize(
    ("response", "status", "outcome"),
    [
        ("00", "00", Outcome.PAID),
        ("07", "00", Outcome.PENDING),
        ("24", "02", Outcome.FAILED),
        ("00", "01", Outcome.PENDING),
        ("00", "04", Outcome.PENDING),
        ("00", "07", Outcome.PENDING),
        ("00", "83", Outcome.PENDING),
    ],
)
def test_paid_needs_both_codes(response: str, status: str, outcome: Outcome) -> None:
    """
    Only 00 and 00 is paid; money in the air and unknown codes change nothing.
    """
    call = sealed(CALL | {"vnp_ResponseCode": response, "vnp_TransactionStatus": status})

    assert outcome is vnpay(http.client()).read(call, {}).outcome


def test_no_code_but_one_is_paid() -> None:
    """
    The table holds one code for paid and one for failed; the rest hangs in the air.
    """
    sure = [row for row in STATUSES.items() if row[1] is not Outcome.PENDING]

    assert [("00", Outcome.PAID), ("02", Outcome.FAILED)] == sure


@pytest.mark.parametrize("amount", ["5000050", "50000.00", "-5000000", "5e6", "", "٥٠٠"])
def test_an_amount_is_whole_dong(amount: str) -> None:
    """
    A true seal on a strange amount is refused all the same.
    """
    with pytest.raises(Refused):
        vnpay(http.client()).read(sealed(CALL | {"vnp_Amount": amount}), {})


def test_a_call_for_another_terminal_is_not_ours() -> None:
    """
    One secret shared by two terminals does not let one pay for the other.
    """
    with pytest.raises(Refused):
        vnpay(http.client()).read(sealed(CALL | {"vnp_TmnCode": "OTHER"}), {})
