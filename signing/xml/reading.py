"""
What an XML file must be before it may be signed: plain, whole, and meaning what it shows.

XML has doors that a signature does not close: a DTD or XInclude brings in what is not there, a
style sheet shows something else than what is signed, two elements of one Id let a reader take
the wrong one. None of them is opened here; each has its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

from lxml import etree

from signing.xml import names

LIMIT: Final = 50 * 2**20
"""Bytes of a result."""
DEEPEST: Final = 200
"""Elements in each other; libxml2 itself takes 2048, other readers fewer."""


class Unfit(StrEnum):
    """Why an XML file cannot be signed."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_XML = "not_xml"
    ENCODING = "encoding"
    DTD = "dtd"
    XINCLUDE = "xinclude"
    INSTRUCTION = "instruction"
    TOO_DEEP = "too_deep"
    DUPLICATE_ID = "duplicate_id"
    ALREADY_SIGNED = "already_signed"


#: Reason → what a person reads: what happened and what to do next.
REASONS: Final[dict[Unfit, tuple[str, str]]] = {
    Unfit.EMPTY: (
        "Tệp rỗng. Hãy gửi lại tệp kết quả.",
        "The file is empty. Send the result again.",
    ),
    Unfit.TOO_LARGE: (
        "Tệp quá lớn. Hãy giảm dung lượng rồi gửi lại.",
        "The file is too large. Make it smaller and send it again.",
    ),
    Unfit.NOT_XML: (
        "Tệp XML bị hỏng. Hãy xuất lại từ phần mềm gốc.",
        "The XML is broken. Export it again from the original program.",
    ),
    Unfit.ENCODING: (
        "Tệp XML không ở bảng mã UTF-8. Hãy lưu lại ở UTF-8 rồi gửi lại.",
        "The XML is not in UTF-8. Save it as UTF-8 and send it again.",
    ),
    Unfit.DTD: (
        "Tệp XML có khai báo DTD. Hãy bỏ DOCTYPE rồi gửi lại.",
        "The XML has a DTD. Remove the DOCTYPE and send it again.",
    ),
    Unfit.XINCLUDE: (
        "Tệp XML lấy nội dung từ nơi khác (XInclude). Hãy gửi tệp đầy đủ.",
        "The XML takes content from elsewhere (XInclude). Send the whole file.",
    ),
    Unfit.INSTRUCTION: (
        "Tệp XML gọi tệp trình bày bên ngoài. Hãy bỏ lệnh xml-stylesheet rồi gửi lại.",
        "The XML calls for an outside style sheet. Remove that line and send it again.",
    ),
    Unfit.TOO_DEEP: (
        "Tệp XML lồng quá nhiều cấp. Hãy xuất lại từ phần mềm gốc.",
        "The XML is nested too deeply. Export it again from the original program.",
    ),
    Unfit.DUPLICATE_ID: (
        "Tệp XML có hai phần tử trùng mã Id. Hãy sửa rồi gửi lại.",
        "Two elements of the XML have one Id. Mend it and send it again.",
    ),
    Unfit.ALREADY_SIGNED: (
        "Tệp đã có chữ ký số. Hãy gửi bản chưa ký.",
        "The file is already signed. Send the unsigned one.",
    ),
}


class UnfitError(Exception):
    """The file cannot be signed; ``reason`` is one of ``Unfit``, ``vi`` and ``en`` say it."""

    def __init__(self, reason: Unfit) -> None:
        """Keep the *reason* and its words."""
        super().__init__(reason)
        self.reason = reason
        self.vi, self.en = REASONS[reason]


def check(data: bytes, *, limit: int = LIMIT) -> etree._Element:
    """Return the root of *data*, which nobody has signed yet; UnfitError; *limit* in bytes."""
    root = parse(data, limit=limit)
    if next(root.iter(names.SIGNATURE), None) is not None:
        raise UnfitError(Unfit.ALREADY_SIGNED)
    return root


def parse(data: bytes, *, limit: int = LIMIT) -> etree._Element:
    """Return the root of *data*, signed or not; UnfitError if it may not be read."""
    if not data.strip():
        raise UnfitError(Unfit.EMPTY)
    if len(data) > limit:
        raise UnfitError(Unfit.TOO_LARGE)
    if b"<!DOCTYPE" in data:
        raise UnfitError(Unfit.DTD)
    root = _read(data)
    info: Any = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise UnfitError(Unfit.DTD)
    if (info.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        raise UnfitError(Unfit.ENCODING)
    _look_around(root)
    return root


def ids(root: etree._Element) -> Iterator[str]:
    """Yield every value by which an element of *root* may be referred to."""
    for element in root.iter(etree.Element):
        yield from own_ids(element)


def own_ids(element: etree._Element) -> list[str]:
    """Return the values by which *element* may be referred to."""
    return [str(element.attrib[name]) for name in names.IDS if name in element.attrib]


def _read(data: bytes) -> etree._Element:
    """Return the root; a huge text is a scan in base64, so libxml2's limit of 10 MB is off."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_pis=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UnfitError(Unfit.TOO_DEEP) from None
        wrong = "encoding" in str(error).lower() or not _is_utf8(data)
        raise UnfitError(Unfit.ENCODING if wrong else Unfit.NOT_XML) from None
    except (ValueError, LookupError):
        raise UnfitError(Unfit.NOT_XML) from None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _look_around(root: etree._Element) -> None:
    """Refuse what a signature does not cover, or what could be read in two ways."""
    if etree.QName(root).localname.lower() == "html":
        raise UnfitError(Unfit.NOT_XML)
    beside = (*root.itersiblings(preceding=True), *root.itersiblings())
    if any(isinstance(node, etree._ProcessingInstruction) for node in beside):  # noqa: SLF001
        raise UnfitError(Unfit.INSTRUCTION)
    depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise UnfitError(Unfit.TOO_DEEP)
        if event == "start" and str(node.tag).startswith(f"{{{names.XINCLUDE}}}"):
            raise UnfitError(Unfit.XINCLUDE)
    if any(number > 1 for number in Counter(ids(root)).values()):
        raise UnfitError(Unfit.DUPLICATE_ID)
