"""A CSV file as blocks: the rows that `read_rows` finds in it, read many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import BinaryIO

import polars as pl

from transport_calc.batch.block import ROW, Block, columns_of, frame, schema_of
from transport_calc.batch.decode import Encoding, find_encoding, open_text, stray_byte
from transport_calc.batch.layout import Layout, Lines, read_layout
from transport_calc.batch.notice import Notice
from transport_calc.batch.rows import BrokenRow, Row, Skipped, skipped_as
from transport_calc.batch.structure import Structure, Unfinished, find_structure
from transport_calc.batch.whole_lines import WholeLines
from transport_calc.faults import Fault, InvalidInput

BLOCK_SIZE = 16 << 20
"""Bytes of a block: some hundred thousand rows, so that what a block costs by itself does not show."""

Open = Callable[[], AbstractContextManager[BinaryIO]]
"""Opens a file for reading; it is seekable."""


class CsvTable:
    """A CSV file. Raises `InvalidInput` if its encoding or its header cannot be used."""

    def __init__(
        self, name: str, size: int, open_file: Open, *, encoding: str | None = None, block_size: int = BLOCK_SIZE
    ) -> None:
        self.name = name
        self.size = size
        self._open = open_file
        self._block_size = block_size
        with open_file() as source:
            self._encoding = find_encoding(source, encoding)
            self.layout = _head(source, self._encoding)
        found = self._encoding.notice
        self.notices: tuple[Notice, ...] = ((found,) if found else ()) + self.layout.notices

    def blocks(self, skip: int = 0) -> Iterator[Block]:
        """The rows of the file, without the first `skip` blocks."""
        with self._open() as source:
            pieces = _pieces(WholeLines(source, self._encoding), self.layout, self._block_size)
            for count, (first, structure, lines) in enumerate(pieces):
                if count >= skip:
                    yield _block(structure, first, self.layout, lines, self._encoding)


def _head(source: BinaryIO, encoding: Encoding) -> Layout:
    with open_text(source, encoding) as text:
        return read_layout(_without_strays(text, encoding))


def _without_strays(text: Iterator[str], encoding: Encoding) -> Lines:
    """The numbered lines of `text`; column names with a byte that is no character could not be trusted."""
    for number, line in enumerate(text, 1):
        if stray := stray_byte(line):
            slots = {"byte": stray, "encoding": encoding.name, "line": str(number)}
            raise InvalidInput([Fault("undecodable_header", "", slots=slots)])
        yield number, line


def _pieces(lines: WholeLines, layout: Layout, block_size: int) -> Iterator[tuple[int, Structure, WholeLines]]:
    """The structure of each block with the number of its first line; `lines` stand after that block."""
    header, number, size = layout.row, 1, block_size
    while piece := lines.take(size):
        if header:
            # The head has been read already; its lines are left out here and counted on.
            within = min(header, len(piece.splitlines()))
            lines.give_back(within)
            header, number = header - within, number + within
            continue
        structure = find_structure(piece, layout, last=lines.exhausted)
        if isinstance(structure, Unfinished):
            lines.give_back(structure.at)
            if structure.at == 0:
                size *= 2
                continue
            piece = b"".join(piece.splitlines(keepends=True)[: structure.at])
            # Before its last row the piece is finished, and nothing that follows belongs to it.
            structure = find_structure(piece, layout, last=True)
            assert isinstance(structure, Structure), "the last piece is never unfinished"
        yield number, structure, lines
        number, size = number + structure.lines, block_size


def _block(structure: Structure, first: int, layout: Layout, lines: WholeLines, encoding: Encoding) -> Block:
    raw: dict[int, str] = {}
    broken: list[BrokenRow] = []
    rows: list[Row] = []
    skipped = {"blank": 0, "total": 0}
    for other in structure.others:
        numbered = replace(other, number=other.number + first)
        if isinstance(numbered, Skipped):
            skipped[numbered.kind] += 1
        elif isinstance(numbered, BrokenRow):
            broken.append(numbered)
        else:
            rows.append(numbered)
            if layout.delimiter.join(numbered.cells) != numbered.raw:
                raw[numbered.number] = numbered.raw
    raw.update((first + at, line) for at, line in structure.quoted)
    parsed = [_plain(structure, first, layout), _quoted(structure, first, layout)]
    parts = [_receipts(part, layout, skipped) for part in parsed if part is not None]
    if rows:
        parts.append(frame(rows, layout))
    cells = parts[0] if len(parts) == 1 else pl.concat([pl.DataFrame(schema=schema_of(layout)), *parts]).sort(ROW)
    located = tuple(_located(broken, first, lines, encoding))
    return Block(cells, raw, located, skipped["blank"], skipped["total"], lines.end)


def _plain(structure: Structure, first: int, layout: Layout) -> pl.DataFrame | None:
    numbers = pl.int_range(first, first + structure.lines, eager=True)
    if structure.apart:
        numbers = numbers.filter(~numbers.is_in([first + at for at in structure.apart]))
    return _parsed(structure.plain, numbers, layout, quote=None)


def _quoted(structure: Structure, first: int, layout: Layout) -> pl.DataFrame | None:
    numbers = pl.Series([first + at for at, _ in structure.quoted], dtype=pl.Int64)
    text = "".join(f"{line}\n" for _, line in structure.quoted)
    return _parsed(text.encode(), numbers, layout, quote='"')


def _parsed(text: bytes, numbers: pl.Series, layout: Layout, quote: str | None) -> pl.DataFrame | None:
    if not text:
        return None
    cells = pl.read_csv(
        text,
        has_header=False,
        separator=layout.delimiter,
        quote_char=quote,
        schema=dict.fromkeys(columns_of(layout), pl.String),
        empty_string_is_null=False,
    )
    assert cells.height == len(numbers), "a line whose structure was checked was not read as one row"
    return cells.insert_column(0, numbers.alias(ROW))


def _receipts(cells: pl.DataFrame, layout: Layout, skipped: dict[str, int]) -> pl.DataFrame:
    """The rows of `cells` that are receipts; the blank lines and totals among them are counted in `skipped`."""
    # What has a digit first where the date stands is neither blank nor a total.
    dated = cells[str(layout.known["trip_date"])].str.contains("^[0-9]")
    if dated.all():
        return cells
    none = []
    for number, *row in cells.filter(~dated).iter_rows():
        if kind := skipped_as(tuple(row), layout):
            skipped[kind] += 1
            none.append(number)
    return cells.filter(~pl.col(ROW).is_in(none)) if none else cells


def _located(broken: list[BrokenRow], first: int, lines: WholeLines, encoding: Encoding) -> Iterator[BrokenRow]:
    """The `broken` rows; a byte that is no character is named with its place in the file."""
    strays = [row.number - first for row in broken if row.code == "undecodable_byte"]
    offsets = lines.stray_offsets(strays) if strays else {}
    for row in broken:
        if row.code == "undecodable_byte":
            offset = str(offsets[row.number - first])
            yield replace(row, slots={**row.slots, "offset": offset, "encoding": encoding.name})
        else:
            yield row
