"""Small blocks of decided receipts, written down by hand, for the tests of what is made from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from transport_calc.batch.decide.counted import counted_by_cells
from transport_calc.batch.decide.decided import Decided

ROWS = {
    "row": pl.Int64,
    "rows": pl.Int64,
    "case_id": pl.String,
    "outcome": pl.String,
    "form": pl.String,
    "channel": pl.String,
    "ground": pl.String,
    "payable_ore": pl.Int64,
    "minimum_ore": pl.Int64,
    "missing": pl.String,
    "warnings": pl.String,
    "justification": pl.String,
    "note": pl.String,
    "_trip_date": pl.Date,
    "_municipality": pl.String,
    "_purpose": pl.String,
    "_means": pl.String,
    "_distance_m": pl.Int64,
    "_calculated_ore": pl.Int64,
}
REJECTS = {
    "row": pl.Int64,
    "column": pl.String,
    "code": pl.String,
    "value": pl.String,
    "message": pl.String,
    "raw": pl.String,
}

_PLAIN: dict[str, Any] = {
    "row": 2,
    "rows": 1,
    "outcome": "entitled",
    "form": "reimbursement",
    "ground": "pension",
    "payable_ore": 8_000,
    "minimum_ore": 4_800,
    "_trip_date": date(2024, 5, 13),
    "_municipality": "randers",
    "_purpose": "rehabilitation",
    "_means": "public_transport",
    "_distance_m": 12_000,
    "_calculated_ore": 8_000,
}


def attendance(**changes: Any) -> dict[str, Any]:
    """A pensioner's trip of 80 kr. in Randers in May 2024, with changes."""
    empty = {name: "" if kind == pl.String else None for name, kind in ROWS.items()}
    return empty | _PLAIN | changes


def reject(row: int, code: str, column: str = "", value: str = "") -> dict[str, Any]:
    """One reason why `row` was rejected."""
    return {"row": row, "column": column, "code": code, "value": value, "message": value, "raw": value}


def block(
    attendances: Iterable[dict[str, Any]] = (),
    rejects: Iterable[dict[str, Any]] = (),
    *,
    blank: int = 0,
    totals: int = 0,
    end: int = 0,
) -> Decided:
    """A block of these attendances and rejects, with as many rows read as they stand for."""
    rows = pl.DataFrame(list(attendances), schema_overrides=ROWS) if attendances else pl.DataFrame(schema=ROWS)
    rejected = pl.DataFrame(list(rejects), schema=REJECTS)
    lost = rejected["row"].n_unique()
    file = str(rows["file"][0]) if "file" in rows.columns else ""
    return Decided(
        rows, counted_by_cells(rows), rejected, int(rows["rows"].sum()) + lost, lost, blank, totals, end, file
    )
