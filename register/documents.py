"""
The document store: a file lies under its own SHA-256, written once, never changed.

The bytes are on the disk (file and folder flushed) before the row is written, so a row always
has its file; a file without a row is an orphan and is swept.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from register import world
from register.models import Document


class DamagedError(Exception):
    """The stored bytes are not those that were put there."""


def put(data: bytes, media_type: str) -> str:
    """Store *data*; return its SHA-256 in hex. The same bytes are stored once."""
    digest = hashlib.sha256(data).hexdigest()
    target = path(digest)
    if not target.exists():
        _write(target, data)
    Document.objects.get_or_create(
        sha256=digest,
        defaults={"size": len(data), "media_type": media_type, "stored_at": world.now()},
    )
    return digest


def get(digest: str) -> bytes:
    """Return the bytes of *digest*; FileNotFoundError or DamagedError if they are not there."""
    data = path(digest).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise DamagedError(digest)
    return data


def path(digest: str) -> Path:
    """Return where the bytes of *digest* lie."""
    return world.home() / "documents" / digest[:2] / digest[2:4] / digest


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{world.token(4)}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    world.point("document stored")
