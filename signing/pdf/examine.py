"""
One file through preflight: judged, mended if it is unsigned, and looked at again.

Strict first. Only an unsigned file is ever rewritten (qpdf, through pikepdf), and the copy is
read strictly again and drawn: its pages must look as they came. A signed file is refused as it
is. Runs in a process of its own (``preflight_process``), because the file may be hostile.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from signing.pdf import active, archival, existing, fields, hidden, pictures
from signing.pdf.unfit import Fit, Mend, Unfit, UnfitError

#: A result is some pages; more than these are a mistake or an attack.
LIMIT = 50 * 2**20
PAGES = 500
#: An A0 sheet at 300 dpi has 139 million dots; drawing more takes the memory.
DOTS = 150_000_000

_BOX = (10, 10, 60, 40)
_NAMES = (fields.OFFICIAL, fields.SEAL)


def examine(data: bytes, *, at: datetime, limit: int = LIMIT) -> Fit:
    """
    Return *data* ready for fields and signatures, or raise UnfitError; *limit* in bytes.

    *at* (aware) is the instant as of which signatures that it bears are judged.
    """
    _refuse_at_sight(data, limit)
    try:
        with pikepdf.open(BytesIO(data)) as document:
            _refuse_pages(document)
            if existing.is_signed(document):
                raise UnfitError(existing.reason_against(data, document, at))
            _refuse_contents(document)
            return _mended(data, document, limit)
    except pikepdf.PasswordError as error:
        raise UnfitError(Unfit.ENCRYPTED) from error
    except pikepdf.PdfError as error:
        raise UnfitError(Unfit.BROKEN) from error


def _refuse_at_sight(data: bytes, limit: int) -> None:
    if not data:
        raise UnfitError(Unfit.EMPTY)
    if len(data) > limit:
        raise UnfitError(Unfit.TOO_LARGE)
    if b"%PDF-" not in data[:1024]:
        raise UnfitError(Unfit.NOT_A_PDF)


def _mended(data: bytes, document: pikepdf.Pdf, limit: int) -> Fit:
    """Mend the unsigned *document*, as an archive wants it if that is possible."""
    mended = _strip(document)
    # The bytes may hold the word though no signature does; a verifier would look for one.
    if not mended and (b"/ByteRange" in data or not _reads_strictly(data)):
        mended = [Mend.REWRITTEN]
    bars = archival.bars(document)
    if not bars:
        try:
            archival.convert(document)
            fit = Fit(_saved(document), (*mended, Mend.ARCHIVAL))
            return _looked_at(fit, data, limit)
        except UnfitError:
            bars = frozenset({archival.Bar.LOOKS})
    return _kept(data, mended, tuple(sorted(bars)), limit)


def _kept(data: bytes, mended: list[Mend], bars: tuple[str, ...], limit: int) -> Fit:
    """Return the file as it came or, if anything was mended, written afresh."""
    if not mended:
        return _looked_at(Fit(data, (), bars), None, limit)
    with pikepdf.open(BytesIO(data)) as document:
        _strip(document)
        return _looked_at(Fit(_saved(document), tuple(mended), bars), data, limit)


def _looked_at(fit: Fit, original: bytes | None, limit: int) -> Fit:
    """Return *fit* if it reads strictly, looks like *original* and takes the two fields."""
    if len(fit.data) > limit or not _reads_strictly(fit.data):
        raise UnfitError(Unfit.BROKEN)
    pictures.judge(fit.data, original)
    if not _takes_fields(fit.data):
        raise UnfitError(Unfit.BROKEN)
    return fit


def _refuse_pages(document: pikepdf.Pdf) -> None:
    pages = len(document.pages)
    if pages < 1:
        raise UnfitError(Unfit.NO_PAGES)
    if pages > PAGES:
        raise UnfitError(Unfit.TOO_MANY_PAGES)


def _refuse_contents(document: pikepdf.Pdf) -> None:
    """Raise UnfitError for what no mending may take away."""
    allowed = document.allow
    # Who may fill in the form may sign it (ISO 32000-1, table 22, bit 9).
    if document.is_encrypted and not (allowed.modify_other or allowed.modify_form):
        raise UnfitError(Unfit.PROTECTED)
    if document.Root.get("/NeedsRendering"):
        raise UnfitError(Unfit.XFA)
    for found in document.objects:
        if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image":
            wide, high = found.get("/Width", 0), found.get("/Height", 0)
            if isinstance(wide, int) and isinstance(high, int) and wide * high > DOTS:
                raise UnfitError(Unfit.HUGE_IMAGE)
    active.refuse(document)
    hidden.refuse(document)
    if any(name in existing.field_names(document) for name in _NAMES):
        raise UnfitError(Unfit.FIELD_TAKEN)


def _strip(document: pikepdf.Pdf) -> list[Mend]:
    """Take out of the unsigned *document* what must not be signed; return what that was."""
    form = document.Root.get("/AcroForm")
    found = {
        Mend.DECRYPTED: document.is_encrypted,
        Mend.SCRIPTS_REMOVED: active.strip(document),
        Mend.UNSEEN_REMOVED: hidden.remove(document),
        Mend.COPIES_REMOVED: active.strip_copies(document),
        Mend.RIGHTS_REMOVED: existing.remove_rights(document),
        Mend.XFA_REMOVED: isinstance(form, pikepdf.Dictionary) and "/XFA" in form,
    }
    if found[Mend.XFA_REMOVED]:
        del document.Root.AcroForm["/XFA"]
    return [mend for mend, done in found.items() if done]


def _takes_fields(data: bytes) -> bool:
    """Tell whether *data* with one more field on its last page still reads strictly."""
    out = BytesIO()
    try:
        writer = IncrementalPdfFileWriter(BytesIO(data), strict=True)
        append_signature_field(writer, SigFieldSpec("ThuKy", on_page=-1, box=_BOX))
        writer.write(out)  # type: ignore[no-untyped-call]  # no types there
        PdfFileReader(BytesIO(out.getvalue()), strict=True)
    except Exception:  # noqa: BLE001 - the next step must not stumble over an odd form
        return False
    return True


def _saved(document: pikepdf.Pdf) -> bytes:
    """Return *document* written afresh by qpdf, with a name that follows from its content."""
    out = BytesIO()
    document.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        encryption=False,
        deterministic_id=True,
    )
    return out.getvalue()


def _reads_strictly(data: bytes) -> bool:
    """
    Tell whether a strict reader and writer take *data*, every object of it, and no signature.

    Every object, because a verifier compares them all with what comes later.
    """
    try:
        reader = PdfFileReader(BytesIO(data), strict=True)
        if reader.encrypted or reader.embedded_signatures or b"/ByteRange" in data:
            return False
        for revision in range(reader.xrefs.total_revisions):
            for reference in reader.xrefs.explicit_refs_in_revision(revision):
                reader.get_object(reference, revision=revision)  # type: ignore[no-untyped-call]
        for number in range(int(reader.root["/Pages"]["/Count"])):
            reader.find_page_for_modification(number)  # type: ignore[no-untyped-call]  # none there
        IncrementalPdfFileWriter(BytesIO(data), strict=True)
    except PdfError:
        return False
    except Exception:  # noqa: BLE001 - odd files raise anything: RecursionError, KeyError, …
        return False
    return not reader.xrefs.hybrid_xrefs_present
