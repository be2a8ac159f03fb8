"""
VNPT SmartCA, against the sandbox's face of the vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.signers.smartca import SmartCA
from sandbox.parties import smartca as party
from tests.support.contract import SECRET
from tests.support.loopback import serve
from tests.support.signer_contract import CLIENT, SignerContract, SignerWorld


class SmartCAWorld(SignerWorld):
    """The service on loopback."""

    def party(self) -> Any:
        return party.SmartCA(self.vault, self.faults, CLIENT, SECRET)

    def connector(self, url: str, secret: str = SECRET) -> SmartCA:
        return SmartCA(self.http, SmartCA.Settings(CLIENT, secret, url=url))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SmartCAWorld]:
    """A service of one's own."""
    world = SmartCAWorld(tmp_path)
    with serve(world.switch) as world.url:
        yield world


class TestSmartCA(SignerContract):
    """The contract of remote signing services."""

    effect, asking, question = "/sign", "/status", "/get_certificate"
    finds = True

    @pytest.fixture
    def world(self, world: SmartCAWorld) -> SmartCAWorld:
        return world
