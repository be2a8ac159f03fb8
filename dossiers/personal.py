"""
Personal data: text that masks itself wherever it is shown.

A name, phone number, identity number or address is one of these types from the edge of the
hub to the place that needs it. ``str``, ``repr``, logs and tracebacks see the mask only;
``reveal()`` is the one way to the text, and easy to find in the code.
"""

from __future__ import annotations

import unicodedata
from typing import Final


class Personal:
    """Text about a person; shown masked."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Keep *text* in normal form C, as Vietnamese is typed, compared and drawn."""
        self._text: Final = unicodedata.normalize("NFC", text.strip())

    def reveal(self) -> str:
        """Return the text itself. Whoever calls this shows it to someone entitled to it."""
        return self._text

    def masked(self) -> str:
        """Return what everybody may see."""
        return "***"

    def __str__(self) -> str:
        """Show the mask."""
        return self.masked()

    def __repr__(self) -> str:
        """Show the kind and the mask."""
        return f"{type(self).__name__}({self.masked()!r})"

    def __bool__(self) -> bool:
        """Tell whether there is any text."""
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        """Compare with the same kind only."""
        return type(other) is type(self) and other.reveal() == self._text

    def __hash__(self) -> int:
        """Hash as the text does."""
        return hash((type(self), self._text))


class Name(Personal):
    """A person's or an organisation's name; family name stays, the rest is masked."""

    __slots__ = ()

    def masked(self) -> str:
        """``Nguyễn Văn An`` is shown as ``Nguyễn V** A*``."""
        first, *rest = self._text.split() or [""]
        return " ".join([first, *(word[0] + "*" * (len(word) - 1) for word in rest)])


class Phone(Personal):
    """A phone number; the last three digits stay."""

    __slots__ = ()

    def masked(self) -> str:
        """``0912345678`` is shown as ``*******678``."""
        return "*" * max(len(self._text) - 3, 0) + self._text[-3:]


class IdNumber(Personal):
    """A personal identification number ("số định danh"); nothing stays."""

    __slots__ = ()


class Address(Personal):
    """A postal address; nothing stays."""

    __slots__ = ()


class AccountNumber(Personal):
    """The number of a person's bank account; the last four digits stay."""

    __slots__ = ()

    def masked(self) -> str:
        """``0011004123456`` is shown as ``*********3456``; a short one not at all."""
        shown = self._text[-4:] if len(self._text) > 4 else ""
        return "*" * (len(self._text) - len(shown)) + shown
