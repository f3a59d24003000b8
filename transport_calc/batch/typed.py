"""Cells to typed columns: each distinct text is read once, by the same strict reader that `check` uses.

A column of a fact becomes a column of codes (position of its value among those seen, 0 for an empty cell) or, for
amounts, distances and counts, of whole numbers in the smallest unit. A text that cannot be read, or a number too
large for the column way, makes its row *odd*: odd rows are decided one by one, which also finds every reason against
them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from transport_calc.batch.arithmetic import scaled
from transport_calc.batch.symbols import decimals_of_fact
from transport_calc.facts import FactInfo
from transport_calc.intake.text import Unreadable, parse_fact

MOST_TEXTS = 20_000
"""A column with more different texts than this is not remembered further: the rest is read block by block."""

LARGEST = 100_000
"""Kroner, kilometres or single things from this on are decided one by one."""

EMPTY = 0
ODD = 1


@dataclass
class TextColumn:
    """The texts of one column that have been seen, and what each of them says.

    `read_text` gives the value of a text, `None` if it is blank, or raises `Unreadable`. Codes: 0 empty, 1 odd, from
    2 on a value.
    """

    read_text: Callable[[str], object]
    values: list[object] = field(default_factory=lambda: [None, None])
    _texts: list[str] = field(default_factory=lambda: [""])
    _codes: list[int] = field(default_factory=lambda: [EMPTY])
    _code_of: dict[object, int] = field(default_factory=dict)
    _seen: pl.Enum = field(default_factory=lambda: pl.Enum([""]))

    def read(self, cells: pl.Series) -> pl.Series:
        """The code of each cell."""
        places = cells.cast(self._seen, strict=False).to_physical()
        if places.null_count():
            new = cells.filter(places.is_null()).unique(maintain_order=True).to_list()
            self._texts += new
            self._codes += [self._code(text) for text in new]
            self._seen = pl.Enum(self._texts)
            places = cells.cast(self._seen).to_physical()
        codes = pl.Series(self._codes, dtype=pl.UInt32).gather(places)
        if len(self._texts) > MOST_TEXTS:
            self._forget_texts()
        return codes

    def _forget_texts(self) -> None:
        self._texts, self._codes, self._seen = [""], [EMPTY], pl.Enum([""])

    def _code(self, text: str) -> int:
        try:
            value = self.read_text(text)
        except Unreadable:
            return ODD
        if value is None:
            return EMPTY
        if value not in self._code_of:
            self._code_of[value] = len(self.values)
            self.values.append(value)
        return self._code_of[value]


@dataclass
class NumberColumn:
    """The numbers of one column as whole numbers of the smallest unit; null empty, `ODD_NUMBER` odd."""

    info: FactInfo
    _texts: list[str] = field(default_factory=lambda: [""])
    _numbers: list[int | None] = field(default_factory=lambda: [None])
    _seen: pl.Enum = field(default_factory=lambda: pl.Enum([""]))

    def read(self, cells: pl.Series) -> pl.Series:
        """The number of each cell."""
        places = cells.cast(self._seen, strict=False).to_physical()
        new = cells.filter(places.is_null()).unique(maintain_order=True) if places.null_count() else None
        if new is None:
            return self._of(places)
        if len(new) + len(self._texts) <= MOST_TEXTS:
            self._learn(new.to_list())
            return self._of(cells.cast(self._seen).to_physical())
        return self._of(places).zip_with(places.is_not_null(), self._read_anew(cells, new))

    def _of(self, places: pl.Series) -> pl.Series:
        return pl.Series(self._numbers, dtype=pl.Int64).gather(places)

    def _learn(self, texts: list[str]) -> None:
        self._texts += texts
        self._numbers += [self._number(text) for text in texts]
        self._seen = pl.Enum(self._texts)

    def _read_anew(self, cells: pl.Series, new: pl.Series) -> pl.Series:
        """Numbers with a decimal comma as columns, every other text by itself."""
        comma = pl.DataFrame({"text": new}).select(number=self._with_comma(pl.col("text")), text="text")
        rest = comma.filter(pl.col("number").is_null())["text"].to_list()
        if rest:
            others = pl.DataFrame(
                {"text": rest, "other": [self._number(text) for text in rest]},
                schema={"text": pl.String, "other": pl.Int64},
            )
            comma = comma.join(others, on="text", how="left").select("text", number=pl.coalesce("number", "other"))
        return pl.DataFrame({"text": cells}).join(comma, on="text", how="left", maintain_order="left")["number"]

    def _with_comma(self, text: pl.Expr) -> pl.Expr:
        allowed = decimals_of_fact(self.info.name)
        number = pl.lit(None, dtype=pl.Int64)
        for decimals in range(1, allowed + 1):
            digits = text.str.replace(",", "", literal=True).cast(pl.Int64, strict=False)
            fits = text.str.contains(rf"^[0-9]{{1,5}},[0-9]{{{decimals}}}$")
            number = pl.when(fits).then(digits * 10 ** (allowed - decimals)).otherwise(number)
        return number

    def _number(self, text: str) -> int | None:
        try:
            value = parse_fact(self.info, text)
        except Unreadable:
            return ODD_NUMBER
        if value is None:
            return None
        number = Decimal(str(value))
        if number >= LARGEST or number < 0:
            return ODD_NUMBER
        return scaled(number, decimals_of_fact(self.info.name))


ODD_NUMBER = -1
"""Stands for a number that its row must be decided by itself for; no number in a column is below zero."""
