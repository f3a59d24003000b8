"""A block of cells to a block of decisions: most rows as columns, the odd ones one by one, none lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from transport_calc.batch.arithmetic import fact_column
from transport_calc.batch.attendances import CLASH, FIRST, LEG, NOTES, attendances, odd_numbers_out
from transport_calc.batch.block import Block, Table
from transport_calc.batch.cells import join_cells
from transport_calc.batch.columns import ColumnDecider
from transport_calc.batch.decided import Decided
from transport_calc.batch.decision_row import DecisionRow
from transport_calc.batch.identity import PLACE, place, table_and_row
from transport_calc.batch.layout import LEG as LEG_COLUMN
from transport_calc.batch.layout import PERSON, VISIT
from transport_calc.batch.legs import ROUND_TRIP, read_leg
from transport_calc.batch.output_columns import passed_names
from transport_calc.batch.periods import Periods
from transport_calc.batch.repeats import Repeats
from transport_calc.batch.rows import Row
from transport_calc.batch.single_rows import Reject, SingleRows
from transport_calc.batch.survey import Survey
from transport_calc.batch.typed import ODD, TextColumn
from transport_calc.batch.typed_rows import ODD_ROW, ROW, ROWS, TypedRows
from transport_calc.faults import Fault, InvalidInput
from transport_calc.parameters import Parameters

FILE = "file"
_REJECTS = {"row": pl.Int64} | dict.fromkeys(("column", "code", "value", "message", "raw"), pl.String)
_DECISION = {
    "outcome": pl.String,
    "form": pl.String,
    "channel": pl.String,
    "ground": pl.String,
    "missing": pl.String,
    "warnings": pl.String,
    "payable_ore": pl.Int64,
    "minimum_ore": pl.Int64,
    "calculated_ore": pl.Int64,
    "justification": pl.String,
}


class Options(NamedTuple):
    """How rows are decided and what is written of them."""

    lang: str
    keep_person: bool = False


class BlockDecider:
    """Decides the blocks of one file, remembering every situation it meets."""

    def __init__(
        self,
        table: Table,
        number: int,
        *,
        parameters: Parameters,
        periods: Periods,
        options: Options,
        survey: Survey,
        repeats: Repeats,
        passed: Sequence[str],
        several_files: bool,
    ) -> None:
        self._table = table
        self._number = number
        self._layout = table.layout
        self._options = options
        self._survey = survey
        self._repeats = repeats
        self._passed = passed
        self._several_files = several_files
        self._typed = TypedRows(self._layout, periods)
        self._leg = TextColumn(read_leg)
        self._columns = ColumnDecider(self._typed, parameters, options.lang)
        self._single = SingleRows(self._layout, parameters, lang=options.lang, keep_person=options.keep_person)
        self._grouping = VISIT in self._layout.known or LEG_COLUMN in self._layout.known

    def decide(self, block: Block) -> Decided:
        """The decisions on a block; an attendance is decided where its first row stands."""
        cells = self._with_attendances_whole(block.cells)
        facts = self._typed.read(cells)
        rejects = [reject for row in block.broken for reject in self._single.broken(row)]
        if self._grouping:
            facts, refused = self._grouped(facts, cells, block.raw)
            rejects += refused
        else:
            facts = facts.with_columns(pl.lit("").alias(NOTES))
        odd = facts.filter(ODD_ROW)
        decided, alone = self._by_columns(facts.filter(~pl.col(ODD_ROW)))
        one_by_one, refused = self._one_by_one(odd, alone, cells, block.raw)
        rejects += refused
        rows = self._output(pl.concat([decided, one_by_one]).sort(ROW), cells)
        rejected = {reject.row for reject in rejects}
        rows = self._with_repeats(rows, cells, rejected)
        frame = pl.DataFrame(sorted(rejects, key=lambda reject: reject.row), schema=_REJECTS, orient="row")
        read = len(cells) + len(block.broken)
        return Decided(rows, frame, read, len(rejected), block.blank, block.totals, block.end)

    # --- attendances ---------------------------------------------------------------------------------------------

    def _with_attendances_whole(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The rows of the block, with those of its attendances that lie elsewhere, without those of earlier ones."""
        apart = self._survey.apart.get(self._number)
        if apart is None or cells.is_empty():
            return cells
        begins, ends = cells.select(pl.col(ROW).first(), pl.col(ROW).last().alias("last")).row(0)
        first = self._first_of(apart)
        here = apart.filter((first >= begins) & (first <= ends))
        others = cells.filter(~pl.col(ROW).is_in(apart[ROW].implode()))
        return pl.concat([others, here]).sort(ROW)

    def _first_of(self, cells: pl.DataFrame) -> pl.Series:
        """The number of the first row of the attendance that each row belongs to."""
        places = cells.select(place(self._number, pl.col(ROW)))
        joined = places.join(self._survey.visits, on=PLACE, how="left", maintain_order="left")
        return joined.select(pl.coalesce("first", PLACE) - place(self._number, pl.lit(0))).to_series()

    def _grouped(
        self, facts: pl.DataFrame, cells: pl.DataFrame, raw: Mapping[int, str]
    ) -> tuple[pl.DataFrame, list[Reject]]:
        """One row of facts per attendance, and the reasons against the rows of those that cannot be one."""
        leg = self._legs(cells)
        first = self._first_of(cells)
        facts = facts.with_columns(
            (pl.col(ODD_ROW) | pl.lit(leg == ODD)).alias(ODD_ROW),
            first.alias(FIRST),
            pl.Series([None if value is None else str(value) for value in self._leg.values])
            .gather(leg)
            .fill_null(ROUND_TRIP)
            .alias(LEG),
        )
        together = facts[FIRST].is_duplicated() | ((facts[LEG] != ROUND_TRIP) & ~facts[ODD_ROW])
        single = facts.filter(~together).drop(FIRST, LEG).with_columns(pl.lit("").alias(NOTES))
        if not together.any():
            return single, []
        receipts = facts.filter(together)
        merged = attendances(odd_numbers_out(receipts))
        fine = (merged[CLASH] == "") & ~merged[ODD_ROW]
        rejects = []
        members = receipts.group_by(FIRST, maintain_order=True).agg(ROW, ODD_ROW)
        clashes = dict(merged.filter(~fine).select(ROW, CLASH).iter_rows())
        rows = _RowsOf(cells, raw, self._layout.delimiter)
        for first_row, numbers, odd in members.filter(pl.col(FIRST).is_in(list(clashes))).iter_rows():
            rejects += self._refused(rows, numbers, odd, clashes[first_row])
        return pl.concat([single, merged.filter(fine).drop(CLASH).select(single.columns)]).sort(ROW), rejects

    def _refused(self, rows: _RowsOf, numbers: list[int], odd: list[bool], clash: str) -> Iterator[Reject]:
        """Every row of an attendance that cannot be decided, each with its own reason or the other's number."""
        first_odd = next((number for number, is_odd in zip(numbers, odd, strict=True) if is_odd), None)
        for number, is_odd in zip(numbers, odd, strict=True):
            row = rows.row(number)
            if is_odd:
                yield from self._single.rejects(row, self._faults(row))
            elif first_odd is not None:
                yield from self._single.rejects(row, [Fault("visit_incomplete", VISIT, "", {"row": str(first_odd)})])
            else:
                others = ", ".join(str(other) for other in numbers if other != number)
                yield from self._single.rejects(row, [Fault("visit_clash", clash, "", {"rows": others})])

    def _faults(self, row: Row) -> list[Fault]:
        try:
            self._single.decide_text(row)
        except InvalidInput as invalid:
            return invalid.faults
        # It can be read, only not in columns; in an attendance nobody has decided it by itself.
        return [Fault("visit_too_large", "", "")]

    def _legs(self, cells: pl.DataFrame) -> pl.Series:
        if LEG_COLUMN not in self._layout.known:
            return self._leg.read(pl.Series([""])).new_from_index(0, len(cells))
        return self._leg.read(cells[str(self._layout.known[LEG_COLUMN])])

    # --- decisions -----------------------------------------------------------------------------------------------

    def _by_columns(self, facts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The decisions made in columns, and the facts of the rows that must be decided by themselves."""
        if facts.is_empty():
            return self._decisions([]), facts
        decisions, alone = self._columns.decide(facts)
        counted = [
            facts[ROW],
            facts[ROWS],
            facts[NOTES],
            *(self._typed.names(facts, name).alias(f"_{name}") for name in ("municipality", "purpose", "means")),
            facts["trip_date"].alias("_trip_date"),
            _distance(facts),
        ]
        whole = pl.concat([pl.DataFrame(counted), decisions], how="horizontal")
        return whole.filter(~alone).select(self._decisions([]).columns), facts.filter(alone)

    def _one_by_one(
        self, odd: pl.DataFrame, alone: pl.DataFrame, cells: pl.DataFrame, raw: Mapping[int, str]
    ) -> tuple[pl.DataFrame, list[Reject]]:
        rows = _RowsOf(cells, raw, self._layout.delimiter)
        found: list[dict[str, object]] = []
        rejects: list[Reject] = []
        for number in odd[ROW].to_list():
            row = rows.row(number)
            try:
                found.append(_plain(number, 1, "", self._single.decide_text(row)))
            except InvalidInput as invalid:
                rejects += self._single.rejects(row, invalid.faults)
        for at in range(len(alone)):
            number, count, notes = alone.select(ROW, ROWS, NOTES).row(at)
            try:
                found.append(_plain(number, count, notes, self._single.decide(self._typed.facts(alone, at))))
            except InvalidInput as invalid:
                rejects += self._single.rejects(rows.row(number), invalid.faults)
                rejects += self._rest_of(number, rows)
        return self._decisions(found), rejects

    def _rest_of(self, number: int, rows: _RowsOf) -> list[Reject]:
        """The other rows of an attendance whose facts contradict each other."""
        start = place(self._number, pl.lit(0))
        others = self._survey.visits.filter((pl.col("first") - start) == number).select(pl.col(PLACE) - start)
        numbers = [other for other in others.to_series().to_list() if other != number]
        fault = [Fault("visit_incomplete", VISIT, "", {"row": str(number)})]
        return [reject for other in numbers for reject in self._single.rejects(rows.row(other), fault)]

    def _decisions(self, rows: list[dict[str, object]]) -> pl.DataFrame:
        schema: dict[str, Any] = {ROW: pl.Int64, ROWS: pl.Int64, NOTES: pl.String} | {
            "_municipality": pl.String,
            "_purpose": pl.String,
            "_means": pl.String,
            "_trip_date": pl.Date,
            "_distance_m": pl.Int64,
        }
        return pl.DataFrame(rows, schema=schema | _DECISION)

    # --- output --------------------------------------------------------------------------------------------------

    def _output(self, decided: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
        own = cells if len(cells) == len(decided) else cells.join(decided.select(ROW), on=ROW, how="semi")
        warnings = pl.concat_str(
            [pl.col("warnings"), pl.when((pl.col("warnings") != "") & (pl.col(NOTES) != "")).then(pl.lit(";")).otherwise(pl.lit("")), pl.col(NOTES)]
        )
        case_id = self._layout.known.get("case_id")
        names = dict(zip(passed_names(self._layout), self._layout.passed, strict=True))
        empty = pl.lit("")
        columns = [
            pl.col(ROW),
            pl.col(ROWS),
            (own[str(case_id)].str.strip_chars() if case_id is not None else empty).alias("case_id"),
            *(pl.col(name) for name in ("outcome", "form", "channel", "ground", "payable_ore", "minimum_ore", "missing")),
            warnings.alias("warnings"),
            pl.col("justification"),
            *([pl.lit(self._table.name).alias(FILE)] if self._several_files else []),
            *((own[str(names[name])] if name in names else empty).alias(name) for name in self._passed),
            *([self._person(own).alias(PERSON)] if self._options.keep_person else []),
            *(pl.col(name) for name in ("_trip_date", "_municipality", "_purpose", "_means", "_distance_m")),
            pl.col("calculated_ore").alias("_calculated_ore"),
        ]
        return decided.select(columns)

    def _person(self, own: pl.DataFrame) -> pl.Series | pl.Expr:
        at = self._layout.known.get(PERSON)
        return pl.lit("") if at is None else own[str(at)].str.strip_chars()

    def _with_repeats(self, rows: pl.DataFrame, cells: pl.DataFrame, rejected: set[int]) -> pl.DataFrame:
        """The rows, each that repeats an earlier one with a warning that names it."""
        if self._survey.repeats.is_empty() or cells.is_empty():
            return rows
        places = cells.select(place(self._number, pl.col(ROW)))
        repeated = places.join(self._survey.repeats, on=PLACE, how="inner", maintain_order="left")
        if repeated.is_empty():
            return rows
        numbers = pl.DataFrame({ROW: cells[ROW], FIRST: self._first_of(cells)})
        first_of = dict(numbers.filter(pl.col(ROW).is_in((repeated[PLACE] % (1 << 40)).implode())).iter_rows())
        warned: dict[int, str] = {}
        for here, first in repeated.iter_rows():
            _, row = table_and_row(here)
            earlier = self._repeats.earlier(here, first, decided=row not in rejected)
            if earlier is not None:
                text = f"possible_duplicate:{self._named(earlier)}"
                attendance = first_of[row]
                warned[attendance] = f"{warned[attendance]};{text}" if attendance in warned else text
        if not warned:
            return rows
        added = pl.DataFrame({ROW: list(warned), "added": list(warned.values())}, schema={ROW: pl.Int64, "added": pl.String})
        joined = rows.join(added, on=ROW, how="left", maintain_order="left")
        separator = pl.when(pl.col("warnings") != "").then(pl.lit(";")).otherwise(pl.lit(""))
        both = pl.col("warnings") + separator + pl.col("added")
        return joined.with_columns(pl.coalesce(both, "warnings").alias("warnings")).drop("added")

    def _named(self, earlier: int) -> str:
        table, row = table_and_row(earlier)
        return str(row) if table == self._number else f"{self._repeats.names[table]}:{row}"


class _RowsOf:
    """Single rows out of the cells of a block."""

    def __init__(self, cells: pl.DataFrame, raw: Mapping[int, str], delimiter: str) -> None:
        self._cells = cells
        self._raw = raw
        self._delimiter = delimiter

    def row(self, number: int) -> Row:
        at = self._cells[ROW].search_sorted(number)
        _, *cells = self._cells.row(at)
        texts = tuple(cells)
        plain = self._delimiter.join(texts)
        return Row(number, self._raw.get(number) or (plain if '"' not in plain else join_cells(texts, self._delimiter)), texts)


def _distance(facts: pl.DataFrame) -> pl.Series:
    name = fact_column("distance_km")
    if name in facts.columns:
        return facts[name].alias("_distance_m")
    return pl.Series("_distance_m", [None], dtype=pl.Int64).new_from_index(0, len(facts))


def _plain(row: int, rows: int, notes: str, decision: DecisionRow) -> dict[str, object]:
    """A decision as a row of the frame; money in whole øre. Raises ValueError for an amount finer than the øre."""
    return {
        ROW: row,
        ROWS: rows,
        NOTES: notes,
        **{name: _joined(getattr(decision, name)) for name in ("outcome", "form", "channel", "ground", "missing", "warnings")},
        "payable_ore": _ore(decision.payable_dkk),
        "minimum_ore": _ore(decision.minimum_dkk),
        "justification": decision.justification,
    }


def _joined(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else str(value)


def _ore(amount: Any) -> int | None:
    if amount is None:
        return None
    ore = amount.scaleb(2)
    if ore != ore.to_integral_value():
        raise ValueError(f"not a whole number of øre: {amount}")
    return int(ore)
