"""
The document store: a file lies under its own SHA-256, written once, never changed.

The bytes are on the disk (file and folder flushed) before the row is written, so a row always
has its file; a file without a row is an orphan and is swept. What cannot be written whole leaves
no draft behind.
"""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

from register import world
from register.models import Document

#: What the system says when the disk, or our share of it, is full.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class DamagedError(Exception):
    """The stored bytes are not those that were put there."""


def put(data: bytes, media_type: str) -> str:
    """
    Store *data*; return its SHA-256 in hex. The same bytes are stored once.

    OSError (its ``errno`` in ``NO_ROOM`` if the disk is full) when they cannot be: then nothing
    is stored, and the same call is right as soon as the disk is.
    """
    digest = hashlib.sha256(data).hexdigest()
    target = path(digest)
    if not target.exists():
        _write(target, data)
    # Also where another put it: that one may not have come so far, and the row comes next.
    _flush(target.parent)
    world.point("document stored")
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


def media_type(digest: str) -> str:
    """Return what kind of file *digest* was when it was stored; empty if it is not there."""
    row = Document.objects.filter(sha256=digest).values_list("media_type", flat=True).first()
    return row or ""


def path(digest: str) -> Path:
    """Return where the bytes of *digest* lie."""
    return world.home() / "documents" / digest[:2] / digest[2:4] / digest


def _write(target: Path, data: bytes) -> None:
    world.point("before storing")
    _make(target.parent)
    draft = target.with_name(f"{target.name}.{world.token(4)}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _make(folder: Path) -> None:
    """Make *folder*, and each new name certain in the folder above it."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _flush(folder.parent)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
