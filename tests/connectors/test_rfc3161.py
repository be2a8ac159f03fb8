"""A time-stamping authority: asked over real HTTP, believed only so far as it can be checked."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest
from werkzeug.wrappers import Response

from connectors import Refused, Unavailable
from connectors.stamps import rfc3161
from connectors.stamps.rfc3161 import Rfc3161
from tests.support import stamp_kit
from tests.support.loopback import nowhere
from tests.support.stamp_kit import NONCE, Clock

IMPRINT = stamp_kit.imprint()


@pytest.fixture(scope="session")
def ticking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clock]:
    """The sandbox's authority on loopback."""
    with stamp_kit.ticking(tmp_path_factory.mktemp("authority")) as clock:
        yield clock


@pytest.fixture
def clock(ticking: Clock) -> Clock:
    """The authority, well again."""
    ticking.answer, ticking.asked = None, 0
    return ticking


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """A client that is not patient."""
    with httpx.Client(timeout=2, trust_env=False) as client:
        yield client


def said(body: bytes, status: int = 200) -> Response:
    """Return an answer of the authority."""
    return Response(body, status, content_type="application/timestamp-reply")


def rejected(status: str, failure: str | None = None) -> Response:
    """Return the answer of an authority that gives no stamp."""
    info: dict[str, object] = {"status": status}
    if failure:
        info["fail_info"] = {failure}
    return said(rfc3161.Answer({"status": info}).dump())


def test_a_stamp_is_over_our_digest_and_our_question(clock: Clock, http: httpx.Client) -> None:
    """
    The token names digest and nonce, and holds the certificate that signed it.
    """
    token = stamp_kit.connector(clock.url, http).stamp(IMPRINT, NONCE)

    read = rfc3161.cms.ContentInfo.load(token)
    assert (IMPRINT, NONCE) == rfc3161.told(read)
    assert "Sandbox Official TSA" in rfc3161.signer(read).subject.human_friendly


def test_the_check_asks_and_keeps_nothing(clock: Clock, http: httpx.Client) -> None:
    """
    ``doctor`` sees whether the authority stamps.
    """
    stamp_kit.connector(clock.url, http).check()

    assert 1 == clock.asked


def test_an_old_answer_is_not_taken_for_a_new_one(clock: Clock, http: httpx.Client) -> None:
    """
    A good stamp for another question, or for another file, is no answer.
    """
    connector = stamp_kit.connector(clock.url, http)
    connector.stamp(IMPRINT, NONCE)
    clock.answer = said(clock.body)

    with pytest.raises(Unavailable):
        connector.stamp(IMPRINT, NONCE + 1)
    with pytest.raises(Unavailable):
        connector.stamp(stamp_kit.imprint(b"other"), NONCE)
    connector.stamp(IMPRINT, NONCE)


@pytest.mark.parametrize("failure", ["bad_alg", "bad_request", "unaccepted_policy"])
def test_a_no_is_refused(clock: Clock, http: httpx.Client, failure: str) -> None:
    """
    What the authority will not do, a person must look at; its code is in the words.
    """
    clock.answer = rejected("rejection", failure)

    with pytest.raises(Refused, match=failure):
        stamp_kit.connector(clock.url, http).stamp(IMPRINT, NONCE)


@pytest.mark.parametrize(
    "answer",
    [
        rejected("rejection", "time_not_available"),
        rejected("rejection", "system_failure"),
        rejected("waiting"),
        said(b""),
        said(b"<html>"),
        said(b"\x30\x03\x02\x01"),
        said(b"", 503),
        said(b"", 500),
    ],
)
def test_what_may_come_later_is_unavailable(
    clock: Clock, http: httpx.Client, answer: Response
) -> None:
    """
    An authority without time, in trouble or beside itself: nothing happened, ask again.
    """
    clock.answer = answer

    with pytest.raises(Unavailable):
        stamp_kit.connector(clock.url, http).stamp(IMPRINT, NONCE)


def test_who_is_not_there_is_unavailable(http: httpx.Client) -> None:
    """
    Nobody listens.
    """
    with pytest.raises(Unavailable):
        stamp_kit.connector(nowhere(), http).stamp(IMPRINT, NONCE)


def test_who_is_slow_is_unavailable(clock: Clock) -> None:
    """
    The configured time-out ends the wait; a question is never unsure.
    """
    late = threading.Event()

    def drip() -> Iterator[bytes]:
        late.wait(2)
        yield b""

    clock.answer = Response(drip(), content_type="application/timestamp-reply")
    with httpx.Client(timeout=0.2, trust_env=False) as http:
        connector = stamp_kit.connector(clock.url, http)
        with pytest.raises(Unavailable):
            connector.stamp(IMPRINT, NONCE)
    late.set()


def test_a_pinned_certificate_is_the_only_one(clock: Clock, http: httpx.Client) -> None:
    """
    With the authority's own it goes on, with two while it is renewed too; a stranger's is refused.
    """
    own, other = clock.pem("tsa"), clock.pem("issuing")

    stamp_kit.connector(clock.url, http, certificate=own).stamp(IMPRINT, NONCE)
    stamp_kit.connector(clock.url, http, certificate=other + own).stamp(IMPRINT, NONCE)
    with pytest.raises(Refused):
        stamp_kit.connector(clock.url, http, certificate=other).stamp(IMPRINT, NONCE)


def test_every_flipped_byte_is_a_failure_with_a_meaning(clock: Clock, http: httpx.Client) -> None:
    """
    A damaged answer is Refused or Unavailable, or still says what was asked: nothing else.
    """
    connector = stamp_kit.connector(clock.url, http)
    connector.stamp(IMPRINT, NONCE)
    good = clock.body
    for place in range(0, len(good), 41):
        damaged = bytearray(good)
        damaged[place] ^= 0xFF
        clock.answer = said(bytes(damaged))
        try:
            token = connector.stamp(IMPRINT, NONCE)
        except (Refused, Unavailable):
            continue
        assert (IMPRINT, NONCE) == rfc3161.told(rfc3161.cms.ContentInfo.load(token))


def test_the_connector_has_no_secret_to_show() -> None:
    """
    Its settings are an address and a certificate.
    """
    assert "rfc3161" == Rfc3161.code
    assert "" == Rfc3161.Settings(url="https://tsa").certificate
