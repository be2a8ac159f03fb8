"""
Small things that every supplier writes in its own way: instants, amounts, seals, words.

All functions raise ValueError or TypeError on what they cannot read; the connector says
what that means (:func:`connectors.http.reading`, or Refused for a callback).
"""

from __future__ import annotations

import hmac
import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dossiers.personal import Personal

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_STAMP = "%Y%m%d%H%M%S"
_STAMP_DIGITS = re.compile(r"[0-9]{14}")
_AMOUNT = re.compile(r"[0-9]{1,15}")
_NUMBER = re.compile(r"[0-9](?:[ .-]?[0-9]){6,}")
_LONGEST_WORDS = 160


def stamp(at: datetime) -> str:
    """
    Return *at* as ``yyyyMMddHHmmss`` in Vietnam, 24 hours a day.

    The well-known mistake is ``hh``: half past three in the afternoon becomes the night.
    ValueError if *at* is not aware.
    """
    if at.tzinfo is None:
        message = "an instant needs its zone"
        raise ValueError(message)
    return at.astimezone(VIETNAM).strftime(_STAMP)


def read_stamp(text: str, form: str = _STAMP) -> datetime:
    """Return the instant that *text* tells in Vietnam time, written in *form*."""
    if form == _STAMP and not _STAMP_DIGITS.fullmatch(text):
        message = "not yyyyMMddHHmmss"
        raise ValueError(message)
    return datetime.strptime(text, form).replace(tzinfo=VIETNAM)


def dong(value: object) -> int:
    """Return an amount told as digits or as a whole JSON number; never a fraction."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return int(value)
    message = "not an amount in whole đồng"
    raise ValueError(message)


def same(one: str, other: object) -> bool:
    """Tell whether two seals are the same, in a time that tells nothing of either."""
    return isinstance(other, str) and hmac.compare_digest(one.encode(), other.encode())


def json_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object in *body*; ValueError for anything else."""
    try:
        message = json.loads(body)
    except RecursionError:
        rule = "nested too deeply"
        raise ValueError(rule) from None
    if not isinstance(message, dict):
        rule = "not a JSON object"
        raise ValueError(rule)  # noqa: TRY004  the caller handles one kind of error
    return message


def said(words: object, *hidden: Personal) -> str:
    """
    Return a supplier's own *words* as a person's task may show them.

    One line, cut at 160 signs, *hidden* personal data masked, and so is every run of seven
    digits or more: phone and identity numbers come back in refusals.
    """
    text = " ".join(str(words or "").split())
    for personal in hidden:
        if personal:
            text = text.replace(personal.reveal(), personal.masked())
    return _NUMBER.sub("***", text)[:_LONGEST_WORDS]
