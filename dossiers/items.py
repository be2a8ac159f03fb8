"""
Item numbers of the post ("mã bưu gửi"), UPU standard S10: ``EB123456785VN``.

Two letters for the service, eight digits, a check digit, two letters for the country.
The check digit lets 1.9 % of wrong single digits pass (two remainders share a digit with
others), so a typed number must also stand on the manifest at hand before it is believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dossiers.codes import InvalidCode

_ITEM = re.compile(r"([A-Z]{2})([0-9]{8})([0-9])([A-Z]{2})")
_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)
_RESERVED: Final = "JKSTW"
"""First letters of services that S10 keeps for later."""

_COUNTRIES: Final = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
    GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
    KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
    ZW
"""
COUNTRIES: Final = frozenset(_COUNTRIES.split())
"""ISO 3166-1 alpha-2, the 249 assigned codes."""


@dataclass(frozen=True, slots=True)
class ItemNumber:
    """A right S10 number."""

    text: str

    @property
    def grouped(self) -> str:
        """As people read it: ``EB 123 456 785 VN``."""
        return " ".join(
            (self.text[:2], self.text[2:5], self.text[5:8], self.text[8:11], self.text[11:])
        )

    def __str__(self) -> str:
        """Return the number without blanks."""
        return self.text


def item_number(text: str) -> ItemNumber:
    """
    Return *text* as an item number; InvalidCode says what is wrong with it.

    Capitals, the digits 0 to 9, no blanks: see :func:`tidy` for what a person types.
    """
    if not (found := _ITEM.fullmatch(text)):
        reason = (
            "Mã bưu gửi gồm 2 chữ, 9 số, 2 chữ, ví dụ EB123456785VN."
            " / An item number is 2 letters, 9 digits, 2 letters, as in EB123456785VN."
        )
        raise InvalidCode(reason)
    service, serial, check, country = found.groups()
    if service[0] in _RESERVED:
        reason = (
            "Hai chữ đầu không phải là loại dịch vụ bưu chính đang dùng."
            " / The first two letters are no postal service in use."
        )
        raise InvalidCode(reason)
    if country not in COUNTRIES:
        reason = "Hai chữ cuối không phải là mã nước. / The last two letters are no country."
        raise InvalidCode(reason)
    if int(check) != check_digit(serial):
        reason = (
            "Số kiểm tra sai, hãy quét hoặc nhập lại."
            " / The check digit is wrong: scan or type it again."
        )
        raise InvalidCode(reason)
    return ItemNumber(text)


def compose(service: str, serial: int, country: str = "VN") -> ItemNumber:
    """Return the item number of *service* and *serial* (0 … 99,999,999)."""
    digits = f"{serial:08d}"
    return item_number(f"{service}{digits}{check_digit(digits)}{country}")


def check_digit(serial: str) -> int:
    """Return the check digit of eight digits: 11 less the weighted sum mod 11; 10 → 0, 11 → 5."""
    total = sum(int(digit) * weight for digit, weight in zip(serial, _WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: 0, 11: 5}.get(rest, rest)


def tidy(typed: str) -> str:
    """Return what a person *typed* or a scanner sent without ASCII blanks, in ASCII capitals."""
    return "".join(
        sign.upper() if sign.isascii() else sign for sign in typed if sign not in " \t\r\n"
    )


def grouped(code: str) -> str:
    """Return *code* as people read it: in groups if it is an item number, else unchanged."""
    try:
        return item_number(code).grouped
    except InvalidCode:
        return code
