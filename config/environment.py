"""
The environment, read once and typed. No other module looks at ``os.environ``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Environment:
    """What the operator decides outside of ``motcua.toml``."""

    home: Path
    """Data folder: private database, documents, logs, keys."""
    database_url: str
    """A PostgreSQL address; empty means the private server in ``home``."""
    role: str
    """``web`` sees only what a request's person may see; everything else sees all units."""
    debug: bool
    secret_key: str
    hosts: tuple[str, ...]
    secure: bool
    """True where the hub stands behind HTTPS."""

    @property
    def config(self) -> Path:
        """The operator's file."""
        return self.home / "motcua.toml"


def read(given: Mapping[str, str] = os.environ) -> Environment:
    """Return the environment; missing values take safe defaults."""
    home = Path(given.get("MOTCUA_HOME") or ROOT / "var").resolve()
    return Environment(
        home=home,
        database_url=given.get("DATABASE_URL", ""),
        role=given.get("MOTCUA_ROLE", "worker"),
        debug=given.get("MOTCUA_DEBUG", "") == "1",
        secret_key=given.get("MOTCUA_SECRET_KEY") or _kept_secret(home),
        hosts=tuple(given.get("MOTCUA_HOSTS", "localhost,127.0.0.1").split(",")),
        secure=given.get("MOTCUA_SECURE", "") == "1",
    )


def database(url: str, *, units: str) -> dict[str, object]:
    """
    Return Django's settings for the PostgreSQL at *url*, seeing the *units* (``*`` for all).

    The host may be a folder with a socket, given as ``?host=/path``.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    options: dict[str, object] = {"options": f"-c motcua.units={units}"}
    host = query.pop("host", "") or parts.hostname or ""
    options.update(query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _kept_secret(home: Path) -> str:
    """Return the installation's own secret, made at the first start and kept for its owner only."""
    file = home / "secret.key"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(os.urandom(32).hex())
        try:
            os.link(draft, file)
        except FileExistsError:
            # Another process of the same start was quicker; its secret counts.
            pass
        finally:
            draft.unlink()
    return file.read_text()
