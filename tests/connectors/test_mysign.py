"""
Viettel MySign, against the sandbox's face of the vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.signers.mysign import MySign
from sandbox.parties import mysign as party
from tests.support.contract import SECRET
from tests.support.loopback import serve
from tests.support.signer_contract import CLIENT, SignerContract, SignerWorld


class MySignWorld(SignerWorld):
    """The service on loopback."""

    def party(self) -> Any:
        return party.MySign(self.vault, self.faults, CLIENT, SECRET)

    def connector(self, url: str, secret: str = SECRET) -> MySign:
        return MySign(self.http, MySign.Settings(CLIENT, secret, url=url))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[MySignWorld]:
    """A service of one's own."""
    world = MySignWorld(tmp_path)
    with serve(world.switch) as world.url:
        yield world


class TestMySign(SignerContract):
    """The contract of remote signing services."""

    effect, asking, question = "/signHash", "/requests/status", "/login"
    finds = False

    @pytest.fixture
    def world(self, world: MySignWorld) -> MySignWorld:
        return world
