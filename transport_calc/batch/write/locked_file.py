"""A file that only one run writes at a time. The lock ends with the process, so none is ever left behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

_FAR_BEHIND = 1 << 40
"""Where the lock lies on Windows, which locks bytes and would otherwise keep others from reading the file."""


class InUse(Exception):
    """Another run writes this file."""


def open_locked(path: Path) -> BinaryIO:
    """Open `path` for reading and writing, at its beginning and with its present content; create it if need be.

    Raises `InUse` if another run has it open.
    """
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        stream = os.fdopen(number, "r+b")
        try:
            _lock(stream.fileno())
        except OSError:
            stream.close()
            raise InUse(path.name) from None
        if _is_at(path, stream):
            return stream
        # The run that had it has finished in between and taken the file away; what is open has no name any more.
        stream.close()


def _is_at(path: Path, stream: BinaryIO) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _lock(number: int) -> None:
        import msvcrt

        os.lseek(number, _FAR_BEHIND, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        os.lseek(number, 0, os.SEEK_SET)

else:

    def _lock(number: int) -> None:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
