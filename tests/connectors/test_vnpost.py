"""
VNPost over NGSP, against the sandbox's post office.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from connectors import Refused, Unavailable, Unsure, http
from connectors.carriers.vnpost import STATUSES, VNPost
from dossiers.status import Delivery
from sandbox.faults import Faults, Plan
from sandbox.parties import vnpost as sandbox
from tests.support.carrier_contract import CarrierWorld, FeedContract
from tests.support.contract import IMPATIENT, SECRET, released, says_nothing
from tests.support.loopback import Switch, serve

REFERENCE = released().parcel.reference


def vnpost(url: str, **given: Any) -> VNPost:
    """Return the connector of the customer QN."""
    sender = {"sender_name": "Trung tâm Phục vụ hành chính công", "sender_phone": "02033636363"}
    settings = {"url": url, "consumer_key": "key", "consumer_secret": SECRET, "customer": "QN"}
    more = {"sender_address": "Hồng Gai, Quảng Ninh"}
    return VNPost(http.client(), VNPost.Settings(**settings | sender | more | given))


class PostOffice(CarrierWorld):
    """The sandbox's post office on loopback."""

    party: Any
    """Some tests change how it answers."""

    def __init__(self, folder: Path) -> None:
        self.faults = Faults(folder / "faults.sqlite", Plan(slow=0.05))
        path = folder / "vnpost.sqlite"
        self.party = sandbox.VNPost(path, self.faults, key="key", secret=SECRET, customer="QN")
        self.switch = Switch(self.party)

    def connector(self, url: str) -> VNPost:
        return VNPost(self.http, vnpost(url).settings)

    def move(self, reference: str, code: str) -> None:
        self.party.advance(code, order=reference)

    def parcels(self) -> int:
        return len(self.party.state()["orders"])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PostOffice]:
    """A post office of one's own."""
    world = PostOffice(tmp_path)
    with serve(world.switch) as world.url:
        yield world
    world.party.close()


class TestVNPost(FeedContract):
    """The contract of carriers with a feed."""

    effect, question, delivered = "/order/post", "/order/tracking", "4"

    @pytest.fixture
    def world(self, world: PostOffice) -> PostOffice:
        return world


def test_a_token_is_fetched_once(world: PostOffice) -> None:
    """
    Ten calls need one token.
    """
    carrier = vnpost(world.url)
    for _ in range(10):
        carrier.scans("")

    assert 1 == world.switch.calls.count("/token")


def test_an_old_token_is_renewed_once(world: PostOffice) -> None:
    """
    401 says that nothing was done: a new token, the same call, one parcel.
    """
    carrier = vnpost(world.url)
    carrier.check()
    with world.party.store.transaction() as db:
        db.execute("DELETE FROM tokens")
    carrier.book(released())

    assert 2 == world.switch.calls.count("/token")
    assert 1 == world.parcels()


def test_a_token_that_is_never_taken_is_not_asked_for_forever(world: PostOffice) -> None:
    """
    Where a new token is refused too, the answer is Refused after two calls.
    """
    world.party._authorised = lambda _request: Response("{}", 401)
    with pytest.raises(Refused):
        vnpost(world.url).scans("")

    assert 2 == world.switch.calls.count("/apiVNPostNGSP/p1.0/order/tracking")


def test_a_token_that_does_not_come_means_that_nothing_was_booked(world: PostOffice) -> None:
    """
    Silence of the token's address is Unavailable, never Unsure: no booking was sent.
    """
    world.switch.fault, world.switch.at = "hangs up", "/token"
    with pytest.raises(Unavailable):
        vnpost(world.url).book(released())

    assert 0 == world.parcels()


def test_a_wrong_secret_is_refused(world: PostOffice) -> None:
    """
    ``doctor`` finds a wrong secret.
    """
    with pytest.raises(Refused) as caught:
        vnpost(world.url, consumer_secret="other").check()

    assert "other" not in str(caught.value)


def test_a_refusal_comes_in_their_words_without_personal_data(world: PostOffice) -> None:
    """
    A person reads why, and the reason may enter the register: it names nobody.
    """

    def problem(order: dict[str, Any]) -> str:
        return f"Sai: {order['ReceiverName']}, {order['ReceiverTel']}, {order['ReceiverAddress']}"

    world.party._problem = problem
    with pytest.raises(Refused, match="VNPost 102: Sai: Nguyễn") as caught:
        vnpost(world.url).book(released())

    assert says_nothing(caught.value)


def test_the_order_tells_nothing_of_the_procedure(world: PostOffice) -> None:
    """
    What the papers are about is nobody's business on the way.
    """
    vnpost(world.url).book(released())
    row = world.party.store.row("SELECT body FROM orders")
    assert row is not None
    order = json.loads(row["body"])

    assert (None, "Kết quả thủ tục hành chính") == (order["SenderDesc"], order["Description"])
    assert (22, 0) == (order["ReceiverProvince"], order["ReceiverDistrict"])


def test_the_old_district_is_looked_up(world: PostOffice) -> None:
    """
    VNPost still sorts by districts that the law dissolved.
    """
    vnpost(world.url, districts={"06685": (20, 2010)}).book(released())
    row = world.party.store.row("SELECT body FROM orders")
    assert row is not None
    order = json.loads(row["body"])

    assert (20, 2010) == (order["ReceiverProvince"], order["ReceiverDistrict"])


def test_a_district_is_never_guessed(world: PostOffice) -> None:
    """
    A commune without a code is a person's choice, made before anything leaves.
    """
    with pytest.raises(Refused, match="06838"):
        vnpost(world.url, districts={"06685": (20, 2010)}).book(released(unit="06838"))

    assert [] == world.switch.calls


def test_pages_are_read_to_the_end(world: PostOffice) -> None:
    """
    A feed of many pages is read through, each event once and in order.
    """
    carrier = vnpost(world.url, page=2)
    carrier.book(released())
    for code in ("2", "3", "5", "6", "5", "4"):
        world.move(REFERENCE, code)
    scans, mark = carrier.scans("")

    assert ["1", "2", "3", "5", "6", "5", "4"] == [scan.code for scan in scans]
    assert len(scans) == len({scan.id for scan in scans})
    assert ([], mark) == carrier.scans(mark)


def test_one_reading_is_bounded_and_the_next_goes_on(world: PostOffice) -> None:
    """
    A flood of events is taken in pieces; nothing is lost between them.
    """
    carrier = vnpost(world.url, page=2, pages=2)
    carrier.book(released())
    for code in ("2", "3", "5", "6"):
        world.move(REFERENCE, code)
    first, mark = carrier.scans("")
    second, _ = carrier.scans(mark)

    assert (["1", "2", "3", "5"], ["6"]) == ([s.code for s in first], [s.code for s in second])


def test_absence_is_told_only_after_the_whole_feed(world: PostOffice) -> None:
    """
    Where the feed goes on beyond what is read, "not booked" would be a guess.
    """
    carrier = vnpost(world.url, page=2, pages=2)
    carrier.book(released())
    for _ in range(4):
        world.move(REFERENCE, "3")
    with pytest.raises(Unavailable):
        carrier.find("another", "")


def test_a_feed_that_goes_round_is_not_followed(world: PostOffice) -> None:
    """
    Events that are not later than the mark would be read for ever.
    """
    carrier = vnpost(world.url)
    carrier.book(released())
    world.party._feed = lambda _after, size: type(world.party)._feed(world.party, 0, size)
    _, mark = carrier.scans("")
    with pytest.raises(Unavailable):
        carrier.scans(mark)


def test_an_unreadable_instant_stops_nobody(world: PostOffice) -> None:
    """
    One bad row is kept without a status; the rows after it are read.
    """
    carrier = vnpost(world.url)
    carrier.book(released())
    with world.party.store.transaction() as db:
        db.execute("INSERT INTO events (number, code, at) VALUES (?, '4', '')", (REFERENCE,))
    good = world.party._document
    world.party._document = lambda row: good(row) | ({} if row["at"] else {"EventTime": "hôm qua"})
    world.move(REFERENCE, "3")
    scans, _ = carrier.scans("")

    assert [Delivery.BOOKED, None, Delivery.IN_TRANSIT] == [scan.status for scan in scans]


def test_events_of_other_customers_are_passed_over(world: PostOffice) -> None:
    """
    A feed shared with others moves none of our parcels; the mark goes on all the same.
    """
    carrier = world.connector(world.url)
    carrier.book(released())
    good = world.party._document
    world.party._document = lambda row: good(row) | {"CustomerCode": "HP"}
    scans, mark = carrier.scans("")

    assert ([], "0" * 23 + "1") == (scans, mark)
    assert None is carrier.find(REFERENCE, "")


def test_the_same_code_means_two_things() -> None:
    """
    4 is delivered on the way out and cancelled on the way in.
    """
    assert (Delivery.DELIVERED, Delivery.CANCELLED) == (STATUSES["D", "4"], STATUSES["C", "4"])


@pytest.mark.parametrize(
    "fault", ["silent_after_accepting", "error_500_after_accepting", "refused", "duplicate", "slow"]
)
def test_every_fault_of_the_sandbox_ends_well(world: PostOffice, fault: str) -> None:
    """
    After any fault, look and book again: one parcel, or a clear refusal.
    """
    world.faults.arm("vnpost", "order", fault)
    world.patience = IMPATIENT
    carrier = world.connector(world.url)
    try:
        carrier.book(released())
    except Unsure:
        assert carrier.find(REFERENCE, "") is not None
    except Refused:
        assert None is carrier.find(REFERENCE, "")
        assert 0 == world.parcels()
        return
    carrier.book(released())

    assert 1 == world.parcels()
    assert {REFERENCE} == {scan.reference for scan in carrier.scans("")[0]}
