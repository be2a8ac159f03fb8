"""
The bank over SOAP, against the sandbox's bank, which signs and checks with other code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from werkzeug.wrappers import Request, Response

from connectors import Refused, Unavailable, Unsure, http
from connectors.banks.soap_bank import WSDL, SoapBank
from sandbox.faults import Faults, Plan
from sandbox.parties import bank as sandbox
from sandbox.parties import camt, soap, wsse
from sandbox.wire import VIETNAM, now
from tests.support.bank_contract import PayingContract, PayingWorld, StatementContract
from tests.support.certificates import identity, pem
from tests.support.contract import IMPATIENT, PAYEE_ACCOUNT, PAYER
from tests.support.loopback import Switch, serve

ACCOUNT, DAY = "1234567890", date(2026, 11, 20)
OUR_KEY, OURS = identity("hub")
THEIR_KEY, THEIRS = identity("bank")
STRANGE_KEY, STRANGE = identity("stranger")


def settings(url: str, **given: str) -> SoapBank.Settings:
    """Return the settings of the sandbox's one customer."""
    ours = {"url": url, "certificate": pem(OURS), "key": pem(OUR_KEY)}
    return SoapBank.Settings(**ours | {"bank_certificate": pem(THEIRS)} | given)


class Bank(PayingWorld):
    """The sandbox's bank on loopback."""

    def __init__(self, folder: Path) -> None:
        self.faults = Faults(folder / "faults.sqlite", Plan(slow=0.05))
        who = sandbox.Identity(THEIR_KEY, THEIRS, OURS, "http://127.0.0.1")
        accounts = [camt.Account(ACCOUNT, "Trung tâm", DAY - timedelta(days=3), 1_000_000)]
        self.party = sandbox.Bank(folder / "bank.sqlite", self.faults, who, accounts)
        self.switch = Switch(self.party)

    def connector(self, url: str) -> SoapBank:
        return SoapBank(self.http, settings(url))

    def credit(self, reference: str, amount: int) -> dict[str, Any]:
        """Let money arrive on the day."""
        given = {"account": ACCOUNT, "amount": amount, "memo": f"CT DEN {reference} NOP PHI"}
        return self.party.transfer(given | {"booked_at": f"{DAY}T15:30:45+07:00"})

    def sent(self) -> list[int]:
        """Return what went out, by the bank's own ledger."""
        return [-day["amount"] for day in self.party.state()["days"] if day["amount"] < 0]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Bank]:
    """A bank of one's own."""
    world = Bank(tmp_path)
    with serve(world.switch) as world.url:
        yield world
    world.party.close()


class TestSoapBank(StatementContract):
    """The contract of banks with statements."""

    question, account, day = "/statement", ACCOUNT, DAY

    @pytest.fixture
    def world(self, world: Bank) -> Bank:
        return world


class TestSoapBankPays(PayingContract):
    """The contract of banks that send money."""

    question, account = "/statement", ACCOUNT

    @pytest.fixture
    def world(self, world: Bank) -> Bank:
        return world

    def test_a_transfer_is_on_the_statement_under_our_reference(self, world: Bank) -> None:
        """
        The line that went out bears the bank's number, our reference and the payee.
        """
        bank = world.connector(world.url)
        number = bank.transfer(self.order())
        root = etree.fromstring(bank.statement(ACCOUNT, now().astimezone(VIETNAM).date()))
        entry = root.find(".//{*}Ntry")
        assert entry is not None
        texts = {etree.QName(node).localname: node.text for node in entry.iter("{*}*")}

        assert ("DBIT", number) == (texts["CdtDbtInd"], texts["AcctSvcrRef"])
        assert (self.order().reference, PAYER.reveal()) == (texts["EndToEndId"], texts["Nm"])

    def test_more_than_is_there_is_refused(self, world: Bank) -> None:
        """
        An account is never overdrawn.
        """
        with pytest.raises(Refused, match="Số dư không đủ"):
            world.connector(world.url).transfer(self.order(amount=1_000_001))

        assert [] == world.sent()

    @pytest.mark.parametrize("fault", ["silent_after_accepting", "error_500_after_accepting"])
    def test_an_order_that_was_taken_in_silence_is_found(self, world: Bank, fault: str) -> None:
        """
        No clear answer is Unsure; asked about, the transfer is there.
        """
        world.faults.arm("bank", "transfer", fault)
        world.patience = IMPATIENT
        bank = world.connector(world.url)
        with pytest.raises(Unsure) as caught:
            bank.transfer(self.order())

        assert PAYEE_ACCOUNT.reveal() not in str(caught.value)
        assert bank.find_transfer(ACCOUNT, self.order().reference) is not None


def test_the_wsdl_is_the_banks() -> None:
    """
    The WSDL beside the connector is byte for byte the one that the bank serves.
    """
    assert sandbox.WSDL.read_bytes() == WSDL.read_bytes()


def test_a_statement_holds_what_arrived(world: Bank) -> None:
    """
    The bytes are a camt.053 with the credit in it.
    """
    world.credit("QN0000128417", 50_000)
    root = etree.fromstring(world.connector(world.url).statement(ACCOUNT, DAY))

    assert "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08" == etree.QName(root).namespace
    assert "QN0000128417" in "".join(str(text) for text in root.itertext())


def test_a_credit_is_found_by_our_reference(world: Bank) -> None:
    """
    Amount, the bank's own reference, and an instant with its zone.
    """
    row = world.credit("QN0000128417", 50_000)
    bank = world.connector(world.url)
    credit = bank.find_credit(ACCOUNT, "QN0000128417")

    assert None is bank.find_credit(ACCOUNT, "QN0000999999")
    assert credit is not None
    assert (row["bank_reference"], 50_000) == (credit.transaction, credit.amount)
    assert row["booked_at"] == credit.at.isoformat()


def test_a_signed_no_is_refused_in_the_banks_words(world: Bank) -> None:
    """
    A fault of ``soap:Client`` that the bank signed is a person's matter.
    """
    with pytest.raises(Refused, match="Tài khoản không tồn tại"):
        world.connector(world.url).statement("999", DAY)


def test_a_stranger_is_refused_by_the_bank(world: Bank) -> None:
    """
    The bank takes only what our key signed.
    """
    given = {"certificate": pem(STRANGE), "key": pem(STRANGE_KEY)}
    with pytest.raises(Refused):
        SoapBank(world.http, settings(world.url, **given)).check()


def test_a_stranger_as_the_bank_is_not_believed(world: Bank) -> None:
    """
    An answer of another certificate than the one in the settings says nothing.
    """
    bank = SoapBank(world.http, settings(world.url, bank_certificate=pem(STRANGE)))
    with pytest.raises(Unavailable, match="another certificate"):
        bank.statement(ACCOUNT, DAY)


@pytest.mark.parametrize(
    "fault", ["slow", "silent_after_accepting", "error_500_after_accepting", "refused"]
)
def test_after_any_fault_of_the_sandbox_the_statement_comes(world: Bank, fault: str) -> None:
    """
    A question asked again is answered.
    """
    world.faults.arm("bank", "statement", fault)
    world.patience = IMPATIENT
    bank = world.connector(world.url)
    with suppress(Unavailable, Refused):
        bank.statement(ACCOUNT, DAY)

    assert bank.statement(ACCOUNT, DAY)


class Impostor:
    """Somebody between the bank and us, who can change what comes."""

    def __init__(self, party: Any, change: Any) -> None:
        self.party, self.change = party, change

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """Pass the request on, change the answer."""
        answer = Response.from_app(self.party, environ)
        data, status = self.change(Request(environ), answer.get_data()), answer.status_code
        return Response(data, status, content_type="text/xml")(environ, start)


def asked_through(world: Bank, change: Any) -> Any:
    """Ask for a credit twice through an impostor who does *change*."""
    with serve(Impostor(world.party, change)) as url:
        bank = world.connector(url)
        return [bank.find_credit(ACCOUNT, "QN0000128417") for _ in range(2)]


def test_an_amount_changed_on_the_way_is_not_believed(world: Bank) -> None:
    """
    Nobody between the bank and us can make money.
    """
    world.credit("QN0000128417", 50_000)
    with pytest.raises(Unavailable, match="it was changed"):
        asked_through(world, lambda _request, data: data.replace(b">50000<", b">5000000<"))


def test_an_answer_is_taken_once(world: Bank) -> None:
    """
    A true answer given a second time, to a second question, is a replay.
    """
    world.credit("QN0000128417", 50_000)
    kept: list[bytes] = []

    def replay(_request: Request, data: bytes) -> bytes:
        kept.append(data)
        return kept[0]

    with pytest.raises(Unavailable, match="replay"):
        asked_through(world, replay)


def test_an_answer_to_another_question_is_not_taken(world: Bank) -> None:
    """
    The signed answer to a Ping is no answer to FindCredit.
    """
    envelope = soap.envelope(soap.answer("Ping", {"Time": now().isoformat()}))
    wsse.sign(envelope, THEIR_KEY, THEIRS, at=now())
    with pytest.raises(Unavailable, match="another question"):
        asked_through(world, lambda *_: etree.tostring(envelope))


@pytest.mark.parametrize("values", [{}, {"Found": "maybe"}, {"Found": "true"}, {"Amount": "1"}])
def test_a_signed_answer_that_breaks_the_wsdl_is_no_answer(
    world: Bank, values: dict[str, str]
) -> None:
    """
    Signed nonsense of the bank is asked for again, not half believed.
    """
    envelope = soap.envelope(soap.answer("FindCredit", values))
    wsse.sign(envelope, THEIR_KEY, THEIRS, at=now())
    with pytest.raises(Unavailable):
        asked_through(world, lambda *_: etree.tostring(envelope))


@pytest.mark.parametrize("code", ["Client", "Server"])
def test_an_unsigned_fault_refuses_nothing(world: Bank, code: str) -> None:
    """
    Only the bank can say no; anybody's fault without its signature is no clear answer.
    """
    envelope = soap.envelope(soap.fault(soap.SoapFault(code, "no")))
    with pytest.raises(Unavailable):
        asked_through(world, lambda *_: etree.tostring(envelope))


def test_a_signed_fault_of_the_server_is_asked_again(world: Bank) -> None:
    """
    ``soap:Server`` is the bank's own trouble, not a no.
    """
    envelope = soap.envelope(soap.fault(soap.SoapFault("Server", "database 0912345678 down")))
    wsse.sign(envelope, THEIR_KEY, THEIRS, at=now())
    with pytest.raises(Unavailable, match=r"database \*\*\* down"):
        asked_through(world, lambda *_: etree.tostring(envelope))


def test_a_key_that_is_none_is_said_at_once() -> None:
    """
    Wrong PEM text is found when the bank is set up, and not shown.
    """
    with pytest.raises(ValueError, match="PEM") as caught:
        SoapBank(http.client(), settings("http://127.0.0.1", key="canary"))

    assert "canary" not in str(caught.value)
