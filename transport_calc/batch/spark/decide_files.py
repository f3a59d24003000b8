"""The second job: every file decided by the decider of the local engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from transport_calc.batch.count.tally import Tally
from transport_calc.batch.decide.block_decider import BlockDecider
from transport_calc.batch.decide.identity import PLACE, place
from transport_calc.batch.decide.survey import survey
from transport_calc.batch.read.block import Table
from transport_calc.batch.spark.arrow import record_batches
from transport_calc.batch.spark.content import files_in
from transport_calc.batch.spark.found import MEMBER, SCHEMA, decision_records, tally_record
from transport_calc.batch.spark.wish import Wish


@dataclass(frozen=True)
class DecideFiles:
    """The task. `numbers` are those of the files by path."""

    numbers: dict[str, int]
    encoding: str | None
    wish: Wish

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Files to records."""
        for file in files_in(batches, self.numbers):
            for frame in self._decided(file.table(self.encoding), file.number):
                yield from record_batches(frame, SCHEMA)

    def _decided(self, table: Table, number: int) -> Iterator[pl.DataFrame]:
        found = survey([table])
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
