"""The virtual reader, one per worker, and a card to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from signing.certificates import Certificate, load
from signing.devices.tokens import Tokens
from tests.support import pcsc
from tests.support import signing_kit as kit
from tests.support.piv_card import Card, Plug

LABEL = "Nguyễn Thị Hồng Gấm"
"""OpenSC calls a PIV card by the common name in its first certificate."""


@dataclass
class Inserted:
    """A card in its reader."""

    reader: pcsc.Reader
    card: Card
    plug: Plug
    pin_file: Path
    wrong_file: Path
    certificates: dict[str, Certificate]
    """By the ids that OpenSC gives: 01 for 9A, 02 for 9C, 03 for 9D."""

    def tokens(self) -> Tokens:
        """Return a driver's process of one's own."""
        return Tokens(pcsc.MODULE, environment=self.reader.environment)

    def pull(self) -> None:
        """Pull the card."""
        self.plug.pull()
        self.reader.wait(present=False)

    def insert(self) -> None:
        """Put it back."""
        self.plug = self.reader.insert(self.card)


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pcsc.Reader]:
    """A pcscd of our own with a virtual reader; skipped, with the reason, where none can run."""
    if reason := pcsc.lacking():
        pytest.skip(reason)
    with pcsc.running(tmp_path_factory.mktemp("pcscd")) as found:
        yield found


@pytest.fixture
def inserted(reader: pcsc.Reader, tmp_path: Path) -> Iterator[Inserted]:
    """A new card: 9A with RSA, 9C with RSA and its PIN for each signature, 9D with P-256."""
    keys: dict[int, kit.Key] = {
        0x9A: kit.rsa_key("piv 9a"),
        0x9C: kit.rsa_key("piv 9c"),
        0x9D: ec.generate_private_key(ec.SECP256R1()),
    }
    ders = {number: kit.authority().issue(LABEL, key) for number, key in keys.items()}
    card = Card(kit.PIN, {number: (keys[number], ders[number]) for number in keys})
    pins = {"pin": kit.PIN, "wrong": "999999"}
    for name, text in pins.items():
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_text(text)
    certificates = {f"{n:02d}": load(der) for n, der in enumerate(ders.values(), start=1)}
    files = (tmp_path / "pin", tmp_path / "wrong")
    found = Inserted(reader, card, reader.insert(card), *files, certificates)
    yield found
    found.plug.pull()
    reader.wait(present=False)
