"""
Tokens as the hub sees them: certificates, and signatures over signed attributes.

One :class:`Tokens` is one PKCS#11 module in one process of its own (``token_process``)::

    with Tokens(Path("/usr/lib/softhsm/libsofthsm2.so")) as tokens:
        tokens.login("Chi cục", pin_file)
        signatures = tokens.sign("Chi cục", "01", [signed_attributes])

The PIN never comes here: the process reads it from the file itself.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, NoReturn, Self

from signing import frames

ROOT = Path(__file__).resolve().parent.parent.parent

#: All that a driver sees of the machine, besides what its token's row says; it has no business
#: with database addresses.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


FAREWELL = 2.0
"""Seconds that a process has to end by itself."""


class TokenError(Exception):
    """
    A token did not sign.

    TokenError
     ├─ TokenMissing  not plugged in, or two with the same label
     ├─ PinWrong      refused once; a person must act before it is sent again
     │   ├─ PinLastTry  one more wrong PIN locks the token
     │   └─ PinUnsure   it was on its way when the driver died: perhaps refused
     ├─ PinLocked     only the issuer can unlock it
     │   └─ PinToChange the holder must change the issuer's PIN first
     ├─ PinFile       missing, or others could read it
     ├─ KeyMissing    no such key on this token
     │   └─ KeyUnfit    it is there, but cannot sign as we need it
     └─ TokenBroken   the driver crashed, hangs or fails
    """

    vi: ClassVar[str] = "Thiết bị ký gặp lỗi. Hãy gọi quản trị hệ thống."
    en: ClassVar[str] = "The token failed. Call the administrator."


class TokenMissing(TokenError):
    """The token is not there."""

    vi = "Không tìm thấy thiết bị ký. Hãy cắm thiết bị rồi bấm Thử lại."
    en = "The token is not there. Plug it in, then press Try again."


class PinWrong(TokenError):
    """The token refused the PIN once; software does not send it again."""

    vi = "Sai mã PIN. Hệ thống không tự gửi lại; hãy kiểm tra mã PIN rồi bấm Thử lại."
    en = "Wrong PIN. It is not sent again by itself; check the PIN, then press Try again."


class PinLastTry(PinWrong):
    """One more wrong PIN locks the token; only a person may risk it."""

    vi = "Chỉ còn một lần thử mã PIN: sai nữa là khóa. Hãy sửa tệp mã PIN rồi mới bấm Thử lại."
    en = "One try is left: another wrong PIN locks the token. Mend the PIN file, then try again."


class PinUnsure(PinWrong):
    """The driver or the worker died while the PIN was on its way."""

    vi = "Trình điều khiển dừng khi đang gửi mã PIN. Hãy kiểm tra mã PIN rồi bấm Thử lại."
    en = "It broke off while the PIN was being sent. Check the PIN, then press Try again."


class PinLocked(TokenError):
    """The token locked itself."""

    vi = "Thiết bị ký đã bị khóa mã PIN. Hãy liên hệ nơi cấp chứng thư để mở khóa."
    en = "The token's PIN is locked. Ask the issuer to unlock it."


class PinToChange(PinLocked):
    """The PIN is the issuer's first one, or too old: nothing is signed with it."""

    vi = "Mã PIN phải được đổi trước khi ký. Hãy đổi bằng phần mềm của nhà cung cấp."
    en = "The PIN must be changed before anything is signed. Use the vendor's own software."


class PinFile(TokenError):
    """The PIN file is missing or others than its owner can read it."""

    vi = "Không đọc được tệp mã PIN, hoặc người khác cũng đọc được. Hãy đặt quyền 0600."
    en = "The PIN file is missing or others can read it. Set its mode to 0600."


class KeyMissing(TokenError):
    """The token does not hold this key."""

    vi = "Thiết bị ký không có khóa này. Hãy kiểm tra chứng thư đã đăng ký."
    en = "The token does not hold this key. Check the registered certificate."


class KeyUnfit(KeyMissing):
    """The key is there, but the token cannot sign with it as the hub needs."""

    vi = "Thiết bị không ký được bằng khóa này. Hãy xem ./motcua token probe, rồi gọi quản trị."
    en = "The token cannot sign with this key. See ./motcua token probe; call the administrator."


class TokenBroken(TokenError):
    """The driver crashed, hangs or fails in a way it does not explain."""


ERRORS: dict[str, type[TokenError]] = {
    cls.__name__: cls
    for cls in (
        *(TokenMissing, PinWrong, PinLastTry, PinUnsure, PinLocked, PinToChange),
        *(PinFile, KeyMissing, KeyUnfit, TokenBroken),
    )
}


@dataclass(frozen=True, slots=True)
class OnToken:
    """A certificate found on a token."""

    token: str
    """The token's label."""
    key: str
    """CKA_ID in hex; the private key has the same."""
    label: str
    der: bytes


class Tokens:
    """The tokens behind one PKCS#11 module; calls from several threads wait for each other."""

    def __init__(
        self,
        module: Path,
        *,
        environment: Mapping[str, str] | None = None,
        seconds: float = 30.0,
    ) -> None:
        """
        Use the driver at *module*; nothing is started yet.

        *environment* is added to what the driver sees (for example SOFTHSM2_CONF);
        a driver that is silent for *seconds* is broken.
        """
        self._module = module
        self._environment = dict(environment or {})
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.RLock()
        self._open: set[str] = set()
        self._pins: dict[str, Path] = {}
        self._refused: dict[str, type[TokenError]] = {}

    def __enter__(self) -> Self:
        """Return itself; the process starts at the first question."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process."""
        self.close()

    @property
    def pid(self) -> int | None:
        """Process id of the running token process, if it runs."""
        return self._process.pid if self._process else None

    def certificates(self) -> list[OnToken]:
        """Return every certificate on every token of the module, without a PIN."""
        with self._lock:
            answer = self._ask({"do": "list"})
        return [
            OnToken(token["label"], found["id"], found["label"], bytes.fromhex(found["der"]))
            for token in answer["tokens"]
            for found in token["certificates"]
        ]

    def probe(self) -> list[dict[str, Any]]:
        """Return all that the driver says of each token; see ``probe.read``."""
        with self._lock:
            tokens: list[dict[str, Any]] = self._ask({"do": "probe"})["tokens"]
        return tokens

    def find(self, token: str) -> bool:
        """Tell whether *token* is open already; TokenMissing if it is not plugged in."""
        with self._lock:
            return token in self._open or bool(self._ask({"do": "find", "token": token})["open"])

    def login(self, token: str, pin_file: Path, *, retry: bool = False) -> None:
        """
        Open the token with the PIN in *pin_file*.

        A refused PIN is remembered and not sent again: PinWrong at once, without asking the
        token, until a person acted (*retry*).
        """
        with self._lock:
            if retry:
                self._refused.pop(token, None)
            if token in self._refused:
                raise self._refused[token]
            if token not in self._open:
                self._log_in(token, pin_file, retry=retry)

    def _log_in(self, token: str, pin_file: Path, *, retry: bool) -> None:
        request = {"do": "login", "token": token, "pin_file": str(pin_file), "retry": retry}
        self.find(token)  # a driver that fails here has seen no PIN
        try:
            self._ask(request)
        except (PinWrong, PinLocked) as error:
            self._refused[token] = type(error)
            raise
        except TokenBroken as error:
            if self._process is None:
                self._refused[token] = PinUnsure
                raise PinUnsure(str(error)) from error
            raise
        self._pins[token] = pin_file
        self._open.add(token)

    def sign(
        self, token: str, key: str, texts: Sequence[bytes], *, scheme: str = ""
    ) -> list[bytes]:
        """
        Return one signature for each of *texts* (DER of signed attributes), in their order.

        *scheme* is one of ``certificates.Scheme``; without it the key's kind decides (SHA-256).
        If the driver crashes, its process is started again and goes on with the unsigned rest;
        TokenBroken if a fresh process signs nothing at all.
        """
        with self._lock:
            done: list[bytes] = []
            fresh = self._process is None
            while len(done) < len(texts):
                before = len(done)
                try:
                    for signature in self._signatures(token, key, texts[before:], scheme):
                        done.append(signature)  # noqa: PERF402 - what came before a crash is kept
                except frames.ClosedError as error:
                    self.close()
                    if fresh and len(done) == before:
                        self._give_up("died twice over one text", error)
                    fresh = True
            return done

    def _signatures(
        self, token: str, key: str, texts: Sequence[bytes], scheme: str
    ) -> Iterator[bytes]:
        """Yield signatures as they come, so that a crash loses none that was made."""
        if token not in self._open and token in self._pins:
            self._log_in(token, self._pins[token], retry=False)
        sizes = [len(text) for text in texts]
        request = {"do": "sign", "token": token, "key": key, "scheme": scheme, "sizes": sizes}
        frames.send(self._pipes()[0], request, b"".join(texts))
        try:
            for _ in texts:
                yield self._answer()[1]
        except (PinWrong, PinLocked) as error:
            self._refused[token] = type(error)  # a key that wants the PIN each time
            raise

    def close(self) -> None:
        """
        End the process and with it every session; the next question starts a new one.

        It is let go first, for its driver may have something to give back: a TPM without a
        manager keeps what nobody took from it.
        """
        if self._process and self._process.stdin:
            self._process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(FAREWELL)
        self._kill()

    def _kill(self) -> None:
        """End the process at once, whatever it does."""
        process, self._process = self._process, None
        self._open.clear()
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send one request and return its answer; TokenBroken if the process dies of it."""
        try:
            frames.send(self._pipes()[0], request)
            return self._answer()[0]
        except frames.ClosedError as error:
            self.close()
            self._give_up("died", error)

    def _give_up(self, how: str, error: Exception) -> NoReturn:
        """Name the driver, so that an operator knows whose it is."""
        message = f"{self._module.name} {how}"
        raise TokenBroken(message) from error

    def _answer(self) -> tuple[dict[str, Any], bytes]:
        """Read one frame; a TokenError if it tells of one or does not come in time."""
        try:
            header, payload = frames.receive(self._pipes()[1], seconds=self._seconds)
            if patience := header.get("wait"):  # a person types at the reader's own keys
                header, payload = frames.receive(self._pipes()[1], seconds=patience)
        except frames.LateError as error:
            self._kill()
            self._give_up(f"said nothing for {self._seconds:g} s and was ended", error)
        if name := header.get("error"):
            self._open.clear()
            raise ERRORS.get(name, TokenBroken)(header.get("detail", name))
        return header, payload

    def _pipes(self) -> tuple[int, int]:
        """Return the descriptors to write to and to read from; start the process if need be."""
        if self._process is None:
            self._process = self._start()
            try:
                self._answer()
            except TokenError:
                self.close()
                raise
            except frames.ClosedError as error:
                self.close()
                self._give_up("died while it was loaded", error)
        process = self._process
        assert process.stdin and process.stdout  # noqa: S101, PT018 - both were asked for
        return process.stdin.fileno(), process.stdout.fileno()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "signing.devices.token_process", str(self._module)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=_ENVIRONMENT | self._environment,
        )
