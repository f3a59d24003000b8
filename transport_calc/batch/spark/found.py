"""What the tasks return: records of one shape, because one pass over a file returns everything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from transport_calc.batch.count.tally import Tally
from transport_calc.batch.decide.decided import Decided
from transport_calc.batch.decide.identity import ROWS_OF_A_TABLE
from transport_calc.batch.write.output_columns import REJECT_COLUMNS

ROW, REJECT, MEMBER, COUNTED = "row", "reject", "member", "counted"
"""The kinds of records: an attendance, a reason against a row, a row of an attendance of several, and the tally of a
task."""

SCHEMA: dict[str, Any] = {
    "kind": pl.String,
    "place": pl.Int64,
    "other": pl.Int64,
    "rows": pl.Int64,
    "payable_ore": pl.Int64,
    "minimum_ore": pl.Int64,
    "warnings": pl.String,
    "cells": pl.List(pl.String),
}
"""`place` is that of the row (`identity.place`). `other` is the place of the first row of the attendance that a member
belongs to, or the number of a reason. `cells` are the texts of an attendance (`TEXTS`, then what passes through), those
of a reason, or the state of a tally as JSON."""

TEXTS = ("case_id", "outcome", "form", "channel", "ground", "missing", "justification")
_NUMBERS = ("rows", "payable_ore", "minimum_ore")


def decision_records(decided: Decided, foreign: Sequence[str]) -> Iterator[pl.DataFrame]:
    """The attendances and the reasons of a block, whose column `row` holds places; `foreign` are its other texts."""
    at = pl.col("row").alias("place")
    texts = pl.concat_list(*TEXTS, *foreign).alias("cells")
    yield decided.rows.select(pl.lit(ROW).alias("kind"), at, *_NUMBERS, "warnings", texts)
    reason = pl.concat_list(REJECT_COLUMNS[1:]).alias("cells")
    yield decided.rejects.with_row_index("other").select(pl.lit(REJECT).alias("kind"), at, "other", reason)


def tally_record(tally: Tally) -> pl.DataFrame:
    """What a task has counted."""
    return pl.DataFrame({"kind": [COUNTED], "cells": [[json.dumps(tally.state())]]})


def attendances_of(frame: pl.DataFrame, foreign: Sequence[str]) -> pl.DataFrame:
    """The attendances in `frame` (place, numbers, warnings, cells) as the rows of a `Decided`."""
    texts = (pl.col("cells").list.get(at).alias(name) for at, name in enumerate((*TEXTS, *foreign)))
    return frame.select(_row_of(), *_NUMBERS, "warnings", *texts)


def reasons_of(frame: pl.DataFrame) -> pl.DataFrame:
    """The reasons in `frame` (place, cells) as the rejects of a `Decided`, without a file."""
    texts = (pl.col("cells").list.get(at).alias(name) for at, name in enumerate(REJECT_COLUMNS[1:]))
    return frame.select(_row_of(), *texts)


def _row_of() -> pl.Expr:
    return (pl.col("place") % ROWS_OF_A_TABLE).alias("row")
