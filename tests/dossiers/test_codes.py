"""Dossier codes and booking references."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.codes import (
    InvalidCode,
    Leg,
    Shape,
    booking_reference,
    compose,
    dossier_code,
    split_reference,
)


@pytest.mark.parametrize(
    ("text", "shape", "agency", "day", "sequence"),
    [
        ("000.17.22.H56-210531-0001", Shape.QCVN_102, "000.17.22.H56", date(2021, 5, 31), 1),
        ("H56.14-240823-0001", Shape.DECISION_20, "H56.14", date(2024, 8, 23), 1),
        ("H49.014.02-261123-010001", Shape.CENTRAL, "H49.014.02", date(2026, 11, 23), 10001),
        ("H49.14-261123-10000", Shape.DECISION_20, "H49.14", date(2026, 11, 23), 10000),
        ("H49.014.02-250101-010001", Shape.DECISION_20, "H49.014.02", date(2025, 1, 1), 10001),
    ],
)
def test_all_shapes_are_read(
    text: str, shape: Shape, agency: str, day: date, sequence: int
) -> None:
    """Each of the three shapes is taken apart, and the string stays as it came."""
    code = dossier_code(text)
    assert (text, shape, agency, day, sequence) == (
        str(code),
        code.shape,
        code.agency,
        code.day,
        code.sequence,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " H49.77-261123-0001",
        "H49.77-261123-0001\n",
        "h49.14-261123-0001",
        "H49.77-261123-001",
        "H49.77-261123-00000000001",
        "H49.77-261323-0001",
        "H49.77-230229-0001",
        "H49..14-261123-0001",
        ".H49-261123-0001",
        "14-261123-0001",
        "H49.77-261123-٠٠٠١",
        "H49.77-261123-\uff10\uff10\uff10\uff11",
        "H49.77\u2013261123\u20130001",
        "H49." + "A" * 32 + "-261123-0001",
    ],
)
def test_what_is_no_code_is_refused_with_a_reason(text: str) -> None:
    """Blanks, small letters, foreign digits, impossible days: each is refused in two languages."""
    with pytest.raises(InvalidCode) as caught:
        dossier_code(text)
    assert " / " in caught.value.reason
    assert not text or text not in caught.value.reason


def test_codes_are_compared_as_strings() -> None:
    """0001 and 00001 are two dossiers, though the number is the same."""
    assert dossier_code("H49.14-261123-0001") != dossier_code("H49.14-261123-00001")


AGENCIES = st.from_regex(r"[A-Z][0-9]{2}(\.[A-Z0-9]{1,4}){0,4}", fullmatch=True)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(AGENCIES, DAYS, st.integers(0, 10**10 - 1))
def test_what_is_composed_is_read_back(agency: str, day: date, sequence: int) -> None:
    """A code made of its parts gives the parts back, also past 9999."""
    code = dossier_code(compose(agency, day, sequence))
    assert (agency, day, sequence) == (code.agency, code.day, code.sequence)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    """Whatever is typed: the same string back, or InvalidCode; nothing is mended."""
    try:
        code = dossier_code(text)
    except InvalidCode:
        return
    assert text == str(code)


@given(AGENCIES, DAYS, st.sampled_from(Leg), st.integers(1, 9999))
def test_a_reference_tells_its_dossier_leg_and_attempt(
    agency: str, day: date, leg: Leg, attempt: int
) -> None:
    """Our reference of a booking is taken apart without loss, though codes hold dashes too."""
    dossier = compose(agency, day, 1)
    assert (dossier, leg, attempt) == split_reference(booking_reference(dossier, leg, attempt))


@pytest.mark.parametrize(
    "reference",
    ["", "H49.14-261123-0001", "H49.14-261123-0001-X-1", "H49.14-261123-0001-D-0", "D-1", "x-D-1"],
)
def test_a_foreign_reference_is_refused(reference: str) -> None:
    """What another system calls its parcels is not taken for ours."""
    with pytest.raises(InvalidCode):
        split_reference(reference)


def test_attempts_begin_at_one() -> None:
    """Attempt 0 does not exist."""
    with pytest.raises(InvalidCode):
        booking_reference("H49.14-261123-0001", Leg.DELIVER, 0)
