"""How far a run has come, in a form that survives a kill at any moment.

A journal is a file of JSON lines. The first names what is being done; each further one says that so many blocks are
safely in the unfinished files, how large those were then, and the state of whoever counts. A record is written only
after what it vouches for is on the disk. What follows the last whole line was being written when the run ended.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from transport_calc.batch.write.locked_file import open_locked

FORMAT = "transport-calc/journal/1"


class Progress(NamedTuple):
    """Blocks that are safely written, the bytes of each unfinished file then, and the caller's state."""

    blocks: int
    sizes: tuple[int, ...]
    state: dict[str, Any]


class Journal:
    """The journal at `path`, only one run's at a time. Raises `InUse`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream = open_locked(path)
        self._lines = self._whole_lines()

    def is_empty(self) -> bool:
        """Is there nothing to go on from?"""
        return len(self._lines) < 2

    def progress(self, head: dict[str, Any]) -> Progress | None:
        """The last record, if the journal is of the run that `head` describes."""
        if self.is_empty() or self._lines[0] != _line(_headed(head)):
            return None
        record = json.loads(self._lines[-1])
        return Progress(record["blocks"], tuple(record["sizes"]), record["state"])

    def start(self, head: dict[str, Any]) -> None:
        """Forget everything and begin the run that `head` describes."""
        self._stream.seek(0)
        self._stream.truncate()
        self._append(_headed(head))

    def go_on(self) -> None:
        """Take away what a kill left half written, so that the next record stands on a line of its own."""
        self._stream.truncate(sum(map(len, self._lines)))
        self._stream.seek(0, os.SEEK_END)

    def record(self, progress: Progress) -> None:
        """Vouch for `progress`."""
        self._append(progress._asdict())

    def close(self) -> None:
        """Close the file and leave it where it is."""
        self._stream.close()

    def remove(self) -> None:
        """Close the file and take it away."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _append(self, record: dict[str, Any]) -> None:
        self._stream.write(_line(record))
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def _whole_lines(self) -> list[bytes]:
        whole = []
        for line in self._stream.read().splitlines(keepends=True):
            if not _is_whole(line):
                break
            whole.append(line)
        return whole


def _headed(head: dict[str, Any]) -> dict[str, Any]:
    return {"format": FORMAT, "head": head}


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, sort_keys=True).encode() + b"\n"


def _is_whole(line: bytes) -> bool:
    # A power cut may leave bytes that are no text at all, not only a line without its end.
    if not line.endswith(b"\n"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
