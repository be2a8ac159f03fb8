"""Our own appended revision, held against pyHanko's, which writes the same signature."""

from __future__ import annotations

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.devices.tokens import Tokens
from signing.pdf import appearance, fields, pades, plain, readback, syntax
from signing.pdf.syntax import OddError
from signing.pdf.tail import Tail
from signing.verification.verify import Trust, verify
from tests.support import signing_kit as kit

LINES = ("Số: 1284/GPXD", "Ngày 23/11/2026")


@cache
def _ready(*, streams: bool = False) -> bytes:
    """Return a result with its empty fields; *streams*: with cross-reference streams."""
    pdf = kit.result_pdf()
    if streams:
        out = BytesIO()
        with pikepdf.open(BytesIO(pdf)) as document:
            document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        pdf = out.getvalue()
    return fields.add(pdf, fields.find(pdf, fields.Signer(kit.NAME, kit.TITLE)))


def _request(token: kit.SoftToken, data: bytes, *, last: bool) -> pades.Request:
    field = fields.SEAL if last else fields.OFFICIAL
    box = fields.box_of(data, field)
    looks = (
        appearance.seal(box, kit.seal_png(), diameter=36.0, lines=LINES)
        if last
        else appearance.signature(box, kit.signature_png())
    )
    return pades.Request(field, token.certificate, kit.AT, looks, first=not last, last=last)


@pytest.fixture(scope="module")
def ways(tokens: Tokens, official: kit.SoftToken, seal: kit.SoftToken) -> dict[str, bytes]:
    """The same result, signed and sealed by each way of writing."""

    def both(prepare: object, data: bytes) -> bytes:
        for token, last in ((official, False), (seal, True)):
            prepared = prepare(data, _request(token, data, last=last))  # type: ignore[operator]
            data = prepared.finish(tokens.sign(token.label, "01", [prepared.attributes])[0])
            readback.check(data, fields.SEAL if last else fields.OFFICIAL, prepared)
        return data

    return {
        "ours": both(pades.prepare, _ready()),
        "streams": both(pades.prepare, _ready(streams=True)),
        "pyhanko": both(pades.by_pyhanko, _ready()),
    }


@pytest.mark.parametrize("way", ["ours", "streams", "pyhanko"])
def test_both_ways_are_judged_the_same(
    ways: dict[str, bytes], way: str, trust: Trust, tmp_path: Path
) -> None:
    """
    Valid for us, poppler, OpenSSL and mutool, and sound for qpdf, whoever wrote it.
    """
    data = ways[way]
    file = tmp_path / "sealed.pdf"
    file.write_bytes(data)
    assert trust.folder

    verdict = verify(data, trust, at=kit.AT)
    assert ("VALID", (), ["KySo", "ConDau"]) == (
        verdict.word,
        verdict.reasons,
        [seen.field for seen in verdict.signatures],
    )
    assert ["Signature is Valid."] * 2 == kit.pdfsig(data, tmp_path)
    assert [True, True] == kit.openssl(data, tmp_path, trust.folder / "root.pem")
    assert (
        0 == subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode
    )
    mutool = subprocess.run(["mutool", "sign", file], capture_output=True, check=False, text=True)
    assert 0 == mutool.returncode


def test_the_plain_way_is_taken() -> None:
    """
    Tables and streams of cross-references are both plain; our own files never go the slow way.
    """
    for streams in (False, True):
        assert Tail(_ready(streams=streams)).newest.is_stream == streams


def test_both_ways_look_the_same(ways: dict[str, bytes]) -> None:
    """
    Every pixel of every page is the same.
    """
    pages = [
        [bytes(page.render(scale=1.5).buffer) for page in document]
        for document in (pypdfium2.PdfDocument(ways[way]) for way in ("ours", "pyhanko"))
    ]

    assert pages[1] == pages[0]


def test_nothing_before_is_touched(ways: dict[str, bytes]) -> None:
    """
    What was there is the beginning of what is signed, byte for byte.
    """
    assert ways["ours"].startswith(_ready())
    assert ways["streams"].startswith(_ready(streams=True))


def test_the_same_twice(official: kit.SoftToken) -> None:
    """
    The same request gives the same bytes: nothing is left to chance.
    """
    request = _request(official, _ready(), last=False)

    assert plain.prepare(_ready(), request) == plain.prepare(_ready(), request)


def test_what_is_odd_goes_the_other_way(official: kit.SoftToken) -> None:
    """
    A file whose end is not the usual one is pyHanko's, and is prepared all the same.
    """
    odd = _ready() + b"% a remark\n"
    request = _request(official, _ready(), last=False)

    with pytest.raises(OddError):
        plain.prepare(odd, request)
    assert pades.prepare(odd, request).attributes


def test_a_signed_field_is_never_signed_again(
    ways: dict[str, bytes], official: kit.SoftToken
) -> None:
    """
    A field that holds a signature is refused, not overwritten.
    """
    with pytest.raises(OddError):
        plain.prepare(ways["ours"], _request(official, _ready(), last=False))


_HEX = st.binary(max_size=6).map(lambda data: b"<" + data.hex().encode() + b">")
_ATOMS = st.one_of(
    st.integers(-(10**6), 10**6).map(lambda number: b"%d" % number),
    st.from_regex(r"/[A-Za-z0-9]{1,8}", fullmatch=True).map(str.encode),
    st.sampled_from([b"true", b"false", b"null", b"12 0 R", b"-.5", b"(a \\) b)", b"()"]),
    _HEX,
)
_NAMES = st.from_regex(r"/[A-Za-z]{1,6}", fullmatch=True).map(str.encode)
_VALUES = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda found: b"[" + b" ".join(found) + b"]"),
        st.dictionaries(_NAMES, inner, max_size=3).map(syntax.written),
    ),
    max_leaves=8,
)


@given(st.dictionaries(_NAMES, _VALUES, max_size=4), st.sampled_from([b"", b" ", b"%x\n", b"\r\n"]))
def test_any_dictionary_is_read_as_it_was_written(given: syntax.Entries, blank: bytes) -> None:
    """
    Whatever is written is read again, value by value, with blanks and remarks anywhere before it.
    """
    text = blank + syntax.written(given)

    assert (given, len(text)) == syntax.entries(text + b"endobj", 0)


@given(st.integers(0, 3000), st.integers(0, 255))
def test_a_damaged_end_is_odd_and_nothing_else(place: int, byte: int) -> None:
    """
    Whatever byte of the end is another one: the file is read, or odd; nothing else happens.
    """
    data = bytearray(_ready())
    data[-1 - place % 3000] = byte
    certificate = kit.load(kit.authority().issue("canbo", kit.rsa_key("canbo")))
    try:
        plain.prepare(bytes(data), pades.Request(fields.SEAL, certificate, kit.AT))
    except OddError:
        return
