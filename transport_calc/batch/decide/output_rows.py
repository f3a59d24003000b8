"""The decisions of a block as the rows of an output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from transport_calc.batch.decide.attendances import NOTES
from transport_calc.batch.decide.decision_row import OF_DECISION, DecisionRow
from transport_calc.batch.decide.typed_rows import ROW, ROWS, municipalities
from transport_calc.batch.read.layout import PERSON, Layout
from transport_calc.batch.read.together import stripped
from transport_calc.batch.write.output_columns import passed_names

FILE = "file"

_COUNTED: dict[str, Any] = {
    "_trip_date": pl.Date,
    "_municipality": municipalities(),
    "_purpose": pl.String,
    "_means": pl.String,
    "_distance_m": pl.Int64,
    "_calculated_ore": pl.Int64,
}
SCHEMA: dict[str, Any] = {
    ROW: pl.Int64,
    ROWS: pl.Int64,
    NOTES: pl.String,
    **dict.fromkeys(OF_DECISION, pl.String),
    "payable_ore": pl.Int64,
    "minimum_ore": pl.Int64,
    "justification": pl.String,
    **_COUNTED,
}
"""A decision before the columns of the file come to it; `notes` are the warnings about its attendance."""

WRITTEN = tuple(name for name in SCHEMA if name != NOTES and name not in _COUNTED)
"""What is written of it."""


class OutputRows:
    """Puts the decisions on the rows of one file together with what passes through of them."""

    def __init__(self, layout: Layout, file: str, passed: Sequence[str], *, keep_person: bool) -> None:
        self._case_id = layout.known.get("case_id")
        self._person = layout.known.get(PERSON)
        self._file = file
        self._passed = passed
        self._position = dict(zip(passed_names(layout), layout.passed, strict=True))
        self._keep_person = keep_person

    def of(self, decided: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
        """The rows of the output. `decided` has `WRITTEN`, or their `LINE` in the place of some of them; `cells` are
        the rows of the file."""
        own = None if len(cells) == len(decided) else cells[ROW].is_in(decided[ROW].implode())

        def column(at: int) -> pl.Series:
            return cells[str(at)] if own is None else cells[str(at)].filter(own)

        passed = {name: self._position.get(name) for name in self._passed}
        return decided.with_columns(
            _stripped(self._case_id, column).alias("case_id"),
            *([pl.lit(self._file).alias(FILE)] if self._file else []),
            *((pl.lit("") if at is None else column(at)).alias(name) for name, at in passed.items()),
            *([_stripped(self._person, column).alias(PERSON)] if self._keep_person else []),
        )


def _stripped(at: int | None, column: Callable[[int], pl.Series]) -> pl.Series | pl.Expr:
    return pl.lit("") if at is None else stripped(column(at))


def noted(decided: pl.DataFrame, note: str) -> pl.DataFrame:
    """The decisions with their notes, and one more unless it is empty, among the warnings."""
    if not note and not (decided[NOTES] != "").any():
        return decided
    more = pl.lit(note)
    return decided.with_columns(joined(pl.col(NOTES), more).alias(NOTES)).with_columns(
        joined(pl.col("warnings"), pl.col(NOTES)).alias("warnings")
    )


def joined(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two columns of codes as one, joined by a semicolon where both have some."""
    both = (one != "") & (other != "")
    return pl.concat_str([one, pl.when(both).then(pl.lit(";")).otherwise(pl.lit("")), other])


def single_row(row: int, rows: int, notes: str, decision: DecisionRow) -> dict[str, object]:
    """One decision as `SCHEMA` says. Raises ValueError for an amount finer than the øre."""
    return {
        ROW: row,
        ROWS: rows,
        NOTES: notes,
        **{name: codes(getattr(decision, name)) for name in OF_DECISION},
        "payable_ore": _ore(decision.payable_dkk),
        "minimum_ore": _ore(decision.minimum_dkk),
        "justification": decision.justification,
        "_municipality": "",
        "_purpose": "",
        "_means": "",
    }


def codes(value: object) -> str:
    """Codes as one text: several joined by semicolons, none as nothing."""
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else str(value)


def _ore(amount: Decimal | None) -> int | None:
    if amount is None:
        return None
    ore = amount.scaleb(2)
    if ore != ore.to_integral_value():
        raise ValueError(f"not a whole number of øre: {amount}")
    return int(ore)
