"""The receipts of one file brought together to attendances, and the reasons against those that cannot be one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping

import polars as pl

from transport_calc.batch.decide.attendances import CLASH, FIRST, LEG, NOTES, attendances, odd_numbers_out
from transport_calc.batch.decide.identity import PLACE, place
from transport_calc.batch.decide.legs import ROUND_TRIP, read_leg
from transport_calc.batch.decide.single_rows import Reject, SingleRows
from transport_calc.batch.decide.source_rows import SourceRows
from transport_calc.batch.decide.survey import Survey
from transport_calc.batch.decide.typed import ODD, TextColumn
from transport_calc.batch.decide.typed_rows import ODD_ROW, ROW
from transport_calc.batch.read.layout import LEG as LEG_COLUMN
from transport_calc.batch.read.layout import VISIT, Layout
from transport_calc.batch.read.rows import Row
from transport_calc.faults import Fault, InvalidInput


class Grouping:
    """Knows which rows of file number `table` belong together."""

    def __init__(self, layout: Layout, table: int, survey: Survey, single: SingleRows) -> None:
        self._layout = layout
        self._start = place(table, pl.lit(0))
        self._table = table
        self._survey = survey
        self._apart = survey.apart.get(table)
        self._single = single
        self._leg = TextColumn(read_leg)

    @property
    def needed(self) -> bool:
        """Whether the file has a column that rows are grouped by."""
        return VISIT in self._layout.known or LEG_COLUMN in self._layout.known

    def whole(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The rows of a block, with those of its attendances that lie elsewhere, without those of earlier ones."""
        return self._survey.whole(cells, self._table)

    def raw(self, block: Mapping[int, str]) -> Mapping[int, str]:
        """The raw lines of the rows that `whole` returns; `block` are those of the block."""
        return block if self._apart is None else ChainMap(dict(block), self._apart.raw)

    def first_of(self, cells: pl.DataFrame) -> pl.Series:
        """The number of the first row of the attendance that each row belongs to."""
        return self._survey.first_of(cells, self._table)

    def grouped(self, facts: pl.DataFrame, rows: SourceRows) -> tuple[pl.DataFrame, list[Reject]]:
        """One row of facts per attendance with its `notes`, and the reasons against the rows of the others."""
        if not self.needed:
            return facts.with_columns(pl.lit("").alias(NOTES)), []
        leg = self._legs(rows.cells)
        names = pl.Series([None if value is None else str(value) for value in self._leg.values])
        facts = facts.with_columns(
            (pl.col(ODD_ROW) | pl.lit(leg == ODD)).alias(ODD_ROW),
            self.first_of(rows.cells).alias(FIRST),
            names.gather(leg).fill_null(ROUND_TRIP).alias(LEG),
        )
        together = facts[FIRST].is_duplicated() | (facts[LEG] != ROUND_TRIP)
        single = facts.filter(~together).drop(FIRST, LEG).with_columns(pl.lit("").alias(NOTES))
        if not together.any():
            return single, []
        receipts = facts.filter(together)
        merged = attendances(odd_numbers_out(receipts))
        fine = (merged[CLASH] == "") & ~merged[ODD_ROW]
        clashes = dict(merged.filter(~fine).select(ROW, CLASH).iter_rows())
        members = receipts.group_by(FIRST, maintain_order=True).agg(ROW, ODD_ROW)
        refused = members.filter(pl.col(FIRST).is_in(list(clashes))).iter_rows()
        rejects = [
            reject for first, numbers, odd in refused for reject in self._refused(rows, numbers, odd, clashes[first])
        ]
        return pl.concat([single, merged.filter(fine).drop(CLASH).select(single.columns)]).sort(ROW), rejects

    def others_of(self, first: int, rows: SourceRows) -> list[Reject]:
        """The reasons against the other rows of an attendance whose first row was rejected."""
        others = self._survey.visits.filter((pl.col("first") - self._start) == first).select(
            pl.col(PLACE) - self._start
        )
        numbers = [other for other in others.to_series().to_list() if other != first]
        return [reject for other in numbers for reject in self._single.rejects(rows.row(other), [_incomplete(first)])]

    def _refused(self, rows: SourceRows, numbers: list[int], odd: list[bool], clash: str) -> Iterator[Reject]:
        """Every row of an attendance that cannot be decided, each with its own reason or the other's number."""
        first_odd = next((number for number, is_odd in zip(numbers, odd, strict=True) if is_odd), None)
        for number, is_odd in zip(numbers, odd, strict=True):
            row = rows.row(number)
            if is_odd:
                yield from self._single.rejects(row, self._faults(row))
            elif first_odd is not None:
                yield from self._single.rejects(row, [_incomplete(first_odd)])
            else:
                others = ", ".join(str(other) for other in numbers if other != number)
                yield from self._single.rejects(row, [Fault("visit_clash", clash, "", {"rows": others})])

    def _faults(self, row: Row) -> list[Fault]:
        try:
            self._single.decide_text(row)
        except InvalidInput as invalid:
            return invalid.faults
        # It can be read, but a number is too large for a sum in columns: no receipt is that large.
        return [Fault("visit_too_large", VISIT)]

    def _legs(self, cells: pl.DataFrame) -> pl.Series:
        if LEG_COLUMN not in self._layout.known:
            return self._leg.read(pl.Series([""])).new_from_index(0, len(cells))
        return self._leg.read(cells[str(self._layout.known[LEG_COLUMN])])


def _incomplete(row: int) -> Fault:
    return Fault("visit_incomplete", VISIT, "", {"row": str(row)})
