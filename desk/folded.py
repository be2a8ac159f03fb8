"""
Search that forgives missing diacritics: ``nguyen thi thuy`` finds ``Nguyễn Thị Thúy``.

PostgreSQL folds with ``translate``; no extension is needed, which a private server may lack.
"""

from __future__ import annotations

import unicodedata

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from dossiers.money import plain
from register.models import Dossier

_BASES = "AEIOUYaeiouy"
_MARKS = ("", "\u0302", "\u0306", "\u031b")
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _letters() -> str:
    """Return every Vietnamese letter that carries a mark, in normal form C."""
    built = {
        unicodedata.normalize("NFC", base + mark + tone)
        for base in _BASES
        for mark in _MARKS
        for tone in _TONES
    }
    return "".join(sorted(letter for letter in built if len(letter) == 1 and not letter.isascii()))


MARKED = _letters() + "Đđ"
BARE = plain(MARKED)


def fold(text: str) -> str:
    """Return *text* in capital ASCII letters with single blanks."""
    return " ".join(plain(text).split())


def _folded(column: str) -> Combinable:
    bare = Func(F(column), Value(MARKED), Value(BARE), function="translate")
    return Func(bare, function="upper", output_field=CharField())


def search(dossiers: QuerySet[Dossier], text: str) -> QuerySet[Dossier]:
    """Return those whose code or owner's name contains *text*, with or without diacritics."""
    wanted = fold(text)
    if not wanted:
        return dossiers
    return dossiers.alias(owner=_folded("applicant__name_text")).filter(
        Q(code__icontains=text.strip()) | Q(owner__contains=wanted)
    )
