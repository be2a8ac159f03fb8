"""
The national payment platform, against the sandbox's and against known check strings.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import Refused, Unavailable, Unsure, http
from connectors.banks.platform import CONFIRM, INIT, QUERY, Platform
from connectors.wire import read_stamp, stamp
from dossiers.orders import Outcome
from sandbox.faults import Faults, Plan
from sandbox.parties import platform as sandbox
from tests.support.bank_contract import GatewayContract, GatewayWorld
from tests.support.contract import ORDER, PAYER, SECRET
from tests.support.loopback import Switch, serve

REFERENCE = "dvcH49261120000120261123153045"
NOTE = "THANH TOAN HO SO H49-261120-0001"
VECTORS = [
    (
        INIT,
        (
            f"INIT|1.0.6|QNI-TEST|{REFERENCE}|50000|PAY|1|1|vi-VN|VND|PAYMENT|{NOTE}"
            "|20261123153045|10.0.0.5"
        ),
        "7d20bb38ea67fe6eb6bf0d58093f6bc29f3238aa0ee799f69732a37704001d88",
    ),
    (
        CONFIRM,
        f"CONFIRM|00|QNI-TEST|{REFERENCE}|50000|VND|GD123456|VCB|20261123153210|{NOTE}",
        "dc627f13f05aa9e66027b6a078d6f5ca19626c594bf4e5e2d2fcdcba024471aa",
    ),
    (
        QUERY,
        f"QUERY|1.0.6|QNI-TEST|{REFERENCE}|20261123153045",
        "b16cbd8193635eedaff5d9c9e5f67631cf036d638c8a43176a26904895ab0f13",
    ),
]


def platform(url: str = "http://platform.invalid", secret: str = SECRET) -> Platform:
    """Return the connector of a partner called QNI-TEST."""
    return Platform(http.client(), Platform.Settings(url, "QNI-TEST", secret, ip="10.0.0.5"))


class PlatformWorld(GatewayWorld):
    """The sandbox's platform on loopback."""

    def __init__(self, folder: Path) -> None:
        faults = Faults(folder / "faults.sqlite", Plan())
        terms = sandbox.Terms("QNI-TEST", SECRET, "http://127.0.0.1", "", "1234567890")
        self.party = sandbox.Platform(folder / "p.sqlite", faults, terms, lambda _credit: None)
        self.faults = faults
        self.switch = Switch(self.party)

    def connector(self, url: str) -> Platform:
        return Platform(self.http, platform(url).settings)

    def learn(self, order: Any, url: str) -> None:
        """Nothing: asking told it."""

    def pay(self, order: Any) -> bytes:
        return self._told(self.party.pay(order.reference))

    def break_off(self, order: Any) -> bytes:
        return self._told(self.party.fail(order.reference))

    def _told(self, order: dict[str, Any]) -> bytes:
        return json.dumps(self.party._confirm(order), ensure_ascii=False).encode()

    def changed(self, body: bytes) -> Iterator[bytes]:
        message = json.loads(body)
        for name in message:
            for other in ("0" * 64, "x", None, 1, True, [], f"{message[name]}|x"):
                if other != message[name]:
                    yield json.dumps(message | {name: other}).encode()
            yield json.dumps({key: message[key] for key in message if key != name}).encode()

    def sample(self) -> bytes:
        message = dict.fromkeys(CONFIRM, "1") | {"MaDoiTac": "QNI-TEST"}
        return json.dumps(message | {"MaXacThuc": platform()._seal(CONFIRM, message)}).encode()

    def orders(self) -> int:
        return len(self.party.state()["orders"])


class TestPlatform(GatewayContract):
    """The contract of gateways."""

    effect, question = "/init", "/query"

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[PlatformWorld]:
        world = PlatformWorld(tmp_path)
        with serve(world.switch) as world.url:
            yield world
        world.party.close()

    def is_yes(self, answer: bytes) -> bool:
        return bool(json.loads(answer)["MaLoi"] == "00")

    def test_the_callbacks_answer_is_sealed(self, world: PlatformWorld) -> None:
        """
        The platform can check our answer as we check its callback.
        """
        gateway = world.connector(world.url)
        gateway.ask(ORDER)
        answer = json.loads(gateway.answer(world.pay(ORDER), accepted=True).body)
        fields = ["MaLoi", "MoTaLoi", "MaDoiTac", "MaThamChieu", "ThoiGianGD"]

        assert sandbox.seal(fields, answer, SECRET) == answer["MaXacThuc"]

    def test_lines_and_payer_reach_the_platform(self, world: PlatformWorld) -> None:
        """
        Phí and lệ phí are told apart, and the platform knows whose dossier is paid.
        """
        world.connector(world.url).ask(ORDER)
        row = world.party.store.row("SELECT body FROM orders")
        assert row is not None
        receipt = json.loads(row["body"])["ThongTinBienLai"]

        assert [("1", "30000"), ("2", "20000")] == [
            (line["LoaiPhiLePhi"], line["SoTien"]) for line in receipt["PhiLePhi"]
        ]
        assert (ORDER.dossier, PAYER.reveal()) == (receipt["MaHoSo"], receipt["HoTenNguoiNop"])

    def test_another_instant_is_another_transaction(self, world: PlatformWorld) -> None:
        """
        QUERY repeats exactly the instant of INIT; with another one nothing is found.
        """
        gateway = world.connector(world.url)
        gateway.ask(ORDER)

        assert None is gateway.find(replace(ORDER, at=ORDER.at - timedelta(hours=12)))

    def test_another_amount_is_refused(self, world: PlatformWorld) -> None:
        """
        A used reference with another amount is a no, in the platform's words.
        """
        gateway = world.connector(world.url)
        gateway.ask(ORDER)
        with pytest.raises(Refused, match="platform 02: Mã tham chiếu"):
            gateway.ask(replace(ORDER, amount=60_000))

    def test_a_wrong_secret_is_refused_and_not_shown(self, world: PlatformWorld) -> None:
        """
        ``doctor`` finds a wrong secret; the text names the fault, not the secret.
        """
        with pytest.raises(Refused, match="97") as caught:
            platform(world.url, secret="another-secret").check()

        assert "another-secret" not in str(caught.value)


@pytest.mark.parametrize(("names", "values", "seal"), VECTORS)
def test_seals_as_known(names: tuple[str, ...], values: str, seal: str) -> None:
    """
    The check strings agree with vectors made by other code.
    """
    message = dict(zip(names, values.split("|"), strict=True))

    assert seal == platform(secret="test-secret-0123456789")._seal(names, message)


def test_an_afternoon_is_told_with_24_hours() -> None:
    """
    08:30:45 UTC is 15:30:45 in Vietnam, not 03:30:45.
    """
    sent: dict[str, Any] = {}

    def party(environ: dict[str, Any], start: Any) -> Any:
        sent.update(json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
        start("200 OK", [("Content-Type", "application/json")])
        return [b'{"MaLoi": "00", "UrlThanhToan": "https://pay.example/1"}']

    with serve(party) as url:
        platform(url).ask(ORDER)

    assert "20261123153045" == sent["ThoiGianGD"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", None, 5, "ftp://x"])
def test_the_citizen_is_sent_to_web_pages_only(url: object) -> None:
    """
    What the platform calls a page must be one: anything else is no clear answer.
    """

    def party(_environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"MaLoi": "00", "UrlThanhToan": url}).encode()]

    with serve(party) as address, pytest.raises(Unsure):
        platform(address).ask(ORDER)


@pytest.mark.parametrize(
    ("answer", "outcome"), [("1", Outcome.PAID), ("4", Outcome.FAILED), ("7", Outcome.PENDING)]
)
def test_an_unknown_state_changes_nothing(answer: str, outcome: Outcome) -> None:
    """
    A state outside the table is pending, with the platform's own code for a person.
    """

    def party(_environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [("Content-Type", "application/json")])
        facts = {"MaLoi": "00", "MaThamChieu": ORDER.reference, "SoTien": 50000}
        more = {"MaGiaoDich": "GD1", "ThoiGianGD": "20261123153210", "TrangThaiGD": answer}
        return [json.dumps(facts | more).encode()]

    with serve(party) as url:
        found = platform(url).find(ORDER)

    assert found is not None
    assert (outcome, f"TrangThaiGD {answer}") == (found.outcome, found.words)


def test_an_answer_about_another_order_is_not_taken() -> None:
    """
    A mixed-up answer must not pay the wrong dossier.
    """

    def party(_environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [("Content-Type", "application/json")])
        facts = {"MaLoi": "00", "MaThamChieu": "OTHER", "SoTien": "50000", "MaGiaoDich": "GD1"}
        return [json.dumps(facts | {"TrangThaiGD": "1"}).encode()]

    with serve(party) as url, pytest.raises(Unavailable):
        platform(url).find(ORDER)


def test_values_cannot_slide_under_the_seal() -> None:
    """
    One joined text cut at other places has one seal, so no value with ``|`` is believed.
    """
    true = dict.fromkeys(CONFIRM, "1") | {"MaDoiTac": "QNI-TEST", "ThongTinGiaoDich": "a|b"}
    slid = true | {"ThoiGianGD": "1|a", "ThongTinGiaoDich": "b"}
    seal = sandbox.seal(CONFIRM, true, SECRET)

    assert seal == sandbox.seal(CONFIRM, slid, SECRET)
    for message in (true, slid):
        with pytest.raises(Refused):
            platform().read(json.dumps(message | {"MaXacThuc": seal}).encode(), {})


def test_our_answer_seals_nothing_that_a_stranger_chose() -> None:
    """
    An answer echoes values under our seal; a stranger's values would make it a signing machine.
    """
    wanted = f"x|50000|VND|GD1|VCB|20261123153210|{NOTE}"
    message = dict.fromkeys(CONFIRM, "1") | {"MaDoiTac": "QNI-TEST", "MaThamChieu": wanted}
    for seal in ("", "0" * 64, sandbox.seal(CONFIRM, message, SECRET)):
        body = json.dumps(message | {"MaXacThuc": seal}).encode()
        answer = json.loads(platform().answer(body, accepted=False).body)

        assert {"MaLoi", "MoTaLoi"} == answer.keys()


@given(at=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001
def test_no_two_seconds_of_a_day_share_a_stamp(at: datetime) -> None:
    """
    The stamp is read back to the very second, whatever the hour.
    """
    instant = at.replace(tzinfo=UTC, microsecond=0)

    assert instant == read_stamp(stamp(instant))
