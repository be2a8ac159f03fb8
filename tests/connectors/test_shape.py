"""
A connector is one file, found by its place, with one test file and settings that hide.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import connectors.banks
import connectors.carriers
import connectors.revocation
import connectors.signers
import connectors.stamps
from connectors import Connector, load, settings
from connectors.banks import Gateway, PayingBank, StatementBank
from connectors.carriers import Carrier
from connectors.revocation import RevocationSource
from connectors.signers import RemoteSigner
from connectors.stamps import StampAuthority

KINDS = ("banks", "carriers", "revocation", "signers", "stamps")
ROOM = Path(connectors.__file__).parent
FILES = sorted(path for kind in KINDS for path in (ROOM / kind).glob("[!_]*.py"))
BANKS = load(connectors.banks, Connector)  # type: ignore[type-abstract]
CARRIERS = load(connectors.carriers, Connector)  # type: ignore[type-abstract]
REVOCATION = load(connectors.revocation, Connector)  # type: ignore[type-abstract]
SIGNERS = load(connectors.signers, Connector)  # type: ignore[type-abstract]
STAMPS = load(connectors.stamps, Connector)  # type: ignore[type-abstract]
ALL = [*BANKS.values(), *CARRIERS.values(), *SIGNERS.values(), *STAMPS.values()]
ALL += REVOCATION.values()
SECRETS = re.compile(r"secret|password|token$|^key$")


def test_a_file_is_enough() -> None:
    """
    A connector is found because its file is there; its code is the file's name.
    """
    assert {path.stem for path in FILES} == {one.code for one in ALL}
    assert all(issubclass(one, Gateway | StatementBank | PayingBank) for one in BANKS.values())
    assert all(issubclass(one, Carrier) for one in CARRIERS.values())
    assert all(issubclass(one, RemoteSigner) for one in SIGNERS.values())
    assert all(issubclass(one, RevocationSource) for one in REVOCATION.values())
    assert all(issubclass(one, StampAuthority) for one in STAMPS.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_connector_has_its_test_file_and_its_line_in_the_guide(path: Path) -> None:
    """
    One file, one test file; the guide tells their sizes, true to a tenth.
    """
    test = Path(__file__).with_name(f"test_{path.stem}.py")
    guide = (ROOM.parent / "docs" / "connectors.md").read_text()
    kind = path.parent.name
    row = re.search(rf"`{kind}/{path.name}` \| ([0-9]+) \| ([0-9]+) \|", guide)

    assert row is not None
    for file, told in ((path, row[1]), (test, row[2])):
        lines = len(file.read_text().splitlines())
        assert abs(lines - int(told)) <= lines // 10


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.code)
def test_settings_mark_and_hide_their_secrets(one: type[Connector]) -> None:
    """
    What is named like a secret is never shown: not by the form, not by ``repr``.
    """
    assert is_dataclass(one.Settings)
    for field in fields(one.Settings):
        secret = bool(field.metadata.get("secret"))

        assert bool(SECRETS.search(field.name)) is secret, field.name
        assert field.repr is not secret
        assert field.name != "timeout", "taken by the operator's file for the client"


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.code)
def test_missing_and_unknown_settings_are_named_at_once(one: type[Connector]) -> None:
    """
    The operator reads every mistake in one message, and no value.
    """
    with pytest.raises(ValueError, match=r"missing .*unknown \['nonsense'\]") as caught:
        settings(one, {"nonsense": "canary-value"})

    assert "canary-value" not in str(caught.value)
