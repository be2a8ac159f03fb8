"""A document time stamp in a finished file, and what independent readers say of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dossiers.signing_status import VerdictWord
from signing.pdf import stamping
from signing.verification.verify import Trust, verify
from tests.support import signing_kit as kit
from tests.support import stamp_kit
from tests.support.stamp_kit import NONCE, Clock


@pytest.fixture(scope="session")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clock]:
    """A time-stamping authority on loopback."""
    with stamp_kit.ticking(tmp_path_factory.mktemp("authority")) as clock:
        yield clock


@pytest.fixture(scope="session")
def both(clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> Trust:
    """Trust in the signers' root and in the stamps'."""
    folder = kit.authority().write(tmp_path_factory.mktemp("both"))
    for root in clock.roots:
        shutil.copy(root, folder / f"stamps-{root.name}")
    return Trust(folder)


def stamp(data: bytes, clock: Clock) -> bytes:
    """Return *data* with one more time stamp."""
    prepared = stamping.prepare(data)
    with httpx.Client(timeout=10, trust_env=False) as http:
        token = stamp_kit.connector(clock.url, http).stamp(prepared.imprint, NONCE)
    return prepared.finish(token)


@pytest.fixture(scope="session")
def stamped(two: kit.Two, clock: Clock) -> bytes:
    """The sealed result with a time stamp."""
    return stamp(two.sealed, clock)


def test_a_stamped_result_is_valid(stamped: bytes, two: kit.Two, both: Trust) -> None:
    """
    Both signatures hold as before, the stamp covers them, and nothing signed was rewritten.
    """
    verdict = verify(stamped, both, at=kit.AT)

    assert (VerdictWord.VALID, ()) == (verdict.word, verdict.reasons)
    assert [False, False, True] == [seen.stamp for seen in verdict.signatures]
    assert "DauThoiGian1" == verdict.signatures[-1].field
    assert stamped.startswith(two.sealed)


def test_a_stamp_can_be_renewed(stamped: bytes, clock: Clock, both: Trust) -> None:
    """
    A second stamp over the first is valid too, in a field of its own.
    """
    verdict = verify(stamp(stamped, clock), both, at=kit.AT)

    assert VerdictWord.VALID is verdict.word, verdict.reasons
    assert ["DauThoiGian1", "DauThoiGian2"] == [
        seen.field for seen in verdict.signatures if seen.stamp
    ]


def test_poppler_and_openssl_agree(stamped: bytes, clock: Clock, tmp_path: Path) -> None:
    """
    Both signatures are valid to poppler; OpenSSL verifies the stamp over the bytes.
    """
    text, der = tmp_path / "text.bin", tmp_path / "stamp.der"
    start = stamped.rindex(b"/ByteRange")
    edges = stamped[stamped.index(b"[", start) + 1 : stamped.index(b"]", start)].split()
    first, second, rest = (int(edge) for edge in edges[1:4])
    text.write_bytes(stamped[:first] + stamped[second : second + rest])
    der.write_bytes(bytes.fromhex(stamped[first + 1 : second - 1].decode()))

    command = ["openssl", "ts", "-verify", "-token_in", "-data", text, "-in", der]
    options = ["-CAfile", clock.roots[0]]
    done = subprocess.run([*command, *options], capture_output=True, check=False)

    assert ["Signature is Valid."] * 2 == kit.pdfsig(stamped, tmp_path)[:2]
    assert "Verification: OK" in done.stdout.decode() + done.stderr.decode()


def test_a_stamp_by_a_stranger_needs_a_person(stamped: bytes, trust: Trust) -> None:
    """
    A sound stamp whose root we do not trust makes no valid result.
    """
    verdict = verify(stamped, trust, at=kit.AT)

    assert (VerdictWord.NEEDS_A_PERSON, ("untrusted",)) == (verdict.word, verdict.reasons)


def test_a_stamp_over_another_file_is_found_out(two: kit.Two, clock: Clock, both: Trust) -> None:
    """
    A good token that belongs to other bytes makes the file not valid.
    """
    with httpx.Client(timeout=10, trust_env=False) as http:
        token = stamp_kit.connector(clock.url, http).stamp(stamp_kit.imprint(), NONCE)

    wrong = stamping.prepare(two.sealed).finish(token)

    assert VerdictWord.NOT_VALID is verify(wrong, both, at=kit.AT).word


def test_a_token_too_large_is_not_embedded(two: kit.Two) -> None:
    """
    What does not fit into the kept room is refused before anything is written.
    """
    with pytest.raises(stamping.TooLargeError):
        stamping.prepare(two.sealed).finish(b"\x30" * stamping.RESERVED)
