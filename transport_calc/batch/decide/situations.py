"""Rows to situations: which rows share their facts and their comparisons, so that each situation is decided once.

The *key* of a row is everything about it but its numbers. Rows of one key part by the tests that deciding one of them
has passed; a row with other outcomes is decided anew, and what it tests is learned, until every row has its pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

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


class Situations:
    """The patterns found so far."""

    def __init__(self) -> None:
        self.patterns: list[Pattern] = []
        self._keys: dict[tuple[int, ...], int] = {}
        self._key_frame: pl.DataFrame | None = None
        self._by_key: list[_Key] = []
        self._tests: dict[Test, int] = {}
        self._masks: list[pl.Series] = []
        # A signature stays true when more tests come to matter: as long as they are not passed, it is the same.
        self._known = pl.DataFrame(schema={_KEY: pl.UInt32, PATTERN: pl.UInt32})

    def find(self, frame: pl.DataFrame, words: list[str], decide: Callable[[int], Pattern]) -> pl.Series:
        """The pattern number of each row of `frame`, whose columns `words` make up its key.

        `decide` makes the pattern of one row, given its position.
        """
        keys = self._keys_of(frame, words)
        found = self._known_patterns(frame, keys, decide)
        while found.null_count():
            # What has been found stays right: the tests of a pattern are all there is to it.
            rows = found.is_null().arg_true()
            more = self._known_patterns(frame[rows], keys.gather(rows), partial(_at, decide, rows))
            found = found.scatter(rows, more)
        return found

    def _known_patterns(self, frame: pl.DataFrame, keys: pl.Series, decide: Callable[[int], Pattern]) -> pl.Series:
        """The pattern of each row as far as known; for the others, the next time more is known."""
        signatures = self._signatures(keys, self._outcomes(frame))
        found = self._looked_up(signatures)
        if not found.null_count():
            return found
        unknown = signatures.with_row_index(_AT).filter(found.is_null())
        groups = unknown.group_by(signatures.columns, maintain_order=True).agg(pl.col(_AT).first())
        met: list[tuple[int, ...]] = []
        for key, *signature, at in groups.iter_rows():
            number = self._meet(self._by_key[key], tuple(signature), at, decide)
            if number is not None:
                met.append((key, *signature, number))
        more = pl.DataFrame(met, schema={**signatures.schema, PATTERN: pl.UInt32}, orient="row")
        self._known = pl.concat([self._known, more], how="diagonal").fill_null(0)
        self._masks = self._all_masks()
        return found

    def _keys_of(self, frame: pl.DataFrame, words: list[str]) -> pl.Series:
        if self._key_frame is not None:
            keys = frame.select(words).join(self._key_frame, on=words, how="left", maintain_order="left")[_KEY]
            if not keys.null_count():
                return keys
        for row in frame.select(words).unique(maintain_order=True).iter_rows():
            if row not in self._keys:
                self._keys[row] = len(self._by_key)
                self._by_key.append(_Key())
        self._masks = self._all_masks()
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
        new = [name for name in signatures.columns if name not in self._known.columns]
        if new:
            self._known = self._known.with_columns(pl.lit(0, dtype=pl.UInt64).alias(name) for name in new)
        return signatures.join(self._known, on=signatures.columns, how="left", maintain_order="left")[PATTERN]

    def _meet(self, key: _Key, signature: Signature, at: int, decide: Callable[[int], Pattern]) -> int | None:
        """The pattern of rows with a signature; `None` if the row at a position had to be decided to find it."""
        for number in key.patterns:
            tests = self.patterns[number].tests
            if all(self._passed(test, signature) == outcome for test, outcome in tests.items()):
                return number
        pattern = decide(at)
        for test in pattern.tests:
            self._tests.setdefault(test, len(self._tests))
        key.relevant |= {self._tests[test] for test in pattern.tests}
        key.patterns.append(len(self.patterns))
        self.patterns.append(pattern)
        return None

    def _passed(self, test: Test, signature: Signature) -> bool:
        word, bit = divmod(self._tests[test], BITS)
        return word < len(signature) and bool(signature[word] >> bit & 1)


def _at(decide: Callable[[int], Pattern], rows: pl.Series, at: int) -> Pattern:
    """The pattern of a row of some of the rows."""
    return decide(int(rows[at]))


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
