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
from transport_calc.batch.write.kroner_text import ORE, kroner_texts
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
    _seen: pl.Enum = field(default_factory=lambda: pl.Enum([""]))
    _codes: pl.Series = field(default_factory=lambda: _codes([EMPTY]))
    _code_of: dict[object, int] = field(default_factory=dict)

    def read(self, cells: pl.Series) -> pl.Series:
        """The code of each cell."""
        known = cells.cast(self._seen, strict=False)
        if known.null_count():
            new = cells.filter(known.is_null()).unique(maintain_order=True)
            self._seen = pl.Enum([*self._seen.categories, *new])
            self._codes = pl.concat([self._codes, _codes([self._code(text) for text in new])], rechunk=True)
            known = cells.cast(self._seen)
        codes = self._codes[known.to_physical()]
        if len(self._codes) > MOST_TEXTS:
            self._seen, self._codes = pl.Enum([""]), _codes([EMPTY])
        return codes

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
class PerValue:
    """What each value of a `TextColumn` stands for, found once for each value; `kind` is what a column of it holds."""

    find: Callable[[object], object]
    kind: pl.DataType | type[pl.DataType]
    _found: pl.Series | None = None

    def of(self, texts: TextColumn, codes: pl.Series) -> pl.Series:
        """What the value of each row stands for."""
        known = 0 if self._found is None else len(self._found)
        if known < len(texts.values):
            new = pl.Series([self.find(value) for value in texts.values[known:]], dtype=self.kind)
            self._found = new if self._found is None else pl.concat([self._found, new], rechunk=True)
        assert self._found is not None, "the first two values are always there"
        return self._found[codes]


def _codes(codes: list[int]) -> pl.Series:
    return pl.Series(codes, dtype=pl.UInt32)


def _whole(numbers: list[int | None]) -> pl.Series:
    return pl.Series(numbers, dtype=pl.Int64)


@dataclass
class NumberColumn:
    """The numbers of one column as whole numbers of the smallest unit; null empty, `ODD_NUMBER` odd.

    A column of few different texts is looked up. In one of many, numbers with a decimal comma and all decimals are
    read as columns, and only the others looked up.
    """

    info: FactInfo
    _many: bool = False
    _seen: pl.Enum = field(default_factory=lambda: pl.Enum([]))
    _said: pl.Series = field(default_factory=lambda: _whole([]))
    _numbers: dict[str, int | None] = field(default_factory=dict)

    def read(self, cells: pl.Series) -> pl.Series:
        """The number of each cell."""
        if not self._many:
            known = self._known(cells)
            if known is not None:
                return self._said[known.to_physical()]
            self._many = True
        numbers = cells.str.replace(",", "", literal=True).cast(pl.Int64, strict=False)
        digits = decimals_of_fact(self.info.name)
        if digits == ORE:
            # The quickest proof that a text was read rightly: written, its number is the text again.
            fits = numbers.is_between(0, LARGEST * 10**ORE - 1).fill_null(False)
            plain = fits & kroner_texts(numbers, ",").eq_missing(cells)
        else:
            plain = cells.str.contains(rf"^[0-9]{{1,5}},[0-9]{{{digits}}}$" if digits else "^[0-9]{1,5}$")
        if plain.all():
            return numbers
        others = cells.filter(~plain)
        different = others.unique()
        found = self._of(different)[others.cast(pl.Enum(different)).to_physical()]
        return numbers.scatter((~plain).arg_true(), found)

    def _known(self, cells: pl.Series) -> pl.Series | None:
        """The cells as texts that have been read; `None` if there are too many of them."""
        known = cells.cast(self._seen, strict=False)
        if not known.null_count():
            return known
        new = cells.filter(known.is_null()).unique()
        if len(self._said) + len(new) > FEW_TEXTS:
            return None
        self._seen = pl.Enum([*self._seen.categories, *new])
        self._said = pl.concat([self._said, self._of(new)], rechunk=True)
        return cells.cast(self._seen)

    def _of(self, different: pl.Series) -> pl.Series:
        """The numbers that some different texts say."""
        if len(self._numbers) > MOST_TEXTS:
            self._numbers.clear()
        texts = different.to_list()
        for text in texts:
            if text not in self._numbers:
                self._numbers[text] = self._number(text)
        return _whole([self._numbers[text] for text in texts])

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
