"""What is counted of attendances: numbers of each, and what many share, once per kind."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from transport_calc.batch.decide.decision_row import OF_DECISION
from transport_calc.batch.decide.typed_rows import ROW, ROWS, municipalities

KIND = "kind"
SHARED = (*OF_DECISION, "_purpose", "_means")

_OF_EACH = (
    *(ROW, ROWS, "payable_ore", "minimum_ore"),
    *("_calculated_ore", "_trip_date", "_municipality", "_distance_m", KIND),
)


class Counted(NamedTuple):
    """`attendances` has a row for each, with its place in `shared` as `kind`."""

    attendances: pl.DataFrame
    shared: pl.DataFrame


def counted_by_kind(rows: pl.DataFrame, shared: pl.DataFrame) -> Counted:
    """Attendances with their numbers and their place in `shared`."""
    return Counted(rows.select(_OF_EACH), shared)


def counted_by_cells(rows: pl.DataFrame) -> Counted:
    """Attendances whose texts may be any."""
    own = pl.int_range(len(rows), dtype=pl.UInt32, eager=True)
    municipality = pl.col("_municipality").cast(municipalities(), strict=False)
    return counted_by_kind(rows.with_columns(municipality, own.alias(KIND)), rows.select(SHARED))


def together(one: Counted, other: Counted) -> Counted:
    """The attendances of both."""
    if other.attendances.is_empty():
        return one
    moved = other.attendances.with_columns((pl.col(KIND) + len(one.shared)).cast(pl.UInt32))
    return Counted(pl.concat([one.attendances, moved]), pl.concat([one.shared, other.shared]))
