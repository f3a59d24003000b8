"""Which lines of a piece of a CSV file are rows as they stand, and which need a closer look.

Nearly all lines have no quote and exactly the delimiters of the header, or have all the same cells in quotes; that is
seen by deleting all other bytes, many lines at a time. The rest is read by `read_rows`, which alone says what a row
is, or, if its quotes are in order, taken out to be parsed with quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from transport_calc.batch.read.layout import Layout
from transport_calc.batch.read.rows import LONGEST_CELL, BrokenRow, Row, Skipped, read_rows

# Small enough that a damaged line costs its neighbours little, large enough that a piece costs little by itself.
_AT_ONCE = 1 << 14

# The first bytes of a mark (a byte that is no character) and of U+FEFF, which a parser may take for a byte order mark.
_SUSPICIOUS = b"\xed\xef"
_QUOTE = b'"'


class Line(NamedTuple):
    """A line that needs a closer look: its place among the lines, and in the bytes, of the piece."""

    at: int
    start: int
    end: int
    quoted: bool
    """Nothing is odd about it but that it has quotes."""


class Structure(NamedTuple):
    """A piece of a file by kinds of lines. Rows are numbered from 0 within the piece."""

    lines: int
    plain: bytes
    """The lines that are rows as they stand, or would be without their quotes, which have been taken away."""
    unquoted: list[tuple[int, str]]
    """Those of them that had quotes, with their quotes."""
    apart: list[int]
    """The lines that are not in `plain`."""
    quoted: list[tuple[int, str]]
    """Lines with quotes, all in order."""
    others: list[Row | BrokenRow | Skipped]
    """What `read_rows` makes of the rest, with their places as numbers."""


class Unfinished(NamedTuple):
    """A quoted cell was open at the end of the piece; its row begins at this line."""

    at: int


def find_structure(piece: bytes, layout: Layout, *, last: bool) -> Structure | Unfinished:
    """The structure of `piece`, whose lines end with a line feed. `last` if the file ends with it.

    If the piece ends before it is clear where its last row does, it is `Unfinished`, and to be cut before that row.
    """
    if not piece.endswith(b"\n"):
        piece += b"\n"
    odd, lines = _odd_lines(piece, layout)
    if not odd and _QUOTE not in piece:
        return Structure(lines, piece, [], [], [], [])
    in_order = _quotes_in_order(piece, odd, layout)
    quoted: list[tuple[int, str]] = []
    others: list[Row | BrokenRow | Skipped] = []
    apart: list[int] = []
    plain = _Plain(piece)
    for line in odd:
        if line.at < plain.at:
            continue
        plain.take_before(line)
        if line.at in in_order:
            quoted.append((line.at, piece[line.start : line.end - 1].decode()))
            taken = 1
        else:
            following = _Following(piece, line)
            row = next(read_rows(following, layout))
            if following.ran_out and isinstance(row, BrokenRow) and not last:
                return Unfinished(line.at)
            others.append(row)
            taken = 1 if isinstance(row, Skipped) else row.lines
        apart.extend(range(line.at, line.at + taken))
        plain.leave_out(line, taken)
    plain.take_before(Line(lines, len(piece), len(piece), quoted=False))
    return Structure(lines, b"".join(plain.parts), plain.unquoted, apart, quoted, others)


class _Plain:
    """Gathers the lines of a piece that lie between the odd ones."""

    def __init__(self, piece: bytes) -> None:
        self._piece = piece
        self._start = 0
        self.at = 0
        self.parts: list[bytes | memoryview] = []
        self.unquoted: list[tuple[int, str]] = []

    def take_before(self, line: Line) -> None:
        """Take all lines before `line` that were not left out."""
        if self._piece.find(_QUOTE, self._start, line.start) < 0:
            # The parts are copied once, where they are put together.
            self.parts.append(memoryview(self._piece)[self._start : line.start])
            return
        part = self._piece[self._start : line.start]
        texts = part.decode().split("\n")
        self.unquoted += ((at, text) for at, text in enumerate(texts, self.at) if '"' in text)
        self.parts.append(part.replace(_QUOTE, b""))

    def leave_out(self, line: Line, lines: int) -> None:
        """Go on after `lines` lines from `line` on."""
        self.at = line.at + lines
        self._start = line.end
        for _ in range(lines - 1):
            self._start = self._piece.find(b"\n", self._start) + 1


class _Following:
    """The lines from `line` on, as `read_rows` takes them; tells whether all were taken."""

    def __init__(self, piece: bytes, line: Line) -> None:
        self._piece = piece
        self._at = line.at
        self._start = line.start
        self.ran_out = False

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        end = self._piece.find(b"\n", self._start)
        if end < 0:
            self.ran_out = True
            raise StopIteration
        line = self._at, self._piece[self._start : end].decode("utf-8", "surrogatepass")
        self._at, self._start = self._at + 1, end + 1
        return line


def _odd_lines(piece: bytes, layout: Layout) -> tuple[list[Line], int]:
    """The lines of `piece` that need a closer look, and how many lines it has."""
    signs = _Signs(layout)
    odd: list[Line] = []
    at = start = 0
    while start < len(piece):
        end = piece.rfind(b"\n", start, start + _AT_ONCE) + 1 or piece.find(b"\n", start) + 1
        part = piece[start:end]
        lines = signs.uniform_lines(part)
        if not lines:
            odd += (Line(at + line.at, start + line.start, start + line.end, line.quoted) for line in signs.odd(part))
            lines = part.count(b"\n")
        at, start = at + lines, end
    return odd, at


class _Signs:
    """What remains of lines when everything is deleted but delimiters, quotes, and what may be damage."""

    def __init__(self, layout: Layout) -> None:
        self._delimiter = delimiter = layout.delimiter.encode()
        # A delimiter of several bytes cannot be counted so; and of a single column, a blank line is no row.
        self._countable = len(delimiter) == 1 and len(layout.columns) > 1
        self._row = delimiter * (len(layout.columns) - 1)
        telling = delimiter + b'\n"\0' + _SUSPICIOUS
        self._others = bytes(byte for byte in range(256) if byte not in telling)
        self._uniform = (self._row + b"\n") * (_AT_ONCE // len(self._row + b"\n"))
        self._harmless = delimiter + _QUOTE

    def uniform_lines(self, part: bytes) -> int:
        """How many lines `part` has, if all are rows as they stand or without their quotes; else 0."""
        if not self._countable or len(part) > _AT_ONCE:
            return 0
        signs = part.translate(None, self._others)
        if self._uniform.startswith(signs):
            return len(signs) // len(self._row + b"\n")
        return self._uniformly_quoted(part, signs)

    def _uniformly_quoted(self, part: bytes, signs: bytes) -> int:
        """How many lines `part` has, if each has the same cells in quotes, with no quote or delimiter in them."""
        line = signs[: signs.index(b"\n") + 1]
        lines = len(signs) // len(line)
        cells = line[:-1].split(self._delimiter)
        ordinary = len(cells) == len(self._row) + 1 and set(cells) <= {b"", b'""'}
        if not ordinary or line * lines != signs:
            return 0
        # Two quotes to a cell with nothing telling between them: now they must also stand at its two ends.
        at_start = part.count(b'\n"') + part.startswith(_QUOTE) + part.count(self._delimiter + _QUOTE)
        at_end = part.count(b'"\n') + part.count(_QUOTE + self._delimiter)
        return lines if at_start == at_end == signs.count(_QUOTE) // 2 else 0

    def odd(self, part: bytes) -> Iterator[Line]:
        """The lines of `part` that are not simply rows, with their places in it."""
        lines = part.split(b"\n")[:-1]
        signs = part.translate(None, self._others).split(b"\n")[:-1]
        surely_short = self._countable and len(part) <= LONGEST_CELL
        start = counted = 0
        for at in [at for at, sign in enumerate(signs) if sign != self._row or not surely_short]:
            start += sum(map(len, lines[counted:at])) + at - counted
            counted = at
            ordinary = self._countable and len(lines[at]) <= LONGEST_CELL
            if not ordinary or signs[at] != self._row:
                quoted = ordinary and not signs[at].strip(self._harmless) and _QUOTE in signs[at]
                yield Line(at, start, start + len(lines[at]) + 1, quoted)


def _quotes_in_order(piece: bytes, odd: list[Line], layout: Layout) -> set[int]:
    """Those of the `odd` lines that are rows by themselves, with quotes only around cells and doubled within them."""
    lines = [line for line in odd if line.quoted]
    if not lines:
        return set()
    delimiter = re.escape(layout.delimiter)
    cell = f'(?:"(?:[^"]|"")*"|[^"{delimiter}]*)'
    row = f"^{cell}(?:{delimiter}{cell}){{{len(layout.columns) - 1}}}$"
    texts = pl.Series([piece[line.start : line.end - 1] for line in lines], dtype=pl.Binary).cast(pl.String)
    return {line.at for line, whole in zip(lines, texts.str.contains(row), strict=True) if whole}
