"""
The hand that moves the other side: arms faults, lets citizens pay and parcels travel.

Suppliers have no such thing; tests, training and ``demo`` use it. It listens where the
parties do, on this machine only, and asks for no password.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.wrappers import Request, Response

from sandbox import wire
from sandbox.faults import UnknownFaultError
from sandbox.parties.vault import DECISIONS

if TYPE_CHECKING:
    from sandbox.world import World


class Control(wire.Party):
    """The control endpoint as a WSGI application."""

    def __init__(self, world: World) -> None:
        """Move the parties of *world*."""
        self._world = world
        self._routes: Mapping[tuple[str, str], Callable[[Any], Any]] = {
            ("GET", "/state"): lambda _: world.state(),
            ("POST", "/faults"): self._arm,
            ("POST", "/bank/transfers"): self._transfers,
            ("POST", "/bank/reversals"): self._reversal,
            ("POST", "/platform/pay"): self._pay,
            ("POST", "/platform/fail"): self._fail,
            ("POST", "/vnpost/advance"): self._advance,
            ("POST", "/authority/revoke"): self._revoke,
            ("POST", "/signers/decide"): self._decide,
        }

    def answer(self, request: Request) -> Response:
        """Answer one request; what is wrong with it is said in JSON."""
        try:
            route = self._routes.get((request.method, request.path.rstrip("/")))
            if route is None:
                paths = sorted(" ".join(known) for known in self._routes)
                message = f"try one of {paths}"
                raise NotFound(message)
            return wire.reply(route(_read(request)))
        except HTTPException as error:
            return wire.reply({"error": error.description}, error.code or 500)

    def _arm(self, given: Any) -> Any:
        party, operation, fault = _texts(given, "party", "operation", "fault")
        try:
            self._world.faults.arm(party, operation, fault, given.get("reference"))
        except UnknownFaultError as error:
            raise BadRequest(str(error)) from error
        return {"armed": fault}

    def _transfers(self, given: Any) -> Any:
        """Book one transfer, or a list of them in order."""
        if isinstance(given, list):
            return [self._world.bank.transfer(_object(one)) for one in given]
        return self._world.bank.transfer(_object(given))

    def _reversal(self, given: Any) -> Any:
        (reference,) = _texts(given, "bank_reference")
        return self._world.bank.reverse(reference, at=str(given.get("booked_at", "")))

    def _pay(self, given: Any) -> Any:
        (reference,) = _texts(given, "reference")
        amount = given.get("amount")
        if amount is not None and not isinstance(amount, int):
            message = "amount is a whole number of đồng"
            raise BadRequest(message)
        return self._world.platform.pay(reference, amount=amount, at=str(given.get("at", "")))

    def _fail(self, given: Any) -> Any:
        (reference,) = _texts(given, "reference")
        return self._world.platform.fail(reference, at=str(given.get("at", "")))

    def _advance(self, given: Any) -> Any:
        (code,) = _texts(given, "code")
        order, at = (str(given.get(name, "")) for name in ("order", "at"))
        return {"orders": self._world.vnpost.advance(code, order=order, at=at)}

    def _decide(self, given: Any) -> Any:
        """Let a subscriber press a button on the telephone."""
        reference, decision = _texts(given, "reference", "decision")
        if decision not in DECISIONS:
            message = f"decision is one of {DECISIONS}"
            raise BadRequest(message)
        return {"state": self._world.vault.decide(reference, decision)["state"]}

    def _revoke(self, given: Any) -> Any:
        (label,) = _texts(given, "label")
        self._world.authority.revoke(label, at=wire.instant(given.get("at")))
        return {"revoked": label}


def _read(request: Request) -> Any:
    """Return the JSON that *request* brings, None for a GET."""
    if request.method == "GET":
        return None
    try:
        return json.loads(wire.body(request))
    except ValueError as error:
        message = "not JSON"
        raise BadRequest(message) from error


def _object(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        message = "not a JSON object"
        raise BadRequest(message)
    return given


def _texts(given: Any, *names: str) -> list[str]:
    """Return the texts that *given* must bring; BadRequest naming those that it lacks."""
    values = [_object(given).get(name) for name in names]
    if missing := [name for name, value in zip(names, values, strict=True) if not value]:
        message = f"missing: {', '.join(missing)}"
        raise BadRequest(message)
    return [str(value) for value in values]
