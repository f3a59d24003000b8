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

from transport_calc.batch.decide.arithmetic import scaled
from transport_calc.batch.decide.symbols import decimals_of_fact
from transport_calc.facts import FactInfo
from transport_calc.intake.text import Unreadable, parse_fact

MOST_TEXTS = 20_000
"""A column with more different texts than this is not remembered further: the rest is read block by block."""

FEW_TEXTS = 2_000
"""A column of numbers with more different texts is quicker read as numbers than looked up."""

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
        codes = pl.Series(self._codes, dtype=pl.UInt32)[places]
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
    """The numbers of one column as whole numbers of the smallest unit; null empty, `ODD_NUMBER` odd.

    A column of few different texts is looked up. In one of many, numbers with a decimal comma and all decimals are
    read as columns, and only the others looked up.
    """

    info: FactInfo
    _many: bool = False
    _seen: pl.Enum = field(default_factory=lambda: pl.Enum([]))
    _numbers: dict[str, int | None] = field(default_factory=dict)

    def read(self, cells: pl.Series) -> pl.Series:
        """The number of each cell."""
        if not self._many:
            places = self._places(cells)
            if places is not None:
                return self._of(self._seen)[places]
            self._many = True
        digits = decimals_of_fact(self.info.name)
        plain = (
            cells.str.contains(rf"^[0-9]{{1,5}},[0-9]{{{digits}}}$") if digits else cells.str.contains("^[0-9]{1,5}$")
        )
        numbers = cells.str.replace(",", "", literal=True).cast(pl.Int64, strict=False)
        if plain.all():
            return numbers
        others = cells.filter(~plain)
        different = pl.Enum(others.unique())
        found = self._of(different)[others.cast(different).to_physical()]
        return numbers.scatter((~plain).arg_true(), found)

    def _places(self, cells: pl.Series) -> pl.Series | None:
        """The place of each cell among the texts seen so far; `None` if there are too many of them."""
        places = cells.cast(self._seen, strict=False).to_physical()
        if not places.null_count():
            return places
        new = cells.filter(places.is_null()).unique()
        if len(self._seen.categories) + len(new) > FEW_TEXTS:
            return None
        self._seen = pl.Enum([*self._seen.categories, *new])
        return cells.cast(self._seen).to_physical()

    def _of(self, texts: pl.Enum) -> pl.Series:
        """The numbers that some different texts say."""
        if len(self._numbers) > MOST_TEXTS:
            self._numbers.clear()
        for text in texts.categories.to_list():
            if text not in self._numbers:
                self._numbers[text] = self._number(text)
        return pl.Series([self._numbers[text] for text in texts.categories.to_list()], dtype=pl.Int64)

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
