"""A CSV file as blocks: the rows that `read_rows` finds in it, read many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

import polars as pl

from transport_calc.batch.notice import Notice
from transport_calc.batch.read.block import ROW, Block, block_of, columns_of, dated
from transport_calc.batch.read.content import Content
from transport_calc.batch.read.decode import Encoding, find_encoding, open_text, shown, stray_byte
from transport_calc.batch.read.first_cells import first_cells
from transport_calc.batch.read.layout import Layout, Lines, read_layout
from transport_calc.batch.read.rows import BrokenRow, Row, Skipped, skipped_as
from transport_calc.batch.read.structure import Structure, Unfinished, find_structure
from transport_calc.batch.read.whole_lines import WholeLines
from transport_calc.faults import Fault, InvalidInput

BLOCK_SIZE = 8 << 20
"""Bytes of a block: nearly a hundred thousand rows, so that what a block costs by itself does not show."""


class CsvTable:
    """A CSV file. Raises `InvalidInput` if its encoding or its header cannot be used."""

    def __init__(self, content: Content, *, encoding: str | None = None, block_size: int = BLOCK_SIZE) -> None:
        self.name = content.name
        self.size = content.size
        self._content = content
        self._block_size = block_size
        with content.open() as source:
            self._encoding = find_encoding(source, encoding)
            self.layout = _head(source, self._encoding)
        found = self._encoding.notice
        self.notices: tuple[Notice, ...] = ((found,) if found else ()) + self.layout.notices

    def blocks(self, skip: int = 0, only: Sequence[str] = ()) -> Iterator[Block]:
        """The rows of the file, without the first `skip` blocks; of their cells `only` these columns, or all."""
        with self._content.open() as source:
            lines = WholeLines(source, self._encoding)
            first = _after_head(lines, self.layout, self._block_size)
            for count, (number, structure) in enumerate(self._pieces(lines, first)):
                if count >= skip:
                    yield _block(structure, number, self.layout, lines, self._encoding, only)

    def glance(self, only: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The numbers and the columns `only`, that of the date among them, of all rows, but quickly.

        Lines that are no rows may be among them.
        """
        with self._content.open() as source:
            lines = WholeLines(source, self._encoding)
            number = _after_head(lines, self.layout, self._block_size)
            while piece := lines.take(self._block_size):
                cells = first_cells(piece, number, self.layout, only)
                if cells is not None:
                    number += cells.height
                    yield cells
                    continue
                lines.give_back(0)
                number, structure = next(self._pieces(lines, number))
                yield _block(structure, number, self.layout, lines, self._encoding, only).cells
                number += structure.lines

    def _pieces(self, lines: WholeLines, first: int) -> Iterator[tuple[int, Structure]]:
        return _pieces(lines, self.layout, self._block_size, first, cut_off=self._content.cut_off)


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


def _after_head(lines: WholeLines, layout: Layout, block_size: int) -> int:
    """The number of the first line after the head, which has been read already; `lines` stand before that line."""
    header = layout.row
    while header and (piece := lines.take(block_size)):
        within = min(header, len(piece.splitlines()))
        lines.give_back(within)
        header -= within
    return layout.row + 1


def _pieces(
    lines: WholeLines, layout: Layout, block_size: int, first: int, *, cut_off: bool
) -> Iterator[tuple[int, Structure]]:
    """The structure of each block with the number of its first line; `lines` stand after that block."""
    number, size, torn = first, block_size, b""
    while piece := lines.take(size):
        if cut_off and lines.exhausted:
            # However whole it looks: where the file was cut, the last line was too.
            whole = piece.rfind(b"\n") + 1
            piece, torn = piece[:whole], piece[whole:]
            if not piece:
                break
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
        yield number, structure
        number, size = number + structure.lines, block_size
    if cut_off:
        rest = BrokenRow(0, shown(torn.decode("utf-8", "surrogatepass")), "truncated_gzip")
        yield number, Structure(1, b"", [], [0], [], [rest])


def _block(
    structure: Structure, first: int, layout: Layout, lines: WholeLines, encoding: Encoding, only: Sequence[str] = ()
) -> Block:
    """The block of a piece that begins with line `first` of the file."""
    others = [replace(row, number=row.number + first) for row in structure.others]
    block = block_of(_located(others, first, lines, encoding), layout, lines.end)
    plain = _plain(structure, first, layout, only)
    if only and plain.height and not dated(plain, layout).all():
        # Whether such a line is a receipt shows only in all of its cells.
        plain = _plain(structure, first, layout)
    parsed = [cells for cells in (plain, _quoted(structure, first, layout)) if cells.height]
    receipts, blank, totals = [], block.blank, block.totals
    for cells in parsed:
        kept, skipped = _receipts(cells, layout)
        receipts.append(kept)
        blank, totals = blank + skipped.count("blank"), totals + skipped.count("total")
    if only:
        columns = [ROW, *only]
        block, receipts = _with(block, columns), [part.select(columns) for part in receipts]
    if block.cells.height or len(receipts) != 1:
        receipts = [pl.concat([block.cells, *receipts]).sort(ROW)]
    raw = block.raw | {first + at: line for at, line in (*structure.unquoted, *structure.quoted)}
    return Block(receipts[0], raw, block.broken, blank, totals, lines.end)


def _with(block: Block, columns: list[str]) -> Block:
    return block._replace(cells=block.cells.select(columns))


def _plain(structure: Structure, first: int, layout: Layout, only: Sequence[str] = ()) -> pl.DataFrame:
    numbers = pl.int_range(first, first + structure.lines, eager=True)
    if structure.apart:
        numbers = numbers.filter(~numbers.is_in([first + at for at in structure.apart]))
    return _parsed(structure.plain, numbers, layout, quote=None, only=only)


def _quoted(structure: Structure, first: int, layout: Layout) -> pl.DataFrame:
    numbers = pl.Series([first + at for at, _ in structure.quoted], dtype=pl.Int64)
    text = "".join(f"{line}\n" for _, line in structure.quoted)
    return _parsed(text.encode(), numbers, layout, quote='"')


def _parsed(
    text: bytes, numbers: pl.Series, layout: Layout, quote: str | None, only: Sequence[str] = ()
) -> pl.DataFrame:
    if not text:
        return pl.DataFrame()
    cells = pl.read_csv(
        text,
        has_header=False,
        separator=layout.delimiter,
        quote_char=quote,
        schema=dict.fromkeys(columns_of(layout), pl.String),
        columns=[int(name) for name in only] or None,
        empty_string_is_null=False,
    )
    assert cells.height == len(numbers), "a line whose structure was checked was not read as one row"
    return cells.insert_column(0, numbers.alias(ROW))


def _receipts(cells: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, list[str]]:
    """The rows of `cells` that are receipts, and what the others are: blank lines or totals."""
    receipts = dated(cells, layout)
    if receipts.all():
        return cells, []
    skipped = {}
    for number, *row in cells.filter(~receipts).iter_rows():
        if kind := skipped_as(tuple(row), layout):
            skipped[number] = kind
    return cells.filter(~pl.col(ROW).is_in(list(skipped))), list(skipped.values())


def _located(
    rows: list[Row | BrokenRow | Skipped], first: int, lines: WholeLines, encoding: Encoding
) -> Iterator[Row | BrokenRow | Skipped]:
    """`rows`; where one has a byte that is no character, its place in the file is named."""
    strays = [row.number - first for row in rows if _has_stray(row)]
    offsets = lines.stray_offsets(strays) if strays else {}
    for row in rows:
        if isinstance(row, BrokenRow) and _has_stray(row):
            offset = str(offsets[row.number - first])
            yield replace(row, slots={**row.slots, "offset": offset, "encoding": encoding.name})
        else:
            yield row


def _has_stray(row: Row | BrokenRow | Skipped) -> bool:
    return isinstance(row, BrokenRow) and row.code == "undecodable_byte"
