"""Lines of a CSV file to some of their cells, without asking whether each line is a row."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from transport_calc.batch.read.block import ROW
from transport_calc.batch.read.layout import Layout

_NOT_ONE_LINE_TO_A_ROW = (b'"', b"\0", b"\xed", b"\xef")
"""A quoted cell may span lines, and a parser may stop at what is no character."""


def first_cells(piece: bytes, number: int, layout: Layout, only: Sequence[str]) -> pl.DataFrame | None:
    """The columns `only` of the lines of `piece`, the first of which is line `number` of its file.

    A line with too few cells has empty ones for those it lacks. `None` if a row may not be a line.
    """
    delimiter = layout.delimiter.encode()
    width = 1 + max(map(int, only))
    # The parser takes the first line for the measure of the others. With two columns or more, a blank line is a row.
    measure = piece[: piece.find(b"\n")].count(delimiter)
    if len(delimiter) > 1 or measure == 0 or measure + 1 < width:
        return None
    if any(sign in piece for sign in _NOT_ONE_LINE_TO_A_ROW):
        return None
    cells = pl.read_csv(
        piece,
        has_header=False,
        separator=layout.delimiter,
        quote_char=None,
        schema={str(at): pl.String for at in range(max(2, width))},
        columns=[int(name) for name in only] if len(only) < width else None,
        empty_string_is_null=False,
        # What follows the last column that is needed is passed over, and that is what saves the time.
        extra_columns="ignore",
        truncate_ragged_lines=True,
    )
    return cells.insert_column(0, pl.int_range(number, number + cells.height, dtype=pl.Int64, eager=True).alias(ROW))
