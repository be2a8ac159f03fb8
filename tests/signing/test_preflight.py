"""What may be signed, what is repaired, and the plain reason for the rest."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from signing.pdf import fields
from signing.pdf.preflight import REASONS, Unfit, UnfitError, check
from tests.support import signing_kit as kit

CORPUS = Path(os.environ.get("MOTCUA_CORPORA", "/work/shared/corpora")) / "pdf"


def _saved(document: pikepdf.Pdf, **options: object) -> bytes:
    out = BytesIO()
    document.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _encrypted(user: str) -> bytes:
    with pikepdf.open(BytesIO(kit.result_pdf())) as document:
        return _saved(document, encryption=pikepdf.Encryption(owner="owner", user=user))


def _with_xfa() -> bytes:
    with pikepdf.open(BytesIO(kit.result_pdf())) as document:
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<x/>"))
        return _saved(document)


def _without_pages() -> bytes:
    return _saved(pikepdf.new())


def test_a_sound_file_is_left_alone() -> None:
    """
    A strict, unsigned PDF is signed as it came, byte for byte.
    """
    fit = check(kit.result_pdf())

    assert (kit.result_pdf(), False) == (fit.data, fit.repaired)


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        (Unfit.EMPTY, b""),
        (Unfit.NOT_A_PDF, b"PK\x03\x04 a Word file"),
        (Unfit.ALREADY_SIGNED, b"%PDF-1.7 /ByteRange"),
        (Unfit.BROKEN, b"%PDF-1.7 nothing that anybody could read"),
        (Unfit.ENCRYPTED, _encrypted("secret")),
        (Unfit.ENCRYPTED, _encrypted("")),
        (Unfit.XFA, _with_xfa()),
        (Unfit.NO_PAGES, _without_pages()),
    ],
)
def test_each_refusal_has_its_reason(reason: Unfit, data: bytes) -> None:
    """
    What cannot be signed is refused with one fixed word and what to do about it.
    """
    with pytest.raises(UnfitError) as refused:
        check(data)

    assert reason is refused.value.reason
    assert REASONS[reason] == (refused.value.vi, refused.value.en)


def test_too_large_is_the_callers_measure() -> None:
    """
    The limit is an argument, in bytes; a file of exactly that size is fine.
    """
    data = kit.result_pdf()
    with pytest.raises(UnfitError) as refused:
        check(data, limit=len(data) - 1)

    assert Unfit.TOO_LARGE is refused.value.reason
    assert data == check(data, limit=len(data)).data


def test_a_broken_file_is_rewritten_and_read_strictly_again() -> None:
    """
    A wrong cross-reference table is mended, because nobody has signed the file yet.
    """
    data = kit.result_pdf()
    broken = data.replace(b"startxref\n", b"startxref\n9", 1)
    fit = check(broken)

    assert fit.repaired
    assert fit.data == check(fit.data).data


def test_a_signed_file_is_never_repaired(two: kit.Two) -> None:
    """
    A signature, whole or in a broken file, stops everything: rewriting would destroy it.
    """
    for data in (two.signed, two.signed.replace(b"startxref\n", b"startxref\n9")):
        with pytest.raises(UnfitError) as refused:
            check(data)
        assert Unfit.ALREADY_SIGNED is refused.value.reason


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of odd PDFs is not here")
def test_odd_files_are_fit_or_have_a_reason() -> None:
    """
    Forty-five odd files of pdf.js: each gets its fields or a reason, never a surprise.
    """
    unfit = {}
    for file in sorted(CORPUS.iterdir()):
        try:
            fit = check(file.read_bytes())
            fields.add(fit.data, fields.find(fit.data, fields.Signer(kit.NAME)))
        except UnfitError as error:
            unfit[file.name] = error.reason

    assert {"issue14130.pdf": Unfit.XFA} == unfit


def test_every_reason_has_words() -> None:
    """
    No reason is shown to a person as a bare code.
    """
    assert set(Unfit) == set(REASONS)
