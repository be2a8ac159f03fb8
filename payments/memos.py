"""
What a memo says, after banks have had it in their hands.

On 249,533 real credit lines of three Vietnamese banks no diacritic survived, one bank put an
en dash into 78 % of its lines, and wrappers (``MBVCB.…``, ``CT DEN:…``) stand on both sides of
what the payer wrote. So a reference is looked for with gaps allowed between its signs, and it
counts only when its check digits are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossiers.money import PREFIX, is_reference, plain

#: What banks and people put between the signs of a reference: blanks, dots, slashes, dashes.
_GAP = r"[\s.,:;/_\u00ad\u2010-\u2015\u2212-]*"
_DIGITS = 10
#: ``T`` for a try at a gateway, ``R`` for a refund, and its number.
_NUMBERED = f"{_GAP}[TR](?:{_GAP}[0-9]){{2}}"
_SPREAD = re.compile(f"(?=({_GAP.join(PREFIX)}(?:{_GAP}[0-9]){{{_DIGITS}}})({_NUMBERED})?)")
_NOISE = re.compile(r"[^0-9A-Z]")
_BLANKS = re.compile(r"\s+")


def normalise(memo: str) -> str:
    """Return *memo* in capital Latin letters with single blanks, dashes of every kind as ``-``."""
    dashes = re.sub(r"[\u2010-\u2015\u2212]", "-", memo.replace("\u00ad", ""))
    return _BLANKS.sub(" ", plain(dashes)).strip()


def references(memo: str) -> tuple[str, ...]:
    """
    Return the payment references in *memo*, each once, in the order of their first mention.

    Blanks, dots, slashes and dashes inside a reference are overlooked, so are small letters;
    nothing is guessed: a reference with a wrong digit is none.
    """
    return tuple(dict.fromkeys(reference for reference, _number in _found(memo)))


def numbered(memo: str) -> tuple[str, ...]:
    """Return the references of tries (``T``) and refunds (``R`` and two digits) in *memo*."""
    return tuple(dict.fromkeys(f"{found}{number}" for found, number in _found(memo) if number))


def _found(memo: str) -> Iterator[tuple[str, str]]:
    """Yield each right reference with the number of try or refund behind it, or nothing."""
    for match in _SPREAD.finditer(plain(memo)):
        reference = _NOISE.sub("", match[1])
        if is_reference(reference):
            yield reference, _NOISE.sub("", match[2] or "")
