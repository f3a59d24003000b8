"""Blocks of cells to frames of facts, and the key under which rows share a situation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, partial

import polars as pl

from transport_calc.batch.decide.arithmetic import fact_column
from transport_calc.batch.decide.periods import Periods
from transport_calc.batch.decide.symbols import decimals_of_fact
from transport_calc.batch.decide.typed import EMPTY, ODD, ODD_NUMBER, NumberColumn, PerValue, TextColumn
from transport_calc.batch.read.layout import Layout
from transport_calc.facts import FACTS
from transport_calc.intake.text import Unreadable, parse_fact
from transport_calc.law.limitation import time_barred
from transport_calc.municipalities import Municipality, known_slugs, municipality

DEFAULT_PURPOSE = "rehabilitation"

TRIP_DATE, APPLICATION_DATE, DECISION_DATE = "trip_date", "application_date", "decision_date"
_MUNICIPALITY = "municipality"
DATES = (TRIP_DATE, APPLICATION_DATE, DECISION_DATE)
_ASKED_FOR = (TRIP_DATE, "purpose")
"""What a row must give if the file has a column for it; without such a column, the purpose is rehabilitation."""
ROW, ROWS, ODD_ROW, PERIOD = "row", "rows", "odd", "period"

_MOST_PERIODS = 1024
MOST_PROFILES = 128
"""More different rules about rides than all municipalities have."""

_WORD = 1 << 62


class TypedRows:
    """Reads the facts of one file's blocks. Frames have `row`, `rows`, `odd`, `period`, a code per fact with names,
    a whole number per fact with numbers, and dates."""

    def __init__(self, layout: Layout, periods: Periods, law_day: date | None = None) -> None:
        facts = [name for name in layout.known if name in FACTS and FACTS[name].kind != "text"]
        self._layout = layout
        self._periods = periods
        self._law_day = law_day
        self._dates = {name: TextColumn(reader_of(name)) for name in facts if name in DATES}
        self._numbers = {name: NumberColumn(FACTS[name]) for name in facts if FACTS[name].kind in ("decimal", "whole")}
        self._codes = {
            name: TextColumn(_known_municipality if name == _MUNICIPALITY else reader_of(name))
            for name in facts
            if name not in self._dates and name not in self._numbers
        }
        self._days = {name: PerValue(_itself, pl.Date) for name in self._dates}
        self._kinds = {name: PerValue(partial(_kind, name), pl.UInt64) for name in self._codes if name != _MUNICIPALITY}
        self._profiles = PerValue(_profile, pl.UInt32)
        self._slugs = PerValue(_slug, municipalities())

    def read(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The facts of a block; `odd` marks the rows that must be decided one by one."""
        columns = [cells[ROW], pl.Series(ROWS, [1], dtype=pl.Int64).new_from_index(0, len(cells))]
        odd = pl.Series(ODD_ROW, [False]).new_from_index(0, len(cells))
        for name, dates in self._dates.items():
            codes = dates.read(self._cells(cells, name))
            odd |= _odd(name, codes)
            columns.append(self._days[name].of(dates, codes).alias(name))
        for name, texts in self._codes.items():
            codes = texts.read(self._cells(cells, name))
            odd |= _odd(name, codes)
            columns.append(codes.alias(name))
        for name, numbers in self._numbers.items():
            read = numbers.read(self._cells(cells, name))
            odd |= read == ODD_NUMBER
            columns.append(read.alias(fact_column(name)))
        # A number that is not given is not odd.
        return pl.DataFrame([*columns, odd.fill_null(False) if odd.null_count() else odd])

    def with_periods(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with the period of each row and the amounts of that period."""
        days = frame[TRIP_DATE]
        if self._law_day is not None:
            days = pl.Series([self._law_day], dtype=pl.Date).new_from_index(0, len(frame))
        period = self._periods.of(days)
        return frame.hstack([period.alias(PERIOD), *self._periods.amounts_of(period)])

    def keys(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The words of the key: everything about a row but its numbers."""
        parts = [(frame[PERIOD].cast(pl.UInt64), _MOST_PERIODS)]
        parts += [(kind.of(self._codes[name], frame[name]), _kinds(name)) for name, kind in self._kinds.items()]
        parts += [(frame[fact_column(name)].is_null().cast(pl.UInt64), 2) for name in self._numbers]
        parts += [(part.cast(pl.UInt64), 4) for part in self._of_dates(frame)]
        return pl.DataFrame(_words(parts))

    def profiles(self, frame: pl.DataFrame) -> pl.Series:
        """For each row the number of its municipality's rules; 0 where none is known."""
        if _MUNICIPALITY not in self._codes:
            return pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(frame))
        return self._profiles.of(self._codes[_MUNICIPALITY], frame[_MUNICIPALITY])

    def facts(self, frame: pl.DataFrame, at: int) -> dict[str, object]:
        """The facts of the row at a position, as a case has them."""
        row = frame.row(at, named=True)
        found: dict[str, object] = {name: row[name] for name in self._dates}
        found |= {name: texts.values[row[name]] for name, texts in self._codes.items()}
        for name in self._numbers:
            number = row[fact_column(name)]
            found[name] = None if number is None else Decimal(number).scaleb(-decimals_of_fact(name))
        found.setdefault("purpose", DEFAULT_PURPOSE)
        return {name: value for name, value in found.items() if value is not None}

    def stated(self, *facts: str) -> list[str]:
        """Those of some facts with names for which the file has a column."""
        return [fact for fact in facts if fact in self._codes]

    def municipalities(self, frame: pl.DataFrame) -> pl.Series:
        """The municipality of each row, empty where none is given."""
        if _MUNICIPALITY not in self._codes:
            return pl.Series([""], dtype=municipalities()).new_from_index(0, len(frame))
        return self._slugs.of(self._codes[_MUNICIPALITY], frame[_MUNICIPALITY])

    def _cells(self, cells: pl.DataFrame, name: str) -> pl.Series:
        return cells[str(self._layout.known[name])]

    def _of_dates(self, frame: pl.DataFrame) -> list[pl.Series]:
        """How the dates stand to each other, and whether the claim came too late."""
        given = [name for name in DATES if name in self._dates]
        orders = [_order(one, other) for at, one in enumerate(given) for other in given[at + 1 :]]
        parts = frame.select(order.alias(str(at)) for at, order in enumerate(orders)).get_columns() if orders else []
        return [*parts, _time_barred(frame)] if APPLICATION_DATE in given else parts


@cache
def municipalities() -> pl.Enum:
    """The municipalities by slug, after the empty text for none."""
    return pl.Enum(["", *known_slugs()])


def _odd(name: str, codes: pl.Series) -> pl.Series:
    """Which rows cannot be decided as columns because of a fact that they state or leave out."""
    return codes <= ODD if name in _ASKED_FOR else codes == ODD


def reader_of(fact: str) -> Callable[[str], object]:
    """The reader of a fact's texts."""
    return partial(parse_fact, FACTS[fact])


def _itself(value: object) -> object:
    return value


def _slug(value: object) -> str:
    return "" if value is None else str(value)


def _known_municipality(text: str) -> object:
    slug = parse_fact(FACTS["municipality"], text)
    if slug is not None and municipality(str(slug)) is None:
        raise Unreadable("unknown_municipality")
    return slug


def _order(one: str, other: str) -> pl.Expr:
    earlier = pl.when(pl.col(one) < pl.col(other)).then(1).otherwise(2)
    return (
        pl.when(pl.col(one).is_null() | pl.col(other).is_null())
        .then(0)
        .otherwise(pl.when(pl.col(one) == pl.col(other)).then(3).otherwise(earlier))
    )


def _time_barred(frame: pl.DataFrame) -> pl.Series:
    """By the law's own function, once for each pair of days."""
    pairs = frame.select(TRIP_DATE, APPLICATION_DATE).unique(maintain_order=True)
    late = [False if trip is None else time_barred(trip, claimed) for trip, claimed in pairs.iter_rows()]
    pairs = pairs.with_columns(pl.Series("late", late))
    joined = frame.select(TRIP_DATE, APPLICATION_DATE).join(
        pairs, on=[TRIP_DATE, APPLICATION_DATE], how="left", nulls_equal=True, maintain_order="left"
    )
    return joined["late"]


def _kinds(name: str) -> int:
    return 2 + max(2, len(FACTS[name].choices))


def _kind(name: str, value: object) -> int:
    """A number for each value of a fact with names, the same in every block."""
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return 1 + value
    return 1 + list(FACTS[name].choices).index(str(value))


_RULES: dict[object, int] = {}
_WITH_RULES: list[Municipality | None] = [None]


@cache
def _profile(slug: object) -> int:
    """Municipalities whose rules about rides and sites are the same decide alike; only their texts differ."""
    where = None if slug is None else municipality(str(slug))
    if where is None:
        return 0
    ways = tuple((way.bases, repr(way.when), way.channel, way.form) for way in where.ways)
    sites = tuple((site.bases, repr(site.when), site.site) for site in where.sites)
    rules = (ways, sites)
    if rules not in _RULES:
        _RULES[rules] = len(_WITH_RULES)
        _WITH_RULES.append(where)
    return _RULES[rules]


def municipality_with(profile: int) -> Municipality | None:
    """A municipality with the rules of a number from `TypedRows.profiles`."""
    return _WITH_RULES[profile]


def _words(parts: list[tuple[pl.Series, int]]) -> list[pl.Series]:
    words: list[pl.Series] = []
    size = _WORD
    for part, radix in parts:
        if size * radix >= _WORD:
            words.append(part)
            size = radix
        else:
            words[-1] = words[-1] * radix + part
            size *= radix
    return [word.alias(f"key{at}") for at, word in enumerate(words)]
