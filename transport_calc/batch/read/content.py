"""Where the bytes of a receipts file are: in a file, or, if they came through a pipe or compressed, in a copy."""

from __future__ import annotations

import shutil
import tempfile
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STDIN = "-"

_GZIP = b"\x1f\x8b"
_FOR_GZIP = 16 + zlib.MAX_WBITS
_IN_MEMORY = 16 << 20
_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class Content:
    """A file as it is read: `name` without its folder, `size` in bytes, and `open` for its bytes, which are seekable.

    What was compressed is not any more; `cut_off` says that its end was missing or damaged.
    """

    name: str
    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]]
    cut_off: bool = False

    def beginning(self, length: int) -> bytes:
        """The first `length` bytes, or all if there are fewer."""
        with self.open() as source:
            source.seek(0)
            return source.read(length)


def content_of_file(path: Path) -> Content:
    """The content of the file `path`. Raises `OSError`."""
    return _plain(Content(path.name, path.stat().st_size, lambda: path.open("rb")))


def content_of_stream(stream: BinaryIO, name: str = STDIN) -> Content:
    """The content of an open stream such as standard input; of a pipe, a copy is made in a temporary file."""
    if stream.seekable():
        return _plain(_held(name, stream))
    copy = _temporary()
    shutil.copyfileobj(stream, copy)
    return _plain(_held(name, copy))


def _plain(content: Content) -> Content:
    if content.beginning(len(_GZIP)) != _GZIP:
        return content
    copy = _temporary()
    with content.open() as source:
        source.seek(0)
        whole = _decompress(source, copy)
    return _held(content.name, copy, cut_off=not whole)


def _held(name: str, stream: BinaryIO, *, cut_off: bool = False) -> Content:
    size, lock = stream.seek(0, 2), Lock()
    # The stream is not closed between two readings: a copy would be gone.
    return Content(name, size, lambda: BufferedReader(_Reader(stream, size, lock)), cut_off)


class _Reader(RawIOBase):
    """One of several readers of a stream at the same time, each at a place of its own."""

    def __init__(self, stream: BinaryIO, size: int, lock: Lock) -> None:
        self._stream = stream
        self._size = size
        self._lock = lock
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        self._at = offset + {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        with self._lock, memoryview(buffer) as view:
            self._stream.seek(self._at)
            found = self._stream.read(len(view))
            view[: len(found)] = found
        self._at += len(found)
        return len(found)


def _temporary() -> BinaryIO:
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))


def _decompress(source: BinaryIO, target: BinaryIO) -> bool:
    """Write what `source` holds to `target`, as far as it can be read; was that all?"""
    member = zlib.decompressobj(_FOR_GZIP)
    rest = b""
    while block := rest or source.read(_AT_ONCE):
        rest = b""
        if member.eof:
            # Several compressed files may follow each other, with zeros between them.
            block = block.lstrip(b"\0")
            if not block:
                continue
            member = zlib.decompressobj(_FOR_GZIP)
        before = member.copy()
        try:
            target.write(member.decompress(block))
        except zlib.error:
            target.write(_salvaged(before, block))
            return False
        rest = member.unused_data
    return member.eof


def _salvaged(member: zlib._Decompress, block: bytes) -> bytes:
    """What `block` holds before its damage."""
    saved = bytearray()
    for at in range(len(block)):
        try:
            saved += member.decompress(block[at : at + 1])
        except zlib.error:
            break
    return bytes(saved)
