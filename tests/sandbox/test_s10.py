from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.parties.s10 import WEIGHTS, item_code


@pytest.mark.parametrize(
    "code",
    ["RB123456785GB", "EE471108151FR", "RR473124829GB", "EB000717595HK", "EB000717618HK"],
)
def test_known_codes(code: str) -> None:
    """
    The check digit is that of item codes seen in the world.
    """
    assert code == item_code(int(code[2:10]), service=code[:2], country=code[-2:])


@given(serial=st.integers(0, 99_999_999))
def test_check_digit_is_one_digit(serial: int) -> None:
    """
    Every serial number has a code of thirteen characters whose weighted sum is as S10 says.
    """
    code = item_code(serial)
    assert 13 == len(code)
    total = sum(int(digit) * weight for digit, weight in zip(code[2:10], WEIGHTS, strict=True))
    remainder = (total + int(code[10])) % 11
    assert remainder == 0 or (int(code[10]), total % 11) in {(0, 1), (5, 0)}
