"""Blocks of decisions made up for the tests of the writers."""

from __future__ import annotations

import datetime

import polars as pl
from decided_blocks import REJECTS, ROWS

from transport_calc.batch.decide.counted import counted_by_cells
from transport_calc.batch.decide.decided import Decided

COUNTED = {name: kind for name, kind in ROWS.items() if name.startswith("_")}
SCHEMA = {name: kind for name, kind in ROWS.items() if name != "note" and name not in COUNTED}
ENTITLED = {
    "row": 2,
    "rows": 1,
    "case_id": "A-1",
    "outcome": "entitled",
    "form": "reimbursement",
    "channel": "reimbursement",
    "ground": "pension;distance",
    "payable_ore": 8000,
    "minimum_ore": 4800,
    "missing": "",
    "warnings": "",
    "justification": "Borgeren har ret; beløbet er 80,00 kr.",
}
UNDETERMINED = {
    "row": 3,
    "rows": 2,
    "case_id": "",
    "outcome": "undetermined",
    "form": "",
    "channel": "",
    "ground": "",
    "payable_ore": None,
    "minimum_ore": None,
    "missing": "mobility;distance_km",
    "warnings": "possible_duplicate:2",
    "justification": "Det mangler.",
}
COUNTS = dict(zip(COUNTED, (datetime.date(2024, 5, 13), "randers", "rehabilitation", "", None, None), strict=True))


def frame(*rows: dict[str, object], passed: tuple[str, ...] = ()) -> pl.DataFrame:
    """The `rows` of a block; `passed` are the names of further text columns."""
    schema = {**SCHEMA, **dict.fromkeys(passed, pl.String), **COUNTED}
    return pl.DataFrame([{**dict.fromkeys(passed, ""), **COUNTS, **row} for row in rows], schema=schema, orient="row")


def rejects(*rows: tuple[int, str, str, str, str, str]) -> pl.DataFrame:
    """The `rejects` of a block."""
    return pl.DataFrame(list(rows), schema=REJECTS, orient="row")


def block(rows: pl.DataFrame, rejected: pl.DataFrame | None = None) -> Decided:
    """A block with nothing special about it."""
    none = rejects() if rejected is None else rejected
    return Decided(
        rows,
        counted_by_cells(rows),
        none,
        rows_read=rows.height + none.height,
        rejected=none.height,
        blank=0,
        totals=0,
        end=0,
    )


def numbered(first: int, count: int) -> Decided:
    """A block of `count` attendances from row `first` on, each tenth row rejected."""
    numbers = range(first, first + count)
    rows = [
        {**ENTITLED, "row": number, "case_id": f"S-{number}", "payable_ore": number}
        for number in numbers
        if number % 10
    ]
    bad = [(number, "dato", "not_a_date", "x;y", "Ingen dato.", "a;b") for number in numbers if number % 10 == 0]
    return block(frame(*rows), rejects(*bad))
