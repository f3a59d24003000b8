"""A first look through all files: which rows may repeat an earlier one, and which belong to one attendance.

A row cannot know what comes later, and the first row of an attendance is decided with the costs of the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from transport_calc.batch.ahead import ahead
from transport_calc.batch.decide.alike import IN_MEMORY, Alike
from transport_calc.batch.decide.identity import (
    ENCOUNTER,
    PLACE,
    ROWS_OF_A_TABLE,
    VISITS,
    Identity,
    can_be_compared,
    columns_compared,
    place,
    table_and_row,
)
from transport_calc.batch.read.block import ROW, Table, schema_of
from transport_calc.batch.read.layout import VISIT


class Apart(NamedTuple):
    """Rows whose attendance lies in several blocks: their cells, and their raw lines as `Block.raw` has them."""

    cells: pl.DataFrame
    raw: dict[int, str]


class Survey(NamedTuple):
    """What is known before the first row is decided.

    `visits` are the rows that share an attendance, by `place`, with the `first` place of theirs. `apart` holds, by
    number of the file, the rows of attendances that lie in several blocks.
    """

    visits: pl.DataFrame
    apart: dict[int, Apart]

    def whole(self, cells: pl.DataFrame, table: int) -> pl.DataFrame:
        """The rows of a block, with those of its attendances that lie elsewhere, without those of earlier ones."""
        if table not in self.apart or cells.is_empty():
            return cells
        apart = self.apart[table].cells
        begins, ends = cells.select(pl.col(ROW).first(), pl.col(ROW).last().alias("last")).row(0)
        first = self.first_of(apart, table)
        here = apart.filter((first >= begins) & (first <= ends))
        others = cells.filter(~pl.col(ROW).is_in(apart[ROW].implode()))
        return pl.concat([others, here]).sort(ROW)

    def first_of(self, cells: pl.DataFrame, table: int) -> pl.Series:
        """The number of the first row of the attendance that each row belongs to."""
        places = cells.select(place(table, pl.col(ROW)))
        joined = places.join(self.visits, on=PLACE, how="left", maintain_order="left")
        return joined.select(pl.coalesce("first", PLACE) - place(table, pl.lit(0))).to_series()


def survey(tables: Sequence[Table], in_memory: int = IN_MEMORY) -> Survey:
    """Look for attendances of several rows in those of `tables` that name them."""
    visits = Alike(VISITS, in_memory)
    starts: list[int] = []
    for number, table in enumerate(tables):
        if VISIT not in table.layout.known:
            continue
        identity = Identity(table.layout, number)
        for block in ahead(table.blocks(only=columns_compared(table.layout))):
            if len(block.cells):
                starts.append(block.cells.select(place(number, pl.col(ROW).first())).item())
                visits.add(identity.visits(block.cells))
    together = visits.find()
    return Survey(together, _apart(tables, together, starts))


def encounters(tables: Sequence[Table], in_memory: int = IN_MEMORY) -> pl.Series:
    """The places of the rows that share person, date and leg with another, in order: only they can be repeats.

    A line that is no row may be among them, and what shares only with such a line: repeats are looked at again.
    """
    found = Alike(ENCOUNTER, in_memory)
    for number, table in enumerate(tables):
        if can_be_compared(table.layout):
            identity = Identity(table.layout, number)
            for cells in ahead(table.glance(columns_compared(table.layout))):
                found.add(identity.encounters(cells))
    return found.find()[PLACE]


def _apart(tables: Sequence[Table], visits: pl.DataFrame, starts: list[int]) -> dict[int, Apart]:
    """The cells of the attendances whose rows lie in different blocks; they are read once more."""
    block = pl.Series(starts, dtype=pl.Int64)
    elsewhere = block.search_sorted(visits[PLACE], side="right") != block.search_sorted(visits["first"], side="right")
    split = visits.filter(elsewhere)["first"].unique()
    places = visits.filter(visits["first"].is_in(split.implode()))[PLACE]
    found: dict[int, Apart] = {}
    for number in sorted({table_and_row(each)[0] for each in places.to_list()}):
        table = tables[number]
        rows = places.filter(places // ROWS_OF_A_TABLE == number) % ROWS_OF_A_TABLE
        parts = [pl.DataFrame(schema=schema_of(table.layout))]
        raw: dict[int, str] = {}
        for each in table.blocks():
            parts.append(each.cells.filter(pl.col("row").is_in(rows.implode())))
            raw |= {row: each.raw[row] for row in parts[-1]["row"].to_list() if row in each.raw}
        found[number] = Apart(pl.concat(parts), raw)
    return found
