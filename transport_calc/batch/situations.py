"""Rows to situations: which rows share their facts and their comparisons, so that each situation is decided once.

The *key* of a row is everything about it but its numbers. Rows of one key part by the tests that deciding one of them
has passed; a row with other outcomes is decided anew, and what it tests is learned, until every row has its pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from transport_calc.batch.arithmetic import outcome_of
from transport_calc.batch.pattern import Pattern
from transport_calc.batch.symbols import Test

BITS = 60
"""Tests per word; a word is an unsigned number of 64 bits."""

PATTERN = "pattern"
_KEY, _AT = "key", "at"


@dataclass
class _Key:
    """The rows of one key: the tests that matter for them, and the patterns found so far."""

    relevant: set[int] = field(default_factory=set)
    patterns: list[int] = field(default_factory=list)
    known: dict[tuple[int, ...], int] = field(default_factory=dict)


@dataclass
class Situations:
    """The patterns found so far; `decide` makes the pattern of one row, given its position in the frame."""

    patterns: list[Pattern] = field(default_factory=list)
    _keys: dict[tuple[int, ...], int] = field(default_factory=dict)
    _by_key: list[_Key] = field(default_factory=list)
    _tests: dict[Test, int] = field(default_factory=dict)

    def find(self, frame: pl.DataFrame, words: list[str], decide: Callable[[int], Pattern]) -> pl.Series:
        """The pattern number of each row of `frame`, whose columns `words` make up its key."""
        keys = self._keys_of(frame, words)
        outcomes: list[pl.Series] = []
        while True:
            outcomes = self._outcomes(frame, outcomes)
            signatures = self._signatures(keys, outcomes)
            names = signatures.columns
            groups = signatures.with_row_index(_AT).group_by(names, maintain_order=True).agg(pl.col(_AT).first())
            before = len(self._tests), [len(key.relevant) for key in self._by_key]
            found = [self._pattern(row[0], row[1:-1], row[-1], decide) for row in groups.iter_rows()]
            if before == (len(self._tests), [len(key.relevant) for key in self._by_key]):
                groups = groups.with_columns(pl.Series(PATTERN, found, dtype=pl.UInt32)).drop(_AT)
                return signatures.join(groups, on=names, how="left", maintain_order="left")[PATTERN]

    def _keys_of(self, frame: pl.DataFrame, words: list[str]) -> pl.Series:
        different = frame.select(words).unique(maintain_order=True)
        numbers = []
        for row in different.iter_rows():
            if row not in self._keys:
                self._keys[row] = len(self._by_key)
                self._by_key.append(_Key())
            numbers.append(self._keys[row])
        different = different.with_columns(pl.Series(_KEY, numbers, dtype=pl.UInt32))
        return frame.select(words).join(different, on=words, how="left", maintain_order="left")[_KEY]

    def _outcomes(self, frame: pl.DataFrame, before: list[pl.Series]) -> list[pl.Series]:
        """How the tests go out for each row, as words of bits; words that are full are not computed again."""
        tests = list(self._tests)
        starts = range(0, len(tests), BITS)
        words = [
            pl.sum_horizontal(
                [outcome_of(test).cast(pl.UInt64) * 2**bit for bit, test in enumerate(tests[start : start + BITS])]
            ).alias(str(start))
            for start in starts
        ]
        full = max(0, len(before) - 1)
        fresh = frame.lazy().select(words[full:]).collect().get_columns() if words[full:] else []
        return before[:full] + fresh

    def _signatures(self, keys: pl.Series, outcomes: list[pl.Series]) -> pl.DataFrame:
        columns = {_KEY: keys}
        for word, series in enumerate(outcomes):
            masks = [
                sum(1 << (test - word * BITS) for test in key.relevant if word * BITS <= test < (word + 1) * BITS)
                for key in self._by_key
            ]
            columns[f"word{word}"] = series & pl.Series(masks, dtype=pl.UInt64).gather(keys)
        return pl.DataFrame(columns)

    def _pattern(
        self,
        key_number: int,
        signature: tuple[int, ...],
        at: int,
        decide: Callable[[int], Pattern],
    ) -> int:
        key = self._by_key[key_number]
        signature = _without_zeros(signature)
        if signature in key.known:
            return key.known[signature]
        number = self._fitting(key, signature)
        if number is None:
            number = self._learn(key, decide(at))
        else:
            key.known[signature] = number
        return number

    def _fitting(self, key: _Key, signature: tuple[int, ...]) -> int | None:
        for number in key.patterns:
            tests = self.patterns[number].tests
            if all(self._passed(test, signature) == outcome for test, outcome in tests.items()):
                return number
        return None

    def _passed(self, test: Test, signature: tuple[int, ...]) -> bool:
        word, bit = divmod(self._tests[test], BITS)
        return word < len(signature) and bool(signature[word] >> bit & 1)

    def _learn(self, key: _Key, pattern: Pattern) -> int:
        for test in pattern.tests:
            self._tests.setdefault(test, len(self._tests))
        more = {self._tests[test] for test in pattern.tests} - key.relevant
        if more:
            key.relevant |= more
            # What was known was known by fewer tests.
            key.known.clear()
        self.patterns.append(pattern)
        key.patterns.append(len(self.patterns) - 1)
        return len(self.patterns) - 1


def _without_zeros(signature: tuple[int, ...]) -> tuple[int, ...]:
    words = list(signature)
    while words and not words[-1]:
        words.pop()
    return tuple(words)
