"""Bytes to text: which encoding a receipts file has, found from its bytes and never from a guess about its letters.

A byte order mark decides; else the file is UTF-8 if every byte of it is; else it is Windows-1252, which Danish Excel
writes, and a warning names the byte that forced this. The whole file is looked through before row 1 is decided.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from transport_calc.batch.notice import Notice
from transport_calc.faults import Fault, InvalidInput, safe

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Encoding:
    """The encoding of a file, where its text begins, and the warning if it was only the last possibility."""

    name: str
    start: int
    notice: Notice | None = None


def find_encoding(source: BinaryIO, override: str | None = None) -> Encoding:
    """The encoding of `source`, which must be seekable. Raises `InvalidInput` if some byte fits no encoding."""
    if override is not None:
        return _checked(source, _overridden(source, override))
    marked = _marked(source)
    if marked is not None:
        return _checked(source, marked)
    stray = first_undecodable(source, "utf-8", 0)
    if stray is None:
        return Encoding("utf-8", 0)
    notice = Notice("windows_1252", {"offset": str(stray), "byte": _byte_at(source, stray)})
    return _checked(source, Encoding("cp1252", 0, notice))


@contextmanager
def open_text(source: BinaryIO, encoding: Encoding) -> Iterator[TextIO]:
    """The text of `source` from its beginning, as physical lines with their own line ends; `source` stays open."""
    source.seek(encoding.start)
    text = io.TextIOWrapper(source, encoding=encoding.name, errors="strict", newline="")
    try:
        yield text
    finally:
        text.detach()


def first_undecodable(source: BinaryIO, encoding: str, start: int) -> int | None:
    """The offset of the first byte of `source` that is not text in `encoding`; `None` if all of it is."""
    source.seek(start)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    offset = start
    while True:
        block = source.read(_BLOCK)
        carried = len(decoder.getstate()[0])
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return offset - carried + error.start
        if not block:
            return None
        offset += len(block)


def _checked(source: BinaryIO, encoding: Encoding) -> Encoding:
    stray = first_undecodable(source, encoding.name, encoding.start)
    if stray is None:
        return encoding
    slots = {"offset": str(stray), "encoding": encoding.name, "byte": _byte_at(source, stray)}
    raise InvalidInput([Fault("undecodable_byte", "", slots=slots)])


def _marked(source: BinaryIO) -> Encoding | None:
    source.seek(0)
    beginning = source.read(3)
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            return Encoding(name, len(mark))
    return None


def _overridden(source: BinaryIO, name: str) -> Encoding:
    try:
        # Refuses what is no encoding of text, such as base64; empty bytes would not be looked at.
        b"a".decode(name, "replace")
        codecs.getincrementaldecoder(name)
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        raise InvalidInput([Fault("unknown_encoding", "", safe(name))]) from None
    marked = _marked(source)
    return marked if marked is not None and marked.name == canonical else Encoding(canonical, 0)


def _byte_at(source: BinaryIO, offset: int) -> str:
    source.seek(offset)
    return source.read(1).hex().upper()
