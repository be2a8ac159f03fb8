"""What the operator is told of each registered token."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.commands import doctor
from signing.devices.tokens import PinWrong, Tokens
from signing.models import Token
from tests.support import signing_kit as kit

pytestmark = pytest.mark.django_db


def _register(token: kit.SoftToken, label: str, *, module: Path = kit.MODULE) -> None:
    Token.objects.create(
        label=label,
        module=str(module),
        pin_file=str(token.pin_file),
        environment=token.environment,
    )


def test_each_token_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    """
    Plugged in, missing, behind a file that is no driver; two folders of one module are two.
    """
    one, two = kit.make_token(tmp_path / "1", "mot"), kit.make_token(tmp_path / "2", "hai")
    _register(one, "mot")
    _register(two, "hai")
    _register(two, "vang")
    _register(two, "hong", module=two.pin_file)
    told = {check.name: check for check in doctor._tokens()}

    assert [doctor.OK] * 2 == [told[f"token {label}"].state for label in ("mot", "hai")]
    missing, broken = told["token vang"], told["driver hai.pin"]
    assert (doctor.PROBLEM, "plug it in: vang") == (missing.state, missing.next)
    assert (doctor.PROBLEM, f"./motcua token probe {two.pin_file}") == (broken.state, broken.next)


def test_a_wrong_pin_is_seen_before_anybody_signs(tmp_path: Path) -> None:
    """
    The token remembers it, and doctor says it, without sending a PIN.
    """
    token = kit.make_token(tmp_path / "1", "mot")
    _register(token, "mot")
    token.pin_file.write_text("000000")
    with Tokens(kit.MODULE, environment=token.environment) as tokens, pytest.raises(PinWrong):
        tokens.login("mot", token.pin_file)
    (found,) = doctor._tokens()

    assert (doctor.WARNING, "docs/tokens.md") == (found.state, found.next)
    assert "a wrong PIN was sent before" in found.says
