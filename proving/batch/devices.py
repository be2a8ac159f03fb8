"""Tokens that are slow, or that are pulled out: real ones, with something in between."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from signing.devices.drivers import Driver
from signing.devices.tokens import TokenMissing


class Between:
    """A driver that passes everything on."""

    def __init__(self, driver: Driver) -> None:
        """Stand before *driver*."""
        self._driver = driver

    def find(self, token: str) -> bool:
        """Tell whether *token* is open already."""
        return self._driver.find(token)

    def login(self, token: str, pin_file: Path, *, retry: bool = False) -> None:
        """Open *token*."""
        self._driver.login(token, pin_file, retry=retry)

    def sign(
        self, token: str, key: str, texts: Sequence[bytes], *, scheme: str = ""
    ) -> list[bytes]:
        """Sign *texts*."""
        return self._driver.sign(token, key, texts, scheme=scheme)


class Slow(Between):
    """A token of which every signature takes so many seconds more."""

    def __init__(self, driver: Driver, seconds: float) -> None:
        """Slow *driver* down."""
        super().__init__(driver)
        self._seconds = seconds

    def sign(
        self, token: str, key: str, texts: Sequence[bytes], *, scheme: str = ""
    ) -> list[bytes]:
        """Sign, slowly."""
        time.sleep(self._seconds * len(texts))
        return super().sign(token, key, texts, scheme=scheme)


class Pulled(Between):
    """A token that is pulled out before its *count*-th signature."""

    def __init__(self, driver: Driver, count: int) -> None:
        """Count the signatures of *driver*."""
        super().__init__(driver)
        self._left = count

    def sign(
        self, token: str, key: str, texts: Sequence[bytes], *, scheme: str = ""
    ) -> list[bytes]:
        """Sign, as long as the token is there."""
        self._left -= 1
        if self._left <= 0:
            raise TokenMissing
        return super().sign(token, key, texts, scheme=scheme)
