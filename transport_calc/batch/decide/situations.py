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

OCTETS = 5
BITS = 8 * OCTETS
"""Tests per word; a word is an unsigned number of 64 bits. Before those of the first word stands the key."""

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
        self._compared: list[str] = []
        self._octets: list[pl.Expr] = []
        self._masks: list[pl.Series] = []
        # A signature stays true when more tests come to matter: as long as they are not passed, it is the same.
        self._known = pl.DataFrame(schema={_word_name(0): pl.UInt64, PATTERN: pl.UInt32})

    def find(self, frame: pl.DataFrame, keys: pl.DataFrame, decide: Callable[[int], Pattern]) -> pl.Series:
        """The pattern number of each row of `frame`; the columns of `keys` make up its key.

        `decide` makes the pattern of one row, given its position.
        """
        numbers = self._numbers_of(keys)
        found = self._known_patterns(frame, numbers, decide)
        while found.null_count():
            # What has been found stays right: the tests of a pattern are all there is to it.
            rows = found.is_null().arg_true()
            more = self._known_patterns(frame[rows], numbers[rows], partial(_at, decide, rows))
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
        for *signature, at in groups.iter_rows():
            number = self._meet(self._by_key[signature[0] >> BITS], tuple(signature), at, decide)
            if number is not None:
                met.append((*signature, number))
        more = pl.DataFrame(met, schema={**signatures.schema, PATTERN: pl.UInt32}, orient="row")
        self._known = pl.concat([self._known, more], how="diagonal").fill_null(0)
        self._prepare()
        return found

    def _numbers_of(self, keys: pl.DataFrame) -> pl.Series:
        """Every key by a number of its own."""
        if self._key_frame is not None:
            numbers = _joined(keys, self._key_frame, _KEY)
            if not numbers.null_count():
                return numbers
        for row in keys.unique(maintain_order=True).iter_rows():
            if row not in self._keys:
                self._keys[row] = len(self._by_key)
                self._by_key.append(_Key())
        self._prepare()
        numbered = [(*key, number) for key, number in self._keys.items()]
        self._key_frame = pl.DataFrame(numbered, schema={**keys.schema, _KEY: pl.UInt64}, orient="row")
        return _joined(keys, self._key_frame, _KEY)

    def _outcomes(self, frame: pl.DataFrame) -> list[pl.Series]:
        """How the tests go out for each row, as words of bits."""
        if not self._octets:
            return []
        # A number that is not given may be any: no test that matters for its row asks for it.
        given = frame.lazy().select(pl.col(self._compared).fill_null(0))
        # Small numbers first: they are added several at a time.
        found = given.select(self._octets).collect(engine="in-memory").get_columns()
        words = [found[start : start + OCTETS] for start in range(0, len(found), OCTETS)]
        return [_word(word) for word in words]

    def _prepare(self) -> None:
        """The bits that matter by key, for each word of tests, and the tests as columns."""
        outcomes = [outcome_of(test) for test in self._tests]
        self._compared = sorted({name for outcome in outcomes for name in outcome.meta.root_names()})
        bits = [outcome.cast(pl.UInt8) for outcome in outcomes]
        self._octets = [_octet(bits[start : start + 8]).alias(str(start)) for start in range(0, len(bits), 8)]
        self._masks = [
            pl.Series([_bits(key.relevant, start) for key in self._by_key], dtype=pl.UInt64)
            for start in range(0, len(self._tests), BITS)
        ]

    def _signatures(self, keys: pl.Series, outcomes: list[pl.Series]) -> pl.DataFrame:
        """The key and the outcomes that matter for it, as words."""
        masked = [word & mask[keys] for word, mask in zip(outcomes, self._masks, strict=True)]
        first, *others = masked or [keys * 0]
        words = [keys * (1 << BITS) + first, *others]
        return pl.DataFrame({_word_name(at): word for at, word in enumerate(words)})

    def _looked_up(self, signatures: pl.DataFrame) -> pl.Series:
        new = [name for name in signatures.columns if name not in self._known.columns]
        if new:
            self._known = self._known.with_columns(pl.lit(0, dtype=pl.UInt64).alias(name) for name in new)
        return _joined(signatures, self._known, PATTERN)

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


def _joined(rows: pl.DataFrame, known: pl.DataFrame, name: str) -> pl.Series:
    """What is known of each row: the column `name` of the row of `known` that is the same in all others."""
    return rows.join(known, on=rows.columns, how="left", maintain_order="left")[name]


def _word_name(at: int) -> str:
    return f"word{at}"


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
