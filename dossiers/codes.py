"""
Codes of dossiers ("mã hồ sơ") and our own references of their parcels.

A dossier code has one of three shapes, all still in use, all accepted::

    000.17.22.H56-210531-0001     QCVN 102:2016, level 1 of the agency at the right
    H49.14-261123-0001            Decision 20/2020/QĐ-TTg, level 1 at the left
    H49.014.02-261123-010001      Circular 03/2025/TT-VPCP Art 13(3): centralised services

It is kept as the string it came as, and compared as that string: nothing here trims, folds
or pads. Digits are ``0`` to ``9`` only: those of other scripts, which Python takes for digits
too, are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_AGENCY_LENGTH = 35
"""Decision 20/2020/QĐ-TTg: an agency's code has at most 35 signs."""
_SEQUENCE_LENGTH = 10
"""Our own bound; the law says only "at least four digits"."""

_CODE = re.compile(r"([A-Z0-9.]+)-([0-9]{6})-([0-9]+)")
_QCVN_102 = re.compile(r"[0-9]{3}(\.[0-9]{2}){2}\.[A-Z][0-9]{2}")
_DECISION_20 = re.compile(r"[A-Z][0-9]{2}(\.[A-Z0-9]+)*")
_CENTRAL = re.compile(r"[A-Z][0-9]{2}\.[A-Z0-9]{3}\.[A-Z0-9]{2}")
_CENTRAL_SEQUENCE = 6
"""Two digits for the owner of the central system, then at least four."""
_CENTRAL_SINCE = date(2026, 1, 25)
_CENTURY = 2000


class InvalidCode(ValueError):
    """
    This is no code of that kind; ``reason`` says why, for the person who typed it.

    The code itself is not repeated: what was typed in its place may be personal.
    """

    def __init__(self, reason: str) -> None:
        """Keep the *reason*, Vietnamese and English."""
        super().__init__(reason)
        self.reason = reason


class Shape(StrEnum):
    """Which rule a dossier code follows."""

    QCVN_102 = "qcvn_102"
    DECISION_20 = "decision_20"
    CENTRAL = "central"


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier code and its parts; equal only to the same string."""

    text: str
    shape: Shape
    agency: str
    day: date
    """When the dossier was received, in Vietnam."""
    sequence: int
    """Counted per agency and day; in the central shape with the owner's two digits before."""

    def __str__(self) -> str:
        """Return the string as it came."""
        return self.text


def dossier_code(text: str) -> DossierCode:
    """Return *text* and its parts, or raise InvalidCode."""
    if not (found := _CODE.fullmatch(text)):
        reason = (
            "Mã hồ sơ có dạng H49.14-261123-0001, không có dấu cách, chữ in hoa."
            " / A dossier code looks like H49.14-261123-0001: capitals, no blanks."
        )
        raise InvalidCode(reason)
    agency, day, sequence = found.groups()
    received = _day(day)
    if not 4 <= len(sequence) <= _SEQUENCE_LENGTH:
        reason = (
            f"Số thứ tự có từ 4 đến {_SEQUENCE_LENGTH} chữ số."
            f" / The sequence has 4 to {_SEQUENCE_LENGTH} digits."
        )
        raise InvalidCode(reason)
    return DossierCode(text, _shape(agency, received, sequence), agency, received, int(sequence))


def compose(agency: str, day: date, sequence: int) -> str:
    """Return the code of the *sequence*-th dossier that *agency* received on *day*."""
    return dossier_code(f"{agency}-{day:%y%m%d}-{sequence:04d}").text


def _day(digits: str) -> date:
    try:
        return date(_CENTURY + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError as error:
        reason = (
            "Sáu chữ số giữa là ngày tiếp nhận (năm, tháng, ngày); ngày này không có."
            " / The middle six digits are the day of reception; there is no such day."
        )
        raise InvalidCode(reason) from error


def _shape(agency: str, day: date, sequence: str) -> Shape:
    if len(agency) > _AGENCY_LENGTH:
        reason = (
            f"Mã cơ quan dài quá {_AGENCY_LENGTH} ký tự."
            f" / The agency's code is longer than {_AGENCY_LENGTH} signs."
        )
        raise InvalidCode(reason)
    if _QCVN_102.fullmatch(agency):
        return Shape.QCVN_102
    if not _DECISION_20.fullmatch(agency):
        reason = (
            "Mã cơ quan bắt đầu bằng một chữ và hai số, ví dụ H49.14."
            " / The agency's code begins with a letter and two digits, as in H49.14."
        )
        raise InvalidCode(reason)
    # A long sequence of an ordinary agency looks the same; only the day can tell them apart.
    central = _CENTRAL.fullmatch(agency) and len(sequence) >= _CENTRAL_SEQUENCE
    return Shape.CENTRAL if central and day >= _CENTRAL_SINCE else Shape.DECISION_20


class Leg(StrEnum):
    """A way of paper between citizen and Centre; one dossier may have all three."""

    COLLECT = "C"
    DELIVER = "D"
    RETURN = "R"


_REFERENCE = re.compile(r"(.+)-([CDR])-([1-9][0-9]{0,3})")


def booking_reference(dossier: str, leg: Leg, attempt: int) -> str:
    """Return our own reference of a booking: ``{dossier}-{C|D|R}-{attempt}``, attempt from 1."""
    reference = f"{dossier_code(dossier).text}-{leg}-{attempt}"
    split_reference(reference)
    return reference


def split_reference(reference: str) -> tuple[str, Leg, int]:
    """Return the dossier, leg and attempt of *reference*, or raise InvalidCode."""
    if not (found := _REFERENCE.fullmatch(reference)):
        reason = (
            "Mã bưu gửi nội bộ có dạng {mã hồ sơ}-D-1."
            " / Our reference of a parcel looks like {dossier code}-D-1."
        )
        raise InvalidCode(reason)
    dossier, leg, attempt = found.groups()
    return dossier_code(dossier).text, Leg(leg), int(attempt)
