"""Blocks to decisions, column by column: each situation is decided once, by the same law as any single case."""

from __future__ import annotations

import polars as pl

from transport_calc.batch.pattern import Pattern, pattern_of
from transport_calc.batch.periods import Periods
from transport_calc.batch.situations import Situations
from transport_calc.batch.typed_rows import TypedRows
from transport_calc.batch.written import justifications, numbers_of
from transport_calc.parameters import Parameters

_OF_PATTERN = ("outcome", "form", "channel", "ground", "missing", "warnings")


class ColumnDecider:
    """Decides frames of facts, remembering every situation it has met."""

    def __init__(self, rows: TypedRows, parameters: Parameters, lang: str) -> None:
        self._rows = rows
        self._parameters = parameters
        self._lang = lang
        self._situations = Situations()

    def decide(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """The decisions of a frame from `TypedRows`, and which rows must be decided one by one instead.

        Returns the frame of decisions for every row; those of the rows marked in the second value are void.
        """
        frame = self._rows.with_periods(frame)
        keys = self._rows.keys(frame)
        words = keys.columns
        frame = pl.concat([frame, keys], how="horizontal")
        found = self._situations.find(frame, words, lambda at: self._pattern(frame, at))
        patterns, which = self._of_this_frame(found)
        single = pl.Series([pattern.row is None for pattern in patterns]).gather(which)
        columns = [_texts(patterns, which, name) for name in _OF_PATTERN]
        columns += [numbers_of(frame, patterns, which, name).alias(f"{name}_ore")
                    for name in ("payable", "minimum", "calculated")]
        written = justifications(frame, patterns, which, self._lang)
        columns.append(written.texts.alias("justification"))
        return pl.DataFrame(columns), single | written.too_large

    def _pattern(self, frame: pl.DataFrame, at: int) -> Pattern:
        return pattern_of(self._rows.facts(frame, at), self._parameters, self._lang)

    def _of_this_frame(self, found: pl.Series) -> tuple[list[Pattern], pl.Series]:
        """The patterns that occur, and the position of each row's pattern among them."""
        numbers = found.unique(maintain_order=True).to_list()
        place = [0] * (max(numbers, default=0) + 1)
        for position, number in enumerate(numbers):
            place[number] = position
        return [self._situations.patterns[number] for number in numbers], pl.Series(place, dtype=pl.UInt32).gather(found)


def _texts(patterns: list[Pattern], which: pl.Series, name: str) -> pl.Series:
    texts = [_text(getattr(pattern.row, name)) if pattern.row else "" for pattern in patterns]
    return pl.Series(name, texts, dtype=pl.String).gather(which)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else str(value)
