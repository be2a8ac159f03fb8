"""Two tokens, a trusted root and one signed and sealed result for the tests of signing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from signing.devices.tokens import Tokens
from signing.verification.verify import Trust
from tests.support import signing_kit as kit


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> kit.SoftToken:
    """The official's token."""
    return kit.make_token(tmp_path_factory.mktemp("official"), "canbo")


@pytest.fixture(scope="session")
def seal(official: kit.SoftToken) -> kit.SoftToken:
    """The agency's token, behind the same driver."""
    return kit.make_token(official.configuration.parent, "condau")


@pytest.fixture(scope="session")
def tokens(official: kit.SoftToken, seal: kit.SoftToken) -> Iterator[Tokens]:
    """Both tokens, logged in."""
    with Tokens(kit.MODULE, environment=official.environment) as opened:
        opened.login(official.label, official.pin_file)
        opened.login(seal.label, seal.pin_file)
        yield opened


@pytest.fixture(scope="session")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    """The folder with the root of both certificates."""
    return Trust(kit.authority().write(tmp_path_factory.mktemp("trust")))


@pytest.fixture(scope="session")
def two(tokens: Tokens, official: kit.SoftToken, seal: kit.SoftToken) -> kit.Two:
    """A result after the official's signature and after the seal."""
    return kit.sign_and_seal(kit.result_pdf(), tokens, official, seal)


@pytest.fixture
def one_token(tmp_path: Path) -> kit.SoftToken:
    """A token of one's own, to be maltreated."""
    return kit.make_token(tmp_path / "own", "rieng")
