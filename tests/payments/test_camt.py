"""camt.052, 053 and 054 are read faithfully, or refused with a reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from payments import readers
from payments.readers import Reason, StatementRefused
from sandbox.parties import camt
from tests.support.money_kit import Line, Statement

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FILES = sorted(Path(os.environ.get("MOTCUA_CORPORA", SHARED)).joinpath("camt").glob("*.xml"))

#: Files that contradict themselves, and how.
REFUSED = {
    "camt053.v2.all-balance-types.xml": Reason.BALANCE,
    "camt053.v2.minimal.ultimate.xml": Reason.CURRENCY,
    "camt053.v2.with-party-ids.xml": Reason.CURRENCY,
    "camt053.v3.xml": Reason.CURRENCY,
    "camt053.v8.xml": Reason.CURRENCY,
}

needs_corpora = pytest.mark.skipif(not FILES, reason="the folder of other people's files is absent")


def by_dom(data: bytes) -> list[tuple[Decimal, str]]:
    """Read booked amounts and their currency the slow and simple way: a whole tree, by XPath."""
    found = []
    for entry in etree.fromstring(data).iterfind(".//{*}Ntry"):
        status = entry.findtext("{*}Sts/{*}Cd") or entry.findtext("{*}Sts") or ""
        if status.strip() == "BOOK":
            amount = entry.find("{*}Amt")
            sign = -1 if entry.findtext("{*}CdtDbtInd") == "DBIT" else 1
            found.append((sign * Decimal(amount.text), amount.get("Ccy")))
    return found


def by_reader(data: bytes) -> list[tuple[Decimal, str]]:
    """Read the same with our reader; the files at hand have two decimals or none."""
    return [
        (Decimal(line.amount) / (1 if line.currency in ("VND", "JPY") else 100), line.currency)
        for statement in readers.read(data)
        for line in statement.lines
    ]


@needs_corpora
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_other_peoples_files_are_read_or_refused(file: Path) -> None:
    """Every version is read as a plain reading of the tree does, or refused for a known reason."""
    if file.name in REFUSED:
        with pytest.raises(StatementRefused) as refused:
            readers.read(file.read_bytes())
        assert REFUSED[file.name] is refused.value.reason
    else:
        assert by_dom(file.read_bytes()) == by_reader(file.read_bytes())


@needs_corpora
def test_several_statements_in_one_file() -> None:
    """Each has its own head and its own balances."""
    file = next(file for file in FILES if "multi" in file.name)

    heads = [statement.head for statement in readers.read(file.read_bytes())]
    assert [(1815, 2700), (2700, 2000)] == [(head.opening, head.closing) for head in heads]


memos = st.text(alphabet="abcĐệ QN0123456789-–", max_size=60)
references = st.sampled_from(["", "FT1", "FT2"]) | st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True)
lines = st.builds(
    Line,
    amount=st.integers(-(10**12), 10**12).filter(bool),
    memo=memos,
    reference=references,
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    reversal=st.booleans(),
)
statements = st.builds(
    Statement,
    lines=st.lists(lines, max_size=12).map(tuple),
    opening=st.integers(-(10**13), 10**13),
    sequence=st.integers(1, 400),
)


@given(statements)
def test_what_was_written_is_read(statement: Statement) -> None:
    """Every line comes back, in order, with its day, amount, reference and memo; twins too."""
    (read,) = readers.read(statement.xml())

    expected = [
        (line.amount, line.day, line.reference, line.memo.strip(), line.reversal)
        for line in statement.lines
    ]
    actual = [
        (line.amount, line.booked_on, line.reference, line.memo.reveal(), line.reversal)
        for line in read.lines
    ]
    assert expected == actual
    assert (statement.opening, statement.sequence) == (read.head.opening, read.head.sequence)


@given(statements, st.integers(-5, 5).filter(bool))
def test_a_wrong_balance_is_refused(statement: Statement, by: int) -> None:
    """A closing balance that is off by one đồng refuses the whole statement."""
    closing = statement.opening + sum(line.amount for line in statement.lines)
    wrong = replace(statement, lines=(*statement.lines, Line(by, "x")))
    good = statement.xml()
    data = wrong.xml().replace(
        f"<Cd>CLBD</Cd></CdOrPrtry></Tp>{wrong._amount(closing + by)}".encode(),
        f"<Cd>CLBD</Cd></CdOrPrtry></Tp>{wrong._amount(closing)}".encode(),
    )

    with pytest.raises(StatementRefused) as refused:
        readers.read(data)
    assert Reason.BALANCE is refused.value.reason
    assert readers.read(good)


@given(statements, st.data())
def test_a_cut_or_changed_file_is_read_or_refused(
    statement: Statement, data: st.DataObject
) -> None:
    """No damage of the bytes brings the reader down; a cut is always refused."""
    xml = bytearray(statement.xml())
    cut = data.draw(st.integers(0, len(xml) - 1))
    with pytest.raises(StatementRefused):
        readers.read(bytes(xml[:cut]))
    for at in data.draw(st.lists(st.integers(0, len(xml) - 1), max_size=4)):
        xml[at] = data.draw(st.integers(0, 255))
    with suppress(StatementRefused):
        readers.read(bytes(xml))


GOOD = Statement((Line(50_000, "x", "FT1"),)).xml().decode()
ENDS = "</BkToCstmrStmt></Document>"
BATCH = (
    "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>"
    '<TxDtls><Refs><EndToEndId>A</EndToEndId></Refs><Amt Ccy="VND">20000</Amt>'
    "<CdtDbtInd>CRDT</CdtDbtInd></TxDtls>"
    "<TxDtls><Refs><EndToEndId>B</EndToEndId></Refs>"
    '<AmtDtls><TxAmt><Amt Ccy="VND">30000</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>'
)


def batched(batch: str = BATCH) -> bytes:
    """Return the good statement with its entry as a batch."""
    start, end = GOOD.index("<NtryDtls>"), GOOD.index("</NtryDtls>") + len("</NtryDtls>")
    return (GOOD[:start] + batch + GOOD[end:]).encode()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda xml: xml.replace(' xmlns="urn:iso', ' x="urn:iso'), Reason.NO_NAMESPACE),
        (lambda xml: xml.replace("camt.053.001", "pain.001.001"), Reason.NOT_A_STATEMENT),
        (lambda xml: xml.replace("Document", "Envelope"), Reason.NOT_A_STATEMENT),
        (
            lambda xml: xml.replace("?>", '?><!DOCTYPE Document [<!ENTITY a "b">]>', 1),
            Reason.DTD,
        ),
        (lambda xml: xml.replace("<Cd>OPBD", "<Cd>OPAV"), Reason.NO_BALANCE),
        (lambda xml: xml.replace("<Cd>CLBD", "<Cd>CLAV"), Reason.NO_BALANCE),
        (lambda xml: xml.replace('"VND">50000<', '"USD">50000<', 1), Reason.CURRENCY),
        (lambda xml: xml.replace('"VND">50000<', '"VND">50000.5<'), Reason.AMOUNT),
        (lambda xml: xml.replace('"VND">50000<', '"VND">5e4<'), Reason.AMOUNT),
        (lambda xml: xml.replace('"VND">50000<', '"VND">0<'), Reason.ZERO_ENTRY),
        (lambda xml: xml.replace("BookgDt><Dt>2026-11-23", "BookgDt><Dt>2026-02-30"), Reason.DATE),
        (lambda xml: xml.replace("<Sts><Cd>BOOK</Cd></Sts>", ""), Reason.ENTRY),
        (lambda xml: xml.replace("CRDT</CdtDbtInd><Sts", "CREDIT</CdtDbtInd><Sts"), Reason.ENTRY),
        (lambda xml: xml[: xml.index("<Stmt>")] + ENDS, Reason.NOT_A_STATEMENT),
        (lambda _: batched(BATCH.replace("30000", "30001")).decode(), Reason.BATCH_SUM),
        (lambda _: batched(BATCH.replace("AmtDtls", "Other")).decode(), Reason.BATCH_SUM),
        (lambda _: "PK\x03\x04", Reason.NOT_A_STATEMENT),
        (lambda _: "", Reason.NOT_A_STATEMENT),
    ],
)  # fmt: skip
def test_what_is_refused(change: Callable[[str], str], reason: Reason) -> None:
    """Each wrong file is refused with its own reason, in two languages."""
    with pytest.raises(StatementRefused) as refused:
        readers.read(change(GOOD).encode())

    assert reason is refused.value.reason
    assert refused.value.vi in str(refused.value)


def test_a_batch_is_read_as_its_transactions() -> None:
    """The parts of a batch are lines of their own, wherever a version puts their amounts."""
    (read,) = readers.read(batched())

    assert [(20_000, "A"), (30_000, "B")] == [(line.amount, line.end_to_end) for line in read.lines]


def test_a_batch_without_amounts_stays_one_line() -> None:
    """Where the bank tells no amounts of the parts, nothing is made up."""
    bare = "<NtryDtls><TxDtls><Refs/></TxDtls><TxDtls><Refs/></TxDtls></NtryDtls>"

    (read,) = readers.read(batched(bare))

    assert [50_000] == [line.amount for line in read.lines]


def test_only_booked_entries_count() -> None:
    """An entry that is pending or for information moves no money."""
    for status in ("PDNG", "INFO", "FUTR"):
        data = GOOD.replace("<Cd>BOOK</Cd>", f"<Cd>{status}</Cd>").replace(
            "50000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>", "0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>"
        )
        (read,) = readers.read(data.encode())
        assert () == read.lines


def test_the_old_way_to_say_booked() -> None:
    """Before version 6 the status is text, not a code below it."""
    data = GOOD.replace("<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>").replace("001.08", "001.02")

    (read,) = readers.read(data.encode())

    assert ("camt.053.001.02", 1) == (read.head.format, len(read.lines))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("<Dt>2026-11-23</Dt>", date(2026, 11, 23)),
        ("<Dt>2026-11-23+07:00</Dt>", date(2026, 11, 23)),
        ("<DtTm>2026-11-23T23:30:00+07:00</DtTm>", date(2026, 11, 23)),
        ("<DtTm>2026-11-23T23:30:00</DtTm>", date(2026, 11, 23)),
        ("<DtTm>2026-11-23T23:30:00Z</DtTm>", date(2026, 11, 24)),
    ],
)
def test_the_day_is_the_banks(written: str, day: date) -> None:
    """A day is the one the bank wrote; an instant in UTC is carried to Vietnam."""
    data = GOOD.replace("<BookgDt><Dt>2026-11-23</Dt>", f"<BookgDt>{written}")

    (read,) = readers.read(data.encode())

    assert day == read.lines[0].booked_on


def test_nobody_is_named_by_accident() -> None:
    """A line shown in a log or a traceback shows neither memo nor party."""
    party = "<RltdPties><Dbtr><Pty><Nm>NGUYEN VAN AN</Nm></Pty></Dbtr></RltdPties>"
    data = GOOD.replace("<Ustrd>x", "<Ustrd>NGUYEN VAN AN nop").replace(
        "</Refs>", f"</Refs>{party}"
    )

    (read,) = readers.read(data.encode())

    assert "NGUYEN VAN AN" == read.lines[0].party.reveal()
    assert "VAN AN" not in repr(read)


def test_the_sandbox_banks_statement_is_read() -> None:
    """What the simulated bank writes is read to the đồng, with the ids that matching needs."""
    noon = datetime(2026, 11, 23, 5, tzinfo=UTC)
    entries = [
        camt.Entry(1, 75_000, "NOP PHI " * 30, "FT1", noon, end_to_end="GD1"),
        camt.Entry(2, -75_000, "HOAN TRA", "FT2", noon, reversal=True),
    ]
    holder = camt.Account("1017595600", "Sở Xây dựng", date(2026, 1, 1), 0)

    (read,) = readers.read(camt.statement(holder, date(2026, 11, 23), 500, entries))

    assert ("1017595600", 500, 500) == (read.head.account, read.head.opening, read.head.closing)
    assert [(75_000, "FT1", "GD1", False), (-75_000, "FT2", "", True)] == [
        (line.amount, line.reference, line.end_to_end, line.reversal) for line in read.lines
    ]
