"""
What would be signed unseen: layers that are off, notes that only print, fields that show nowhere.

The picture that the official approves is the screen's. So nothing may be switched on later, and
nothing may come out of a printer that the screen did not show.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from signing.pdf import active
from signing.pdf.unfit import Unfit, UnfitError

# Flags of an annotation (ISO 32000-1, table 165).
_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW, _TOGGLE = 1, 2, 4, 32, 256
#: These have no looks of their own on the page.
_WITHOUT_LOOKS = frozenset({"/Link", "/Popup"})


def refuse(document: Pdf) -> None:
    """Raise UnfitError if *document* shows, prints or keeps back something else than it seems."""
    _refuse_layers(document)
    for annotation in active.notes(document):
        flags = _flags(annotation)
        if flags & _NO_VIEW and flags & _PRINT and not flags & _HIDDEN and _looks(annotation):
            raise UnfitError(Unfit.PRINT_DIFFERS)


def remove(document: Pdf) -> bool:
    """Remove notes and fields that neither screen nor printer shows; tell whether there was any."""
    unseen: list[tuple[int, int]] = []
    removed = False
    for page in document.pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, Array):
            continue
        # A list may also hold nothing at all, over which others stumble.
        plain = [note for note in list(notes) if isinstance(note, Dictionary)]
        kept = [note for note in plain if not _unseen(note)]
        if len(kept) < len(notes):
            unseen += [note.objgen for note in plain if note.is_indirect and _unseen(note)]
            page.obj["/Annots"], removed = Array(kept), True
    form = document.Root.get("/AcroForm")
    if unseen and isinstance(form, Dictionary):
        _prune(form, "/Fields", set(unseen))
    return removed


def _prune(owner: Dictionary, key: str, unseen: set[tuple[int, int]]) -> None:
    """Take the removed widgets out of the form, too; a shallow tree is all that is looked at."""
    found = owner.get(key)
    if not isinstance(found, Array):
        return
    kept = [node for node in list(found) if node.objgen not in unseen]
    for node in kept:
        if isinstance(node, Dictionary) and "/Kids" in node and key == "/Fields":
            _prune(node, "/Kids", unseen)
    owner[key] = Array(kept)


def _unseen(annotation: Dictionary) -> bool:
    """Tell whether *annotation* shows on no screen and in no print; signatures stay."""
    flags = _flags(annotation)
    if annotation.get("/Subtype") in ("/Popup", "/Link") or annotation.get("/FT") == "/Sig":
        return False
    return bool(flags & _HIDDEN) or bool(flags & _NO_VIEW and not flags & _PRINT)


def _looks(annotation: Dictionary) -> bool:
    return str(annotation.get("/Subtype", "")) not in _WITHOUT_LOOKS and "/AP" in annotation


def _flags(annotation: Dictionary) -> int:
    flags = annotation.get("/F", 0)
    return int(flags) if isinstance(flags, int) else 0


def _refuse_layers(document: Pdf) -> None:
    """Refuse a layer that is off, or that the screen and the printer treat differently."""
    properties = document.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    layers = [one for one in _list(properties.get("/OCGs")) if isinstance(one, Dictionary)]
    default = properties.get("/D")
    default = default if isinstance(default, Dictionary) else Dictionary()
    on = {one.objgen for one in _list(default.get("/ON")) if isinstance(one, Dictionary)}
    off = {one.objgen for one in _list(default.get("/OFF")) if isinstance(one, Dictionary)}
    if default.get("/BaseState") == "/OFF":
        off |= {one.objgen for one in layers} - on
    if off and off & _in_use(document):
        raise UnfitError(Unfit.HIDDEN_LAYER)
    if any(_state(one, "/View") != _state(one, "/Print") for one in layers):
        raise UnfitError(Unfit.PRINT_DIFFERS)


def _in_use(document: Pdf) -> set[tuple[int, int]]:
    """Return the layers on which a page, a picture or a note puts something."""
    used: list[Object | None] = []
    for one in document.objects:
        if not isinstance(one, Dictionary | Stream):
            continue
        used.append(one.get("/OC"))
        if one.get("/Type") == "/OCMD":
            used += _members(one)
        for holder in (one, one.get("/Resources")):
            named = holder.get("/Properties") if isinstance(holder, Dictionary) else None
            if isinstance(named, Dictionary):
                used += [named[key] for key in named.keys()]  # noqa: SIM118 - no mapping
    used += [member for one in used for member in _members(one)]
    return {one.objgen for one in used if isinstance(one, Dictionary)}


def _members(policy: Object | None) -> list[Object | None]:
    """Return the layers on which a membership dictionary (OCMD) depends."""
    if not isinstance(policy, Dictionary):
        return []
    waiting, found = [policy.get("/OCGs"), policy.get("/VE")], list[Object | None]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting += list(one)
        else:
            found.append(one)
    return found


def _state(layer: Dictionary, use: str) -> str:
    """Return ON or OFF, as the layer's usage says for screen or print; ON where it is silent."""
    usage = layer.get("/Usage")
    said = usage.get(use) if isinstance(usage, Dictionary) else None
    return str(said.get(f"{use}State", "/ON")) if isinstance(said, Dictionary) else "/ON"


def _list(found: Object | None) -> list[Object]:
    return list(found) if isinstance(found, Array) else []
