"""A block of cells to a block of decisions: most rows as columns, the odd ones one by one, none lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import polars as pl

from transport_calc.batch.arithmetic import fact_column
from transport_calc.batch.attendances import NOTES
from transport_calc.batch.block import Block, Table
from transport_calc.batch.columns import ColumnDecider
from transport_calc.batch.decided import Decided
from transport_calc.batch.grouping import Grouping
from transport_calc.batch.output_rows import SCHEMA, OutputRows, single_row
from transport_calc.batch.periods import Periods
from transport_calc.batch.repeats import Repeats
from transport_calc.batch.single_rows import Reject, SingleRows
from transport_calc.batch.source_rows import SourceRows
from transport_calc.batch.survey import Survey
from transport_calc.batch.typed_rows import ODD_ROW, ROW, ROWS, TypedRows
from transport_calc.faults import InvalidInput
from transport_calc.parameters import Parameters

_REJECTS = {"row": pl.Int64} | dict.fromkeys(("column", "code", "value", "message", "raw"), pl.String)


class Setting(NamedTuple):
    """What is the same for all files of a batch; `passed` are the columns that pass through.

    `row_name` is what a row is called in a reason against another one.
    """

    parameters: Parameters
    periods: Periods
    lang: str
    survey: Survey
    repeats: Repeats
    passed: Sequence[str]
    keep_person: bool = False
    several_files: bool = False
    row_name: Callable[[int], str] = str


class BlockDecider:
    """Decides the blocks of one file, the `number`th of the batch, remembering every situation it meets."""

    def __init__(self, table: Table, number: int, setting: Setting) -> None:
        layout, lang = table.layout, setting.lang
        self._delimiter = layout.delimiter
        self._number = number
        self._repeats = setting.repeats
        self._repeated = setting.survey.repeats
        self._typed = TypedRows(layout, setting.periods)
        self._columns = ColumnDecider(self._typed, setting.parameters, lang)
        self._single = SingleRows(layout, setting.parameters, lang=lang, keep_person=setting.keep_person)
        self._grouping = Grouping(layout, number, setting.survey, self._single, setting.row_name)
        file = table.name if setting.several_files else None
        self._output = OutputRows(layout, file, setting.passed, keep_person=setting.keep_person)

    def decide(self, block: Block) -> Decided:
        """The decisions on a block; an attendance is decided where its first row stands."""
        rows = SourceRows(self._grouping.whole(block.cells), block.raw, self._delimiter)
        facts, ungrouped = self._grouping.grouped(self._typed.read(rows.cells), rows)
        by_columns, alone = self._by_columns(facts.filter(~pl.col(ODD_ROW)))
        one_by_one, refused = self._one_by_one(facts.filter(ODD_ROW), alone, rows)
        broken = [reject for row in block.broken for reject in self._single.broken(row)]
        rejects = sorted([*broken, *ungrouped, *refused], key=lambda reject: reject.row)
        rejected = {reject.row for reject in rejects}
        output = self._output.of(pl.concat([by_columns, one_by_one]).sort(ROW), rows.cells)
        warned = self._repeats.named(output, rows.cells, self._repeated, self._number, self._grouping, rejected)
        return Decided(
            rows=warned,
            rejects=pl.DataFrame(rejects, schema=_REJECTS, orient="row"),
            rows_read=len(rows.cells) + len(block.broken),
            rejected=len(rejected),
            blank=block.blank,
            totals=block.totals,
            end=block.end,
        )

    def _by_columns(self, facts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The decisions made in columns, and the facts of the rows that must be decided by themselves."""
        if facts.is_empty():
            return pl.DataFrame(schema=SCHEMA), facts
        decisions, alone = self._columns.decide(facts)
        counted = [
            facts[ROW],
            facts[ROWS],
            facts[NOTES],
            facts["trip_date"].alias("_trip_date"),
            *(self._typed.names(facts, name).alias(f"_{name}") for name in ("municipality", "purpose", "means")),
            _distance(facts),
        ]
        decisions = decisions.rename({"calculated_ore": "_calculated_ore"})
        whole = pl.concat([pl.DataFrame(counted), decisions], how="horizontal").select(list(SCHEMA))
        return (whole.filter(~alone), facts.filter(alone)) if alone.any() else (whole, facts.clear())

    def _one_by_one(
        self, odd: pl.DataFrame, alone: pl.DataFrame, rows: SourceRows
    ) -> tuple[pl.DataFrame, list[Reject]]:
        """The decisions on rows as they are written, and on facts that columns cannot decide."""
        found: list[dict[str, object]] = []
        rejects: list[Reject] = []
        for number in odd[ROW].to_list():
            row = rows.row(number)
            try:
                found.append(single_row(number, 1, "", self._single.decide_text(row)))
            except InvalidInput as invalid:
                rejects += self._single.rejects(row, invalid.faults)
        for at, (number, count, notes) in enumerate(alone.select(ROW, ROWS, NOTES).iter_rows()):
            try:
                found.append(single_row(number, count, notes, self._single.decide(self._typed.facts(alone, at))))
            except InvalidInput as invalid:
                rejects += self._single.rejects(rows.row(number), invalid.faults)
                rejects += self._grouping.others_of(number, rows)
        return pl.DataFrame(found, schema=SCHEMA), rejects


def _distance(facts: pl.DataFrame) -> pl.Series:
    name = fact_column("distance_km")
    if name in facts.columns:
        return facts[name].alias("_distance_m")
    return pl.Series("_distance_m", [None], dtype=pl.Int64).new_from_index(0, len(facts))
