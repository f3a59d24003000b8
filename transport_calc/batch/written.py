"""The justifications of many rows at once: each wording's pieces, with every row's own numbers and date between them.

A number is written from two tables, one for its whole part and one for its decimals; no digit is computed as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, TypeVar

import polars as pl

from transport_calc.batch.arithmetic import column_of
from transport_calc.batch.pattern import MOST_DECIMALS, Wording
from transport_calc.batch.symbols import DAY_SLOT, Expression, Slot
from transport_calc.wording.numbers import long_date

MOST_WHOLE = 100_000
"""Whole parts from this on are not in the table; such a row is decided by itself."""

_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2100, 12, 31)
_THOUSANDTHS = 1000
_NO_WHOLE = MOST_WHOLE
_FIRST_DATE = MOST_WHOLE + 1
_LAST_DATE = _FIRST_DATE + (_LAST_DAY - _FIRST_DAY).days
_ORE = 2
_NO_DECIMALS = (MOST_DECIMALS + 1) * _THOUSANDTHS

DAY = "trip_date"

T = TypeVar("T")


class Written(NamedTuple):
    """The justifications, and which rows hold a number that the tables cannot write."""

    texts: pl.Series
    too_large: pl.Series


def numbers_of(frame: pl.DataFrame, wordings: Sequence[Wording], which: pl.Series, name: str) -> pl.Series:
    """The whole number of øre that `name` (payable, minimum or calculated) of its wording is for each row, or null."""
    expressions: list[Expression | None] = [getattr(wording, name) for wording in wordings]
    different = list(dict.fromkeys(expressions))
    nothing = pl.lit(None, dtype=pl.Int64)
    values = _stacked(frame, [nothing if each is None else column_of(each).to(_ORE) for each in different])
    return values.gather(_places(expressions, different, which, len(frame)))


def justifications(frame: pl.DataFrame, wordings: Sequence[Wording], which: pl.Series, lang: str) -> Written:
    """The justification of each row. `which` is the position of its wording; `frame` holds numbers and the day."""
    different = list(dict.fromkeys([None, *(slot for wording in wordings for slot in wording.slots)]))
    wholes = _stacked(frame, [_whole(slot) for slot in different])
    decimals = _stacked(frame, [_decimals(slot) for slot in different])
    too_large = frame.select(pl.any_horizontal([pl.col(DAY).is_null(), *map(_too_large, different)])).to_series()
    columns = [_pieces(wordings, which, 0)]
    for at in range(max((len(wording.slots) for wording in wordings), default=0)):
        slots = [wording.slots[at] if at < len(wording.slots) else None for wording in wordings]
        places = _places(slots, different, which, len(frame))
        columns.append(whole_parts(lang).gather(wholes.gather(places)))
        columns.append(decimal_parts(lang).gather(decimals.gather(places)))
        columns.append(_pieces(wordings, which, at + 1))
    named = [column.alias(str(at)) for at, column in enumerate(columns)]
    return Written(pl.DataFrame(named).select(pl.concat_str(pl.all())).to_series(), too_large)


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


def _pieces(wordings: Sequence[Wording], which: pl.Series, at: int) -> pl.Series:
    texts = [wording.pieces[at] if at < len(wording.pieces) else "" for wording in wordings]
    return pl.Series(texts, dtype=pl.String).gather(which)


def _stacked(frame: pl.DataFrame, expressions: Sequence[pl.Expr]) -> pl.Series:
    """The columns of all expressions, one below the other."""
    named = [expression.alias(str(at)) for at, expression in enumerate(expressions)]
    columns = frame.lazy().with_columns(named).select(pl.col([str(at) for at in range(len(named))])).collect()
    return pl.concat(columns.get_columns())


def _places(wanted: Sequence[T], different: Sequence[T], which: pl.Series, rows: int) -> pl.Series:
    """Where in a stack of `different` columns each row finds what its wording wants."""
    column = {each: at for at, each in enumerate(different)}
    starts = pl.Series([column[each] * rows for each in wanted], dtype=pl.UInt32)
    return starts.gather(which) + pl.int_range(rows, dtype=pl.UInt32, eager=True)


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
