"""
The metadata of an archived result: XMP with the claim PDF/A-2b, made from the file's own.

Only properties that the standard knows are written; what other programs noted of themselves
would need a description of its own, and says nothing about the result.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from pikepdf import Dictionary, Pdf
from pikepdf.models.metadata import decode_pdf_date

_HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/">\n'
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
)
_FOOT = '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'

#: Entry of the file's own information → how XMP says it.
_TEXTS = {
    "/Title": '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>',
    "/Author": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "/Subject": "<dc:description><rdf:Alt>"
    '<rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>',
    "/Keywords": "<pdf:Keywords>{}</pdf:Keywords>",
    "/Creator": "<xmp:CreatorTool>{}</xmp:CreatorTool>",
    "/Producer": "<pdf:Producer>{}</pdf:Producer>",
}
_DATES = {
    "/CreationDate": "<xmp:CreateDate>{}</xmp:CreateDate>",
    "/ModDate": "<xmp:ModifyDate>{}</xmp:ModifyDate>",
}


def packet(document: Pdf) -> bytes:
    """Return the XMP packet for *document*, from its information dictionary."""
    told = document.trailer.get("/Info")
    lines = list(_lines(told)) if isinstance(told, Dictionary) else []
    return (_HEAD + "\n".join(lines) + _FOOT).encode()


def _lines(told: Dictionary) -> list[str]:
    found = []
    for key, form in (*_TEXTS.items(), *_DATES.items()):
        text = "".join(sign for sign in str(told.get(key, "")) if sign.isprintable()).strip()
        if key in _DATES:
            text = _date(text)
        if text:
            found.append(form.format(escape(text)))
    return found


def _date(text: str) -> str:
    """Return the PDF date *text* by ISO 8601; empty if it is none."""
    try:
        return decode_pdf_date(text).isoformat() if text else ""
    except ValueError:
        return ""
