"""What may be signed, what is mended, and the plain reason for the rest."""

from __future__ import annotations

import os
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Name

from signing.pdf import archival, pictures
from signing.pdf.preflight import REASONS, Examiner, Mend, Unfit, UnfitError, check, shared
from signing.pdf.unfit import MENDED
from tests.support import odd_pdfs as odd
from tests.support import pdfa_rules
from tests.support import signing_kit as kit

CORPUS = Path(os.environ.get("MOTCUA_CORPORA", "/work/shared/corpora")) / "pdf"

UNFIT = {
    Unfit.EMPTY: lambda: b"",
    Unfit.NOT_A_PDF: lambda: b"PK\x03\x04 a Word file",
    Unfit.BROKEN: lambda: b"%PDF-1.7 nothing that anybody could read",
    Unfit.ENCRYPTED: partial(odd.encrypted, "secret"),
    Unfit.PROTECTED: partial(odd.encrypted, "", changes=False),
    Unfit.NO_PAGES: odd.without_pages,
    Unfit.TOO_MANY_PAGES: partial(odd.changed, odd.many_pages),
    Unfit.PAGE_SIZE: partial(odd.changed, odd.resized(20_000)),
    Unfit.HUGE_IMAGE: partial(odd.changed, odd.huge_image),
    Unfit.XFA: partial(odd.changed, odd.xfa(dynamic=True)),
    Unfit.ATTACHMENT: partial(odd.changed, odd.attached),
    Unfit.MULTIMEDIA: partial(odd.changed, odd.note(Subtype=Name.Movie)),
    Unfit.EXTERNAL: partial(odd.changed, odd.external),
    Unfit.HIDDEN_LAYER: partial(odd.changed, odd.layer(off=True)),
    Unfit.PRINT_DIFFERS: partial(odd.changed, odd.print_only),
    Unfit.HIDDEN_TEXT: partial(odd.changed, odd.whispered),
    Unfit.COVERED_TEXT: partial(odd.changed, odd.covering),
    Unfit.FIELD_TAKEN: partial(odd.changed, odd.taken),
}

MENDED_BY = {
    Mend.REWRITTEN: odd.broken_table,
    Mend.DECRYPTED: partial(odd.encrypted, ""),
    Mend.SCRIPTS_REMOVED: partial(odd.changed, odd.scripts),
    Mend.UNSEEN_REMOVED: partial(odd.changed, odd.unseen),
    Mend.XFA_REMOVED: partial(odd.changed, odd.xfa(dynamic=False)),
}


def _reason(data: bytes) -> Unfit | None:
    try:
        check(data)
    except UnfitError as error:
        return error.reason
    return None


@pytest.mark.parametrize("reason", UNFIT, ids=str)
def test_each_refusal_has_its_reason(reason: Unfit) -> None:
    """
    What cannot be signed is refused with one fixed word and what to do about it.
    """
    assert reason is _reason(UNFIT[reason]())


@pytest.mark.parametrize("mend", MENDED_BY, ids=str)
def test_each_mend_is_told_and_done(mend: Mend) -> None:
    """
    What is mended is said by its word; the mended file needs no mending any more.
    """
    fit = check(MENDED_BY[mend]())

    assert mend in fit.mended
    assert {mend} & set(check(fit.data).mended) == set()


def test_layers_of_one_use_are_refused() -> None:
    """
    A layer that is seen but not printed would make the paper another than the screen.
    """
    assert Unfit.PRINT_DIFFERS is _reason(odd.changed(odd.layer(off=False, prints="/OFF")))
    assert _reason(odd.changed(odd.layer(off=False))) is None


def test_a_picture_that_changes_is_refused() -> None:
    """
    A repair that shows something else than the file that came is no repair.
    """
    with pytest.raises(UnfitError) as refused:
        pictures.judge(odd.changed(odd.drawn(b"0 g 50 50 200 200 re f")), odd.small())

    assert Unfit.LOOKS_DIFFERENT is refused.value.reason


def test_too_large_is_the_callers_measure() -> None:
    """
    The limit is an argument, in bytes.
    """
    data = odd.small()
    with pytest.raises(UnfitError) as refused:
        check(data, limit=len(data) - 1)

    assert Unfit.TOO_LARGE is refused.value.reason


def test_a_file_that_cannot_be_archived_is_left_alone() -> None:
    """
    A sound file with a bar against PDF/A is signed as it came, byte for byte.
    """
    data = odd.changed(odd.drawn(b"0 0 0 1 k 10 10 50 50 re f"))
    fit = check(data)

    assert (data, (), ("cmyk",)) == (fit.data, fit.mended, fit.bars)


def test_a_word_is_no_signature() -> None:
    """
    Bytes that only look like a signature are rewritten, or a verifier would look for one.
    """
    data = odd.changed(odd.mentioning_ranges, compress_streams=False)
    fit = check(data)

    assert b"/ByteRange" in data
    assert fit.repaired
    assert b"/ByteRange" not in fit.data


def test_signed_files_have_reasons_of_their_own(two: kit.Two) -> None:
    """
    Signed here, changed since, locked, or simply signed by another: four answers, never a repair.
    """
    foreign, locked = odd.foreign(), odd.foreign(lock=True)
    found = [_reason(data) for data in (two.signed, foreign, locked, foreign + b"\n%more\n")]

    assert [
        Unfit.SIGNED_BY_US,
        Unfit.ALREADY_SIGNED,
        Unfit.SIGNED_NO_CHANGES,
        Unfit.SIGNED_BROKEN,
    ] == found


def test_the_sealed_result_is_pdf_a(tmp_path: Path) -> None:
    """
    From the department's PDF to the seal: every revision keeps the rules that are checked.
    """
    fit = check(kit.result_pdf())
    assert (Mend.ARCHIVAL,) == fit.mended
    assert [] == pdfa_rules.faults(fit.data)
    sealed = odd.sealed(fit.data)
    assert [] == pdfa_rules.faults(sealed)
    assert ["Signature is Valid."] * 2 == kit.pdfsig(sealed, tmp_path)


def test_the_profile_is_the_same_every_day() -> None:
    """
    The same file gives the same archive file; a profile dated today would change its hash.
    """
    assert check(odd.small()).data == check(odd.small()).data
    assert b"acsp" == archival.srgb()[36:40]
    assert bytes.fromhex("07ea00010001") == archival.srgb()[24:30]


def test_a_slow_or_greedy_file_is_refused() -> None:
    """
    What takes too long is refused, and the next file is examined as ever.
    """
    examiner = Examiner(seconds=10)
    try:
        examiner.check(odd.small())
        examiner._seconds = 0.0001
        with pytest.raises(UnfitError) as refused:
            examiner.check(odd.small())
        examiner._seconds = 10
        assert examiner.check(odd.small()).repaired
    finally:
        examiner.close()

    assert Unfit.TOO_COMPLEX is refused.value.reason


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    cut=st.floats(0.1, 1),
)
def test_nothing_but_unfit_is_raised(places: list[tuple[float, int]], cut: float) -> None:
    """
    However a file is damaged, it is fit or it has a reason; whatever is fit can be read again.
    """
    data = bytearray(odd.small())
    for place, value in places:
        data[min(int(place * len(data)), len(data) - 1)] = value
    try:
        fit = shared().check(bytes(data[: int(cut * len(data))]))
    except UnfitError:
        return
    with pikepdf.open(BytesIO(fit.data)) as document:
        assert len(document.pages)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of odd PDFs is not here")
def test_odd_files_are_fit_or_have_a_reason() -> None:
    """
    Forty-five odd files of pdf.js: each is fit or has a reason, never a surprise.
    """
    found = {file.name: _reason(file.read_bytes()) for file in sorted(CORPUS.iterdir())}

    assert {"issue14130.pdf": Unfit.XFA} == {name: why for name, why in found.items() if why}


def test_every_word_has_its_sentences() -> None:
    """
    No reason and no mend is shown to a person as a bare code.
    """
    assert set(Unfit) == set(REASONS)
    assert set(Mend) == set(MENDED)
    assert REASONS[Unfit.EMPTY] == (UnfitError(Unfit.EMPTY).vi, UnfitError(Unfit.EMPTY).en)
    assert all(vi and en and vi != en for vi, en in (*REASONS.values(), *MENDED.values()))
