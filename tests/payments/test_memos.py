"""References are found in what banks leave of a memo, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.money import reference
from payments import memos

REFERENCE = reference(128)


@pytest.mark.parametrize(
    "memo",
    [
        REFERENCE,
        REFERENCE.lower(),
        f"MBVCB.6804250123.123456.{REFERENCE} nop phi.CT tu 0011 NGUYEN VAN A toi 12 BIDV",
        f"CT nhanh 247 den: {REFERENCE} (CT1234) TRAN B 1017***",
        f"020097048812345678{REFERENCE}.123456.101112.NOP PHI",
        REFERENCE.replace("QN", "QN "),
        f"{REFERENCE[:6]}\u2013{REFERENCE[6:]}",
        f"{REFERENCE[:4]} \u2013 {REFERENCE[4:9]}.{REFERENCE[9:]}",
        " ".join(REFERENCE),
        f"{REFERENCE[:7]}\n{REFERENCE[7:]}",
        f"{REFERENCE}T01",
        f"{REFERENCE}123456",
        f"Nộp lệ phí {REFERENCE} hồ sơ H49.61.2-261120-0012",
        f"{REFERENCE} {REFERENCE.lower()}",
    ],
)
def test_a_reference_is_found(memo: str) -> None:
    """Wrappers, blanks, dashes, small letters and glued digits do not hide a reference."""
    assert memos.references(memo) == (REFERENCE,)


@pytest.mark.parametrize(
    "memo",
    [
        "",
        "nop phi ho so 0044 0045",
        REFERENCE[:-1],
        REFERENCE[:-1] + str((int(REFERENCE[-1]) + 1) % 10),
        REFERENCE.replace("QN", "ON"),
        REFERENCE.replace("QN", ""),
        REFERENCE[:5] + "x" + REFERENCE[5:],
    ],
)
def test_nothing_is_guessed(memo: str) -> None:
    """A reference with a wrong sign is no reference."""
    assert memos.references(memo) == ()


def test_the_reference_of_a_try_is_found() -> None:
    """A gateway that hands on our own order's reference names the very try."""
    memo = f"THANH TOAN {REFERENCE} - t 02 HO SO H49"

    assert memos.numbered(memo) == (f"{REFERENCE}T02",)
    assert memos.references(memo) == (REFERENCE,)


def test_the_reference_of_a_refund_is_found() -> None:
    """A line that went out names the very refund that it is."""
    assert memos.numbered(f"HOAN PHI {REFERENCE}-R01 H49") == (f"{REFERENCE}R01",)
    assert memos.numbered(f"{REFERENCE} toi") == ()


def test_several_references_keep_their_order() -> None:
    """One payment may name several charges."""
    first, second = reference(2), reference(1)

    assert memos.references(f"{first} va {second}, {first}") == (first, second)


def test_a_false_start_does_not_hide_a_reference() -> None:
    """``QN`` and ten digits with wrong check digits may overlap the true reference."""
    assert memos.references(f"QN1 {REFERENCE}") == (REFERENCE,)
    assert memos.references(f"QN12345678{REFERENCE}") == (REFERENCE,)


def test_a_memo_is_normalised() -> None:
    """Capitals without diacritics, single blanks, one kind of dash."""
    assert memos.normalise("  Nộp  phí\u2013đất\n") == "NOP PHI-DAT"


@given(
    st.integers(0, 10**8 - 1),
    st.lists(st.sampled_from(["", " ", "-", "\u2013", ".", " - "]), min_size=12, max_size=12),
    st.booleans(),
)
def test_any_reference_survives_any_gaps(number: int, gaps: list[str], small: bool) -> None:
    """Whatever stands between its signs, a reference is found and is the only one."""
    text = reference(number)
    spread = "".join(sign + gap for sign, gap in zip(text, gaps, strict=True))

    assert memos.references(spread.lower() if small else spread) == (text,)


@given(st.text())
def test_normalising_twice_changes_nothing(memo: str) -> None:
    """A normalised memo is already normal."""
    once = memos.normalise(memo)

    assert memos.normalise(once) == once
