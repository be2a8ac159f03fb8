"""S10 item numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers import items
from dossiers.codes import InvalidCode

RIGHT = ["RB123456785GB", "EE471108151FR", "RR473124829GB", "EB000717595HK", "EB000717618HK"]
WRONG = [
    "RB123456786US",
    "EB000717594HK",
    "EB900717618HK",
    "RB123456785XX",
    "JB123456785GB",
    "rb123456785GB",
    "RB 123456785 GB",
    "RB\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff15GB",
    "RB12345678GB",
    "",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_numbers(text: str) -> None:
    """The published vectors are right."""
    assert text == str(items.item_number(text))


@pytest.mark.parametrize("text", WRONG)
def test_wrong_numbers(text: str) -> None:
    """Wrong digit, no country, reserved service, blanks, other digits: refused with a reason."""
    with pytest.raises(InvalidCode) as caught:
        items.item_number(text)
    assert " / " in caught.value.reason


def test_249_countries() -> None:
    """ISO 3166-1 has 249 assigned codes; XX and the other private ones are not among them."""
    assert len(items.COUNTRIES) == 249
    assert not {"AA", "QM", "QZ", "XA", "XX", "ZZ"} & items.COUNTRIES


@given(st.from_regex(r"[A-IL-RU-VX-Z][A-Z]", fullmatch=True), st.integers(0, 10**8 - 1))
def test_composed_numbers_are_right(service: str, serial: int) -> None:
    """Every serial has one check digit, and reading it finds nothing wrong."""
    assert f"{service}{serial:08d}" == items.compose(service, serial).text[:10]


def test_people_read_groups() -> None:
    """A number is printed in groups; what is no number is printed as it is."""
    assert items.grouped("EE471108151FR") == "EE 471 108 151 FR"
    assert items.grouped("H49.14-261123-0001-D-1") == "H49.14-261123-0001-D-1"


def test_typed_numbers_are_tidied_but_not_translated() -> None:
    """Blanks and small letters of a typist are mended; digits of other scripts are not."""
    assert items.tidy(" ee 471 108 151 fr\r\n") == "EE471108151FR"
    assert items.tidy("\uff11") == "\uff11"
