"""
What a PDF would do by itself: judged, and taken out of an unsigned file.

A result is read, not run. What only acts (scripts, launches, forms that are sent somewhere) is
removed, and the page looks the same. What is content that pages do not show (attachments,
sound, film, 3D, parts that lie elsewhere) is refused: a person decides what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Object, Pdf

from signing.pdf.unfit import Unfit, UnfitError

#: Actions that lead the reader somewhere and change nothing (ISO 32000-1, 12.6.4).
_HARMLESS = frozenset({"/GoTo", "/URI", "/Named"})
#: Of the named actions only these turn pages; ``Print`` and others act by themselves.
_TURNS = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})

_MULTIMEDIA = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
#: How programs that tag text attach it once more for machines (PDF 2.0, 14.13).
_RELATIONS = frozenset({"/Supplement", "/Source", "/Alternative"})
_COPIES = frozenset({"/application/mathml+xml", "/application/x-tex", "/text/html"})
_OF_A_NAME_TREE = ("/JavaScript", "/AlternatePresentations", "/Renditions")
_OF_THE_CATALOG = ("/AA", "/Requirements", "/Collection")


def refuse(document: Pdf) -> None:
    """Raise UnfitError for content that no page shows or that lies outside of *document*."""
    for annotation in notes(document):
        kind = str(annotation.get("/Subtype", ""))
        if kind == "/FileAttachment":
            raise UnfitError(Unfit.ATTACHMENT)
        if kind in _MULTIMEDIA:
            raise UnfitError(Unfit.MULTIMEDIA)
    for found in document.objects:
        _refuse_object(found)


def _refuse_object(found: Object) -> None:
    """Refuse attachments that nothing lists, and streams whose bytes are another file's."""
    if isinstance(found, pikepdf.Stream):
        if "/F" in found or ("/Ref" in found and found.get("/Subtype") == "/Form"):
            raise UnfitError(Unfit.EXTERNAL)
    elif isinstance(found, Dictionary) and "/EF" in found and not _copy(found):
        raise UnfitError(Unfit.ATTACHMENT)


def _copy(attached: Dictionary) -> bool:
    """Tell whether *attached* repeats what a page shows: formulas and lists of tagged text."""
    inner = _dictionary(attached.get("/EF")).get("/F")
    kind = inner.get("/Subtype") if isinstance(inner, pikepdf.Stream) else None
    return str(attached.get("/AFRelationship")) in _RELATIONS and str(kind) in _COPIES


def strip(document: Pdf) -> bool:
    """Remove from the unsigned *document* what acts by itself; tell whether there was any."""
    root: Any = document.Root
    names = _dictionary(root.get("/Names"))
    removed = _drop(names, *_OF_A_NAME_TREE) | _drop(root, *_OF_THE_CATALOG)
    removed |= _strip_action(root, "/OpenAction")
    for page in document.pages:
        removed |= _drop(page.obj, "/AA", "/PresSteps")
    for owner in (*notes(document), *_fields(document), *_outlines(document)):
        removed |= _drop(owner, "/AA") | _strip_action(owner, "/A")
        if owner.get("/Subtype") == "/Link":
            removed |= _drop(owner, "/PA")
    return removed


def strip_copies(document: Pdf) -> bool:
    """Remove the copies for machines from the unsigned *document*; tell whether there were any."""
    found = [one for one in document.objects if isinstance(one, Dictionary) and "/EF" in one]
    for attached in found:
        _drop(attached, "/EF", "/RF")
    for owner in document.objects if found else ():
        if isinstance(owner, Dictionary):
            _drop(owner, "/AF")
    return _drop(_dictionary(document.Root.get("/Names")), "/EmbeddedFiles") | bool(found)


def notes(document: Pdf) -> Iterator[Dictionary]:
    """Yield every annotation of every page."""
    for page in document.pages:
        for found in _items(page.obj.get("/Annots")):
            if isinstance(found, Dictionary):
                yield found


def _strip_action(owner: Dictionary, key: str) -> bool:
    """Remove the action under *key* unless it, and all that follow it, only turn pages."""
    action = owner.get(key)
    if not isinstance(action, Dictionary) or _harmless(action):
        return False
    del owner[key]
    return True


def _harmless(action: Dictionary) -> bool:
    kind = str(action.get("/S", ""))
    turns = kind != "/Named" or str(action.get("/N", "")) in _TURNS
    return kind in _HARMLESS and turns and "/Next" not in action


def _drop(owner: Dictionary, *keys: str) -> bool:
    found = [key for key in keys if key in owner]
    for key in found:
        del owner[key]
    return bool(found)


def _fields(document: Pdf) -> Iterator[Dictionary]:
    """Yield every form field; a tree that bites its tail is walked once."""
    form = _dictionary(document.Root.get("/AcroForm"))
    yield from _walk(_items(form.get("/Fields")), "/Kids")


def _outlines(document: Pdf) -> Iterator[Dictionary]:
    """Yield every bookmark."""
    top = _dictionary(document.Root.get("/Outlines"))
    yield from _walk([top.get("/First")], "/First", "/Next")


def _walk(begin: list[Object | None], *ways: str) -> Iterator[Dictionary]:
    waiting, seen = list(begin), set[tuple[int, int]]()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        yield node
        for way in ways:
            below = node.get(way)
            waiting += _items(below) if isinstance(below, pikepdf.Array) else [below]


def _items(found: Object | None) -> list[Object | None]:
    return list(found) if isinstance(found, pikepdf.Array) else []


def _dictionary(found: Object | None) -> Dictionary:
    return found if isinstance(found, Dictionary) else Dictionary()
