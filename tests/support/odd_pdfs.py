"""
Odd files, each with one fault: what departments send, and what an enemy would.

Every maker takes a sound result apart with qpdf and returns the bytes of the odd one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from register import fonts
from signing.certificates import Certificate, load
from signing.pdf import appearance, fields, pades
from tests.support import signing_kit as kit

Change = Callable[[pikepdf.Pdf], None]


@cache
def small() -> bytes:
    """Return a page of one line, small and sound."""
    pdf = FPDF()
    pdf.set_creation_date(kit.AT)
    pdf.add_font("serif", fname=fonts.path("LiberationSerif-Regular"))
    pdf.set_font("serif", size=13)
    pdf.add_page()
    pdf.cell(0, 7, "Giấy phép xây dựng số 12")
    return bytes(pdf.output())


def changed(change: Change, **options: Any) -> bytes:
    """Return the small file after *change*, saved with pikepdf's *options*."""
    with pikepdf.open(BytesIO(small())) as document:
        change(document)
        return saved(document, **options)


def saved(document: pikepdf.Pdf, **options: Any) -> bytes:
    """Return the bytes of *document*."""
    out = BytesIO()
    document.save(out, **options)
    return out.getvalue()


def encrypted(user: str, *, changes: bool = True) -> bytes:
    """Return the file encrypted; *user* is the password that opens it."""
    allowed = pikepdf.Permissions(modify_other=changes, modify_form=changes)
    locked = pikepdf.Encryption(owner="owner", user=user, allow=allowed)
    return changed(lambda _document: None, encryption=locked)


def broken_table() -> bytes:
    """Return the file with its cross-references at another place than it says."""
    return small().replace(b"startxref\n", b"startxref\n9", 1)


def drawn(operators: bytes) -> Change:
    """Return a change that draws *operators* over the page, in its font and state."""

    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].contents_add(operators)

    return change


def whispered(document: pikepdf.Pdf) -> None:
    """Repeat the page's text lower down, without ink."""
    page = document.pages[0]
    page.contents_add(b"BT 3 Tr ET q 1 0 0 1 0 -300 cm " + page.Contents.read_bytes() + b" Q")


def note(**entries: Any) -> Change:
    """Return a change that adds a note with *entries* over the line of text."""

    def change(document: pikepdf.Pdf) -> None:
        told = Dictionary(Type=Name.Annot, Rect=[20, 790, 320, 820], F=4, **entries)
        document.pages[0].obj["/Annots"] = Array([document.make_indirect(told)])

    return change


def looks(document: pikepdf.Pdf) -> Dictionary:
    """Return the looks of a note: a white sheet."""
    form = document.make_stream(b"1 1 1 rg 0 0 300 30 re f")
    form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
    form["/BBox"] = Array([0, 0, 300, 30])
    return Dictionary(N=form)


def covering(document: pikepdf.Pdf) -> None:
    """Lay a white note over the line of text."""
    note(Subtype=Name.Square, AP=looks(document))(document)


def print_only(document: pikepdf.Pdf) -> None:
    """Add a note that only a printer shows."""
    note(Subtype=Name.Square, AP=looks(document))(document)
    document.pages[0].obj["/Annots"][0]["/F"] = 4 | 32


def unseen(document: pikepdf.Pdf) -> None:
    """Add a note that neither screen nor printer shows."""
    note(Subtype=Name.Square, AP=looks(document))(document)
    document.pages[0].obj["/Annots"][0]["/F"] = 2


def layer(*, off: bool, prints: str = "/ON") -> Change:
    """Return a change that puts a layer over the page: switched *off*, or only for one use."""

    def change(document: pikepdf.Pdf) -> None:
        usage = Dictionary(
            View=Dictionary(ViewState=Name.ON), Print=Dictionary(PrintState=Name(prints))
        )
        group = document.make_indirect(Dictionary(Type=Name.OCG, Name="Lop", Usage=usage))
        default = Dictionary(Order=[group], OFF=[group] if off else [])
        document.Root["/OCProperties"] = Dictionary(OCGs=[group], D=default)
        document.pages[0].Resources["/Properties"] = Dictionary(L=group)
        document.pages[0].contents_add(b"/OC /L BDC 0 0 9 9 re f EMC")

    return change


def attached(document: pikepdf.Pdf) -> None:
    """Attach a file that no page shows."""
    document.attachments["phu-luc.txt"] = b"an annex that nobody sees"


def external(document: pikepdf.Pdf) -> None:
    """Let a picture's bytes lie in another file."""
    picture = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, F="other.bin")
    document.Root["/PieceInfo"] = Dictionary(X=picture)


def scripts(document: pikepdf.Pdf) -> None:
    """Let the file run scripts when it is opened, printed and clicked."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    document.Root["/OpenAction"] = script
    document.Root["/AA"] = Dictionary(WP=script)
    document.Root["/Names"] = Dictionary(JavaScript=Dictionary(Names=["a", script]))
    note(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe"))(document)


def xfa(*, dynamic: bool) -> Change:
    """Return a change that adds an XFA form, with the pages or instead of them."""

    def change(document: pikepdf.Pdf) -> None:
        form = document.make_stream(b"<xdp/>")
        document.Root["/AcroForm"] = Dictionary(Fields=[], XFA=form)
        if dynamic:
            document.Root["/NeedsRendering"] = True

    return change


def taken(document: pikepdf.Pdf) -> None:
    """Add a field of the name that the official's will have."""
    field = document.make_indirect(Dictionary(FT=Name.Tx, T="KySo"))
    document.Root["/AcroForm"] = Dictionary(Fields=[field])


def huge_image(document: pikepdf.Pdf) -> None:
    """Show a picture of 400 million dots that is some bytes long."""
    picture = document.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image)
    picture["/Width"], picture["/Height"], picture["/BitsPerComponent"] = 20_000, 20_000, 1
    picture["/ColorSpace"] = Name.DeviceGray
    document.pages[0].Resources["/XObject"] = Dictionary(I=picture)
    document.pages[0].contents_add(b"q 100 0 0 100 50 300 cm /I Do Q")


def many_pages(document: pikepdf.Pdf) -> None:
    """Repeat the page until nobody would read it."""
    document.pages.extend([document.pages[0]] * 500)


def resized(side: int) -> Change:
    """Return a change that makes the page a square of *side* points."""

    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].obj["/MediaBox"] = Array([0, 0, side, side])

    return change


@cache
def _signer() -> Certificate:
    return load(kit.authority().issue("Sở khác", kit.rsa_key("foreign")))


def given(data: bytes, request: pades.Request) -> bytes:
    """Return *data* signed as *request* says, with a key in software."""
    prepared = pades.prepare(data, request)
    return prepared.finish(kit.raw_signature(kit.rsa_key("foreign"), prepared.attributes))


@cache
def foreign(*, lock: bool = False) -> bytes:
    """Return the small file with somebody else's signature; *lock* forbids every change."""
    writer = IncrementalPdfFileWriter(BytesIO(small()))
    append_signature_field(writer, SigFieldSpec("SoKhac", box=(10, 10, 60, 40)))
    out = BytesIO()
    writer.write(out)
    return given(out.getvalue(), pades.Request("SoKhac", _signer(), kit.AT, last=lock))


def sealed(data: bytes) -> bytes:
    """Return *data* with both fields, signed and sealed with pictures and text."""
    data = fields.add(data, fields.find(data, fields.Signer(kit.NAME, kit.TITLE)))
    box = fields.box_of(data, fields.OFFICIAL)
    looks = appearance.signature(box, kit.signature_png())
    data = given(data, pades.Request(fields.OFFICIAL, _signer(), kit.AT, looks, first=True))
    box = fields.box_of(data, fields.SEAL)
    drawn = appearance.seal(box, kit.seal_png(), diameter=36.0, lines=("Số: 12/GPXD",))
    return given(data, pades.Request(fields.SEAL, _signer(), kit.AT, drawn, last=True))


def without_pages() -> bytes:
    """Return a PDF of no pages."""
    return saved(pikepdf.new())


def mentioning_ranges(document: pikepdf.Pdf) -> None:
    """Note ``/ByteRange`` where it is no signature, and leave it readable in the bytes."""
    document.Root["/PieceInfo"] = document.make_stream(b"about /ByteRange")
