"""The texts of many rows at once: each wording's pieces, with every row's own numbers and date between them.

A number is looked up in a table of all numbers of up to five figures, so that no digit is computed as text; the few
larger ones are written one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple, cast

import polars as pl

from transport_calc.batch.decide.arithmetic import MOST_REMEMBERED, column_of
from transport_calc.batch.decide.book import AMOUNTS, Pages, Texts
from transport_calc.batch.decide.pattern import MOST_DECIMALS
from transport_calc.batch.decide.symbols import Slot
from transport_calc.batch.decide.text import Place
from transport_calc.batch.write.kroner_text import ORE
from transport_calc.wording.numbers import figures, long_date

DAY = "trip_date"

IN_TABLE = 100_000
"""The table has as many numbers with each number of decimals."""

_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2100, 12, 31)
_DAYS = (_LAST_DAY - _FIRST_DAY).days + 1
FIRST_OF_DAYS = (MOST_DECIMALS + 1) * IN_TABLE
"""Where the days begin in the table, after all numbers."""
_NOTHING = FIRST_OF_DAYS + _DAYS


class Written(NamedTuple):
    """The texts, and which of them are void because a number or the day is not one that could be written."""

    texts: pl.Series
    void: pl.Series


def numbers_of(frame: pl.DataFrame, pages: Pages, which: pl.Series) -> list[pl.Series]:
    """The whole numbers of øre that the `AMOUNTS` of each row's wording are, or null; `which` is its number."""
    nothing = pl.lit(None, dtype=pl.Int64)
    stack = _stacked(frame, [nothing if one is None else column_of(one).to(ORE) for one in pages.expressions])
    row = _rows(len(frame))
    return [stack[pages.amounts[name][which] * len(frame) + row].alias(column) for name, column in AMOUNTS.items()]


def written(frame: pl.DataFrame, texts: Texts, which: pl.Series, lang: str) -> Written:
    """The text of each row. `which` is the number of its wording; `frame` holds numbers and the day."""
    stack = _stacked(frame, [_number(place) for place in texts.different])
    rows = _rows(len(frame))
    # By the number of places, so that each row has only its own.
    lengths = texts.lengths[which]
    groups = [(rows.filter(lengths == places), places) for places in range(len(texts.places) + 1)]
    groups = [(own, places) for own, places in groups if len(own)] or [(rows, 0)]
    parts = [_of_rows(own, places, stack, texts, which, lang) for own, places in groups]
    if len(parts) == 1:
        return parts[0]
    # Back into the order of the rows.
    order = _rows(len(frame)).scatter(pl.concat([own for own, _ in groups]), rows)
    return Written(
        pl.concat([part.texts for part in parts], rechunk=True)[order],
        pl.concat([part.void for part in parts], rechunk=True)[order],
    )


def _of_rows(rows: pl.Series, count: int, stack: pl.Series, texts: Texts, which: pl.Series, lang: str) -> Written:
    """The texts of some `rows`, which have so many places. `stack` holds the numbers of all rows."""
    own, first = which[rows], pl.Series([_first_text(place) for place in texts.different], dtype=pl.Int64)
    void = pl.Series([False]).new_from_index(0, len(rows))
    parts = [texts.pieces[0][own]]
    for places, pieces in zip(texts.places[:count], texts.pieces[1:], strict=False):
        place = places[own]
        found = stack[place * len(which) + rows]
        if found.null_count() or cast(int, found.min() or 0) < 0:
            known = (found >= 0).fill_null(False)
            void |= ~known
            found = found.zip_with(known, pl.Series([0]).new_from_index(0, len(found)))
        parts += [texts_of(found, first[place], lang), pieces[own]]
    named = [part.alias(str(at)) for at, part in enumerate(parts)]
    return Written(pl.DataFrame(named).select(pl.concat_str(pl.all())).to_series(), void)


def texts_of(values: pl.Series, first: pl.Series, lang: str) -> pl.Series:
    """The text of each of `values`, whose texts begin at `first` in the table, also of those too large for it."""
    if cast(int, values.max() or 0) < IN_TABLE:
        return table(lang)[values + first]
    small = values < IN_TABLE
    found = table(lang)[values.zip_with(small, first.clip(0, 0)) + first]
    large = pl.DataFrame({"value": values, "decimals": first // IN_TABLE}).filter(~small)
    texts = [figures(Decimal(value).scaleb(-digits), digits, lang) for value, digits in large.iter_rows()]
    nothing = pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(values))
    places = nothing.scatter((~small).arg_true(), _rows(len(texts)))
    return found.zip_with(small, pl.Series([*texts, ""])[places])


def _rows(count: int) -> pl.Series:
    return pl.int_range(count, dtype=pl.UInt32, eager=True)


def _stacked(frame: pl.DataFrame, columns: Sequence[pl.Expr]) -> pl.Series:
    """The columns, one below the other, so that each row can take its value from the one it needs."""
    if not columns:
        return pl.Series([], dtype=pl.Int64)
    names = [str(at) for at in range(len(columns))]
    named = [column.alias(name) for name, column in zip(names, columns, strict=True)]
    found = frame.lazy().with_columns(named).select(names).collect(engine="in-memory")
    return pl.concat(found.get_columns(), rechunk=True)


@cache
def table(lang: str) -> pl.Series:
    """The texts of the numbers of up to five figures, with no, one, two and three decimals, of the days, and none."""
    number = pl.int_range(IN_TABLE, eager=True)
    plain = number.cast(pl.String)
    thousand, point = (".", ",") if lang == "da" else (",", ".")
    wholes = pl.concat([plain.head(1000), plain.slice(1000).str.head(-3) + thousand + plain.slice(1000).str.tail(3)])
    parts = [wholes]
    for decimals in range(1, MOST_DECIMALS + 1):
        endings = pl.Series([f"{point}{ending:0{decimals}d}" for ending in range(10**decimals)])
        parts.append(wholes.gather(number // 10**decimals) + endings.gather(number % 10**decimals))
    days = [long_date(_FIRST_DAY + timedelta(days=day), lang) for day in range(_DAYS)]
    return pl.concat([*parts, pl.Series(days), pl.Series([""])], rechunk=True)


@lru_cache(MOST_REMEMBERED)
def _number(place: Place | None) -> pl.Expr:
    """The number at a place in units of its last decimal; of a day how many have passed since the first, or -1."""
    if place is None:
        return pl.lit(0, dtype=pl.Int64)
    if isinstance(place, Slot):
        return column_of(place.expression).shown_with(place.decimals)
    days = (pl.col(DAY) - pl.lit(_FIRST_DAY)).dt.total_days()
    return pl.when(days < _DAYS).then(days).otherwise(-1)


def _first_text(place: Place | None) -> int:
    if place is None:
        return _NOTHING
    return place.decimals * IN_TABLE if isinstance(place, Slot) else FIRST_OF_DAYS
