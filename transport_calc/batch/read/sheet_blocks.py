"""The rows of a sheet as blocks: what a cell holds is taken as Excel stores it, and most rows are read as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

import polars as pl

from transport_calc.batch.read.block import ROW, Block, block_of, columns_of, dated
from transport_calc.batch.read.cells import join_cells, signs_to_quote
from transport_calc.batch.read.layout import Layout
from transport_calc.batch.read.rows import LONGEST_CELL, BrokenRow, Row, Skipped, bounded, skipped_as
from transport_calc.batch.read.typed_cells import float_text, number_text
from transport_calc.faults import safe

ROWS_PER_BLOCK = 100_000

# Of more rows at a time the memory would be taken and given back all over, for lists that are soon taken apart.
_ROWS_AT_ONCE = 300

DELIMITER = ";"
"""Joins the cells where a row is shown as a line."""

Stored = str | float | bool | date | time | datetime | timedelta
"""What a cell can hold; an empty one holds an empty text."""

Errors = Mapping[int, Mapping[int, str]]
"""The cells that hold an error, by the number of the row in the sheet and by position."""


def sheet_blocks(
    rows: Iterator[list[Stored]], height: int, layout: Layout, errors: Errors, size: int
) -> Iterator[Block]:
    """The blocks of a sheet that has `height` rows below its header, in a file of `size` bytes."""
    for start in range(0, height, ROWS_PER_BLOCK):
        stop = min(start + ROWS_PER_BLOCK, height)
        columns = _columns(islice(rows, stop - start))
        yield _block(columns, layout.row + 1 + start, layout, errors, size * stop // height)


def with_errors(row: list[Stored], errors: Mapping[int, str]) -> list[Stored]:
    """`row` with the errors that stand in it."""
    return [errors.get(at, value) for at, value in enumerate(row)]


def cell_text(value: Stored, fact: str) -> str:
    """What a cell holds as text; `fact` is what its column gives, empty for a column that passes through."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return float_text(value, fact)
    if isinstance(value, int):
        return number_text(Decimal(value), fact)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    # With a time of day it is not simply a date, and is not read as one.
    return str(value)


def _columns(rows: Iterator[list[Stored]]) -> list[list[Stored]]:
    columns: list[list[Stored]] = []
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        columns = columns or [[] for _ in some[0]]
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(values)
    return columns


def _block(columns: list[list[Stored]], first: int, layout: Layout, errors: Errors, end: int) -> Block:
    """The block of `columns`, of which the first row is row `first` of the sheet."""
    numbers = range(first, first + len(columns[0]))
    failed = {}
    for number in errors.keys() & numbers:
        row = with_errors([column[number - first] for column in columns], errors[number])
        for column, value in zip(columns, row, strict=True):
            column[number - first] = value
        if counting := [at for at in errors[number] if at in layout.known.values()]:
            failed[number] = _failed(number, row, layout, counting[-1])
    cells = _texts(columns, layout).insert_column(0, pl.Series(ROW, numbers, dtype=pl.Int64))
    plain = _plain(cells, layout) & ~cells[ROW].is_in(list(failed))
    others = cells.filter(~plain).iter_rows()
    block = block_of([failed.get(number) or _row(number, tuple(row), layout) for number, *row in others], layout, end)
    receipts = cells.filter(plain).select(ROW, *columns_of(layout))
    if block.cells.height:
        receipts = pl.concat([receipts, block.cells]).sort(ROW)
    return block._replace(cells=receipts, raw=_lines_to_quote(receipts))


def _texts(columns: list[list[Stored]], layout: Layout) -> pl.DataFrame:
    """The cells as texts, also those beyond the columns of `layout`."""
    facts = {at: fact for fact, at in layout.known.items()}
    return pl.DataFrame([_column(str(at), values, facts.get(at, "")) for at, values in enumerate(columns)])


def _column(name: str, values: list[Stored], fact: str) -> pl.Series:
    kinds = set(map(type, values))
    if kinds == {str}:
        return pl.Series(name, values, dtype=pl.String)
    if bool in kinds:
        # Yes and 1 are equal to Python, so they would become the same text below.
        return pl.Series(name, [cell_text(value, fact) for value in values], dtype=pl.String)
    texts = {value: cell_text(value, fact) for value in set(values)}
    return pl.Series(name, [texts[value] for value in values], dtype=pl.String)


def _plain(cells: pl.DataFrame, layout: Layout) -> pl.Series:
    """Which rows are receipts at first sight; what the others are shows only one by one."""
    plain = dated(cells, layout)
    for column in cells.get_columns()[1:]:
        if int(column.name) >= len(layout.columns):
            plain &= column == ""
        else:
            plain &= column.str.len_bytes() <= LONGEST_CELL
    return plain


def _lines_to_quote(receipts: pl.DataFrame) -> dict[int, str]:
    """The rows that as a line are not simply their cells joined."""
    concerned = pl.any_horizontal(pl.exclude(ROW).str.contains_any(signs_to_quote(DELIMITER)))
    return {number: join_cells(tuple(cells), DELIMITER) for number, *cells in receipts.filter(concerned).iter_rows()}


def _row(number: int, cells: tuple[str, ...], layout: Layout) -> Row | BrokenRow | Skipped:
    width = len(layout.columns)
    if kind := skipped_as(cells, layout):
        return Skipped(number, kind)
    if any(cells[width:]):
        found = max(at for at, cell in enumerate(cells, 1) if cell)
        line = join_cells(cells[:found], DELIMITER)
        return BrokenRow(number, line, "long_row", {"found": str(found), "expected": str(width)})
    return bounded(Row(number, join_cells(cells[:width], DELIMITER), cells[:width]))


def _failed(number: int, values: list[Stored], layout: Layout, column: int) -> BrokenRow:
    """The row in which Excel could not calculate a cell that counts."""
    texts = tuple(cell_text(value, "") for value in values)
    slots = {"column": safe(layout.columns[column]), "error": safe(texts[column])}
    return BrokenRow(number, join_cells(texts, DELIMITER), "error_cell", slots)
