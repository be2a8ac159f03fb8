"""MT940 is read as the library of the field reads it, or refused with a reason."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import mt940 as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments import readers
from payments.readers import Reason, StatementRefused

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FILES = sorted(Path(os.environ.get("MOTCUA_CORPORA", SHARED)).joinpath("mt940").glob("*.sta"))

#: Single fields, and statements whose entries do not make their balances.
REFUSED = {
    **dict.fromkeys(
        (
            "cmxl_account_balance_credit.sta",
            "cmxl_account_balance_debit.sta",
            "cmxl_account_identification_iban.sta",
            "cmxl_account_identification_legacy.sta",
            "cmxl_available_balance.sta",
            "cmxl_closing_balance.sta",
            "cmxl_reference.sta",
            "cmxl_statement_details.sta",
            "cmxl_statement_line.sta",
            "cmxl_statement_number.sta",
        ),
        Reason.NOT_A_STATEMENT,
    ),
    **dict.fromkeys(
        (
            "jejik_abnamro.sta",
            "jejik_ing.sta",
            "jejik_knab.sta",
            "jejik_postfinance.sta",
            "jejik_rabobank.sta",
            "jejik_triodos.sta",
        ),
        Reason.BALANCE,
    ),
}

needs_corpora = pytest.mark.skipif(not FILES, reason="the folder of other people's files is absent")


def by_oracle(text: str) -> list[tuple[int, date, str]]:
    """Read amount in hundredths, value date and customer reference with the library mt-940."""
    return [
        (
            int(row.data["amount"].amount * 100),
            date(row.data["date"].year, row.data["date"].month, row.data["date"].day),
            (row.data["customer_reference"] or "").strip().replace("NONREF", ""),
        )
        for row in oracle.parse(text)
    ]


def by_reader(data: bytes) -> list[tuple[int, date, str]]:
    """Read the same with our reader, from a file with two decimals."""
    return [
        (line.amount, line.value_on, line.end_to_end)
        for statement in readers.read(data)
        for line in statement.lines
    ]


@needs_corpora
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_other_peoples_files_are_read_or_refused(file: Path) -> None:
    """What is read is what mt-940 reads; what contradicts itself is refused for a known reason."""
    data = file.read_bytes()
    if file.name in REFUSED:
        with pytest.raises(StatementRefused) as refused:
            readers.read(data)
        assert REFUSED[file.name] is refused.value.reason
    else:
        assert by_oracle(data.decode()) == by_reader(data)


@dataclass(frozen=True)
class Entry:
    """An entry as a test says it; the amount in cents."""

    amount: int
    value: date
    days: int
    customer: str
    bank: str
    memo: str

    def field(self) -> str:
        """Return the fields 61 and 86."""
        mark = "C" if self.amount > 0 else "D"
        cents = f"{abs(self.amount) // 100},{abs(self.amount) % 100:02d}"
        booked = self.value + timedelta(days=self.days)
        bank = f"//{self.bank}" if self.bank else ""
        return (
            f":61:{self.value:%y%m%d}{booked:%m%d}{mark}{cents}NTRF{self.customer}{bank}\n"
            f":86:{self.memo}\n"
        )


names = st.from_regex(r"[A-Z0-9]{1,16}", fullmatch=True).filter(lambda text: text != "NONREF")
entries = st.builds(
    Entry,
    amount=st.integers(-(10**11), 10**11).filter(bool),
    value=st.dates(date(2001, 1, 15), date(2068, 12, 15)),
    days=st.integers(-3, 3),
    customer=names,
    bank=st.just("") | names,
    memo=st.from_regex(r"[A-Za-z0-9 .,]{0,60}", fullmatch=True),
)


def written(told: list[Entry], opening: int = 0, *, off: int = 0) -> str:
    """Return an MT940 of the entries whose closing balance is *off* by so many cents."""
    closing = opening + sum(entry.amount for entry in told) + off

    def balance(value: int) -> str:
        mark = "C" if value >= 0 else "D"
        return f"{mark}261123EUR{abs(value) // 100},{abs(value) % 100:02d}"

    return (
        f":20:STMT\n:25:BANK/123\n:28C:7/1\n:60F:{balance(opening)}\n"
        + "".join(entry.field() for entry in told)
        + f":62F:{balance(closing)}\n-\n"
    )


@given(st.lists(entries, max_size=8), st.integers(-(10**11), 10**11))
def test_what_was_written_is_read(told: list[Entry], opening: int) -> None:
    """Every entry comes back with both days, over New Year too, its ids and its memo."""
    text = written(told, opening)
    (read,) = readers.read(text.encode())

    expected = [
        (e.amount, e.value + timedelta(days=e.days), e.customer, e.bank, e.memo.strip())
        for e in told
    ]
    actual = [
        (
            line.amount,
            line.booked_on,
            line.end_to_end,
            line.reference,
            line.memo.reveal(),
        )
        for line in read.lines
    ]
    assert expected == actual
    assert (opening, 7) == (read.head.opening, read.head.sequence)
    assert by_oracle(text) == by_reader(text.encode())


@given(st.lists(entries, max_size=5), st.integers(-3, 3).filter(bool))
def test_a_wrong_balance_is_refused(told: list[Entry], off: int) -> None:
    """A closing balance off by one cent refuses the statement."""
    with pytest.raises(StatementRefused) as refused:
        readers.read(written(told, off=off).encode())
    assert Reason.BALANCE is refused.value.reason


@given(st.lists(entries, max_size=4), st.data())
def test_damage_is_read_or_refused(told: list[Entry], data: st.DataObject) -> None:
    """No damage of the bytes brings the reader down."""
    text = bytearray(written(told).encode())
    for at in data.draw(st.lists(st.integers(0, len(text) - 1), max_size=4)):
        text[at] = data.draw(st.integers(0, 255))
    with suppress(StatementRefused):
        readers.read(bytes(text))


GOOD = written([Entry(12_345, date(2026, 11, 23), 0, "NONREF", "FT1", "NOP PHI")])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (":60F:", ":60X:", Reason.NO_BALANCE),
        (":62F:", ":62X:", Reason.NO_BALANCE),
        (":25:", ":26:", Reason.NOT_A_STATEMENT),
        (":61:261123", ":61:260230", Reason.DATE),
        ("1123C123,45", "1123C0,", Reason.ZERO_ENTRY),
        ("1123C123,45", "1123X123,45", Reason.ENTRY),
        ("1123C123,45", "1123C123,455", Reason.AMOUNT),
        ("1123C123,45", "0230C123,45", Reason.DATE),
        ("62F:C261123EUR", "62F:C261123VND", Reason.AMOUNT),
        ("62F:C261123EUR", "62F:C261123USD", Reason.CURRENCY),
    ],
)
def test_what_is_refused(old: str, new: str, reason: Reason) -> None:
    """Each wrong field is refused with its own reason."""
    with pytest.raises(StatementRefused) as refused:
        readers.read(GOOD.replace(old, new).encode())

    assert reason is refused.value.reason


def test_a_refusal_names_the_line() -> None:
    """A person finds the entry in the file."""
    with pytest.raises(StatementRefused) as refused:
        readers.read(GOOD.replace("1123C123,45", "1123X123,45").encode())

    assert "line 5" == refused.value.where


def test_money_taken_back_has_the_other_sign() -> None:
    """``RC`` takes a credit back, ``RD`` gives a debit back."""
    back = GOOD.replace("1123C123,45", "1123RC123,45").replace("62F:C", "62F:D")
    given_back = GOOD.replace("1123C123,45", "1123RD123,45")

    assert (-12_345, True) == _only(back)
    assert (12_345, True) == _only(given_back)


def _only(text: str) -> tuple[int, bool]:
    ((line,),) = [statement.lines for statement in readers.read(text.encode())]
    return line.amount, line.reversal


def test_a_memo_in_numbered_pieces_is_put_together() -> None:
    """German and Polish banks number the pieces of a memo; the name has its own."""
    memo = "171?00DAUERAUFTRAG?20QN000\n?2100128?22xy?32AN?33NGUYEN"
    ((line,),) = [s.lines for s in readers.read(GOOD.replace("NOP PHI", memo).encode())]

    assert ("QN00000128xy", "AN NGUYEN") == (line.memo.reveal(), line.party.reveal())


def test_the_windows_code_page_is_read() -> None:
    """A file that is not UTF-8 is read as cp1252."""
    ((line,),) = [s.lines for s in readers.read(GOOD.replace("NOP", "Nóp").encode("cp1252"))]

    assert "Nóp PHI" == line.memo.reveal()
