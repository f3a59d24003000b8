"""Files that appear only when they are complete: a batch that stops halfway leaves nothing that looks finished."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

STDOUT = "-"


@contextmanager
def complete_file(target: str | Path) -> Iterator[TextIO]:
    """A UTF-8 text stream that becomes the file `target` when the block ends well; `-` is standard output."""
    if str(target) == STDOUT:
        with _stdout() as stream:
            yield stream
        return
    path = Path(target).resolve()
    if path.exists() and not path.is_file():
        # A device or a pipe cannot be replaced, only written to.
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("x", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _stdout() -> Iterator[TextIO]:
    # Not sys.stdout itself: its encoding and its line ends are the terminal's, and a file must be the same everywhere.
    stream = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
    try:
        yield stream
        stream.flush()
    finally:
        stream.detach()
