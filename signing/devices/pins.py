"""
A PIN in the token process: read from a file that only its owner can read, wiped after use.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from pathlib import Path


class PinFileError(Exception):
    """The file is missing, or somebody besides its owner can read it."""


class Pin:
    """A PIN read from a file, with a buffer that can be wiped."""

    def __init__(self, path: Path) -> None:
        """Read *path*; PinFileError unless it is a file that only its owner can read."""
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            raise PinFileError from error
        try:
            found = os.fstat(fd)
            private = not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            if not stat.S_ISREG(found.st_mode) or not private or found.st_uid != os.geteuid():
                raise PinFileError
            typed = bytearray(256)
            length = os.readv(fd, [typed])
        finally:
            os.close(fd)
        while length and typed[length - 1] in b"\r\n":
            length -= 1
        # The binding wants bytes: one object of the right length, whose place we know.
        self._text = bytes(memoryview(typed)[:length])
        typed[:] = bytes(len(typed))

    def encode(self, _encoding: str) -> bytes:
        """Give the binding the PIN; it asks for ``str.encode`` and nothing else."""
        return self._text

    def wipe(self) -> None:
        """Overwrite the PIN: CPython keeps bytes after a fixed head and before a zero."""
        if len(self._text) > 1:  # the interpreter shares bytes of length 0 and 1
            ctypes.memset(id(self._text) + sys.getsizeof(b"") - 1, 0, len(self._text))
