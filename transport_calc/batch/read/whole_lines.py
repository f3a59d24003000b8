"""A file as UTF-8 in pieces of whole lines, and where in the file each piece lay."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import BinaryIO

from transport_calc.batch.read.decode import UNDECODABLE, Encoding, before_stray, byte_length

_LOOK_BACK = 1 << 16
"""How far from its end a piece is looked through for the end of its last line; a longer line is rare."""


class WholeLines:
    """Takes piece after piece from `source`, which may be shared with other readers.

    A piece is UTF-8 whatever the file is, and its lines end with a line feed. A byte that is no character becomes a
    mark of three bytes that is not valid UTF-8, so that it cannot go unnoticed.
    """

    def __init__(self, source: BinaryIO, encoding: Encoding) -> None:
        self._source = source
        self._encoding = encoding
        self._is_utf8 = encoding.name == "utf-8"
        self._decoder = codecs.getincrementaldecoder(encoding.name)(UNDECODABLE)
        self._read = encoding.start
        self._exhausted = False
        self._pending = b""
        self._piece = b""
        self._start = self.end = encoding.start

    @property
    def exhausted(self) -> bool:
        """Has the file nothing after the piece just taken?"""
        return self._exhausted and not self._pending

    def take(self, size: int) -> bytes:
        """The next piece, of about `size` bytes and at least one line; empty at the end of the file."""
        if self._is_utf8 and (length := self._whole_lines_within(size)):
            return self._taken_as_it_is(length)
        while len(self._pending) < size and not self._exhausted:
            self._read_on(size - len(self._pending))
        while not (cut := self._last_line_end()) and not self._exhausted:
            # Twice as much each time: a line may be as long as the file.
            self._read_on(max(size, len(self._pending)))
        self._start = self.end
        self._piece, self._pending = self._pending[:cut], self._pending[cut:]
        self.end = self._read - len(self._decoder.getstate()[0]) - self._bytes_of(self._pending)
        return self._valid(_line_feeds(self._piece))

    def give_back(self, lines: int) -> None:
        """Let the piece just taken end after its first `lines` lines; the others come again in the next piece."""
        kept = sum(map(len, self._piece.splitlines(keepends=True)[:lines])) if lines else 0
        rest, self._piece = self._piece[kept:], self._piece[:kept]
        self.end -= self._bytes_of(rest)
        self._pending = rest + self._pending

    def stray_offsets(self, lines: Iterable[int]) -> dict[int, int]:
        """Where in the file the first byte lies that is no character, for these `lines` of the piece, from 0."""
        text = self._piece.splitlines(keepends=True)
        offset, counted = self._start, 0
        found = {}
        for line in sorted(lines):
            offset += self._bytes_of(b"".join(text[counted:line]))
            found[line] = offset + byte_length(before_stray(self._text(text[line])), self._encoding.name)
            counted = line
        return found

    def _whole_lines_within(self, size: int) -> int:
        """How many bytes of the next `size` are whole lines; 0 if that is not seen from their last ones."""
        looked_at = min(size, _LOOK_BACK)
        self._source.seek(self.end + size - looked_at)
        ending = self._source.read(looked_at)
        cut = ending.rfind(b"\n") + 1
        return size - looked_at + cut if cut and len(ending) == looked_at else 0

    def _taken_as_it_is(self, length: int) -> bytes:
        """The next `length` bytes, read once and not copied: a copy takes as long as reading them."""
        self._source.seek(self.end)
        self._piece, self._pending = self._source.read(length), b""
        self._start, self._exhausted = self.end, False
        self.end = self._read = self.end + len(self._piece)
        return self._valid(_line_feeds(self._piece))

    def _read_on(self, size: int) -> None:
        self._source.seek(self._read)
        block = self._source.read(size)
        self._read += len(block)
        self._exhausted = not block
        if not self._is_utf8:
            block = self._decoder.decode(block, final=self._exhausted).encode("utf-8", "surrogatepass")
        self._pending = self._pending + block if self._pending else block

    def _last_line_end(self) -> int:
        if self._exhausted:
            return len(self._pending)
        # A carriage return that comes last may belong to a line feed not yet read.
        return self._pending.rfind(b"\n") + 1 or self._pending.rfind(b"\r", 0, -1) + 1

    def _valid(self, piece: bytes) -> bytes:
        if not self._is_utf8 or self._encoding.clean:
            return piece
        return self._text(piece).encode("utf-8", "surrogatepass")

    def _text(self, piece: bytes) -> str:
        return piece.decode("utf-8", UNDECODABLE if self._is_utf8 else "surrogatepass")

    def _bytes_of(self, piece: bytes) -> int:
        return len(piece) if self._is_utf8 else byte_length(self._text(piece), self._encoding.name)


def _line_feeds(piece: bytes) -> bytes:
    if b"\r" not in piece:
        return piece
    return piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
