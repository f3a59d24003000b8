"""The justifications of many rows at once: each wording's pieces, with every row's own numbers and date between them.

A number is written from two tables, one for its whole part and one for its decimals; no digit is computed as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import polars as pl

from transport_calc.batch.arithmetic import column_of
from transport_calc.batch.book import Pages
from transport_calc.batch.pattern import MOST_DECIMALS
from transport_calc.batch.symbols import DAY_SLOT, Slot
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


def numbers_of(frame: pl.DataFrame, pages: Pages, which: pl.Series, name: str) -> pl.Series:
    """The whole number of øre that `name` (payable, minimum or calculated) of its wording is for each row, or null."""
    chosen = pages.amounts[name].gather(which)
    nothing = pl.lit(None, dtype=pl.Int64)
    values = [nothing if each is None else column_of(each).to(_ORE) for each in pages.expressions]
    return _chosen(frame, values, chosen)


def justifications(frame: pl.DataFrame, pages: Pages, which: pl.Series, lang: str) -> Written:
    """The justification of each row. `which` is the number of its wording; `frame` holds numbers and the day."""
    large = frame.lazy().select(pl.any_horizontal([pl.col(DAY).is_null(), *map(_too_large, pages.different)])).collect()
    lengths = pages.lengths.gather(which)
    texts: list[pl.Series] = []
    order: list[pl.Series] = []
    for length in lengths.unique().to_list():
        rows = (lengths == length).arg_true()
        texts.append(_of_length(frame[rows], pages, which.gather(rows), length, lang))
        order.append(rows)
    if len(texts) == 1:
        return Written(texts[0], large.to_series())
    return Written(pl.concat(texts).gather(pl.concat(order).arg_sort()), large.to_series())


def _of_length(frame: pl.DataFrame, pages: Pages, which: pl.Series, length: int, lang: str) -> pl.Series:
    """The justifications of rows that all have so many slots."""
    slots = [pages.slots[at].gather(which) for at in range(length)]
    used = pl.concat([pl.Series([0], dtype=pl.UInt32), *(slot.unique() for slot in slots)]).unique().to_list()
    wholes = _Stack(frame, {at: _whole(pages.different[at]) for at in used})
    decimals = _Stack(frame, {at: _decimals(pages.different[at]) for at in used})
    columns = [pages.pieces[0].gather(which)]
    for at, slot in enumerate(slots):
        columns.append(whole_parts(lang).gather(wholes.of(slot)))
        columns.append(decimal_parts(lang).gather(decimals.of(slot)))
        columns.append(pages.pieces[at + 1].gather(which))
    named = [column.alias(str(at)) for at, column in enumerate(columns)]
    return pl.DataFrame(named).select(pl.concat_str(pl.all())).to_series()


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


class _Stack:
    """Columns one below the other, so that each row can take its value from the one it needs."""

    def __init__(self, frame: pl.DataFrame, columns: dict[int, pl.Expr]) -> None:
        self._rows = len(frame)
        places = [0] * (max(columns) + 1)
        for place, number in enumerate(columns):
            places[number] = place
        self._starts = pl.Series(places, dtype=pl.UInt32) * self._rows
        named = [column.alias(str(number)) for number, column in columns.items()]
        found = frame.lazy().with_columns(named).select([str(number) for number in columns]).collect()
        self._values = pl.concat(found.get_columns())
        self._row = pl.int_range(self._rows, dtype=pl.UInt32, eager=True)

    def of(self, numbers: pl.Series) -> pl.Series:
        """For each row the value of the column with its number."""
        return self._values.gather(self._starts.gather(numbers) + self._row)


def _chosen(frame: pl.DataFrame, columns: Sequence[pl.Expr], numbers: pl.Series) -> pl.Series:
    used = numbers.unique().to_list()
    return _Stack(frame, {number: columns[number] for number in used}).of(numbers)


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
