"""Single rows out of the cells of a block, as they stand in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from transport_calc.batch.read.cells import join_cells
from transport_calc.batch.read.rows import Row


class SourceRows:
    """The rows of a block by number; `raw` holds the lines that are not simply their cells joined."""

    def __init__(self, cells: pl.DataFrame, raw: Mapping[int, str], delimiter: str) -> None:
        self.cells = cells
        self._raw = raw
        self._delimiter = delimiter

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """The rows that begin on these lines, in the order of the file."""
        if not numbers:
            return []
        found = self.cells[self.cells["row"].search_sorted(pl.Series(sorted(numbers), dtype=pl.Int64))]
        return [self._row(number, tuple(cells)) for number, *cells in found.iter_rows()]

    def row(self, number: int) -> Row:
        """The row that begins on line `number`."""
        _, *cells = self.cells.row(self.cells["row"].search_sorted(number))
        return self._row(number, tuple(cells))

    def _row(self, number: int, cells: tuple[str, ...]) -> Row:
        return Row(number, self._raw.get(number) or join_cells(cells, self._delimiter), cells)
