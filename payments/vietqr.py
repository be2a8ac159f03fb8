"""
VietQR: the text behind the code that a citizen scans to pay by bank transfer.

EMVCo's merchant-presented form: every field is two digits of tag, two digits of length, value.
The last field is CRC-16/CCITT-FALSE over everything before its own four digits.
Sources: EMVCo QRCPS MPM; NAPAS QR IBFT 1.5.2 (whose own example has a wrong length).
"""

from __future__ import annotations

import binascii
import csv
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from dossiers.money import plain

NAPAS: Final = "A000000727"
_DONG, _VIETNAM = "704", "VN"
_INITIATION = {"11": False, "12": True}
#: Tags 26 to 51 hold the account of one scheme each, as a template of their own.
_ACCOUNTS = tuple(f"{tag:02d}" for tag in range(26, 52))
_PURPOSE_LIMIT, _ACCOUNT_LIMIT, _AMOUNT_LIMIT = 25, 19, 13
_MAX_VALUE = 99


class Service(StrEnum):
    """What the money is sent to."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"
    PUSH = "QRPUSH"
    CASH = "QRCASH"


class VietQRError(ValueError):
    """This is no VietQR code, or it cannot be made; the words say at which tag."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says."""

    dynamic: bool
    """For one payment (``12``), not for many (``11``)."""
    scheme: str
    """Identity of the network: ``A000000727`` is NAPAS, ``A000000775`` VNPAY."""
    account: str
    """Account, card or, outside NAPAS, the merchant."""
    bank: str = ""
    """BIN of the bank; empty outside NAPAS."""
    service: Service | None = None
    amount: int | None = None
    """Đồng; None lets the payer choose."""
    purpose: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """Every field of the first level, raw."""


@cache
def banks() -> dict[str, str]:
    """Return the names of banks by BIN, as ``data/napas_bins.csv`` knows them."""
    text = Path(__file__).with_name("data").joinpath("napas_bins.csv").read_text("utf-8")
    rows = (line for line in text.splitlines() if not line.startswith("#"))
    return {row["bin"]: row["name"] for row in csv.DictReader(rows)}


def payload(
    bank: str,
    account: str,
    amount: int | None = None,
    *,
    purpose: str = "",
    service: Service = Service.ACCOUNT,
) -> str:
    """
    Return the text of a code that pays *account* at the *bank* with this BIN.

    With an *amount* (đồng, above 0) the code is dynamic. *purpose* loses its diacritics
    first: implementations disagree whether a length counts letters or bytes.
    VietQRError if something does not fit; nothing is cut off.
    """
    _check(bank, account, amount)
    memo = _purpose(purpose)
    target = _field("00", bank) + _field("01", account)
    parts = [
        _field("00", "01"),
        _field("01", "11" if amount is None else "12"),
        _field("38", _field("00", NAPAS) + _field("01", target) + _field("02", service)),
        _field("53", _DONG),
        "" if amount is None else _field("54", str(amount)),
        _field("58", _VIETNAM),
        _field("62", _field("08", memo)) if memo else "",
        "6304",
    ]
    body = "".join(parts)
    return body + crc(body)


def parse(text: str) -> Code:
    """
    Return what the code *text* says; VietQRError unless every length and the CRC hold.

    Strict: ASCII only, capital hex digits, no field twice, no template that swallows another.
    """
    if not text.isascii():
        message = "letters with diacritics: their length is ambiguous"
        raise VietQRError(message)
    if crc(text[:-4]) != text[-4:]:
        wrong = "in small letters" if crc(text[:-4]) == text[-4:].upper() else "wrong"
        message = f"the CRC is {wrong}"
        raise VietQRError(message)
    tags = _fields(text, "")
    _check_frame(tags)
    accounts = [tag for tag in tags if tag in _ACCOUNTS]
    if len(accounts) != 1:
        message = f"{len(accounts)} accounts to pay to"
        raise VietQRError(message)
    extra = _fields(tags["62"], "62.") if "62" in tags else {}
    return _code(tags, _fields(tags[accounts[0]], f"{accounts[0]}."), extra.get("08", ""))


def crc(text: str) -> str:
    """Return CRC-16/CCITT-FALSE of *text* as four capital hex digits (``123456789`` is 29B1)."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def _check(bank: str, account: str, amount: int | None) -> None:
    if bank not in banks():
        message = f"no bank has the BIN {bank!r}"
        raise VietQRError(message)
    if not (account.isascii() and account.isalnum() and len(account) <= _ACCOUNT_LIMIT):
        message = f"an account is up to {_ACCOUNT_LIMIT} letters and digits"
        raise VietQRError(message)
    if amount is not None and (amount <= 0 or len(str(amount)) > _AMOUNT_LIMIT):
        message = f"an amount is 1 đồng or more, up to {_AMOUNT_LIMIT} digits"
        raise VietQRError(message)


def _purpose(purpose: str) -> str:
    bare = plain(purpose) if not purpose.isascii() else purpose
    if not bare.isascii() or not bare.isprintable() or len(bare) > _PURPOSE_LIMIT:
        message = f"a purpose is up to {_PURPOSE_LIMIT} Latin letters, digits and signs"
        raise VietQRError(message)
    return bare


def _field(tag: str, value: str) -> str:
    if len(value) > _MAX_VALUE:
        message = f"tag {tag}: longer than {_MAX_VALUE}"
        raise VietQRError(message)
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str, where: str) -> dict[str, str]:
    """Cut *text* into its fields; *where* names the template in errors."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (tag.isdigit() and length.isdigit() and len(length) == len("00")):
            message = f"{where}{tag}: no tag and length at sign {at + 1}"
            raise VietQRError(message)
        value = text[at + 4 : at + 4 + int(length)]
        if not value or len(value) != int(length):
            message = f"{where}{tag}: {length} signs announced, {len(value)} there"
            raise VietQRError(message)
        if tag in found:
            message = f"{where}{tag}: there twice"
            raise VietQRError(message)
        found[tag] = value
        at += 4 + int(length)
    return found


def _check_frame(tags: dict[str, str]) -> None:
    order = list(tags)
    if order[:1] != ["00"] or tags["00"] != "01" or order[-1] != "63":
        message = "00: must come first and say 01; 63 must come last"
        raise VietQRError(message)
    if tags.get("01") not in _INITIATION:
        message = "01: neither 11 (static) nor 12 (dynamic)"
        raise VietQRError(message)
    if tags.get("53") != _DONG or tags.get("58") != _VIETNAM:
        message = "53, 58: not đồng in Vietnam"
        raise VietQRError(message)


def _code(tags: dict[str, str], account: dict[str, str], purpose: str) -> Code:
    scheme, target = account.get("00", ""), account.get("01", "")
    if not scheme or not target:
        message = "no network or no account to pay to"
        raise VietQRError(message)
    bank, service = "", None
    if scheme == NAPAS:
        inner = _fields(target, "38.01.")
        if set(inner) != {"00", "01"} or account.get("02") not in set(Service):
            message = "38: needs a bank, an account and a service"
            raise VietQRError(message)
        bank, target, service = inner["00"], inner["01"], Service(account["02"])
    return Code(
        dynamic=_INITIATION[tags["01"]],
        scheme=scheme,
        account=target,
        bank=bank,
        service=service,
        amount=_amount(tags.get("54")),
        purpose=purpose,
        fields=tags,
    )


def _amount(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdigit() or len(text) > _AMOUNT_LIMIT or not int(text):
        message = "54: not a whole amount of đồng"
        raise VietQRError(message)
    return int(text)
