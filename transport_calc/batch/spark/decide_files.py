"""The second job: every file decided by the decider of the local engine, but for what lies in several files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from transport_calc.batch.block import Table, rows_in
from transport_calc.batch.block_decider import BlockDecider
from transport_calc.batch.identity import PLACE, place
from transport_calc.batch.layout import VISIT
from transport_calc.batch.rows import Row
from transport_calc.batch.single_rows import SingleRows
from transport_calc.batch.spark.arrow import record_batches
from transport_calc.batch.spark.content import files_in
from transport_calc.batch.spark.found import APART, MEMBER, SCHEMA, decision_records, tally_record
from transport_calc.batch.spark.wish import NO_SURVEY, Wish
from transport_calc.batch.spark.without import Without
from transport_calc.batch.survey import survey
from transport_calc.batch.tally import Tally


@dataclass(frozen=True)
class DecideFiles:
    """The task. `numbers` are those of the files by path.

    `apart` has, by number of the file, its rows whose attendance lies in several files, with its first place.
    """

    numbers: dict[str, int]
    encoding: str | None
    apart: dict[int, dict[int, int]]
    wish: Wish

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Files to records."""
        for file in files_in(batches, self.numbers):
            table = file.table(self.encoding)
            apart = self.apart.get(file.number, {})
            for frame in self._decided(Without(table, apart), file.number):
                yield from record_batches(frame, SCHEMA)
            if apart:
                yield from record_batches(self._apart(table, apart, file.number), SCHEMA)

    def _decided(self, table: Table, number: int) -> Iterator[pl.DataFrame]:
        found = survey([table]) if VISIT in table.layout.known else NO_SURVEY
        first = place(number, pl.col("first")).alias("other")
        yield found.visits.select(pl.lit(MEMBER).alias("kind"), place(number, pl.col(PLACE)), first)
        decider = BlockDecider(table, 0, self.wish.setting(found))
        tally = Tally()
        at = place(number, pl.col("row")).alias("row")
        for block in table.blocks():
            decided = decider.decide(block)
            tally.add(decided)
            placed = decided._replace(rows=decided.rows.with_columns(at), rejects=decided.rejects.with_columns(at))
            yield from decision_records(placed, self.wish.foreign)
        yield tally_record(tally)

    def _apart(self, table: Table, first: Mapping[int, int], number: int) -> pl.DataFrame:
        """The rows of `table` that `first` names, each with the first place of its attendance."""
        wish = self.wish
        single = SingleRows(table.layout, wish.parameters, lang=wish.lang, keep_person=wish.columns.keep_person)
        wanted = pl.Series(list(first), dtype=pl.Int64)
        records = []
        for block in table.blocks():
            cells = block.cells.filter(pl.col("row").is_in(wanted.implode()))
            for row in rows_in(block._replace(cells=cells, broken=()), table.layout):
                assert isinstance(row, Row), "a broken row belongs to no attendance"
                records.append((APART, row.number, first[row.number], [single.shown(row), *row.cells]))
        schema = {name: SCHEMA[name] for name in ("kind", "place", "other", "cells")}
        found = pl.DataFrame(records, schema=schema, orient="row")
        return found.with_columns(place(number, pl.col("place")))
