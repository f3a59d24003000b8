"""The first look at every file: its head, and numbers that tell its rows apart without saying whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from transport_calc.batch.block import Table
from transport_calc.batch.identity import LIKENESS, PLACE, VISITS, Identity, can_be_compared, place
from transport_calc.batch.layout import VISIT
from transport_calc.batch.spark.arrow import record_batches
from transport_calc.batch.spark.content import files_in
from transport_calc.batch.spark.head import Head, head_of
from transport_calc.faults import InvalidInput

HEAD, TRIP, ATTENDANCE = "head", "trip", "attendance"
"""The kinds of records: a file, a row that can be compared, a row that names somebody and an attendance."""

SCHEMA: dict[str, Any] = {
    "kind": pl.String,
    "place": pl.Int64,
    "alike": pl.List(pl.Int64),
    "head": pl.String,
}
"""`place` is that of the row (`identity.place`), or the number of the file. Rows of one kind are alike if `alike` is
the same; `head` is JSON."""


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
    compared, grouped = can_be_compared(table.layout), VISIT in table.layout.known
    if not compared:
        return
    # Read as if it were the first, so that an attendance is called the same in every file.
    identity = Identity(table.layout, 0)
    for block in table.blocks():
        yield _record(identity.likeness(block.cells), TRIP, LIKENESS, number)
        if grouped:
            yield _record(identity.visits(block.cells), ATTENDANCE, VISITS, number)


def _record(frame: pl.DataFrame, kind: str, columns: tuple[str, ...], number: int) -> pl.DataFrame:
    # Where nobody is named, strangers would be brought together.
    named = frame.filter(pl.col("who") != 0)
    alike = pl.concat_list(_signed(named, name) for name in columns).alias("alike")
    return named.select(pl.lit(kind).alias("kind"), place(number, pl.col(PLACE)), alike)


def _signed(frame: pl.DataFrame, name: str) -> pl.Expr:
    # Spark has no unsigned numbers; the same bits are as good to compare.
    return pl.col(name).reinterpret(signed=True) if frame[name].dtype == pl.UInt64 else pl.col(name)
