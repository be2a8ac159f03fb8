"""One process per driver, the PIN in it alone, and what happens when either misbehaves."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from signing.devices import tokens as room
from signing.devices.tokens import KeyMissing, PinFile, PinWrong, TokenBroken, TokenMissing, Tokens
from tests.support import signing_kit as kit


def _open(token: kit.SoftToken) -> Tokens:
    return Tokens(kit.MODULE, environment=token.environment)


def test_lists_certificates_without_a_pin(one_token: kit.SoftToken) -> None:
    """
    What is on a token can be seen before anybody types a PIN.
    """
    with _open(one_token) as tokens:
        assert [("rieng", "01", one_token.certificate.der)] == [
            (found.token, found.key, found.der) for found in tokens.certificates()
        ]


def test_signs_a_list_in_its_order(one_token: kit.SoftToken) -> None:
    """
    One login, many signatures, each over its own text.
    """
    texts = [b"a", b"b" * 5000, b"c"]
    with _open(one_token) as tokens:
        tokens.login("rieng", one_token.pin_file)
        for text, signature in zip(texts, tokens.sign("rieng", "01", texts), strict=True):
            one_token.certificate.check(signature, text)


def test_a_wrong_pin_is_sent_once(one_token: kit.SoftToken, tmp_path: Path) -> None:
    """
    After one refusal nothing is sent, not even by a fresh process, until a person acts.
    """
    wrong = tmp_path / "wrong.pin"
    wrong.write_text("999999")
    wrong.chmod(0o600)
    with _open(one_token) as tokens:
        for _ in range(3):
            with pytest.raises(PinWrong):
                tokens.login("rieng", wrong)
    with _open(one_token) as afterwards:
        # A new worker with the right PIN: the token itself remembers, so we still ask a person.
        with pytest.raises(PinWrong):
            afterwards.login("rieng", one_token.pin_file)
        afterwards.login("rieng", one_token.pin_file, retry=True)
        assert 1 == len(afterwards.sign("rieng", "01", [b"text"]))


SPY = Path("/usr/lib/x86_64-linux-gnu/pkcs11-spy.so")


@pytest.mark.skipif(not SPY.exists(), reason="OpenSC's pkcs11-spy is not installed")
def test_a_spy_counts_one_login(one_token: kit.SoftToken, tmp_path: Path) -> None:
    """
    Between us and the token OpenSC's spy sees C_Login exactly once for a wrong PIN.
    """
    log, wrong = tmp_path / "spy.log", tmp_path / "wrong.pin"
    wrong.write_text("999999")
    wrong.chmod(0o600)
    spied = {"PKCS11SPY": str(kit.MODULE), "PKCS11SPY_OUTPUT": str(log)}
    for _process in range(2):
        with Tokens(SPY, environment=one_token.environment | spied) as tokens:
            for _try in range(3):
                with pytest.raises(PinWrong):
                    tokens.login("rieng", wrong)

    assert 1 == log.read_text().count(": C_Login")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_pin_file_others_can_read_is_refused(one_token: kit.SoftToken, mode: int) -> None:
    """
    A PIN in a file that others can read is no secret; it is not used.
    """
    one_token.pin_file.chmod(mode)
    with _open(one_token) as tokens, pytest.raises(PinFile):
        tokens.login("rieng", one_token.pin_file)


def test_a_missing_pin_file_and_a_link_are_refused(
    one_token: kit.SoftToken, tmp_path: Path
) -> None:
    """
    No file, no PIN; a symbolic link could point anywhere.
    """
    link = tmp_path / "link.pin"
    link.symlink_to(one_token.pin_file)
    with _open(one_token) as tokens:
        for path in (link, tmp_path / "none.pin"):
            with pytest.raises(PinFile):
                tokens.login("rieng", path)


def test_names_for_what_is_missing(one_token: kit.SoftToken) -> None:
    """
    A token that is not plugged in and a key that is not on it have names of their own.
    """
    with _open(one_token) as tokens:
        with pytest.raises(TokenMissing):
            tokens.login("khac", one_token.pin_file)
        tokens.login("rieng", one_token.pin_file)
        with pytest.raises(KeyMissing):
            tokens.sign("rieng", "77", [b"text"])
        assert 1 == len(tokens.sign("rieng", "01", [b"text"]))


def test_a_crash_is_survived(one_token: kit.SoftToken) -> None:
    """
    A driver that dies takes its process along; the next signature comes from a new one.
    """
    with _open(one_token) as tokens:
        tokens.login("rieng", one_token.pin_file)
        before = tokens.pid
        assert before
        os.kill(before, signal.SIGSEGV)
        signatures = tokens.sign("rieng", "01", [b"one", b"two"])

        assert before != tokens.pid
    for text, signature in zip((b"one", b"two"), signatures, strict=True):
        one_token.certificate.check(signature, text)


def test_a_driver_that_is_none_is_broken(tmp_path: Path) -> None:
    """
    A file that is no driver is told as a broken token, not as a crash of the hub.
    """
    module = tmp_path / "none.so"
    module.write_bytes(b"no driver")
    with Tokens(module) as tokens, pytest.raises(TokenBroken):
        tokens.certificates()


def test_a_silent_driver_is_broken(one_token: kit.SoftToken) -> None:
    """
    A driver that hangs is given up after its time, and its process with it.
    """
    with Tokens(kit.MODULE, environment=one_token.environment, seconds=5) as tokens:
        tokens.login("rieng", one_token.pin_file)
        stopped = tokens.pid
        assert stopped
        os.kill(stopped, signal.SIGSTOP)
        tokens._seconds = 0.2
        with pytest.raises(TokenBroken):
            tokens.sign("rieng", "01", [b"text"])

        assert tokens.pid is None


def test_the_pin_is_nowhere_to_be_seen(one_token: kit.SoftToken) -> None:
    """
    After login no PIN is in the process's command line, environment or our memory of it.
    """
    with _open(one_token) as tokens:
        tokens.login("rieng", one_token.pin_file)
        place = Path(f"/proc/{tokens.pid}")
        seen = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()

        assert kit.PIN.encode() not in seen
        assert kit.PIN not in str(vars(tokens))
        assert [] == _copies(tokens.pid or 0, kit.PIN.encode())


def _copies(pid: int, secret: bytes) -> list[str]:
    """Return the parts of the process's writable memory, the driver's own aside, with *secret*."""
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, mode, *_rest = line.split()
            if not mode.startswith("rw") or "[v" in line:
                continue
            begin, end = (int(edge, 16) for edge in span.split("-"))
            memory.seek(begin)
            if secret in memory.read(end - begin):
                found.append(line)
    return found


def test_the_process_stays_small(tokens: Tokens) -> None:
    """
    A token process loads neither Django nor pyHanko: at most 30 MB.
    """
    status = Path(f"/proc/{tokens.pid}/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024

    assert peak <= 30


def test_every_error_tells_the_next_act() -> None:
    """
    Each error has a Vietnamese and an English sentence, and a name the process can send.
    """
    pin = {"PinWrong", "PinLastTry", "PinUnsure", "PinLocked", "PinToChange", "PinFile"}
    names = {"TokenMissing", "KeyMissing", "KeyUnfit", "TokenBroken"}
    assert pin | names == set(room.ERRORS)
    assert all(error.vi and error.en for error in room.ERRORS.values())
