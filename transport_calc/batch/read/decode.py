"""Bytes to text: which encoding a receipts file has, found from its bytes and never from a guess about its letters.

A byte order mark decides; else the file is UTF-8 if every byte of it is; else it is Windows-1252, which Danish Excel
writes, and a warning names the byte that forced this. The whole file is looked through before row 1 is decided. A file
that was cut within its last letter stays what it was: only that letter is lost.

A byte that is no character stops nothing: it becomes a mark in the text, and the row that holds it is rejected.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, TextIO

import polars as pl

from transport_calc.batch.notice import Notice
from transport_calc.faults import Fault, InvalidInput, safe

UNDECODABLE = "transport_calc.undecodable"
"""How decoders are told to put a mark for each byte that is no character; encoding with it gives the byte back."""

# Half of a surrogate pair is no character in any encoding, so nothing a file says can be taken for a mark.
_STRAY = re.compile("[\ud800-\udfff]")
_MARK = 0xDC00

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Codecs that look for a byte order mark themselves would look for one in the middle of a file too.
_WITHOUT_BOM = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}
_BLOCK = 1 << 20
_LONGEST_LETTER = 4
"""Bytes of the longest letter in UTF-8."""


@dataclass(frozen=True)
class Encoding:
    """The encoding of a file, where its text begins, and the warning if it was only the last possibility.

    `clean` says that every byte is known to be a character.
    """

    name: str
    start: int
    notice: Notice | None = None
    clean: bool = False


def find_encoding(source: BinaryIO, override: str | None = None) -> Encoding:
    """The encoding of `source`, which must be seekable. Raises `InvalidInput` if `override` is no encoding."""
    if override is not None:
        return _overridden(source, override)
    marked = _marked(source)
    if marked is not None:
        return marked
    stray = first_undecodable(source)
    if stray is None:
        return Encoding("utf-8", 0, clean=True)
    if _is_cut_letter(source, stray):
        return Encoding("utf-8", 0)
    notice = Notice("windows_1252", {"offset": str(stray), "byte": _byte_at(source, stray)})
    return Encoding("cp1252", 0, notice)


@contextmanager
def open_text(source: BinaryIO, encoding: Encoding) -> Iterator[TextIO]:
    """The text of `source` from its beginning, as physical lines with their own line ends; `source` stays open."""
    source.seek(encoding.start)
    text = io.TextIOWrapper(source, encoding=encoding.name, errors=UNDECODABLE, newline="")
    try:
        yield text
    finally:
        text.detach()


def first_undecodable(source: BinaryIO) -> int | None:
    """The offset of the first byte of `source` that is not text in UTF-8; `None` if all of it is."""
    source.seek(0)
    offset, rest = 0, b""
    while block := source.read(_BLOCK):
        block = rest + block
        whole = _whole_characters(block)
        if not _is_utf8(block[:whole]):
            return offset + _first_stray(block[:whole])
        offset, rest = offset + whole, block[whole:]
    return None if _is_utf8(rest) else offset + _first_stray(rest)


def _is_cut_letter(source: BinaryIO, stray: int) -> bool:
    """Whether the file ends within a letter of UTF-8 at offset `stray`, after other such letters.

    Without others before it, the byte could as well be the last letter of a text in Windows-1252.
    """
    source.seek(stray)
    end = source.read(_LONGEST_LETTER)
    try:
        begun = codecs.getincrementaldecoder("utf-8")().decode(end) == ""
    except UnicodeDecodeError:
        return False
    return begun and _has_letters(source, stray)


def _has_letters(source: BinaryIO, end: int) -> bool:
    """Whether anything but ASCII stands before `end`."""
    source.seek(0)
    return any(not source.read(min(_BLOCK, end - start)).isascii() for start in range(0, end, _BLOCK))


def stray_byte(text: str) -> str | None:
    """The first byte of `text` that is no character, as two hexadecimal digits; `None` if there is none."""
    # Most text is ASCII, and looking that up costs nothing.
    if text.isascii() or not (match := _STRAY.search(text)):
        return None
    return f"{ord(match[0]) & 0xFF:02X}"


def shown(text: str) -> str:
    """`text` as it can be written: each byte that is no character as `\\x81`."""
    return _STRAY.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02X}", text)


def byte_length(text: str, encoding: str) -> int:
    """The bytes of a file that decoding turned into `text`, each byte that is no character counted as itself."""
    letters, strays = _STRAY.subn("", text)
    return len(letters.encode(encoding, "replace")) + strays


def before_stray(text: str) -> str:
    """`text` up to its first byte that is no character."""
    return _STRAY.split(text, maxsplit=1)[0]


def _mark(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_MARK + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(UNDECODABLE, _mark)


def _is_utf8(block: bytes) -> bool:
    try:
        # The same test as `decode`, in a quarter of the time.
        pl.Series([block], dtype=pl.Binary).cast(pl.String)
    except (pl.exceptions.ComputeError, pl.exceptions.InvalidOperationError):
        return False
    return True


def _first_stray(block: bytes) -> int:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    raise AssertionError("two readings of UTF-8 differ")


def _whole_characters(block: bytes) -> int:
    """The length of `block` without a character at its end that the next block may complete."""
    for back in range(1, min(4, len(block) + 1)):
        if block[-back] >= 0xC0:
            return len(block) - back
        if block[-back] < 0x80:
            break
    return len(block)


def _marked(source: BinaryIO) -> Encoding | None:
    source.seek(0)
    beginning = source.read(3)
    for mark, name in _BOMS:
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
    plain = _WITHOUT_BOM.get(canonical, canonical)
    marked = _marked(source)
    if marked is not None and (marked.name == plain or marked.name.startswith(canonical)):
        return marked
    return Encoding(plain, 0)


def _byte_at(source: BinaryIO, offset: int) -> str:
    source.seek(offset)
    return source.read(1).hex().upper()
