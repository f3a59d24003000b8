"""Blocks to decisions, column by column: each situation is decided once, by the same law as any single case."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from transport_calc.batch.decide.as_of_law import as_of_law
from transport_calc.batch.decide.book import CODES, Book, Pages
from transport_calc.batch.decide.pattern import Pattern, Wording, pattern_of
from transport_calc.batch.decide.situations import Situations
from transport_calc.batch.decide.typed_rows import MOST_PROFILES, TypedRows, municipality_with
from transport_calc.batch.decide.written import justifications, numbers_of
from transport_calc.municipalities import municipality
from transport_calc.parameters import Parameters


class Situated(NamedTuple):
    """The rows of a block with the number of each one's wording, and the wordings."""

    frame: pl.DataFrame
    which: pl.Series
    pages: Pages


class ColumnDecider:
    """Decides frames of facts, remembering every situation it has met."""

    def __init__(self, rows: TypedRows, parameters: Parameters, lang: str, law_day: date | None = None) -> None:
        self._rows = rows
        self._parameters = parameters
        self._lang = lang
        self._law_day = law_day
        self._situations = Situations()
        self._book = Book()
        self._worded = pl.Series([], dtype=pl.UInt32)

    def situate(self, frame: pl.DataFrame) -> Situated:
        """The wording of each row of a frame from `TypedRows`."""
        frame = self._rows.with_periods(frame)
        keys = self._rows.keys(frame)
        keyed = pl.concat([frame, keys], how="horizontal")
        patterns = self._situations.find(keyed, keys.columns, lambda at: self._pattern(frame, at))
        which = self._wordings(patterns * MOST_PROFILES + self._rows.profiles(frame))
        return Situated(frame, which, self._book.pages)

    def _pattern(self, frame: pl.DataFrame, at: int) -> Pattern:
        facts = as_of_law(self._rows.facts(frame, at), self._law_day, self._lang)
        slug = facts.pop("municipality", None)
        where = None if slug is None else municipality(str(slug))
        return pattern_of(facts, self._parameters, self._lang, where)

    def _wordings(self, numbers: pl.Series) -> pl.Series:
        """The wording of each row. A number is a pattern and a profile of municipalities in one."""
        most = len(self._situations.patterns) * MOST_PROFILES
        if len(self._worded) < most:
            more = pl.Series([None], dtype=pl.UInt32).new_from_index(0, most - len(self._worded))
            self._worded = pl.concat([self._worded, more], rechunk=True)
        found = self._worded.gather(numbers)
        if found.null_count():
            new = numbers.filter(found.is_null()).unique(maintain_order=True)
            wordings = [self._book.add(self._wording(number)) for number in new.to_list()]
            self._worded = self._worded.scatter(new, wordings)
            found = self._worded.gather(numbers)
        return found

    def _wording(self, number: int) -> Wording | None:
        pattern, profile = divmod(number, MOST_PROFILES)
        return self._situations.patterns[pattern].in_municipality(municipality_with(profile))


def decided(situated: Situated, lang: str) -> tuple[pl.DataFrame, pl.Series]:
    """The decisions on the rows of a block, and which of the rows must be decided one by one instead.

    Returns the frame of decisions for every row; those of the rows marked in the second value are void.
    """
    frame, which, pages = situated
    said = pl.DataFrame({"which": which}).select(
        pl.lit(pages.codes[name]).gather(pl.col("which")).alias(name) for name in CODES
    )
    written = justifications(frame, pages, which, lang)
    whole = pl.concat([said, numbers_of(frame, pages, which)], how="horizontal")
    alone = pages.alone.gather(which) | written.too_large
    return whole.with_columns(written.texts.alias("justification")), alone
