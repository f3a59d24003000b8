"""Blocks to decisions, column by column: each situation is decided once, by the same law as any single case."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from transport_calc.batch.decide.as_of_law import as_of_law
from transport_calc.batch.decide.book import Book, Entry, Pages
from transport_calc.batch.decide.counted import KIND, SHARED
from transport_calc.batch.decide.pattern import Pattern, pattern_of
from transport_calc.batch.decide.situations import Situations
from transport_calc.batch.decide.text import LineForm
from transport_calc.batch.decide.typed_rows import MOST_PROFILES, TypedRows, municipality_with
from transport_calc.batch.decide.written import numbers_of, written
from transport_calc.batch.write.output_columns import LINE
from transport_calc.municipalities import municipality
from transport_calc.parameters import Parameters


class Situated(NamedTuple):
    """The rows of a block with the number of each one's wording, and the wordings."""

    frame: pl.DataFrame
    which: pl.Series
    pages: Pages


class ColumnDecider:
    """Decides frames of facts, remembering every situation it has met."""

    def __init__(
        self,
        rows: TypedRows,
        parameters: Parameters,
        lang: str,
        law_day: date | None = None,
        line: LineForm | None = None,
    ) -> None:
        self._rows = rows
        self._parameters = parameters
        self._lang = lang
        self._law_day = law_day
        self._situations = Situations()
        self._book = Book(line)
        self._worded = pl.Series([], dtype=pl.UInt32)

    def situate(self, frame: pl.DataFrame) -> Situated:
        """The wording of each row of a frame from `TypedRows`."""
        frame = self._rows.with_periods(frame)
        keys = self._rows.keys(frame)
        patterns = self._situations.find(frame, keys, lambda at: self._pattern(frame, at))
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
        found = self._worded[numbers]
        if found.null_count():
            new = numbers.filter(found.is_null()).unique(maintain_order=True)
            wordings = [self._book.add(self._entry(number)) for number in new.to_list()]
            self._worded = self._worded.scatter(new, wordings)
            found = self._worded[numbers]
        return found

    def _entry(self, number: int) -> Entry:
        at, profile = divmod(number, MOST_PROFILES)
        pattern = self._situations.patterns[at]
        stated = {name: getattr(pattern.case, name, None) for name in self._rows.stated("purpose", "means")}
        said = {name: value or "" for name, value in stated.items()}
        return Entry(pattern.in_municipality(municipality_with(profile)), **said)


def amounts(situated: Situated) -> list[pl.Series]:
    """The amounts of each row in whole øre; void for the rows that are decided one by one."""
    return numbers_of(situated.frame, situated.pages, situated.which)


def texts(situated: Situated, lang: str, *, in_line: bool) -> tuple[pl.DataFrame, pl.Series]:
    """The kind of each row's decision with its texts, and which rows must be decided one by one instead.

    The texts are the codes and the justification, or those of a line. What the frame says of the rows marked in the
    second value is void.
    """
    frame, which, pages = situated
    found = written(frame, pages.texts, which, lang)
    kinds = pages.kinds[which].alias(KIND)
    if in_line:
        said = zip(LINE, (pages.before[kinds], pages.after[kinds], found.texts), strict=True)
        columns = [text.alias(name) for name, text in said]
    else:
        columns = [pages.shared[name][kinds] for name in SHARED] + [found.texts.alias("justification")]
    return pl.DataFrame([kinds, *columns]), pages.alone[which] | found.void
