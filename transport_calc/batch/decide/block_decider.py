"""A block of cells to a block of decisions: most rows as columns, the odd ones one by one, none lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from transport_calc.batch.decide.arithmetic import fact_column
from transport_calc.batch.decide.as_of_law import law_note
from transport_calc.batch.decide.attendances import NOTES
from transport_calc.batch.decide.book import Pages
from transport_calc.batch.decide.columns import ColumnDecider, Situated, amounts, texts
from transport_calc.batch.decide.counted import (
    KIND,
    counted_by_cells,
    counted_by_kind,
    together,
)
from transport_calc.batch.decide.decided import Decided
from transport_calc.batch.decide.grouping import Grouping
from transport_calc.batch.decide.output_rows import SCHEMA, WRITTEN, OutputRows, noted, single_row
from transport_calc.batch.decide.periods import Periods
from transport_calc.batch.decide.repeats import Repeats, warned
from transport_calc.batch.decide.single_rows import Reject, SingleRows
from transport_calc.batch.decide.source_rows import SourceRows
from transport_calc.batch.decide.survey import Survey
from transport_calc.batch.decide.text import LineForm
from transport_calc.batch.decide.typed_rows import ODD_ROW, ROW, ROWS, TypedRows
from transport_calc.batch.read.block import Block, Table
from transport_calc.batch.write.output_columns import LINE, MONEY
from transport_calc.faults import InvalidInput
from transport_calc.parameters import Parameters

_REJECTS = {"row": pl.Int64} | dict.fromkeys(("column", "code", "value", "message", "raw"), pl.String)


class Setting(NamedTuple):
    """What is the same for all files of a batch; `passed` are the columns that pass through, and `line` is how the kind
    of output writes a decision in texts instead of single cells, if it does."""

    parameters: Parameters
    periods: Periods
    lang: str
    survey: Survey
    repeats: Repeats
    passed: Sequence[str]
    keep_person: bool = False
    several_files: bool = False
    law_day: date | None = None
    line: LineForm | None = None


class SituatedBlock(NamedTuple):
    """A block whose rows have found their situations; `odd` are those that are decided one by one."""

    block: Block
    rows: SourceRows
    situated: Situated
    odd: pl.DataFrame
    ungrouped: list[Reject]


class BlockDecider:
    """Decides the blocks of one file, the `number`th of the batch, remembering every situation it meets."""

    def __init__(self, table: Table, number: int, setting: Setting) -> None:
        layout, lang = table.layout, setting.lang
        self._delimiter = layout.delimiter
        self._lang = lang
        self._number = number
        self._repeats = setting.repeats
        self._line = setting.line
        self._typed = TypedRows(layout, setting.periods, setting.law_day)
        self._columns = ColumnDecider(self._typed, setting.parameters, lang, setting.law_day, self._line)
        self._single = SingleRows(
            layout, setting.parameters, lang=lang, keep_person=setting.keep_person, law_day=setting.law_day
        )
        self._grouping = Grouping(layout, number, setting.survey, self._single)
        self._file = table.name if setting.several_files else ""
        self._output = OutputRows(layout, self._file, setting.passed, keep_person=setting.keep_person)
        self._note = "" if setting.law_day is None else law_note(setting.law_day)

    def decide(self, block: Block) -> Decided:
        """The decisions on a block; an attendance is decided where its first row stands."""
        return self.write(self.situate(block))

    def situate(self, block: Block) -> SituatedBlock:
        """The block with the situation of each row found: the first half of `decide`, in the order of the blocks."""
        rows = SourceRows(self._grouping.whole(block.cells), self._grouping.raw(block.raw), self._delimiter)
        facts, ungrouped = self._grouping.grouped(self._typed.read(rows.cells), rows)
        odd = facts.filter(ODD_ROW)
        plain = facts.filter(~pl.col(ODD_ROW)) if len(odd) else facts
        return SituatedBlock(block, rows, self._columns.situate(plain), odd, ungrouped)

    def write(self, found: SituatedBlock) -> Decided:
        """What is written of a block: the second half of `decide`, in the order of the blocks."""
        block, rows, situated = found.block, found.rows, found.situated
        decisions, alone = self._decisions(situated)
        one_by_one, refused = self._one_by_one(found.odd, situated.frame.filter(alone), rows)
        broken = [reject for row in block.broken for reject in self._single.broken(row)]
        rejects = sorted([*broken, *found.ungrouped, *refused], key=lambda reject: reject.row)
        rejected = {reject.row for reject in rejects}
        repeated = self._repeated(rows.cells, rejected)
        warned_of = self._warned_of(decisions, repeated)
        plain = decisions.filter(~(alone | warned_of))
        others = self._with_cells(decisions.filter(warned_of & ~alone), situated.pages)
        others = warned(noted(self._together(others, one_by_one), self._note), repeated)
        return Decided(
            rows=self._output.of(self._in_order(plain, others), rows.cells),
            counted=together(counted_by_kind(plain, situated.pages.shared), counted_by_cells(others)),
            rejects=pl.DataFrame(rejects, schema=_REJECTS, orient="row"),
            rows_read=len(rows.cells) + len(block.broken),
            rejected=len(rejected),
            blank=block.blank,
            totals=block.totals,
            end=block.end,
            file=self._file,
        )

    def _decisions(self, situated: Situated) -> tuple[pl.DataFrame, pl.Series]:
        """The decisions in columns, and which rows must be decided by themselves."""
        facts = situated.frame
        found, alone = texts(situated, self._lang, in_line=self._line is not None)
        counted = facts.select(ROW, ROWS, NOTES, pl.col("trip_date").alias("_trip_date"), _distance(facts))
        municipality = self._typed.municipalities(facts).alias("_municipality")
        columns = [*counted, municipality, *amounts(situated), *found]
        return pl.DataFrame(columns), alone

    def _warned_of(self, decisions: pl.DataFrame, repeated: dict[int, list[str]]) -> pl.Series:
        """The rows with more warnings than others of their kind."""
        if self._note:
            return pl.Series([True]).new_from_index(0, len(decisions))
        return (decisions[NOTES] != "") | decisions[ROW].is_in(list(repeated))

    def _with_cells(self, decisions: pl.DataFrame, pages: Pages) -> pl.DataFrame:
        """Decisions in lines with the cells that their kind has."""
        return decisions if self._line is None else decisions.hstack(pages.shared[decisions[KIND]])

    def _together(self, others: pl.DataFrame, one_by_one: pl.DataFrame) -> pl.DataFrame:
        """Decisions with cells of their own; in lines, the last text of each stands for its justification."""
        names = list(SCHEMA)
        if self._line is not None:
            names[names.index("justification")] = LINE[-1]
            one_by_one = one_by_one.with_columns(self._line.of_rows()[-1].alias(LINE[-1]))
        return pl.concat([others.select(names), one_by_one.select(names)])

    def _in_order(self, plain: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
        """All decisions of a block in the order of the rows."""
        names: Sequence[str] = WRITTEN
        if self._line is not None:
            names = (ROW, ROWS, *MONEY.values(), *LINE)
            before, after, _ = self._line.of_rows()
            others = others.with_columns(before.alias(LINE[0]), after.alias(LINE[1]))
        whole = plain.select(names)
        return pl.concat([whole, others.select(names)]).sort(ROW) if len(others) else whole

    def _repeated(self, cells: pl.DataFrame, rejected: set[int]) -> dict[int, list[str]]:
        """The warnings on attendances with a row that repeats an earlier one."""
        found = self._repeats.meet(cells, self._number, rejected)
        if not found:
            return {}
        own = cells.filter(cells[ROW].is_in(list(found)))
        warnings: dict[int, list[str]] = {}
        for row, attendance in zip(own[ROW].to_list(), self._grouping.first_of(own).to_list(), strict=True):
            warnings.setdefault(attendance, []).append(found[row])
        return warnings

    def _one_by_one(
        self, odd: pl.DataFrame, alone: pl.DataFrame, rows: SourceRows
    ) -> tuple[pl.DataFrame, list[Reject]]:
        """The decisions on rows as they are written, and on facts that columns cannot decide."""
        found: list[dict[str, object]] = []
        rejects: list[Reject] = []
        for row in rows.rows(odd[ROW].to_list()):
            try:
                found.append(single_row(row.number, 1, "", self._single.decide_text(row)))
            except InvalidInput as invalid:
                rejects += self._single.rejects(row, invalid.faults)
        for at, (number, count, notes) in enumerate(alone.select(ROW, ROWS, NOTES).iter_rows()):
            try:
                found.append(single_row(number, count, notes, self._single.decide(self._typed.facts(alone, at))))
            except InvalidInput as invalid:
                rejects += self._single.rejects(rows.row(number), invalid.faults)
                rejects += self._grouping.others_of(number, rows)
        return pl.DataFrame(found, schema=SCHEMA), rejects


def _distance(facts: pl.DataFrame) -> pl.Expr:
    name = fact_column("distance_km")
    distance = pl.col(name) if name in facts.columns else pl.lit(None, dtype=pl.Int64)
    return distance.alias("_distance_m")
