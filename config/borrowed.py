"""
Folders that belong to another user, and programs that run as that user.

Needed where root runs the hub: some programs rightly refuse to run as root.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time work on *folder*; who dies holds no lock."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def command_as(uid: int, gid: int, command: list[str]) -> list[str]:
    """
    Return *command* as user *uid* runs it, if we are root; *command* itself if we are not.

    For root's own: as root in a user namespace that knows root as "nobody", without rights.
    Programs look their user up, so it must be a name that every system has.
    """
    if os.geteuid() != 0:
        return command
    if uid != 0:
        return ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--", *command]
    nobody = pwd.getpwnam("nobody")
    ids = [f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}"]
    return ["unshare", "--user", *ids, "--", *command]


def make(folder: Path, *, lend_to: str, program: Path) -> None:
    """
    Make *folder* for its owner alone, if it is missing.

    Root lends it to the user *lend_to* where that user exists, can pass through the folders
    above it and can run *program*; else it stays ours.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.parent):
        if folder.exists():
            return
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0 and (user := _user(lend_to)):
            question = ["test", "-x", str(folder.parent), "-a", "-x", str(program)]
            asked = command_as(user.pw_uid, user.pw_gid, question)
            if subprocess.run(asked, check=False).returncode == 0:
                os.chown(folder, user.pw_uid, user.pw_gid)


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
