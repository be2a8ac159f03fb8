from __future__ import annotations

from typing import Any

import httpx
import pytest

from sandbox.parties.vnpost import API
from sandbox.world import CONSUMER_KEY, CUSTOMER
from tests.support.other_side import SLOW, Side

START = "0" * 24


class Client:
    """The hub as a customer of the post."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.url = f"{side.url}/vnpost"
        secret = (side.world.announce().parent / "secrets" / "vnpost.secret").read_text()
        self.credentials = (CONSUMER_KEY, secret)
        token = self.token().json()
        self.headers = {"Authorization": f"{token['token_type']} {token['access_token']}"}

    def token(self, **values: Any) -> httpx.Response:
        data = {"grant_type": "client_credentials"}
        given = {"data": data, "auth": self.credentials, **values}
        return self.side.http.post(f"{self.url}/token", **given)

    def book(self, number: str, **values: Any) -> httpx.Response:
        order = {
            "CustomerCode": CUSTOMER,
            "OrderNumber": number,
            "CODAmount": 0,
            "SenderProvince": 22,
            "SenderAddress": "Số 1 đường Hoàng Văn Thụ",
            "SenderName": "Trung tâm",
            "SenderTel": "02033000000",
            "ReceiverName": "Nguyễn Văn An",
            "ReceiverAddress": "Số 3 đường Kênh Liêm, phường Hồng Gai",
            "ReceiverTel": "0990123456",
            "ReceiverProvince": 22,
            **values,
        }
        return self.side.http.post(f"{self.url}{API}/post", json=order, headers=self.headers)

    def feed(self, last: str = START, size: int = 1000) -> dict[str, Any]:
        page: dict[str, Any] = self.side.http.get(
            f"{self.url}{API}/tracking",
            params={"lastId": last, "pagesize": size},
            headers=self.headers,
        ).json()
        return page

    def events(self, number: str) -> list[dict[str, Any]]:
        rows = self.feed()["_embedded"]["rh:doc"]
        return [row for row in rows if row["OrderNumber"] == number]


@pytest.fixture
def client(side: Side) -> Client:
    """The hub's end of the wire."""
    return Client(side)


@pytest.fixture
def number(request: pytest.FixtureRequest) -> str:
    """An order number of this test's own."""
    return f"{request.node.name}-D-1"


def test_booking_shows_in_the_feed(client: Client, number: str) -> None:
    """
    A booking is accepted, and the feed tells its item code at once.
    """
    assert "100" == client.book(number).json()["Status"]
    (event,) = client.events(number)
    assert ("1", CUSTOMER) == (event["StatusCode"], event["CustomerCode"])
    assert event["ItemCode"].startswith("EB")


def test_booking_twice(client: Client, number: str) -> None:
    """
    The same order again is 101, already accepted, and makes no second event.
    """
    client.book(number)
    assert "101" == client.book(number).json()["Status"]
    assert 1 == len(client.events(number))


@pytest.mark.parametrize(
    "values",
    [
        {"ReceiverAddress": "Không rõ số nhà, gần chợ"},
        {"ReceiverTel": "+84 99"},
        {"ReceiverName": ""},
        {"CustomerCode": "KHAC"},
    ],
)
def test_bad_orders(client: Client, number: str, values: dict[str, str]) -> None:
    """
    An order that nobody could carry out is refused with words.
    """
    answer = client.book(number, **values).json()
    assert "102" == answer["Status"]
    assert answer["Message"]
    assert [] == client.events(number)


def test_events_follow_control(side: Side, client: Client, number: str) -> None:
    """
    Parcels travel when told to; an unknown code comes through as it is.
    """
    client.book(number)
    at = "2026-11-24T02:00:00+00:00"
    for code in ("2", "3", "99", "4"):
        side.control("vnpost/advance", {"order": number, "code": code, "at": at})
    events = client.events(number)
    assert ["1", "2", "3", "99", "4"] == [event["StatusCode"] for event in events]
    assert "2026-11-24T09:00:00+07:00" == events[-1]["EventTime"]


def test_ended_parcels_do_not_move(side: Side, client: Client, number: str) -> None:
    """
    Moving all parcels leaves out those that were delivered.
    """
    client.book(number)
    side.control("vnpost/advance", {"order": number, "code": "4"})
    assert number not in side.control("vnpost/advance", {"code": "2"})["orders"]


def test_feed_in_pages(client: Client, number: str) -> None:
    """
    Reading on from the last id gives every event once, in order.
    """
    for place in range(3):
        client.book(f"{number}{place}")
    whole = [row["_id"]["$oid"] for row in client.feed()["_embedded"]["rh:doc"]]
    pages, last = [], START
    while page := client.feed(last, 2)["_embedded"]["rh:doc"]:
        last = page[-1]["_id"]["$oid"]
        pages += [row["_id"]["$oid"] for row in page]
    assert whole == pages


def test_wrong_credentials(side: Side, client: Client) -> None:
    """
    No token for a wrong secret, no answer for a wrong token.
    """
    assert 401 == client.token(auth=(CONSUMER_KEY, "wrong")).status_code
    client.headers = {"Authorization": "Bearer wrong"}
    assert 401 == client.book("x").status_code


def test_duplicate_event(side: Side, client: Client, number: str) -> None:
    """
    ``duplicate``: the feed tells the registration twice.
    """
    side.arm("vnpost", "order", "duplicate", number)
    client.book(number)
    first, second = client.events(number)
    del first["_id"], second["_id"]
    assert first == second


def test_faults_of_booking(side: Side, client: Client, number: str) -> None:
    """
    Each fault of booking does what it is called; what was accepted is accepted once.
    """

    def armed(fault: str, name: str) -> httpx.Response:
        side.arm("vnpost", "order", fault, name)
        return client.book(name)

    assert SLOW <= armed("slow", f"{number}s").elapsed.total_seconds()
    assert "199" == armed("refused", number).json()["Status"]
    assert [] == client.events(number)
    with pytest.raises(httpx.RemoteProtocolError):
        armed("silent_after_accepting", number)
    assert "101" == client.book(number).json()["Status"]
    assert 500 == armed("error_500_after_accepting", f"{number}e").status_code
    assert 1 == len(client.events(f"{number}e"))


def test_faults_of_token_and_feed(side: Side, client: Client) -> None:
    """
    The token desk and the feed can fail, too.
    """
    side.arm("vnpost", "token", "refused", CUSTOMER)
    assert 401 == client.token().status_code
    side.arm("vnpost", "token", "error_500_after_accepting", CUSTOMER)
    assert 500 == client.token().status_code
    side.arm("vnpost", "tracking", "silent_after_accepting", START)
    with pytest.raises(httpx.RemoteProtocolError):
        client.feed()
