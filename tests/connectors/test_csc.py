"""
A service of the Cloud Signature Consortium, against the sandbox's face of the vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.signers.csc import Csc
from sandbox.parties import csc as party
from tests.support.contract import SECRET
from tests.support.loopback import serve
from tests.support.signer_contract import CLIENT, SignerContract, SignerWorld


class CscWorld(SignerWorld):
    """The service on loopback."""

    def party(self) -> Any:
        return party.Csc(self.vault, self.faults, CLIENT, SECRET)

    def connector(self, url: str, secret: str = SECRET) -> Csc:
        return Csc(self.http, Csc.Settings(url, CLIENT, secret))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[CscWorld]:
    """A service of one's own."""
    world = CscWorld(tmp_path)
    with serve(world.switch) as world.url:
        yield world


class TestCsc(SignerContract):
    """The contract of remote signing services."""

    effect, asking, question = "/credentials/authorize", "/authorizeCheck", "/token"
    finds = False

    @pytest.fixture
    def world(self, world: CscWorld) -> CscWorld:
        return world
