"""The justifications of many rows at once: each wording's pieces, with every row's own numbers and date between them.

A number is written from two tables, one for its whole part and one for its decimals; no digit is computed as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import polars as pl

from transport_calc.batch.decide.arithmetic import column_of
from transport_calc.batch.decide.book import Pages
from transport_calc.batch.decide.pattern import MOST_DECIMALS
from transport_calc.batch.decide.symbols import DAY_SLOT, Slot
from transport_calc.wording.numbers import long_date

MOST_WHOLE = 100_000
"""Whole parts from this on are not in the table; such a row is decided by itself."""

DAY = "trip_date"

_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2100, 12, 31)
_THOUSANDTHS = 1000
_NO_WHOLE = MOST_WHOLE
_FIRST_DATE = MOST_WHOLE + 1
_LAST_DATE = _FIRST_DATE + (_LAST_DAY - _FIRST_DAY).days
_ORE = 2
_NO_DECIMALS = (MOST_DECIMALS + 1) * _THOUSANDTHS


class Written(NamedTuple):
    """The justifications, and which rows hold a number that the tables cannot write."""

    texts: pl.Series
    too_large: pl.Series


def numbers_of(frame: pl.DataFrame, pages: Pages, which: pl.Series) -> pl.DataFrame:
    """The whole numbers of øre that the amounts of each row's wording are, or null; `which` is its number."""
    wordings = which.unique()
    used = sorted({number for each in pages.amounts.values() for number in each.gather(wordings).unique().to_list()})
    nothing = pl.lit(None, dtype=pl.Int64)
    each = [pages.expressions[number] for number in used]
    stack = _stacked(frame, [nothing if one is None else column_of(one).to(_ORE) for one in each])
    starts = _starts(used, len(frame))
    row = pl.int_range(len(frame), dtype=pl.UInt32, eager=True)
    return pl.DataFrame({"which": which}).select(
        pl.lit(stack)
        .gather(pl.lit(starts).gather(pl.lit(numbers).gather(pl.col("which"))) + pl.lit(row))
        .alias(f"{name}_ore")
        for name, numbers in pages.amounts.items()
    )


def justifications(frame: pl.DataFrame, pages: Pages, which: pl.Series, lang: str) -> Written:
    """The justification of each row. `which` is the number of its wording; `frame` holds numbers and the day."""
    wordings = which.unique()
    used = sorted({number for slots in pages.slots for number in slots.gather(wordings).unique().to_list()})
    slots = [pages.different[number] for number in used]
    large = frame.lazy().select(pl.any_horizontal([pl.col(DAY).is_null(), *map(_too_large, slots)])).collect()
    if not used:
        return Written(pages.pieces[0].gather(which), large.to_series())
    numbers = _Numbers(
        _starts(used, len(frame)),
        _stacked(frame, [_whole(slot) for slot in slots]),
        _stacked(frame, [_decimals(slot) for slot in slots]),
    )
    lengths = pages.lengths.gather(which)
    rows = pl.DataFrame({"which": which, "row": pl.int_range(len(frame), dtype=pl.UInt32, eager=True)})
    parts = [
        _of_length(rows.filter(lengths == length), pages, numbers, length, lang)
        for length in lengths.unique().to_list()
    ]
    whole = parts[0] if len(parts) == 1 else pl.concat(parts).sort("row")
    return Written(whole["text"], large.to_series())


class _Numbers(NamedTuple):
    """Where the values of each slot begin in two stacks of columns: whole parts, and decimals."""

    starts: pl.Series
    wholes: pl.Series
    decimals: pl.Series


def _of_length(rows: pl.DataFrame, pages: Pages, numbers: _Numbers, length: int, lang: str) -> pl.DataFrame:
    """The justifications of rows (`which`, `row`) that all have so many slots."""
    which = pl.col("which")
    starts = [pl.lit(numbers.starts).gather(pl.lit(pages.slots[at]).gather(which)) for at in range(length)]
    texts: list[pl.Expr] = [pl.lit(pages.pieces[0]).gather(which)]
    for at in range(length):
        place = pl.col(f"at{at}")
        texts.append(pl.lit(whole_parts(lang)).gather(pl.lit(numbers.wholes).gather(place)))
        texts.append(pl.lit(decimal_parts(lang)).gather(pl.lit(numbers.decimals).gather(place)))
        texts.append(pl.lit(pages.pieces[at + 1]).gather(which))
    placed = rows.with_columns((start + pl.col("row")).alias(f"at{at}") for at, start in enumerate(starts))
    return placed.select("row", pl.concat_str(texts).alias("text"))


def _starts(used: list[int], rows: int) -> pl.Series:
    """Where the column of each number begins in a stack of those that are used."""
    places = [0] * (used[-1] + 1)
    for place, number in enumerate(used):
        places[number] = place
    return pl.Series(places, dtype=pl.UInt32) * rows


def _stacked(frame: pl.DataFrame, columns: Sequence[pl.Expr]) -> pl.Series:
    """The columns, one below the other, so that each row can take its value from the one it needs."""
    names = [str(at) for at in range(len(columns))]
    named = [column.alias(name) for name, column in zip(names, columns, strict=True)]
    return pl.concat(frame.lazy().with_columns(named).select(names).collect().get_columns())


@cache
def whole_parts(lang: str) -> pl.Series:
    """The text of each whole number below `MOST_WHOLE`, nothing, and then of each day."""
    numbers = [f"{number:,}" for number in range(MOST_WHOLE)]
    if lang == "da":
        numbers = [number.replace(",", ".") for number in numbers]
    days = range((_LAST_DAY - _FIRST_DAY).days + 1)
    return pl.Series([*numbers, "", *(long_date(_FIRST_DAY + timedelta(days=day), lang) for day in days)])


@cache
def decimal_parts(lang: str) -> pl.Series:
    """The text of each number of thousandths with no, one, two and three decimals, and then nothing."""
    mark = "," if lang == "da" else "."
    texts = [""] * _THOUSANDTHS
    for decimals in range(1, MOST_DECIMALS + 1):
        texts += [mark + f"{thousandth:03d}"[:decimals] for thousandth in range(_THOUSANDTHS)]
    return pl.Series([*texts, ""])


def _whole(slot: Slot | str | None) -> pl.Expr:
    if slot is None:
        return pl.lit(_NO_WHOLE, dtype=pl.UInt32)
    if slot == DAY_SLOT:
        days = (pl.col(DAY) - pl.lit(_FIRST_DAY)).dt.total_days() + _FIRST_DATE
        return days.clip(_FIRST_DATE, _LAST_DATE).fill_null(_NO_WHOLE).cast(pl.UInt32)
    whole = _thousandths(slot) // _THOUSANDTHS
    return whole.clip(0, MOST_WHOLE).fill_null(_NO_WHOLE).cast(pl.UInt32)


def _decimals(slot: Slot | str | None) -> pl.Expr:
    if not isinstance(slot, Slot):
        return pl.lit(_NO_DECIMALS, dtype=pl.UInt32)
    part = _thousandths(slot) % _THOUSANDTHS
    return (part + slot.decimals * _THOUSANDTHS).fill_null(_NO_DECIMALS).cast(pl.UInt32)


def _too_large(slot: Slot | str | None) -> pl.Expr:
    if slot is None:
        return pl.lit(False)
    if slot == DAY_SLOT:
        return (pl.col(DAY) < _FIRST_DAY) | (pl.col(DAY) > _LAST_DAY)
    value = _thousandths(slot)
    return ((value >= MOST_WHOLE * _THOUSANDTHS) | (value < 0)).fill_null(False)


def _thousandths(slot: Slot | str) -> pl.Expr:
    assert isinstance(slot, Slot)
    return column_of(slot.expression).to(MOST_DECIMALS)
