"""
The world outside: banks that are paid, carriers that carry.

A connector is one file in ``banks/`` or ``carriers/``, found because it is there.
It translates; it never decides, retries, stores or logs, and it knows no Django.

What can go wrong has three meanings and no more::

    ConnectorError
    ├── Refused      it said no; a person must act
    ├── Unavailable  nothing happened there; try later
    └── Unsure       it may have happened; ask before asking again

Pending is not failed, and a duplicate answer is success: neither is an error.
"""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    # Processes that only name connectors (clock, web) do not carry an HTTP client.
    import httpx


class ConnectorError(Exception):
    """The other side did not do what was asked."""

    connector = ""
    """Whose answer or silence this is; the hub fills it in when it asks."""


class Refused(ConnectorError):
    """The other side understood and said no."""


class Unavailable(ConnectorError):
    """The other side was not reached; nothing happened there."""


class Unsure(ConnectorError):
    """The request left and no clear answer came: it may have been done."""


def _now() -> datetime:
    return datetime.now(UTC)


class Connector(ABC):
    """
    One bank, gateway or carrier.

    ``Settings`` is a frozen dataclass: its fields are the administrator's form and what
    ``./motcua doctor`` checks. A field whose metadata says ``secret`` is never shown.
    """

    code: ClassVar[str]
    """Stable name in configuration and in the register."""
    label: ClassVar[str]
    """The name people know."""
    Settings: ClassVar[type[Any]]
    patience: tuple[int, ...] = ()
    """
    Seconds before each next try when the other side is silent; empty means the hub's own.

    A supplier that asks for slower repeats says so in its file; the operator may change it.
    """
    silence: ClassVar[float] = 30
    """Seconds of silence that end a call; ``timeout`` in the operator's file changes it."""

    def __init__(
        self, http: httpx.Client, settings: Any, *, now: Callable[[], datetime] = _now
    ) -> None:
        """
        Speak through *http* (:func:`connectors.http.client`) with these *settings*.

        *now* is the hub's clock; some suppliers want the instant of the question in it.
        """
        self.http, self.settings, self.now = http, settings, now

    @abstractmethod
    def check(self) -> None:
        """Ask the other side something that changes nothing; raise ConnectorError if it fails."""


C = TypeVar("C", bound=Connector)


def load(package: ModuleType, base: type[C]) -> dict[str, type[C]]:
    """
    Import every module of *package*; return its *base* classes by ``code``.

    TypeError if two files claim one code.
    """
    found: dict[str, type[C]] = {}
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        for thing in vars(importlib.import_module(module.name)).values():
            if not (isinstance(thing, type) and issubclass(thing, base)):
                continue
            if thing.__module__ != module.name:
                continue
            if thing.code in found:
                message = f"two connectors are called {thing.code!r}"
                raise TypeError(message)
            found[thing.code] = thing
    return found


def settings(connector: type[Connector], given: Mapping[str, Any]) -> Any:
    """
    Return the connector's Settings made of *given*.

    ValueError naming every missing and every unknown field at once; values are never shown.
    """
    known = {field.name: field for field in fields(connector.Settings)}
    needed = {
        name
        for name, field in known.items()
        if field.default is MISSING and field.default_factory is MISSING
    }
    missing, unknown = sorted(needed - given.keys()), sorted(given.keys() - known.keys())
    if missing or unknown:
        message = f"{connector.code}: missing {missing}, unknown {unknown}"
        raise ValueError(message)
    return connector.Settings(**given)
