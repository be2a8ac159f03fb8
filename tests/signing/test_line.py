"""The line to a token: it never waits for us, and stops at the first error."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from signing.certificates import Scheme
from signing.devices.line import AtOnce, Line
from signing.devices.pool import Pool
from signing.devices.tokens import PinWrong, TokenMissing, Tokens
from tests.support import signing_kit as kit


class Slow:
    """A token that needs a tenth of a second, and breaks at a given text."""

    def __init__(self, broken_at: bytes = b"") -> None:
        """Keep what was asked."""
        self.asked: list[bytes] = []
        self.most = 0
        self._broken_at, self._now, self._lock = broken_at, 0, threading.Lock()

    def sign(
        self, _token: str, _key: str, texts: Sequence[bytes], *, scheme: str = ""
    ) -> list[bytes]:
        """Sign slowly."""
        assert scheme == Scheme.RSA
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self.asked += texts
        time.sleep(0.1)
        with self._lock:
            self._now -= 1
        if self._broken_at in texts:
            raise TokenMissing
        return [text + b"!" for text in texts]


def test_the_token_works_while_we_do() -> None:
    """
    Five signatures take the token's time and no more, though we are as slow as it is.
    """
    token = Slow()
    start = time.monotonic()
    with Line(token, "one") as line:
        waiting = line.sign("01", b"0", Scheme.RSA)
        for number in range(1, 5):
            ahead = line.sign("01", b"%d" % number, Scheme.RSA)
            time.sleep(0.09)  # what we do beside
            assert waiting.result().endswith(b"!")
            waiting = ahead
        waiting.result()

    assert 1 == token.most
    assert time.monotonic() - start < 5 * 0.1 + 4 * 0.09


@pytest.mark.parametrize("kind", [Line, AtOnce])
def test_nothing_is_sent_after_an_error(kind: type[Line]) -> None:
    """
    What stands in line behind an error gets the same error; the token is not asked again.
    """
    token = Slow(broken_at=b"2")
    with kind(token, "one") as line:
        answers = [line.sign("01", b"%d" % number, Scheme.RSA) for number in range(1, 5)]
        told = [type(answer.exception(timeout=5)) for answer in answers]

    assert [type(None), TokenMissing, TokenMissing, TokenMissing] == told
    assert [b"1", b"2"] == token.asked


def test_several_are_signed_abreast() -> None:
    """
    A seal's pool has as many documents at its processes as there are, and one ready.
    """
    token = Slow()
    with Line(token, "seal", abreast=2) as line:
        answers = [line.sign("01", b"%d" % number, Scheme.RSA) for number in range(6)]
        assert [b"%d!" % number for number in range(6)] == [one.result() for one in answers]

    assert (2, 3) == (token.most, line.room)


def test_a_pool_signs_with_one_key_in_several_processes(one_token: kit.SoftToken) -> None:
    """
    Two processes of one driver give signatures of the same key, side by side.
    """
    members = [Tokens(kit.MODULE, environment=one_token.environment) for _ in range(2)]
    pool = Pool(members)
    try:
        pool.login(one_token.label, one_token.pin_file)
        with Line(pool, one_token.label, abreast=2) as line:
            texts = [b"%d" % number for number in range(8)]
            answers = [line.sign("01", text, Scheme.RSA) for text in texts]
            for answer, text in zip(answers, texts, strict=True):
                one_token.certificate.check(answer.result(), text)
        assert 2 == len({member.pid for member in members})
    finally:
        for member in members:
            member.close()


def test_a_wrong_pin_costs_a_pool_one_try(one_token: kit.SoftToken, tmp_path: Path) -> None:
    """
    The second process does not send the PIN that the first one's token refused.
    """
    wrong = tmp_path / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_text("999999")
    members = [Tokens(kit.MODULE, environment=one_token.environment) for _ in range(2)]
    try:
        with pytest.raises(PinWrong):
            Pool(members).login(one_token.label, wrong)
        assert members[0].pid is not None
        assert members[1].pid is None
    finally:
        for member in members:
            member.close()
