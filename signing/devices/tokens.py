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
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from signing import frames

ROOT = Path(__file__).resolve().parent.parent.parent

#: All that a driver sees of the machine, besides what its token's row says; it has no business
#: with database addresses.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


class TokenError(Exception):
    """
    A token did not sign.

    TokenError
     ├─ TokenMissing  not plugged in, or two with the same label
     ├─ PinWrong      refused once; a person must act before it is sent again
     ├─ PinLocked     only the issuer can unlock it
     ├─ PinFile       missing, or others could read it
     ├─ KeyMissing    no such key on this token
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


class PinLocked(TokenError):
    """The token locked itself."""

    vi = "Thiết bị ký đã bị khóa mã PIN. Hãy liên hệ nơi cấp chứng thư để mở khóa."
    en = "The token's PIN is locked. Ask the issuer to unlock it."


class PinFile(TokenError):
    """The PIN file is missing or others than its owner can read it."""

    vi = "Không đọc được tệp mã PIN, hoặc người khác cũng đọc được. Hãy đặt quyền 0600."
    en = "The PIN file is missing or others can read it. Set its mode to 0600."


class KeyMissing(TokenError):
    """The token does not hold this key."""

    vi = "Thiết bị ký không có khóa này. Hãy kiểm tra chứng thư đã đăng ký."
    en = "The token does not hold this key. Check the registered certificate."


class TokenBroken(TokenError):
    """The driver crashed, hangs or fails in a way it does not explain."""


ERRORS: dict[str, type[TokenError]] = {
    cls.__name__: cls
    for cls in (TokenMissing, PinWrong, PinLocked, PinFile, KeyMissing, TokenBroken)
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
        try:
            self._ask(request)
        except (PinWrong, PinLocked) as error:
            self._refused[token] = type(error)
            raise
        self._pins[token] = pin_file
        self._open.add(token)

    def sign(self, token: str, key: str, texts: Sequence[bytes]) -> list[bytes]:
        """
        Return one signature for each of *texts* (DER of signed attributes), in their order.

        If the driver crashes, its process is started again and goes on with the unsigned rest;
        TokenBroken if a fresh process signs nothing at all.
        """
        with self._lock:
            done: list[bytes] = []
            fresh = self._process is None
            while len(done) < len(texts):
                before = len(done)
                try:
                    for signature in self._signatures(token, key, texts[before:]):
                        done.append(signature)  # noqa: PERF402 - what came before a crash is kept
                except frames.ClosedError as error:
                    self.close()
                    if fresh and len(done) == before:
                        raise TokenBroken from error
                    fresh = True
            return done

    def _signatures(self, token: str, key: str, texts: Sequence[bytes]) -> Iterator[bytes]:
        """Yield signatures as they come, so that a crash loses none that was made."""
        if token not in self._open and token in self._pins:
            self._log_in(token, self._pins[token], retry=False)
        request = {"do": "sign", "token": token, "key": key, "sizes": [len(text) for text in texts]}
        frames.send(self._pipes()[0], request, b"".join(texts))
        for _ in texts:
            yield self._answer()[1]

    def close(self) -> None:
        """End the process and with it every session; the next question starts a new one."""
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
            raise TokenBroken from error

    def _answer(self) -> tuple[dict[str, Any], bytes]:
        """Read one frame; a TokenError if it tells of one or does not come in time."""
        try:
            header, payload = frames.receive(self._pipes()[1], seconds=self._seconds)
        except frames.LateError as error:
            self.close()
            raise TokenBroken from error
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
