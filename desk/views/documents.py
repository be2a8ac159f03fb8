"""The files of a dossier and their pages as images."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from desk import papers, readings
from desk.access import DeskRequest, needs
from register import documents
from register.models import Dossier, Fact
from signing import kinds

#: Facts that name a file of the dossier.
_FILED = ("Received", "Submitted", "Placed", "Signed", "Sealed", "Stamped")


@needs()
def pdf(request: DeskRequest, code: str, sha256: str) -> HttpResponseBase:
    """Return the file itself, exactly as it is kept."""
    dossier = _reached(request, code, sha256)
    readings.note(request.scope.username, dossier.code, "document")
    xml = documents.media_type(sha256) == kinds.XML
    name = f"{dossier.code}-{sha256[:8]}.{'xml' if xml else 'pdf'}"
    # As plain text and to be kept: XML in a page of ours could bring scripts with it.
    kind = "text/plain; charset=utf-8" if xml else kinds.PDF
    file = documents.path(sha256).open("rb")
    return FileResponse(file, content_type=kind, filename=name, as_attachment=xml)


@needs()
def page(request: DeskRequest, code: str, sha256: str, number: int) -> HttpResponse:
    """Return one page as an image; the address holds the hash, so it may be kept by the browser."""
    _reached(request, code, sha256)
    try:
        image = papers.draw(documents.get(sha256), number)
    except papers.NoPageError as error:
        raise Http404 from error
    kept = {"Cache-Control": "private, max-age=3600, immutable"}
    return HttpResponse(image, content_type="image/png", headers=kept)


def files(code: str) -> list[tuple[Fact, str]]:
    """Return the facts of dossier *code* that brought a file, with the file's hash."""
    rows = Fact.objects.filter(dossier_id=code, kind__in=_FILED).order_by("seq")
    return [(row, row.body["document"]) for row in rows]


def _reached(request: DeskRequest, code: str, sha256: str) -> Dossier:
    """Return the dossier if the person reaches it and the file is one of its own."""
    dossier = get_object_or_404(request.scope.dossiers(), pk=code)
    if sha256 not in {digest for _row, digest in files(code)}:
        raise Http404
    return dossier
