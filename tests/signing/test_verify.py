"""The verdict on any file: valid, a person must look, or not valid with its reason."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from dossiers.signing_status import VerdictWord
from register import places
from sandbox import papers
from sandbox.day import plan
from signing import frames, sandboxed
from signing.certificates import load
from signing.devices.tokens import Tokens
from signing.pdf import appearance, fields, pades
from signing.verification.files import verify_files
from signing.verification.verify import Trust, Verifier, verify
from tests.support import signing_kit as kit

DATA = Path(__file__).resolve().parents[2] / "config" / "data"
NOT_VALID, PERSON = VerdictWord.NOT_VALID, VerdictWord.NEEDS_A_PERSON


def _said(data: bytes, trust: Trust, at: datetime = kit.AT) -> tuple[VerdictWord, tuple[str, ...]]:
    verdict = verify(data, trust, at=at)
    return verdict.word, verdict.reasons


def _revised(data: bytes) -> bytes:
    """Return *data* with a change that any editor could make afterwards."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.root["/Pages"]["/Kids"][1].raw_get("/Contents")
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_file_without_signature_is_unsigned(trust: Trust) -> None:
    """
    No signature: NOT_VALID, and the reason is the stable word ``unsigned``.
    """
    assert (NOT_VALID, ("unsigned",)) == _said(kit.result_pdf(), trust)


def test_an_empty_field_is_no_signature(two: kit.Two, trust: Trust) -> None:
    """
    A prepared file, its fields still empty, is unsigned too.
    """
    assert (NOT_VALID, ("unsigned",)) == _said(two.ready, trust)


def test_a_hidden_signature_is_never_called_unsigned(two: kit.Two, trust: Trust) -> None:
    """
    Whoever unhooks the fields from the form hides the signatures; the bytes still tell.
    """
    writer = IncrementalPdfFileWriter(BytesIO(two.sealed))
    del writer.root["/AcroForm"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)

    assert (NOT_VALID, ("signature_hidden",)) == _said(out.getvalue(), trust)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(share=st.floats(0, 0.999))
def test_one_changed_byte_is_enough(share: float, two: kit.Two, trust: Trust) -> None:
    """
    Any byte outside the signatures' own digits, changed: the file is not valid any more.
    """
    changed = bytearray(two.sealed)
    changed[100 + int(share * (len(two.ready) - 100))] ^= 0x01

    assert NOT_VALID is verify(bytes(changed), trust, at=kit.AT).word


def test_what_comes_after_the_last_signature_counts(two: kit.Two, trust: Trust) -> None:
    """
    Bytes after the end, and a revision that changes a page, are both found.
    """
    assert (NOT_VALID, ("changed_after_signing",)) == _said(two.sealed + b"\n%more", trust)
    assert (NOT_VALID, ("changed_after_signing",)) == _said(_revised(two.sealed), trust)


def test_an_unknown_root_needs_a_person(two: kit.Two, tmp_path: Path) -> None:
    """
    Sound signatures of somebody we do not know: neither valid nor a forgery.
    """
    other = Trust(kit.authority("Another Root").write(tmp_path))

    assert (PERSON, ("untrusted",)) == _said(two.sealed, other)
    assert (PERSON, ("untrusted",)) == _said(two.sealed, Trust())


def test_a_certificate_has_its_time(two: kit.Two, trust: Trust) -> None:
    """
    Judged when the certificates have run out, without a time stamp: a person must look.
    """
    late = datetime(2046, 1, 1, tzinfo=UTC)

    assert PERSON is verify(two.sealed, trust, at=late).word


def test_a_second_seal_by_a_stranger_is_not_trusted(two: kit.Two, trust: Trust) -> None:
    """
    The seal's field filled by another root's certificate does not make a valid result.
    """
    key = kit.rsa_key("stranger")
    certificate = load(kit.authority("Another Root").issue("stranger", key))
    prepared = pades.prepare(two.signed, pades.Request(fields.SEAL, certificate, kit.AT))
    forged = prepared.finish(kit.raw_signature(key, prepared.attributes))

    assert (PERSON, ("untrusted",)) == _said(forged, trust)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.7 /ByteRange [0 1 2 3]"])
def test_any_surprise_is_not_valid(data: bytes, trust: Trust) -> None:
    """
    What cannot be read is not valid, with a word that says why.
    """
    word, reasons = _said(data, trust)

    assert NOT_VALID is word
    assert reasons


def test_a_slow_file_is_stopped(two: kit.Two, trust: Trust) -> None:
    """
    A file that takes longer than its time is given up, and the next one is judged as ever.
    """
    verifier = Verifier(seconds=10)
    try:
        assert verifier.verify(two.signed, trust, at=kit.AT).valid
        verifier._seconds = 0.001
        assert ("too_slow",) == verifier.verify(two.sealed, trust, at=kit.AT).reasons
        verifier._seconds = 10
        assert verifier.verify(two.sealed, trust, at=kit.AT).valid
    finally:
        verifier.close()


def test_a_greedy_file_is_stopped(two: kit.Two, trust: Trust) -> None:
    """
    A verdict that needs more memory than allowed is not valid; the hub itself needs none.
    """
    verifier = Verifier(memory=200 * 2**20)
    try:
        verdict = verifier.verify(two.sealed + bytes(90 * 2**20), trust, at=kit.AT)
    finally:
        verifier.close()

    assert NOT_VALID is verdict.word
    assert set(verdict.reasons) <= {"too_big", "verifier_died"}


def test_the_judge_has_no_network() -> None:
    """
    What a judgement never needs is refused before it happens.
    """
    for event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        with pytest.raises(PermissionError):
            sandboxed.refuse(event, ())


def test_frames_refuse_what_is_too_long() -> None:
    """
    A broken helper cannot make the hub read for ever.
    """
    assert frames.MAX_FRAME < 2**32
    assert b"\x00\x00\x00\x02\x00\x00\x00\x01{}x" == frames.pack({}, b"x")


def test_files_for_the_command_line(two: kit.Two, trust: Trust, tmp_path: Path) -> None:
    """
    The stable shape: one entry per file, in order, with verdict and reasons.
    """
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(two.sealed)
    bad.write_bytes(kit.result_pdf())
    found = verify_files([good, bad, tmp_path / "none.pdf"], trust)["files"]

    assert [
        ("good.pdf", "VALID", []),
        ("bad.pdf", "NOT_VALID", ["unsigned"]),
        ("none.pdf", "NOT_VALID", ["unreadable"]),
    ] == [(Path(one["file"]).name, one["verdict"], one["reasons"]) for one in found]


@pytest.mark.parametrize("form", ["text", "scan", "form"])
def test_every_kind_of_result_stays_valid(
    form: str, tokens: Tokens, official: kit.SoftToken, seal: kit.SoftToken, trust: Trust
) -> None:
    """
    A department's fill-in fields are closed before the signature, so the seal changes nothing.
    """
    two = kit.sign_and_seal(result(form), tokens, official, seal)

    assert VerdictWord.VALID is verify(two.sealed, trust, at=kit.AT).word


def test_a_field_filled_after_the_signature_is_a_change(
    tokens: Tokens, official: kit.SoftToken, seal: kit.SoftToken, trust: Trust
) -> None:
    """
    Between the official's signature and the seal nobody may write another name into the form.
    """
    two = kit.sign_and_seal(result("form"), tokens, official, seal)
    writer = IncrementalPdfFileWriter(BytesIO(two.signed))
    fields_of_form = writer.root["/AcroForm"]["/Fields"]
    field = next(one.get_object() for one in fields_of_form if one.get_object()["/T"] == "GhiChu")
    field["/V"] = generic.TextStringObject("đổi")
    writer.update_container(field)
    out = BytesIO()
    writer.write(out)
    looks = appearance.seal(two.places.seal, kit.seal_png(), diameter=36.0, lines=("1", "2"))
    request = pades.Request(fields.SEAL, seal.certificate, kit.AT, looks, last=True)

    sealed = kit.give(out.getvalue(), request, tokens, seal)

    assert (NOT_VALID, ("changed_after_signing",)) == _said(sealed, trust)


def result(form: str) -> bytes:
    """A result of the sandbox's day, made in the way *form* says."""
    cases = plan(7, 80, *catalogue())
    return papers.result(next(one for one in cases if one.form == form and one.pages <= 2))


def catalogue() -> tuple[list[dict[str, object]], list[dict[str, str]]]:
    """The procedures and units that the hub ships."""
    procedures = tomllib.loads((DATA / "procedures.toml").read_text())["procedures"]
    return procedures, places.rows()
