"""What every kind of receipts file becomes: blocks of some hundred thousand rows whose cells are still text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

import polars as pl

from transport_calc.batch.notice import Notice
from transport_calc.batch.read.layout import Layout
from transport_calc.batch.read.rows import BrokenRow, Row, Skipped

ROW = "row"
"""The column of a block that holds the number of the row's first line in its file."""


class Block(NamedTuple):
    """A run of rows of one file, in their order.

    `cells` has the column `row` (the number of the row's first line, the header counted) and one text column for each
    column of the file, named by its position from "0"; a cell is never null and not stripped. `raw` holds the lines
    that are not simply their cells joined by the delimiter, by row. `broken` are the rows without cells one could
    trust. `blank` and `totals` count the lines that are no receipts, `end` the bytes of the file read so far.
    """

    cells: pl.DataFrame
    raw: dict[int, str]
    broken: tuple[BrokenRow, ...]
    blank: int
    totals: int
    end: int


class Table(Protocol):
    """A receipts file, or one sheet of a workbook, whose head has been read."""

    @property
    def layout(self) -> Layout: ...
    @property
    def name(self) -> str:
        """The file's name without its folder; `-` for standard input."""
        ...

    @property
    def size(self) -> int:
        """Bytes to read, of which `Block.end` tells how many are done."""
        ...

    @property
    def notices(self) -> tuple[Notice, ...]: ...

    def blocks(self, skip: int = 0, only: Sequence[str] = ()) -> Iterator[Block]:
        """The rows of the file, from the start each time it is called, without the first `skip` blocks.

        `only` names the columns that are needed, that of the date among them; others may be left out.

        Where a block ends depends on nothing but the file.
        """
        ...

    def glance(self, only: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The numbers and the columns `only`, that of the date among them, of all rows, but quickly.

        Lines that are no rows may be among them.
        """
        ...


def columns_of(layout: Layout) -> list[str]:
    """The names of a block's text columns."""
    return [str(at) for at in range(len(layout.columns))]


def schema_of(layout: Layout) -> dict[str, type[pl.DataType]]:
    """The columns of `Block.cells`."""
    return {ROW: pl.Int64} | dict.fromkeys(columns_of(layout), pl.String)


def dated(cells: pl.DataFrame, layout: Layout) -> pl.Series:
    """What has a digit first where the date stands is neither blank nor a total; the colon follows the digit 9."""
    dates = cells[str(layout.known["trip_date"])]
    return (dates >= "0") & (dates < ":")


def block_of(rows: Iterable[Row | BrokenRow | Skipped], layout: Layout, end: int) -> Block:
    """The block of `rows`, which were read one by one."""
    good: list[Row] = []
    broken: list[BrokenRow] = []
    skipped = {"blank": 0, "total": 0}
    for row in rows:
        if isinstance(row, Row):
            good.append(row)
        elif isinstance(row, BrokenRow):
            broken.append(row)
        else:
            skipped[row.kind] += 1
    raw = {row.number: row.raw for row in good if row.raw != layout.delimiter.join(row.cells)}
    return Block(_frame(good, layout), raw, tuple(broken), skipped["blank"], skipped["total"], end)


def rows_in(block: Block, layout: Layout) -> Iterator[Row | BrokenRow]:
    """The rows of `block` one by one, in the order of the file."""
    rows: list[Row | BrokenRow] = list(block.broken)
    for number, *cells in block.cells.iter_rows():
        raw = block.raw.get(number, layout.delimiter.join(cells))
        rows.append(Row(number, raw, tuple(cells), raw.count("\n") + 1))
    return iter(sorted(rows, key=lambda row: row.number))


def _frame(rows: list[Row], layout: Layout) -> pl.DataFrame:
    columns = zip(*(row.cells for row in rows), strict=True) if rows else ([] for _ in layout.columns)
    numbers = pl.Series(ROW, [row.number for row in rows], dtype=pl.Int64)
    cells = (pl.Series(str(at), list(column), dtype=pl.String) for at, column in enumerate(columns))
    return pl.DataFrame([numbers, *cells])
