"""Blocks of cells to frames of facts, and the key under which rows share a situation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial

import polars as pl

from transport_calc.batch.decide.arithmetic import fact_column
from transport_calc.batch.decide.periods import Periods
from transport_calc.batch.decide.symbols import decimals_of_fact
from transport_calc.batch.decide.typed import EMPTY, ODD, ODD_NUMBER, NumberColumn, TextColumn
from transport_calc.batch.read.layout import Layout
from transport_calc.facts import FACTS
from transport_calc.intake.text import Unreadable, parse_fact
from transport_calc.law.limitation import time_barred
from transport_calc.municipalities import Municipality, municipality

DEFAULT_PURPOSE = "rehabilitation"

TRIP_DATE, APPLICATION_DATE, DECISION_DATE = "trip_date", "application_date", "decision_date"
_MUNICIPALITY = "municipality"
DATES = (TRIP_DATE, APPLICATION_DATE, DECISION_DATE)
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

    def read(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The facts of a block; `odd` marks the rows that must be decided one by one."""
        columns = [cells[ROW], pl.Series(ROWS, [1], dtype=pl.Int64).new_from_index(0, len(cells))]
        odd = pl.Series(ODD_ROW, [False]).new_from_index(0, len(cells))
        for name, dates in self._dates.items():
            codes = dates.read(self._cells(cells, name))
            odd |= codes == ODD
            columns.append(pl.Series(name, dates.values, dtype=pl.Date)[codes])
        for name, texts in self._codes.items():
            codes = texts.read(self._cells(cells, name))
            # A purpose that is not given is asked for; without such a column it is rehabilitation.
            odd |= codes <= ODD if name == "purpose" else codes == ODD
            columns.append(codes.alias(name))
        for name, numbers in self._numbers.items():
            read = numbers.read(self._cells(cells, name))
            odd |= read == ODD_NUMBER
            columns.append(read.alias(fact_column(name)))
        frame = pl.DataFrame(columns)
        # A number that is not given is not odd.
        odd = odd.fill_null(False) | frame[TRIP_DATE].is_null()
        return frame.insert_column(len(columns), odd.alias(ODD_ROW))

    def with_periods(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with the period of each row and the amounts of that period."""
        days = frame[TRIP_DATE]
        if self._law_day is not None:
            days = pl.Series([self._law_day], dtype=pl.Date).new_from_index(0, len(frame))
        period = self._periods.of(days)
        amounts = self._periods.amounts
        before_the_law = amounts.clear(1)
        table = pl.concat([before_the_law, amounts])
        return frame.with_columns(period.alias(PERIOD), *(table[name].gather(period) for name in table.columns))

    def keys(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The words of the key: everything about a row but its numbers."""
        parts = [(pl.col(PERIOD), _MOST_PERIODS)]
        for name, texts in self._codes.items():
            if name == _MUNICIPALITY:
                continue
            kinds = [_kind(name, value) for value in texts.values]
            kind = pl.Series(kinds, dtype=pl.UInt32).gather(frame[name])
            parts.append((pl.lit(kind), _kinds(name)))
        parts += [(pl.col(fact_column(name)).is_null(), 2) for name in self._numbers]
        parts += [(part, 4) for part in self._of_dates(frame)]
        return frame.select(_words(parts))

    def profiles(self, frame: pl.DataFrame) -> pl.Series:
        """For each row the number of its municipality's rules; 0 where none is known."""
        if _MUNICIPALITY not in self._codes:
            return pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(frame))
        profiles = [0 if value is None else _profile(str(value)) for value in self._codes[_MUNICIPALITY].values]
        return pl.Series(profiles, dtype=pl.UInt32).gather(frame[_MUNICIPALITY])

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

    def municipalities(self, frame: pl.DataFrame, kind: pl.Enum) -> pl.Series:
        """The municipality of each row, empty where none is given."""
        if _MUNICIPALITY not in self._codes:
            return pl.Series([""], dtype=kind).new_from_index(0, len(frame))
        slugs = ["" if value is None else str(value) for value in self._codes[_MUNICIPALITY].values]
        return pl.Series(slugs, dtype=kind).gather(frame[_MUNICIPALITY])

    def _cells(self, cells: pl.DataFrame, name: str) -> pl.Series:
        return cells[str(self._layout.known[name])]

    def _of_dates(self, frame: pl.DataFrame) -> list[pl.Expr]:
        """How the dates stand to each other, and whether the claim came too late."""
        given = [name for name in DATES if name in self._dates]
        parts = [_order(one, other) for at, one in enumerate(given) for other in given[at + 1 :]]
        if APPLICATION_DATE in given:
            parts.append(pl.lit(_time_barred(frame)))
        return parts


def reader_of(fact: str) -> Callable[[str], object]:
    """The reader of a fact's texts."""
    return partial(parse_fact, FACTS[fact])


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
def _profile(slug: str) -> int:
    """Municipalities whose rules about rides and sites are the same decide alike; only their texts differ."""
    where = municipality(slug)
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


def _words(parts: list[tuple[pl.Expr, int]]) -> Mapping[str, pl.Expr] | list[pl.Expr]:
    words: list[pl.Expr] = []
    size = _WORD
    for part, radix in parts:
        if size * radix >= _WORD:
            words.append(part.cast(pl.UInt64))
            size = radix
        else:
            words[-1] = words[-1] * radix + part.cast(pl.UInt64)
            size *= radix
    return [word.alias(f"key{at}") for at, word in enumerate(words)]
