"""The first look at every file: its head, and numbers that tell its rows apart without saying whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from transport_calc.batch.decide.identity import LIKENESS, PLACE, Identity, can_be_compared
from transport_calc.batch.read.block import Table
from transport_calc.batch.spark.arrow import record_batches
from transport_calc.batch.spark.content import files_in
from transport_calc.batch.spark.head import Head, head_of
from transport_calc.faults import InvalidInput

HEAD, TRIP = "head", "trip"
"""The kinds of records: a file, and a row that can be compared."""

SCHEMA: dict[str, Any] = {
    "kind": pl.String,
    "place": pl.Int64,
    "alike": pl.List(pl.Int64),
    "head": pl.String,
}
"""`place` is that of the row (`identity.place`), or the number of the file. Rows are alike if `alike` is the same;
`head` is JSON."""


@dataclass(frozen=True)
class Look:
    """The task of the first job. `numbers` are those of the files by path."""

    numbers: dict[str, int]
    encoding: str | None

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Files to records."""
        for file in files_in(batches, self.numbers):
            try:
                table = file.table(self.encoding)
            except InvalidInput as invalid:
                yield from record_batches(_head(file.number, Head(faults=tuple(invalid.faults))), SCHEMA)
                continue
            yield from record_batches(_head(file.number, head_of(table)), SCHEMA)
            for rows in _rows(table, file.number):
                yield from record_batches(rows, SCHEMA)


def _head(number: int, head: Head) -> pl.DataFrame:
    return pl.DataFrame({"kind": [HEAD], "place": [number], "head": [head.as_json()]})


def _rows(table: Table, number: int) -> Iterator[pl.DataFrame]:
    if not can_be_compared(table.layout):
        return
    identity = Identity(table.layout, number)
    for block in table.blocks():
        rows = identity.likeness(block.cells)
        alike = pl.concat_list(_signed(rows, name) for name in LIKENESS).alias("alike")
        yield rows.select(pl.lit(TRIP).alias("kind"), PLACE, alike)


def _signed(frame: pl.DataFrame, name: str) -> pl.Expr:
    # Spark has no unsigned numbers; the same bits are as good to compare.
    return pl.col(name).reinterpret(signed=True) if frame[name].dtype == pl.UInt64 else pl.col(name)
