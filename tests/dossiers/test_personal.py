"""Personal data masks itself."""

from __future__ import annotations

import unicodedata

import pytest

from dossiers.personal import Address, IdNumber, Name, Personal, Phone


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (Name("Nguyễn Văn An"), "Nguyễn V** A*"),
        (Name(""), ""),
        (Phone("0912345678"), "*******678"),
        (Phone("12"), "12"),
        (IdNumber("099123456789"), "***"),
        (Address("12 Trần Phú"), "***"),
    ],
)
def test_only_the_mask_is_shown(data: Personal, shown: str) -> None:
    """
    Text, repr and formatting show the mask; reveal() is the only way to the text.
    """
    assert shown == str(data) == f"{data}"
    assert f"{type(data).__name__}({shown!r})" == repr(data)


def test_the_same_name_typed_in_two_ways_is_one() -> None:
    """
    Decomposed letters (NFD) are the same name, and kinds never compare equal.
    """
    typed = unicodedata.normalize("NFD", "Nguyễn Thị Thủy")

    assert Name(typed) == Name("Nguyễn Thị Thủy")
    assert 1 == len({Name(typed), Name("Nguyễn Thị Thủy")})
    assert Name("1") != IdNumber("1")
    assert Name("1")
    assert not Name(" ")
