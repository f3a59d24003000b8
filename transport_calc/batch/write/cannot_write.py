"""Writing that fails names the file that was to be written, not the hidden one beside it or none at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotWrite(OSError):
    """The file `filename` cannot be written; `errno` says why."""


@contextmanager
def writing(target: str | Path) -> Iterator[None]:
    """Raises `CannotWrite` for what goes wrong with the file `target`, unless that is a pipe that was closed."""
    try:
        yield
    except (BrokenPipeError, CannotWrite):
        raise
    except OSError as error:
        if not _is_about(error.filename, Path(target)):
            raise
        raise CannotWrite(error.errno, error.strerror, str(target)) from error


def refuse_no_place(target: Path) -> None:
    """Raises `CannotWrite` if there is no folder for the file `target`, or one in its place."""
    if target.is_dir():
        raise CannotWrite(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not target.parent.is_dir():
        raise CannotWrite(errno.ENOENT, os.strerror(errno.ENOENT), str(target))


def _is_about(name: object, target: Path) -> bool:
    if name is None:
        return True
    found = Path(os.fsdecode(name)).name  # type: ignore[arg-type]
    return found == target.name or found.startswith(f".{target.name}.")
