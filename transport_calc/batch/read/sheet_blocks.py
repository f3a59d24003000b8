"""The rows of a sheet as blocks: what a cell holds is taken as Excel stores it, and most rows are read as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

import polars as pl

from transport_calc.batch.read.block import ROW, Block, block_of, columns_of
from transport_calc.batch.read.cells import join_cells
from transport_calc.batch.read.layout import Layout
from transport_calc.batch.read.rows import LONGEST_CELL, BrokenRow, Row, Skipped, bounded, skipped_as
from transport_calc.batch.read.typed_cells import float_text, number_text
from transport_calc.faults import safe

ROWS_PER_BLOCK = 100_000

DELIMITER = ";"
"""Joins the cells where a row is shown as a line."""

_TO_QUOTE = f'["\\r\\n{DELIMITER}]'

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
        some = list(islice(rows, stop - start))
        yield _block(some, layout.row + 1 + start, layout, errors, size * stop // height)


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


def _block(rows: list[list[Stored]], first: int, layout: Layout, errors: Errors, end: int) -> Block:
    """The block of `rows`, of which the first is row `first` of the sheet."""
    failed = {}
    for number in sorted(errors.keys() & range(first, first + len(rows))):
        rows[number - first] = with_errors(rows[number - first], errors[number])
        if concerned := [at for at in errors[number] if at in layout.known.values()]:
            failed[number] = _failed(number, rows[number - first], layout, concerned[-1])
    cells = _texts(rows, layout).insert_column(0, pl.int_range(first, first + len(rows), eager=True).alias(ROW))
    plain = _plain(cells, layout)
    if failed:
        plain &= ~cells[ROW].is_in(list(failed))
    apart = [
        failed.get(number) or _row(number, tuple(row), layout) for number, *row in cells.filter(~plain).iter_rows()
    ]
    receipts = cells.filter(plain).select(ROW, *columns_of(layout))
    block = block_of(apart, layout, end)
    raw = _lines_to_quote(receipts) | block.raw
    return block._replace(
        cells=pl.concat([receipts, block.cells]).sort(ROW) if block.cells.height else receipts, raw=raw
    )


def _texts(rows: Sequence[list[Stored]], layout: Layout) -> pl.DataFrame:
    """The cells of `rows` as texts, also those beyond the columns of `layout`."""
    facts = {at: fact for fact, at in layout.known.items()}
    columns = enumerate(zip(*rows, strict=True))
    return pl.DataFrame([_column(str(at), values, facts.get(at, "")) for at, values in columns])


def _column(name: str, values: tuple[Stored, ...], fact: str) -> pl.Series:
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
    dates = cells[str(layout.known["trip_date"])]
    # What has a digit first where the date stands is neither blank nor a total; the colon follows the digit 9.
    plain = (dates >= "0") & (dates < ":")
    for column in cells.get_columns()[1:]:
        if int(column.name) >= len(layout.columns):
            plain &= column == ""
        else:
            plain &= column.str.len_bytes() <= LONGEST_CELL
    return plain


def _lines_to_quote(receipts: pl.DataFrame) -> dict[int, str]:
    """The rows that as a line are not simply their cells joined."""
    concerned = pl.any_horizontal(pl.exclude(ROW).str.contains(_TO_QUOTE))
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
