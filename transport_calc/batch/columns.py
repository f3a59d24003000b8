"""Blocks to decisions, column by column: each situation is decided once, by the same law as any single case."""

from __future__ import annotations

import polars as pl

from transport_calc.batch.decision_row import DecisionRow
from transport_calc.batch.output_rows import codes
from transport_calc.batch.pattern import Pattern, Wording, pattern_of
from transport_calc.batch.situations import Situations
from transport_calc.batch.typed_rows import MOST_PROFILES, TypedRows, municipality_with
from transport_calc.batch.written import justifications, numbers_of
from transport_calc.parameters import Parameters

_OF_ROW = ("outcome", "form", "channel", "ground", "missing", "warnings")
_AMOUNTS = ("payable", "minimum", "calculated")
_VOID = Wording(DecisionRow("", None, None, "", None, None, (), (), ""), None, None, None, ("",), ())
"""Stands for the rows that are decided one by one."""


class ColumnDecider:
    """Decides frames of facts, remembering every situation it has met."""

    def __init__(self, rows: TypedRows, parameters: Parameters, lang: str) -> None:
        self._rows = rows
        self._parameters = parameters
        self._lang = lang
        self._situations = Situations()
        self._wordings: dict[int, Wording | None] = {}

    def decide(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """The decisions of a frame from `TypedRows`, and which rows must be decided one by one instead.

        Returns the frame of decisions for every row; those of the rows marked in the second value are void.
        """
        frame = self._rows.with_periods(frame)
        keys = self._rows.keys(frame)
        frame = pl.concat([frame, keys], how="horizontal")
        patterns = self._situations.find(frame, keys.columns, lambda at: self._pattern(frame, at))
        found, which = self._worded(patterns * MOST_PROFILES + self._rows.profiles(frame))
        wordings = [_VOID if wording is None else wording for wording in found]
        columns = [_texts(wordings, which, name) for name in _OF_ROW]
        columns += [numbers_of(frame, wordings, which, name).alias(f"{name}_ore") for name in _AMOUNTS]
        written = justifications(frame, wordings, which, self._lang)
        columns.append(written.texts.alias("justification"))
        alone = pl.Series([wording is None for wording in found]).gather(which)
        return pl.DataFrame(columns), alone | written.too_large

    def _pattern(self, frame: pl.DataFrame, at: int) -> Pattern:
        facts = self._rows.facts(frame, at)
        facts.pop("municipality", None)
        return pattern_of(facts, self._parameters, self._lang)

    def _worded(self, numbers: pl.Series) -> tuple[list[Wording | None], pl.Series]:
        """The wordings that occur, and the position of each row's wording among them.

        A number is a pattern and a profile of municipalities in one.
        """
        different = numbers.unique()
        for number in different.to_list():
            if number not in self._wordings:
                pattern, profile = divmod(number, MOST_PROFILES)
                where = municipality_with(profile)
                self._wordings[number] = self._situations.patterns[pattern].in_municipality(where)
        places = pl.DataFrame({"number": different, "place": pl.int_range(len(different), dtype=pl.UInt32, eager=True)})
        joined = pl.DataFrame({"number": numbers}).join(places, on="number", how="left", maintain_order="left")
        return [self._wordings[number] for number in different.to_list()], joined["place"]


def _texts(wordings: list[Wording], which: pl.Series, name: str) -> pl.Series:
    texts = [codes(getattr(wording.row, name)) for wording in wordings]
    return pl.Series(name, texts, dtype=pl.String).gather(which)
