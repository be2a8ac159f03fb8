"""What every PKCS#11 module must do, on the modules of five makers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from signing.certificates import Certificate
from signing.devices import probe
from signing.devices.tokens import KeyUnfit, PinWrong, Tokens
from tests.support import token_stacks
from tests.support.token_stacks import Stack

TEXTS = [b"a", b"b" * 5000, b""]


@pytest.fixture(scope="module", params=token_stacks.STACKS)
def stack(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """One maker's token; skipped, with the reason, where it cannot run."""
    context = token_stacks.STACKS[request.param](tmp_path_factory.mktemp(request.param))
    try:
        opened = context.__enter__()
    except token_stacks.LackingError as error:
        pytest.skip(str(error))
    try:
        yield opened
    finally:
        context.__exit__(None, None, None)


def test_every_key_signs(stack: Stack) -> None:
    """
    Listed without a PIN, opened once, and each signature verifies with the key's certificate.
    """
    with Tokens(stack.module, environment=stack.environment) as tokens:
        listed = {one.key: one.der for one in tokens.certificates() if one.token == stack.label}
        assert {key: one.der for key, one in stack.certificates.items()} == listed
        tokens.login(stack.label, stack.pin_file)
        for key, certificate in stack.certificates.items():
            signatures = tokens.sign(stack.label, key, TEXTS, scheme=certificate.scheme)
            for text, signature in zip(TEXTS, signatures, strict=True):
                certificate.check(certificate.wire(signature), text)


def test_the_probe_finds_a_mechanism_for_every_key(stack: Stack) -> None:
    """
    What the probe says that the hub signs with is offered by the token, for every key.
    """
    told = probe.read(
        stack.module, environment=stack.environment, pin_file=stack.pin_file, token=stack.label
    )
    mine = next(one for one in told if one.label == stack.label)

    assert set(stack.certificates) == {key.id for key in mine.keys}
    assert all(key.signs and key.mechanism in mine.mechanisms for key in mine.keys)
    assert "fine" == mine.pin


def test_a_wrong_pin_is_refused_once(stack: Stack, tmp_path: Path) -> None:
    """
    The second login does not reach the token; after a person's leave the right PIN opens it.
    """
    wrong = tmp_path / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_text("99999999")
    with Tokens(stack.module, environment=stack.environment) as tokens:
        for _ in range(2):
            with pytest.raises(PinWrong):
                tokens.login(stack.label, wrong)
        tokens.login(stack.label, stack.pin_file, retry=True)
        key = next(iter(stack.certificates))
        assert 1 == len(tokens.sign(stack.label, key, [b"text"]))


def test_pss_where_a_token_has_it(stack: Stack) -> None:
    """
    An RSA key signs by RSASSA-PSS if it is asked to; a token without it says so by name.
    """
    key, plain = next((key, one) for key, one in stack.certificates.items() if one.is_rsa)
    certificate = Certificate(plain.der, pss=True)
    with Tokens(stack.module, environment=stack.environment) as tokens:
        tokens.login(stack.label, stack.pin_file)
        told = next(one for one in tokens.probe() if one["label"] == stack.label)
        if not any("PSS" in name for name in told["mechanisms"]):
            with pytest.raises(KeyUnfit, match="no mechanism for pss-sha256"):
                tokens.sign(stack.label, key, [b"text"], scheme=certificate.scheme)
            return
        signature = tokens.sign(stack.label, key, [b"text"], scheme=certificate.scheme)[0]
        certificate.check(certificate.wire(signature), b"text")
