"""Rows to situations: which rows share their facts and their comparisons, so that each situation is decided once.

The *key* of a row is everything about it but its numbers. Rows of one key part by the tests that deciding one of them
has passed; a row with other outcomes is decided anew, and what it tests is learned, until every row has its pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from transport_calc.batch.decide.arithmetic import outcome_of
from transport_calc.batch.decide.pattern import Pattern
from transport_calc.batch.decide.symbols import Test

OCTETS = 7
BITS = 8 * OCTETS
"""Tests per word; a word is an unsigned number of 64 bits."""

PATTERN = "pattern"
_KEY, _AT = "key", "at"

Signature = tuple[int, ...]
"""How the tests that matter for a key went out, as words of bits."""


@dataclass
class _Key:
    """The rows of one key: the tests that matter for them, and the patterns found so far."""

    relevant: set[int] = field(default_factory=set)
    patterns: list[int] = field(default_factory=list)
    known: dict[Signature, int] = field(default_factory=dict)


class Situations:
    """The patterns found so far."""

    def __init__(self) -> None:
        self.patterns: list[Pattern] = []
        self._keys: dict[tuple[int, ...], int] = {}
        self._key_frame: pl.DataFrame | None = None
        self._by_key: list[_Key] = []
        self._tests: dict[Test, int] = {}
        self._masks: list[pl.Series] = []
        self._known: pl.DataFrame | None = None

    def find(self, frame: pl.DataFrame, words: list[str], decide: Callable[[int], Pattern]) -> pl.Series:
        """The pattern number of each row of `frame`, whose columns `words` make up its key.

        `decide` makes the pattern of one row, given its position.
        """
        keys = self._keys_of(frame, words)
        while True:
            signatures = self._signatures(keys, self._outcomes(frame))
            found = self._looked_up(signatures)
            if not found.null_count():
                return found
            unknown = signatures.with_row_index(_AT).filter(found.is_null())
            for *signature, at in (
                unknown.group_by(signatures.columns, maintain_order=True).agg(pl.col(_AT).first()).iter_rows()
            ):
                self._meet(self._by_key[signature[0]], tuple(signature[1:]), at, decide)
            self._masks, self._known = self._all_masks(), None

    def _keys_of(self, frame: pl.DataFrame, words: list[str]) -> pl.Series:
        if self._key_frame is not None:
            keys = frame.select(words).join(self._key_frame, on=words, how="left", maintain_order="left")[_KEY]
            if not keys.null_count():
                return keys
        for row in frame.select(words).unique(maintain_order=True).iter_rows():
            if row not in self._keys:
                self._keys[row] = len(self._by_key)
                self._by_key.append(_Key())
        self._masks, self._known = self._all_masks(), None
        numbers = pl.DataFrame({_KEY: pl.Series(list(self._keys.values()), dtype=pl.UInt32)})
        named = pl.DataFrame(list(self._keys), schema=dict.fromkeys(words, pl.UInt64), orient="row")
        self._key_frame = pl.concat([named, numbers], how="horizontal")
        return frame.select(words).join(self._key_frame, on=words, how="left", maintain_order="left")[_KEY]

    def _outcomes(self, frame: pl.DataFrame) -> list[pl.Series]:
        """How the tests go out for each row, as words of bits."""
        tests = [outcome_of(test).fill_null(value=False).cast(pl.UInt8) for test in self._tests]
        octets = [_octet(tests[start : start + 8]).alias(str(start)) for start in range(0, len(tests), 8)]
        if not octets:
            return []
        # Small numbers first: they are added several at a time.
        found = frame.lazy().select(octets).collect().get_columns()
        words = [found[start : start + OCTETS] for start in range(0, len(found), OCTETS)]
        return [_word(word) for word in words]

    def _all_masks(self) -> list[pl.Series]:
        """For each word of tests, the bits that matter, by key."""
        return [
            pl.Series([_bits(key.relevant, start) for key in self._by_key], dtype=pl.UInt64)
            for start in range(0, len(self._tests), BITS)
        ]

    def _signatures(self, keys: pl.Series, outcomes: list[pl.Series]) -> pl.DataFrame:
        masked = {
            f"word{at}": word & mask.gather(keys)
            for at, (word, mask) in enumerate(zip(outcomes, self._masks, strict=True))
        }
        return pl.DataFrame({_KEY: keys, **masked})

    def _looked_up(self, signatures: pl.DataFrame) -> pl.Series:
        if self._known is None:
            rows = [
                (number, *signature, pattern)
                for number, key in enumerate(self._by_key)
                for signature, pattern in key.known.items()
                if len(signature) == signatures.width - 1
            ]
            self._known = pl.DataFrame(rows, schema={**signatures.schema, PATTERN: pl.UInt32}, orient="row")
        return signatures.join(self._known, on=signatures.columns, how="left", maintain_order="left")[PATTERN]

    def _meet(self, key: _Key, signature: Signature, at: int, decide: Callable[[int], Pattern]) -> None:
        """Find the pattern of rows with a signature, by deciding the row at a position if none fits."""
        for number in key.patterns:
            tests = self.patterns[number].tests
            if all(self._passed(test, signature) == outcome for test, outcome in tests.items()):
                key.known[signature] = number
                return
        pattern = decide(at)
        for test in pattern.tests:
            self._tests.setdefault(test, len(self._tests))
        more = {self._tests[test] for test in pattern.tests} - key.relevant
        if more:
            key.relevant |= more
            # What was known was known by fewer tests.
            key.known.clear()
        key.patterns.append(len(self.patterns))
        self.patterns.append(pattern)

    def _passed(self, test: Test, signature: Signature) -> bool:
        word, bit = divmod(self._tests[test], BITS)
        return word < len(signature) and bool(signature[word] >> bit & 1)


def _octet(outcomes: list[pl.Expr]) -> pl.Expr:
    """Up to eight outcomes as the bits of one small number."""
    octet = outcomes[0]
    for bit, outcome in enumerate(outcomes[1:], 1):
        octet = octet + outcome * pl.lit(1 << bit, dtype=pl.UInt8)
    return octet


def _word(octets: list[pl.Series]) -> pl.Series:
    word = octets[0].cast(pl.UInt64)
    for place, octet in enumerate(octets[1:], 1):
        word = word + octet.cast(pl.UInt64) * (1 << 8 * place)
    return word


def _bits(tests: set[int], start: int) -> int:
    return sum(1 << (test - start) for test in tests if start <= test < start + BITS)
