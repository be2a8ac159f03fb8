"""References with check digits, and amounts in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers import money


@given(st.integers(0, 10**8 - 1))
def test_a_reference_is_recognised(number: int) -> None:
    """
    Every reference the hub makes is one it accepts: QN, 8 digits, 2 check digits.
    """
    made = money.reference(number)

    assert 12 == len(made)
    assert money.is_reference(made)


@given(st.integers(0, 10**8 - 1), st.integers(2, 11), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(number: int, place: int, digit: str) -> None:
    """
    No single wrong digit makes another reference.
    """
    made = money.reference(number)
    typed = made[:place] + digit + made[place + 1 :]

    assert (typed == made) == money.is_reference(typed)


@given(st.integers(0, 10**8 - 1), st.integers(2, 10))
def test_two_swapped_digits_are_noticed(number: int, place: int) -> None:
    """
    No swap of neighbours makes another reference.
    """
    made = money.reference(number)
    typed = made[:place] + made[place + 1] + made[place] + made[place + 2 :]

    assert (typed == made) == money.is_reference(typed)


@pytest.mark.parametrize("number", [-1, 10**8])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    """
    A reference has eight digits, never more.
    """
    with pytest.raises(ValueError, match="at most 8 digits"):
        money.reference(number)


@pytest.mark.parametrize("text", ["", "QN", "qn0000012825", "QN00000128２5", "QN0000012825 "])
def test_only_the_exact_form_is_a_reference(text: str) -> None:
    """
    Lower case, other scripts' digits and blanks are no reference.
    """
    assert not money.is_reference(text)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (110, "Một trăm mười đồng"),
        (75_000, "Bảy mươi lăm nghìn đồng"),
        (1_500_000, "Một triệu năm trăm nghìn đồng"),
        (1_000_001, "Một triệu không trăm lẻ một đồng"),
        (20_005, "Hai mươi nghìn không trăm lẻ năm đồng"),
        (10**9, "Một tỷ đồng"),
    ],
)
def test_amounts_in_words(amount: int, words: str) -> None:
    """
    A receipt's words follow the rules of lẻ, mốt, tư and lăm.
    """
    assert words == money.in_words(amount)


@pytest.mark.parametrize("amount", [-1, 10**18])
def test_an_amount_out_of_range_has_no_words(amount: int) -> None:
    """
    Debts and astronomy are not written on receipts.
    """
    with pytest.raises(ValueError, match="0 to"):
        money.in_words(amount)


def test_bank_letters() -> None:
    """
    Banks print capital ASCII letters; Đ is one of the letters that Unicode does not take apart.
    """
    assert "DO THI THUY NOP LE PHI" == money.plain("Đỗ Thị Thủy nộp lệ phí")
