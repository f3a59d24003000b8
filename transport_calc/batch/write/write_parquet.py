"""Decisions as Parquet: kroner as decimals, codes as lists, text of the file as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl
from polars.io.plugins import register_io_source

from transport_calc.batch.write.column import column
from transport_calc.batch.write.kroner_text import kroner
from transport_calc.batch.write.output_columns import LISTS, MONEY, NULL_IF_EMPTY, NUMBERS, OutputColumns
from transport_calc.batch.write.spool import keep, kept

KRONER = pl.Decimal(12, 2)

_ROWS_AT_ONCE = 65_536
"""Rows of a row group. It bounds the memory that the last step needs, whatever the length of the file."""


class ParquetWriter:
    """Writes blocks of decisions as Parquet."""

    def __init__(self, columns: OutputColumns) -> None:
        self._columns = columns

    def start(self, stream: BinaryIO) -> None:
        """Nothing stands before the first block."""

    def append(self, rows: pl.DataFrame, stream: BinaryIO) -> None:
        """Keep one block (the `rows` of a `Decided`)."""
        keep(parquet_values(rows, self._columns), stream)

    def assemble(self, part: BinaryIO, whole: BinaryIO) -> None:
        """Write the file, block by block."""

        def blocks(
            names: list[str] | None, predicate: pl.Expr | None, limit: int | None, size: int | None
        ) -> Iterator[pl.DataFrame]:
            # Everything is asked for, so there is nothing to leave out.
            part.seek(0)
            return kept(part)

        schema = {name: _type(name) for name in self._columns.names}
        register_io_source(blocks, schema=schema).sink_parquet(whole, row_group_size=_ROWS_AT_ONCE)


def parquet_values(rows: pl.DataFrame, columns: OutputColumns) -> pl.DataFrame:
    """The rows of a `Decided` as they stand in the file."""
    return rows.select(_value(name).alias(name) for name in columns.names)


def _value(name: str) -> pl.Expr:
    if name in MONEY:
        return kroner(MONEY[name]).cast(KRONER)
    text = column(name)
    if name in LISTS:
        return pl.when(text == "").then(pl.lit([], pl.List(pl.String))).otherwise(text.str.split(";"))
    if name in NULL_IF_EMPTY:
        return pl.when(text != "").then(text)
    return text


def _type(name: str) -> pl.DataType:
    if name in NUMBERS:
        return pl.Int64()
    if name in MONEY:
        return KRONER
    return pl.List(pl.String) if name in LISTS else pl.String()
