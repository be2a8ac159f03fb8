"""
PDF values from Python values, so that what is drawn reads like what it is.

pyHanko's own constructors are untyped; this is the one place that calls them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from pyhanko.pdf_utils import generic


class Written(generic.PdfObject):
    """A direct object that was written out once and is the same in every file."""

    def __init__(self, text: bytes) -> None:
        """Keep *text*, the object in PDF's own syntax."""
        super().__init__()
        self._text = text

    def write_to_stream(
        self, stream: Any, _handler: Any = None, _container_ref: Any = None
    ) -> None:
        """Write the text as it is; pyHanko calls this."""
        stream.write(self._text)


def value(given: Any) -> Any:
    """
    Return *given* as a PDF object; what is one already stays.

    ``"/Text"`` is a name, other text a string, a tuple or list an array, a dict a dictionary.
    """
    if isinstance(given, generic.PdfObject):
        return given
    if isinstance(given, str):
        return (generic.pdf_name if given.startswith("/") else generic.pdf_string)(given)
    if isinstance(given, dict):
        return generic.DictionaryObject(_entries(given))  # type: ignore[no-untyped-call]
    if isinstance(given, list | tuple):
        return array(given)
    number = generic.NumberObject if isinstance(given, int) else generic.FloatObject
    return number(given)


def name(written: str) -> Any:
    """Return the name *written* with its slash, as a dictionary's key."""
    return generic.pdf_name(written)


def array(items: Iterable[Any]) -> Any:
    """Return the array of *items*."""
    return generic.ArrayObject([value(item) for item in items])


def stream(entries: Mapping[str, Any], encoded: bytes) -> Any:
    """Return a stream whose Flate-encoded bytes are ready and will not be touched again."""
    return generic.StreamObject(
        _entries({**entries, "/Filter": "/FlateDecode"}), encoded_data=encoded
    )


def plain_stream(entries: Mapping[str, Any], data: bytes) -> Any:
    """Return a short stream that is not worth encoding."""
    return generic.StreamObject(_entries(entries), stream_data=data)


def shared(writer: Any, owner: Hashable, embed: Callable[[Any], Any]) -> Any:
    """
    Add to *writer* what *embed* adds for *owner*, and return its reference.

    For what is the same in every file but for its numbers: our own writer keeps it written out.
    """
    kept = getattr(writer, "shared", None)
    return kept(owner, embed) if kept else embed(writer)


def _entries(given: Mapping[str, Any]) -> dict[Any, Any]:
    return {generic.pdf_name(name): value(entry) for name, entry in given.items()}
