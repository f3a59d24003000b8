"""A file without some of its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import polars as pl

from transport_calc.batch.block import Block, Table
from transport_calc.batch.layout import Layout
from transport_calc.batch.notice import Notice


class Without:
    """The table `table` without the rows that have these numbers."""

    def __init__(self, table: Table, rows: Collection[int]) -> None:
        self._table = table
        self._rows = pl.Series(sorted(rows), dtype=pl.Int64)
        self.layout: Layout = table.layout
        self.name: str = table.name
        self.size: int = table.size
        self.notices: tuple[Notice, ...] = table.notices

    def blocks(self, skip: int = 0, only: Sequence[str] = ()) -> Iterator[Block]:
        """The blocks of the table, of which some may be shorter now."""
        for block in self._table.blocks(skip, only):
            yield block._replace(cells=block.cells.filter(~pl.col("row").is_in(self._rows.implode())))
