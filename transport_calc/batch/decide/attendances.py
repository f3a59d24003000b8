"""Receipts of one attendance as one row: costs are added, everything else must agree.

The minimum is tested once per attendance, so its costs must be complete first: with a leg missing, or an amount not
given, the sum is unknown, never smaller. What is odd about an attendance is named in its warnings.
"""

from __future__ import annotations

import polars as pl

from transport_calc.batch.decide.arithmetic import fact_column
from transport_calc.batch.decide.legs import HOME, OUT, ROUND_TRIP
from transport_calc.batch.decide.typed import EMPTY, ODD_NUMBER
from transport_calc.batch.decide.typed_rows import DATES, ODD_ROW, ROW, ROWS, TRIP_DATE

FIRST, LEG = "first", "leg"
NOTES, CLASH = "notes", "clash"

COSTS = ("public_fare_dkk", "paid_dkk", "companion_cost_dkk")
"""What every receipt of an attendance states its own part of."""

EXTRA = "extra_costs_dkk"
"""Ferry and bridge: not every receipt has them, so an empty cell is none."""

_MEANS = "means"


def attendances(receipts: pl.DataFrame) -> pl.DataFrame:
    """One row per `first`, with the columns of `receipts` and `notes` (codes joined by semicolons) and `clash`.

    `clash` is the first fact that two receipts state differently, or empty. The date is that of the first receipt,
    of the way out if there is one.
    """
    facts = [name for name in receipts.columns if name not in (ROW, ROWS, ODD_ROW, FIRST, LEG)]
    outward_first = pl.col(LEG) == HOME
    ordered = receipts.sort([FIRST, outward_first, ROW])
    complete = _given(ROUND_TRIP) | (_given(OUT) & _given(HOME))
    agreed = [name for name in facts if name not in {*map(fact_column, (*COSTS, EXTRA)), TRIP_DATE, _MEANS}]
    found = ordered.group_by(FIRST, maintain_order=True).agg(
        pl.col(ROW).min(),
        pl.len().cast(pl.Int64).alias(ROWS),
        pl.col(ODD_ROW).any(),
        *([pl.col(TRIP_DATE).first()] if TRIP_DATE in facts else []),
        *(_agreed(name).alias(name) for name in agreed),
        *([_means().alias(_MEANS)] if _MEANS in facts else []),
        *(_sum(name, complete).alias(name) for name in map(fact_column, COSTS) if name in facts),
        *([pl.col(name).sum().alias(name) for name in [fact_column(EXTRA)] if name in facts]),
        _clash(agreed).alias(CLASH),
        _notes(facts, complete).alias(NOTES),
    )
    extra = fact_column(EXTRA)
    if extra in facts:
        given = ordered.group_by(FIRST, maintain_order=True).agg(pl.col(extra).is_not_null().any().alias("given"))
        found = found.with_columns(pl.when(given["given"]).then(pl.col(extra)).alias(extra))
    return found.select(ROW, ROWS, ODD_ROW, *facts, NOTES, CLASH).sort(ROW)


def _given(leg: str) -> pl.Expr:
    return (pl.col(LEG) == leg).any()


def _given_values(name: str) -> pl.Expr:
    """The values of a fact that are given; a fact with names has a code of its own for an empty cell."""
    return pl.col(name).drop_nulls() if _is_null_if_empty(name) else pl.col(name).filter(pl.col(name) != EMPTY)


def _is_null_if_empty(name: str) -> bool:
    return name.startswith("fact:") or name in DATES


def _agreed(name: str) -> pl.Expr:
    value = _given_values(name).first()
    return value if _is_null_if_empty(name) else value.fill_null(EMPTY)


def _differ(name: str) -> pl.Expr:
    values = _given_values(name)
    return (values.min() != values.max()).fill_null(False)


def _means() -> pl.Expr:
    """The means all receipts name; none if they name several, because each would pay by its own rule."""
    return pl.when(_differ(_MEANS)).then(EMPTY).otherwise(_agreed(_MEANS)).cast(pl.UInt32)


def _sum(column: str, complete: pl.Expr) -> pl.Expr:
    whole = complete & pl.col(column).is_not_null().all()
    return pl.when(whole).then(pl.col(column).sum())


def _clash(facts: list[str]) -> pl.Expr:
    names = pl.lit("")
    for name in reversed(facts):
        names = pl.when(_differ(name)).then(pl.lit(name.removeprefix("fact:"))).otherwise(names)
    return names


def _notes(facts: list[str], complete: pl.Expr) -> pl.Expr:
    without_round_trip = ~_given(ROUND_TRIP)
    several = [pl.when((pl.col(LEG) == leg).sum() > 1).then(pl.lit(f"several_legs:{leg}")) for leg in (OUT, HOME)]
    notes = [
        pl.when(without_round_trip & ~_given(OUT)).then(pl.lit(f"missing_leg:{OUT}")),
        pl.when(without_round_trip & ~_given(HOME)).then(pl.lit(f"missing_leg:{HOME}")),
        *several,
        pl.when(_given(ROUND_TRIP) & (_given(OUT) | _given(HOME))).then(pl.lit("legs_overlap")),
    ]
    if _MEANS in facts:
        notes.append(pl.when(_differ(_MEANS)).then(pl.lit("mixed_means")))
    if TRIP_DATE in facts:
        notes.append(pl.when(_differ(TRIP_DATE)).then(pl.lit("several_days")))
    for fact in (*COSTS, EXTRA):
        column = fact_column(fact)
        if column in facts:
            part = pl.col(column).is_null().any() & pl.col(column).is_not_null().any()
            notes.append(pl.when(part).then(pl.lit(f"sum_incomplete:{fact}")))
    return pl.concat_str(notes, separator=";", ignore_nulls=True)


def odd_numbers_out(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with numbers that could not be read left out, so that they take part in no sum."""
    numbers = [name for name in frame.columns if name.startswith("fact:")]
    return frame.with_columns(pl.when(pl.col(name) != ODD_NUMBER).then(pl.col(name)).alias(name) for name in numbers)
