"""Records to the files of an output folder: the bytes are made by the local engine's own writers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import polars as pl

from transport_calc.batch.decide.identity import ROWS_OF_A_TABLE
from transport_calc.batch.decide.output_rows import FILE
from transport_calc.batch.spark.arrow import frame_of, record_batches
from transport_calc.batch.spark.found import attendances_of, reasons_of
from transport_calc.batch.write.output import Writer
from transport_calc.batch.write.output_columns import LISTS, MONEY, NUMBERS, OutputColumns
from transport_calc.batch.write.write_parquet import KRONER, parquet_values

LINES = {"value": pl.String}
"""What the text writer of Spark takes: each value is written with a line end after it."""


@dataclass(frozen=True)
class Rows:
    """Makes rows of an output out of attendances, or, with no `columns`, rows of a rejects file out of reasons.

    `names` are the files by number; where there are several, each row says which it is of.
    """

    names: tuple[str, ...]
    columns: OutputColumns | None

    def __call__(self, records: pl.DataFrame) -> pl.DataFrame:
        """Records to rows."""
        if self.columns is None:
            rows = reasons_of(records)
        else:
            rows = attendances_of(records, tuple(name for name in self.columns.foreign if name != FILE))
        if len(self.names) == 1:
            return rows
        numbers = (records["place"] // ROWS_OF_A_TABLE).to_list()
        return rows.with_columns(pl.Series(FILE, [self.names[number] for number in numbers], dtype=pl.String))


@dataclass(frozen=True)
class Lines:
    """The task that makes the text of one file of the folder, each with its header."""

    rows: Rows
    writer: Writer
    line_end: str

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Records to values of `LINES`, many lines in each."""
        head = BytesIO()
        self.writer.start(head)
        yield from self._value(head)
        for batch in batches:
            part = BytesIO()
            self.writer.append(self.rows(frame_of(batch)), part)
            yield from self._value(part)

    def _value(self, part: BytesIO) -> Iterator[Any]:
        if text := part.getvalue().decode():
            yield from record_batches(pl.DataFrame({"value": [text.removesuffix(self.line_end)]}), LINES)


@dataclass(frozen=True)
class Values:
    """The task that makes columns for Parquet."""

    rows: Rows
    columns: OutputColumns

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Records to the columns of `parquet_schema`."""
        for batch in batches:
            rows = self.rows(frame_of(batch))
            yield from record_batches(parquet_values(rows, self.columns), parquet_schema(self.columns.names))


def parquet_schema(names: Sequence[str]) -> dict[str, Any]:
    """The type of each column of an output."""
    types = dict.fromkeys(NUMBERS, pl.Int64) | dict.fromkeys(MONEY, KRONER) | dict.fromkeys(LISTS, pl.List(pl.String))
    return {name: types.get(name, pl.String) for name in names}
