from __future__ import annotations

import base64
import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from lxml import etree

from sandbox import keys
from sandbox.parties import soap, wsse
from sandbox.parties.camt import NAMESPACE
from sandbox.world import ACCOUNTS
from tests.support.other_side import SLOW, Side

ACCOUNT = ACCOUNTS[1].number
DAY = "2026-03-0{}"


def _now() -> datetime:
    return datetime.now(UTC)


class Client:
    """The bank's one customer."""

    def __init__(self, side: Side) -> None:
        self.side = side
        secrets = side.world.announce().parent / "secrets"
        self.key = keys.load((secrets / "bank-customer.key").read_bytes())
        self.certificate = self._certificate(secrets / "bank-customer.crt")
        self.bank = self._certificate(secrets / "bank.crt")

    @staticmethod
    def _certificate(path: Path) -> x509.Certificate:
        return x509.load_pem_x509_certificate(path.read_bytes())

    def envelope(self, name: str, at: datetime | None = None, **values: str) -> etree._Element:
        """A request that the customer signed."""
        element = etree.Element(f"{{{soap.TNS}}}{name}")
        for key, value in values.items():
            etree.SubElement(element, f"{{{soap.TNS}}}{key}").text = value
        envelope = soap.envelope(element)
        wsse.sign(envelope, self.key, self.certificate, at=at or _now())
        return envelope

    def send(self, envelope: etree._Element) -> httpx.Response:
        data = etree.tostring(envelope)
        return self.side.http.post(f"{self.side.url}/bank/statement", content=data)

    def read(self, answer: httpx.Response) -> etree._Element:
        """What the bank signed of its answer."""
        body, _ = wsse.verify(soap.parse(answer.content), self.bank, at=_now())
        return body[0]

    def ask(self, name: str, **values: str) -> dict[str, str]:
        element = self.read(self.send(self.envelope(name, **values)))
        return {etree.QName(child).localname: child.text or "" for child in element}

    def refused(self, envelope: etree._Element) -> str:
        """The words of the bank's no."""
        answer = self.send(envelope)
        assert 500 == answer.status_code
        fault = self.read(answer)
        assert "soap:Client" == fault.findtext("faultcode")
        return fault.findtext("faultstring") or ""

    def statement(self, day: str) -> etree._Element:
        values = self.ask("GetStatement", Account=ACCOUNT, Day=day)
        return etree.fromstring(base64.b64decode(values["Statement"]))


@pytest.fixture
def client(side: Side) -> Client:
    """The hub's end of the wire."""
    return Client(side)


def _transfer(side: Side, day: str, amount: int, **values: Any) -> dict[str, Any]:
    at = f"{day}T10:00:00+07:00"
    given = {"account": ACCOUNT, "amount": amount, "memo": "nop phi", "payer": "A", **values}
    answer: dict[str, Any] = side.control("bank/transfers", {"booked_at": at, **given})
    return answer


def _find(element: etree._Element, path: str) -> list[str]:
    names = "/".join(f"c:{name}" for name in path.split("/"))
    found = element.findall(f".//{names}", {"c": NAMESPACE})
    return [child.text or "" for child in found]


def _balances(statement: etree._Element) -> list[int]:
    return [int(text) for text in _find(statement, "Bal/Amt")]


def test_balances_run_on(side: Side, client: Client) -> None:
    """
    Opening plus entries is closing, and one day's closing is the next day's opening.
    """
    for day, amounts in {DAY.format(1): (75_000, 8_000, 8_000), DAY.format(3): (150_000,)}.items():
        for amount in amounts:
            _transfer(side, day, amount)
    one, two, three = (client.statement(DAY.format(day)) for day in (1, 2, 3))
    opening = _balances(one)[0]
    assert [opening, opening + 91_000] == _balances(one)
    assert [opening + 91_000] * 2 == _balances(two)
    assert [opening + 91_000, opening + 241_000] == _balances(three)
    sequences = [int(_find(day, "ElctrncSeqNb")[0]) for day in (one, two, three)]
    assert [sequences[0] + step for step in range(3)] == sequences


def test_equal_payments_are_two_entries(side: Side, client: Client) -> None:
    """
    Two payments that look the same to the letter are two lines with two references.
    """
    for _ in range(2):
        _transfer(side, "2026-04-01", 50_000, memo="GIONG HET NHAU")
    statement = client.statement("2026-04-01")
    assert ["1", "2"] == _find(statement, "Ntry/NtryRef")
    assert ["50000", "50000"] == _find(statement, "Ntry/Amt")
    assert 2 == len(set(_find(statement, "Ntry/AcctSvcrRef")))


def test_same_reference_is_booked_once(side: Side) -> None:
    """
    Telling the bank of one transfer twice books it once; other content is a conflict.
    """
    first = _transfer(side, "2026-04-02", 50_000, bank_reference="FT1")
    assert first == _transfer(side, "2026-04-02", 50_000, bank_reference="FT1")
    given = {"account": ACCOUNT, "amount": 1, "bank_reference": "FT1"}
    answer = side.http.post(f"{side.url}/control/bank/transfers", json=given)
    assert 409 == answer.status_code


def test_details_of_an_entry(side: Side, client: Client) -> None:
    """
    A statement tells end-to-end id, payer and the whole memo, 140 letters to a line.
    """
    memo = "MBVCB.0123456789.012345." + "X" * 200
    _transfer(side, "2026-04-03", 1, memo=memo, end_to_end="GD1", payer_account="99")
    statement = client.statement("2026-04-03")
    assert ["GD1"] == _find(statement, "Refs/EndToEndId")
    assert ["A"] == _find(statement, "Dbtr/Pty/Nm")
    lines = _find(statement, "RmtInf/Ustrd")
    assert [140, len(memo) - 140] == [len(line) for line in lines]
    assert memo == "".join(lines)
    assert ["2026-04-03T10:00:00+07:00"] == _find(statement, "BookgDt/DtTm")


def test_reversal(side: Side, client: Client) -> None:
    """
    Money taken back is a debit marked as a reversal, once.
    """
    _transfer(side, "2026-04-04", 70_000, bank_reference="FT2")
    given = {"bank_reference": "FT2", "booked_at": "2026-04-05T09:00:00+07:00"}
    assert side.control("bank/reversals", given) == side.control("bank/reversals", given)
    statement = client.statement("2026-04-05")
    assert ["true"] == _find(statement, "Ntry/RvslInd")
    assert ["DBIT"] == _find(statement, "Ntry/CdtDbtInd")
    opening, closing = _balances(statement)
    assert opening - 70_000 == closing


def test_credit_is_found_by_its_references(side: Side, client: Client) -> None:
    """
    FindCredit knows a payment by end-to-end id, by the bank's number and by its memo.
    """
    booked = {"end_to_end": "GD77", "bank_reference": "FT77", "memo": "nop qn0000000098"}
    _transfer(side, "2026-04-06", 30_000, **booked)
    expected = {
        "Found": "true",
        "BankReference": "FT77",
        "Amount": "30000",
        "BookedAt": "2026-04-06T10:00:00+07:00",
    }
    for reference in ("GD77", "FT77", "QN0000000098"):
        assert expected == client.ask("FindCredit", Account=ACCOUNT, Reference=reference)
    assert {"Found": "false"} == client.ask("FindCredit", Account=ACCOUNT, Reference="QN99")


def test_statement_bytes_stay(side: Side, client: Client) -> None:
    """
    The same ledger gives the same statement, to the byte.
    """
    values = {"Account": ACCOUNT, "Day": "2026-04-07"}
    assert client.ask("GetStatement", **values) == client.ask("GetStatement", **values)


@pytest.mark.parametrize(
    "values",
    [
        {"Account": "0", "Day": "2026-04-07"},
        {"Account": ACCOUNT, "Day": "07/04/2026"},
        {"Account": ACCOUNT, "Day": "2025-12-31"},
    ],
)
def test_what_the_bank_does_not_have(client: Client, values: dict[str, str]) -> None:
    """
    A wrong account or day is a SOAP fault of the client's, signed like every answer.
    """
    assert client.refused(client.envelope("GetStatement", **values))


def test_ping(client: Client) -> None:
    """
    Ping tells the bank's time and changes nothing.
    """
    assert abs(_now() - datetime.fromisoformat(client.ask("Ping")["Time"])) < timedelta(minutes=1)


def test_wsdl_names_its_address(side: Side) -> None:
    """
    The WSDL is the pinned one, with the address of this bank put in.
    """
    served = side.http.get(f"{side.url}/bank/statement?wsdl").content
    assert f'location="{side.url}/bank/statement"'.encode() in served


def test_unsigned_request(client: Client) -> None:
    """
    A request without a signature is refused.
    """
    envelope = soap.envelope(etree.Element(f"{{{soap.TNS}}}Ping"))
    assert "chữ ký" in client.refused(envelope)


def test_altered_request(client: Client) -> None:
    """
    A word changed after signing is noticed.
    """
    envelope = client.envelope("FindCredit", Account=ACCOUNT, Reference="A")
    envelope.find(f".//{{{soap.TNS}}}Reference").text = "B"
    assert "chữ ký" in client.refused(envelope)


def test_wrapped_request(client: Client) -> None:
    """
    A signed body moved aside, with a forged one in its place, is not believed.
    """
    envelope = client.envelope("Ping")
    body = envelope.find(f"{{{wsse.SOAP}}}Body")
    forged = copy.deepcopy(body)
    forged.attrib.clear()
    envelope.find(f"{{{wsse.SOAP}}}Header").append(body)
    envelope.append(forged)
    assert "chữ ký" in client.refused(envelope)


@pytest.mark.parametrize("age", [timedelta(hours=1), timedelta(hours=-1)])
def test_stale_request(client: Client, age: timedelta) -> None:
    """
    A request from another hour is refused, in both directions.
    """
    assert "fresh" in client.refused(client.envelope("Ping", at=_now() - age))


def test_replayed_request(client: Client) -> None:
    """
    The same signed message is heard once.
    """
    envelope = client.envelope("Ping")
    assert 200 == client.send(envelope).status_code
    assert "trước đó" in client.refused(envelope)


def test_request_of_a_stranger(side: Side, client: Client) -> None:
    """
    Only the customer's pinned certificate counts, whoever else signs well.
    """
    envelope = soap.envelope(etree.Element(f"{{{soap.TNS}}}Ping"))
    wsse.sign(
        envelope, keys.private(side.world.announce().parent / "x.key"), client.bank, at=_now()
    )
    assert "chữ ký" in client.refused(envelope)


@pytest.mark.parametrize("data", [b"", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_what_is_no_soap(side: Side, client: Client, data: bytes) -> None:
    """
    What is not SOAP gets a SOAP fault, also anything with a document type.
    """
    answer = side.http.post(f"{side.url}/bank/statement", content=data)
    assert 500 == answer.status_code
    assert "soap:Client" == client.read(answer).findtext("faultcode")


def test_faults(side: Side, client: Client) -> None:
    """
    Each fault of the statement does what it is called, and the next try is good.
    """
    values = {"Account": ACCOUNT, "Day": "2026-04-08"}
    reference = f"{ACCOUNT}/2026-04-08"

    def armed(fault: str) -> httpx.Response:
        side.arm("bank", "statement", fault, reference)
        return client.send(client.envelope("GetStatement", **values))

    assert SLOW <= armed("slow").elapsed.total_seconds()
    with pytest.raises(httpx.RemoteProtocolError):
        armed("silent_after_accepting")
    assert "Internal Server Error" == armed("error_500_after_accepting").text
    assert "từ chối" in (client.read(armed("refused")).findtext("faultstring") or "")
    assert client.ask("GetStatement", **values)
