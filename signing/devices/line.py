"""
The way to a token while it works: texts wait in line, the drain goes on with its own work.

A USB token needs 300 ms for a signature. In that time the drain stores the document before and
prepares the one after, so that the token never waits for us. Nothing but the driver runs in the
other threads: no database, no files.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Protocol, Self

from signing.certificates import Scheme
from signing.devices.tokens import TokenError


class Signs(Protocol):
    """What a line asks of a driver."""

    def sign(
        self, token: str, key: str, texts: Sequence[bytes], *, scheme: str = ""
    ) -> list[bytes]:
        """Return one signature for each of *texts*."""


class Line:
    """
    One drain's texts for one token, in the order given; *abreast* of them may be signed at once.

    After the first TokenError nothing is sent any more: what stands in line gets the same error.
    """

    def __init__(self, driver: Signs, token: str, *, abreast: int = 1) -> None:
        """Ask *driver* to sign with *token*."""
        self._driver, self._token, self._abreast = driver, token, abreast
        self._error: TokenError | None = None
        self._threads = ThreadPoolExecutor(abreast, thread_name_prefix=f"token {token}")

    @property
    def room(self) -> int:
        """How many documents may be under way: those at the token, and one that stands ready."""
        return self._abreast + 1

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Send nothing any more, and wait for what the token has begun."""
        self._threads.shutdown(cancel_futures=True)

    def sign(self, key: str, text: bytes, scheme: Scheme) -> Future[bytes]:
        """Stand *text* in line; the signature, or a TokenError, comes later."""
        return self._threads.submit(self._one, key, text, scheme)

    def _one(self, key: str, text: bytes, scheme: Scheme) -> bytes:
        if self._error:
            raise self._error
        try:
            return self._driver.sign(self._token, key, [text], scheme=scheme)[0]
        except TokenError as error:
            self._error = error
            raise


class AtOnce(Line):
    """The same without threads: signs when it is asked, so that a day can be replayed."""

    def sign(self, key: str, text: bytes, scheme: Scheme) -> Future[bytes]:
        """Sign *text* now; the future is there already."""
        done: Future[bytes] = Future()
        try:
            done.set_result(self._one(key, text, scheme))
        except TokenError as error:
            done.set_exception(error)
        return done
