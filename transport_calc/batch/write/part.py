"""Where an output goes: a part beside its target that takes the target's name when complete, or a stream at once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol, cast

from transport_calc.batch.write.locked_file import open_locked

STDOUT = "-"


Assemble = Callable[[BinaryIO, BinaryIO], None]
"""Makes the whole file (second) out of the part (first), for kinds that cannot be written from front to back."""


class Place(Protocol):
    """Something an output is written to."""

    stream: BinaryIO

    def size(self) -> int:
        """How many bytes are safely written; 0 where that has no meaning."""

    def complete(self) -> None:
        """Make the whole file ready, all of it on the disk."""

    def publish(self) -> None:
        """Let the target appear, complete."""

    def close(self) -> None:
        """Let go of the file."""


class Part:
    """A file `.NAME.part` beside `target`, only one run's at a time, which keeps what an earlier run left.

    `whole` is the file that takes the target's name; it is ready when the part is complete.
    """

    def __init__(self, target: Path, assemble: Assemble | None = None) -> None:
        self._target = target.resolve()
        self._assemble = assemble
        self._path = beside(self._target, "part")
        self.whole = beside(self._target, "whole") if assemble else self._path
        self.stream = open_locked(self._path)

    def cut(self, size: int) -> bool:
        """Keep the first `size` bytes and stand at their end; false if there are not so many."""
        if os.fstat(self.stream.fileno()).st_size < size:
            return False
        self.stream.truncate(size)
        self.stream.seek(size)
        return True

    def size(self) -> int:
        """Bytes written, all of them on the disk."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        return self.stream.tell()

    def complete(self) -> None:
        """Make the whole file ready, all of it on the disk."""
        self.size()
        if self._assemble is None:
            return
        with self.whole.open("wb") as whole:
            self.stream.seek(0)
            self._assemble(self.stream, whole)
            whole.flush()
            os.fsync(whole.fileno())

    def publish(self) -> None:
        """Give the file its target's name, in the place of what had it before."""
        if sys.platform == "win32":
            # An open file cannot be renamed there.
            self.close()
        os.replace(self.whole, self._target)
        _sync_folder(self._target.parent)
        self.close()
        if self.whole != self._path:
            self._path.unlink()

    def close(self) -> None:
        """Close the file and leave it where it is."""
        self.stream.close()

    def remove(self) -> None:
        """Close the file and take it away."""
        try:
            self.close()
        finally:
            self._path.unlink(missing_ok=True)
            self.whole.unlink(missing_ok=True)


class Through:
    """Standard output, a device or a pipe: nothing to complete, what is written is out."""

    def __init__(self, target: str | Path, assemble: Assemble | None = None) -> None:
        self._assemble = assemble
        self._own = str(target) != STDOUT
        self._target = Path(target).open("wb") if self._own else cast(BinaryIO, sys.stdout.buffer)  # noqa: SIM115
        self.stream = cast(BinaryIO, TemporaryFile()) if assemble else self._target  # noqa: SIM115

    def size(self) -> int:
        """Hand on what is written."""
        self.stream.flush()
        return 0

    def complete(self) -> None:
        """Hand on what had to wait for the end."""
        if self._assemble is not None:
            self.stream.seek(0)
            with TemporaryFile() as whole:
                self._assemble(self.stream, cast(BinaryIO, whole))
                whole.seek(0)
                shutil.copyfileobj(whole, self._target)

    def publish(self) -> None:
        """Nothing is held back."""
        self._target.flush()

    def close(self) -> None:
        """Close a device; standard output is not ours to close."""
        if self.stream is not self._target:
            self.stream.close()
        if self._own:
            self._target.close()


def place_of(target: str | Path, assemble: Assemble | None = None) -> Place:
    """The place from which the output `target` will come. Raises `InUse`."""
    if is_file_target(target):
        return Part(Path(target), assemble)
    return Through(target, assemble)


def is_file_target(target: str | Path) -> bool:
    """Can a complete file take the place of `target`? Standard output, devices and pipes can only be written to."""
    return str(target) != STDOUT and (not Path(target).exists() or Path(target).is_file())


def beside(target: Path, ending: str) -> Path:
    """The hidden file that belongs to `target` while it is being made."""
    return target.with_name(f".{target.name}.{ending}")


def _sync_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
