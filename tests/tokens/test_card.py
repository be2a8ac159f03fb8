"""A smart card in a reader: PINs that it counts, a key that wants its PIN each time, a plug."""

from __future__ import annotations

import os
import signal

import pytest

from signing.devices import probe
from signing.devices.tokens import PinLastTry, PinLocked, PinWrong, TokenError, TokenMissing
from tests.support import pcsc
from tests.support import signing_kit as kit
from tests.support.piv_card import TRIES
from tests.tokens.conftest import LABEL, Inserted

TEXTS = [b"one", b"two"]


def test_signs_with_each_kind_of_key(inserted: Inserted) -> None:
    """
    RSA and P-256; one PIN for all but the key that wants one for each signature.
    """
    with inserted.tokens() as tokens:
        listed = {one.key: one.der for one in tokens.certificates()}
        assert [] == inserted.card.sent
        assert {key: one.der for key, one in inserted.certificates.items()} == listed
        tokens.login(LABEL, inserted.pin_file)
        for key, sent in (("01", 1), ("02", 3), ("03", 3)):
            certificate = inserted.certificates[key]
            for text, given in zip(TEXTS, tokens.sign(LABEL, key, TEXTS), strict=True):
                certificate.check(certificate.wire(given), text)
            assert [kit.PIN] * sent == inserted.card.sent


def test_the_probe_says_what_a_batch_will_need(inserted: Inserted) -> None:
    """
    Without a PIN the card says who it is; with one, which key wants its PIN each time.
    """
    seen = inserted.reader.environment
    (closed,) = probe.read(pcsc.MODULE, environment=seen)
    assert [] == inserted.card.sent
    (opened,) = probe.read(pcsc.MODULE, environment=seen, pin_file=inserted.pin_file)

    assert [kit.PIN] == inserted.card.sent
    assert (LABEL, "piv_II") == (closed.label, closed.manufacturer)
    assert ["pin_each_time"] == list(opened.warnings())
    assert [
        ("01", "RSA 2048", False, "SHA256_RSA_PKCS"),
        ("02", "RSA 2048", True, "SHA256_RSA_PKCS"),
        ("03", "EC P-256", False, "ECDSA_SHA256"),
    ] == [(key.id, key.kind, key.pin_each_time, key.mechanism) for key in opened.keys]


def test_a_wrong_pin_costs_one_try_and_the_last_one_is_a_persons(inserted: Inserted) -> None:
    """
    Three tries: each is sent when a person says so, and the last one only knowingly.
    """
    card = inserted.card
    with inserted.tokens() as tokens:
        for leave, error, left in (
            (False, PinWrong, 2),
            (False, PinWrong, 2),
            (True, PinLastTry, 1),
            (False, PinLastTry, 1),
        ):
            with pytest.raises(PinWrong) as refused:
                tokens.login(LABEL, inserted.wrong_file, retry=leave)
            assert (error, left) == (refused.type, card.tries)
    with inserted.tokens() as fresh:
        # Another worker that knows nothing, with the right PIN: the card warns, so we ask.
        with pytest.raises(PinLastTry):
            fresh.login(LABEL, inserted.pin_file)
        assert 1 == card.tries
        fresh.login(LABEL, inserted.pin_file, retry=True)
        assert TRIES == card.tries


def test_a_locked_card_is_not_asked_any_more(inserted: Inserted) -> None:
    """
    The try that locks it says so; after that nothing is sent, whoever says what.
    """
    inserted.card.tries = 1
    with inserted.tokens() as tokens:
        with pytest.raises(PinLocked):
            tokens.login(LABEL, inserted.wrong_file, retry=True)
        for leave in (False, True):
            with pytest.raises(PinLocked):
                tokens.login(LABEL, inserted.pin_file, retry=leave)

    assert ["999999"] == inserted.card.sent


def test_pulled_and_put_back(inserted: Inserted) -> None:
    """
    Pulled between two signatures: missing, by name; put back, it goes on after one login.
    """
    with inserted.tokens() as tokens:
        tokens.login(LABEL, inserted.pin_file)
        tokens.sign(LABEL, "01", TEXTS)
        inserted.pull()
        with pytest.raises(TokenMissing):
            tokens.sign(LABEL, "01", TEXTS)
        with pytest.raises(TokenMissing):
            tokens.login(LABEL, inserted.pin_file)
        inserted.insert()
        tokens.login(LABEL, inserted.pin_file)
        tokens.sign(LABEL, "01", TEXTS)

    assert [kit.PIN] * 2 == inserted.card.sent


def test_a_pin_changed_between_two_signatures(inserted: Inserted) -> None:
    """
    The key that wants its PIN each time is given a wrong one once, and then nothing is sent.
    """
    with inserted.tokens() as tokens:
        tokens.login(LABEL, inserted.pin_file)
        tokens.sign(LABEL, "02", TEXTS)
        inserted.card.pin = "135791"
        for _ in range(2):
            with pytest.raises(TokenError):
                tokens.sign(LABEL, "02", TEXTS)
            with pytest.raises(PinWrong):
                tokens.login(LABEL, inserted.pin_file)

    assert TRIES - 1 == inserted.card.tries


def test_a_driver_that_crashes_in_a_batch(inserted: Inserted) -> None:
    """
    The process is gone after the first text: a new one signs the rest, with one more login.
    """
    with inserted.tokens() as tokens:
        tokens.login(LABEL, inserted.pin_file)
        tokens.sign(LABEL, "01", TEXTS[:1])
        assert tokens.pid
        os.kill(tokens.pid, signal.SIGSEGV)
        tokens.sign(LABEL, "01", TEXTS[1:])

    assert 2 == inserted.card.signed
    assert [kit.PIN] * 2 == inserted.card.sent
