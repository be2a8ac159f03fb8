"""Drivers with faults: they crash, hang, list what they lack, or ask at a reader's own keys."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from signing.devices import probe
from signing.devices.tokens import PinLastTry, PinUnsure, TokenBroken, Tokens
from tests.support import signing_kit as kit

SOURCE = Path(__file__).resolve().parents[1] / "support" / "odd_driver.c"


@dataclass(frozen=True)
class Odd:
    """A driver with faults, and what it was told."""

    module: Path
    token: kit.SoftToken
    log: Path

    def environment(self, faults: str) -> dict[str, str]:
        """Return what the driver must see to have *faults*."""
        told = {"ODD": faults, "ODD_LOG": str(self.log), "ODD_PIN": kit.PIN}
        return self.token.environment | told

    def tokens(self, faults: str, *, seconds: float = 30) -> Tokens:
        """Return a process of the driver with *faults*."""
        return Tokens(self.module, environment=self.environment(faults), seconds=seconds)

    @property
    def logins(self) -> str:
        """One letter per C_Login."""
        return self.log.read_text() if self.log.exists() else ""


@pytest.fixture(scope="session")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faulty driver, compiled."""
    if not shutil.which("gcc"):
        pytest.skip("not installed: gcc")
    made = tmp_path_factory.mktemp("odd") / "odd.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", made, SOURCE, "-ldl"], check=True)
    return made


@pytest.fixture
def odd(module: Path, tmp_path: Path) -> Odd:
    """The faulty driver with a token of its own."""
    return Odd(module, kit.make_token(tmp_path / "token", "le"), tmp_path / "logins")


def test_a_pin_on_its_way_when_the_driver_dies_is_not_sent_again(odd: Odd) -> None:
    """
    Nobody knows whether the token counted it: a person must say so, in a fresh process, too.
    """
    with odd.tokens("dies-at-login") as tokens:
        for _ in range(3):
            with pytest.raises(PinUnsure):
                tokens.login("le", odd.token.pin_file)
        assert "P" == odd.logins
        with pytest.raises(PinUnsure):
            tokens.login("le", odd.token.pin_file, retry=True)
        assert "PP" == odd.logins


def test_a_driver_that_hangs_at_login_is_ended(odd: Odd) -> None:
    """
    The same holds for one that says nothing any more.
    """
    with odd.tokens("hangs-at-login", seconds=1) as tokens:
        with pytest.raises(PinUnsure, match=r"odd\.so said nothing for 1 s"):
            tokens.login("le", odd.token.pin_file)
        with pytest.raises(PinUnsure):
            tokens.login("le", odd.token.pin_file)
        assert tokens.pid is None

    assert "P" == odd.logins


def test_a_driver_that_hangs_at_signing_is_ended_and_named(odd: Odd) -> None:
    """
    The batch does not wait for ever, and the operator reads whose driver it was.
    """
    with odd.tokens("hangs-at-sign", seconds=1) as tokens:
        tokens.login("le", odd.token.pin_file)
        with pytest.raises(TokenBroken, match=r"odd\.so said nothing for 1 s and was ended"):
            tokens.sign("le", "01", [b"text"])


def test_a_driver_that_dies_now_and_then_signs_everything(odd: Odd) -> None:
    """
    Every process signs one text and dies of the second: five texts, each signed, in order.
    """
    texts = [bytes([number]) for number in range(5)]
    with odd.tokens("dies-at-second") as tokens:
        tokens.login("le", odd.token.pin_file)
        signatures = tokens.sign("le", "01", texts)

    for text, signature in zip(texts, signatures, strict=True):
        odd.token.certificate.check(signature, text)


def test_a_driver_that_dies_at_once_is_a_sentence(odd: Odd) -> None:
    """
    Probing a driver that crashes while it is loaded ends in a TokenBroken that names it.
    """
    with pytest.raises(TokenBroken, match=r"odd\.so died while it was loaded"):
        probe.read(odd.module, environment=odd.environment("dies-at-load"))


def test_a_mechanism_that_is_only_listed(odd: Odd) -> None:
    """
    The token lists SHA256_RSA_PKCS and then knows it not: we hash and sign raw.
    """
    with odd.tokens("lists-too-much") as tokens:
        tokens.login("le", odd.token.pin_file)
        odd.token.certificate.check(tokens.sign("le", "01", [b"text"])[0], b"text")


def test_a_driver_that_sees_new_tokens_only_when_it_begins_anew(odd: Odd) -> None:
    """
    It is made to begin anew once the token is missed, and the probe says so.
    """
    with odd.tokens("begins-anew") as tokens:
        assert [] == tokens.certificates()
        tokens.login("le", odd.token.pin_file)
        assert [True] == [one["begins_anew"] for one in tokens.probe()]
        assert 1 == len(tokens.sign("le", "01", [b"text"]))


def test_a_reader_with_keys_gets_no_pin(odd: Odd) -> None:
    """
    The PIN is typed at the reader: none is sent, and no file is read.
    """
    with odd.tokens("pad") as tokens:
        tokens.login("le", Path("/nowhere"))
        assert 1 == len(tokens.sign("le", "01", [b"text"]))
        assert [True] == [one["pad"] for one in tokens.probe()]

    assert "K" == odd.logins


@pytest.mark.parametrize(
    ("fault", "word"), [("last-try", "last_try"), ("to-be-changed", "to_be_changed")]
)
def test_what_a_token_says_of_its_pin(odd: Odd, fault: str, word: str) -> None:
    """
    The probe says it, and sends no PIN where one try is left.
    """
    environment = odd.environment(fault)
    (found,) = probe.read(odd.module, environment=environment)

    assert (word, [word]) == (found.pin, list(found.warnings()))
    if word == "last_try":
        with pytest.raises(PinLastTry):
            probe.read(odd.module, environment=environment, pin_file=odd.token.pin_file)
    assert "" == odd.logins
