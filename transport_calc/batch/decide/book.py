"""All wordings a batch has met, as columns: what each row takes is looked up by the number of its wording."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

import polars as pl

from transport_calc.batch.decide.counted import SHARED
from transport_calc.batch.decide.decision_row import OF_DECISION, DecisionRow
from transport_calc.batch.decide.output_rows import codes
from transport_calc.batch.decide.pattern import Wording
from transport_calc.batch.decide.symbols import Expression
from transport_calc.batch.decide.text import LineForm, Place, Text, justification_of

AMOUNTS = {"payable": "payable_ore", "minimum": "minimum_ore", "calculated": "_calculated_ore"}
"""The amounts of a wording by the column that holds them in whole øre."""


_VOID = Wording(DecisionRow("", None, None, "", None, None, (), (), ""), None, None, None, ("",), ())
"""Stands for the rows that are decided one by one."""

T = TypeVar("T")


class Entry(NamedTuple):
    """A wording, `None` for rows that are decided one by one, with what its rows state of purpose and means."""

    wording: Wording | None
    purpose: str = ""
    means: str = ""


class Texts(NamedTuple):
    """One text per wording, as columns. `places` are positions in `different`, which begins with nothing; `lengths`
    are the numbers of places."""

    different: list[Place | None]
    lengths: pl.Series
    pieces: list[pl.Series]
    places: list[pl.Series]


class Pages(NamedTuple):
    """The wordings as columns, by number. `alone` marks those whose rows are decided one by one.

    `kinds` are places in `shared`, which has the codes of decisions and what is counted besides. `amounts` are
    positions in `expressions`, which begins with nothing. `texts` are the justifications, or what a kind of file has in
    their place; `before` and `after` are the other texts that such a kind has by place in `shared`.
    """

    alone: pl.Series
    kinds: pl.Series
    shared: pl.DataFrame
    expressions: list[Expression | None]
    amounts: dict[str, pl.Series]
    texts: Texts
    before: pl.Series
    after: pl.Series


class Book:
    """Collects wordings and gives each a number; `line` is what a kind of file writes instead of single cells."""

    def __init__(self, line: LineForm | None = None) -> None:
        self._line = line
        self._count = 0
        self._new: list[Entry] = []
        self._pages = Pages(
            alone=pl.Series([], dtype=pl.Boolean),
            kinds=_positions([], []),
            shared=_shared([]),
            expressions=[None],
            amounts={name: _positions([], []) for name in AMOUNTS},
            texts=_texts([], [None]),
            before=_strings([]),
            after=_strings([]),
        )

    def add(self, entry: Entry) -> int:
        """The number of a wording."""
        self._new.append(entry)
        self._count += 1
        return self._count - 1

    @property
    def pages(self) -> Pages:
        """All wordings so far."""
        if self._new:
            # Most blocks bring a few new ones; only those are made into columns.
            self._pages = _with(self._pages, self._new, self._line)
            self._new = []
        return self._pages


def _with(pages: Pages, entries: list[Entry], line: LineForm | None) -> Pages:
    """The pages with more wordings. What is there already keeps its position."""
    wordings = [_VOID if entry.wording is None else entry.wording for entry in entries]
    amounts = {name: [getattr(wording, name) for wording in wordings] for name in AMOUNTS}
    expressions = _more(pages.expressions, (each for column in amounts.values() for each in column))
    said = [_said(entry, wording) for entry, wording in zip(entries, wordings, strict=True)]
    kinds = _more(pages.shared.rows(), said)
    texts = [justification_of(wording) for wording in wordings]
    shared = _shared(kinds)
    before, after = pages.before, pages.after
    if line is not None:
        texts = [line.of_justification(text) for text in texts]
        before, after = (shared.select(text).to_series() for text in line.of_rows()[:2])
    return Pages(
        alone=pl.concat([pages.alone, pl.Series([entry.wording is None for entry in entries], dtype=pl.Boolean)]),
        kinds=pl.concat([pages.kinds, _positions(said, kinds)]),
        shared=shared,
        expressions=expressions,
        amounts={name: pl.concat([pages.amounts[name], _positions(amounts[name], expressions)]) for name in AMOUNTS},
        texts=_texts_after(pages.texts, texts),
        before=before,
        after=after,
    )


def _said(entry: Entry, wording: Wording) -> tuple[str, ...]:
    return (*(codes(getattr(wording.row, name)) for name in OF_DECISION), entry.purpose, entry.means)


def _shared(kinds: list[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(kinds, schema=dict.fromkeys(SHARED, pl.String), orient="row")


def _texts_after(old: Texts, texts: list[Text]) -> Texts:
    new = _texts(texts, _more(old.different, (place for text in texts for place in text.places)))
    above, below = len(old.lengths), len(new.lengths)
    return Texts(
        different=new.different,
        lengths=pl.concat([old.lengths, new.lengths]),
        pieces=_columns(old.pieces, new.pieces, above, below, _strings([""])),
        places=_columns(old.places, new.places, above, below, pl.Series([0], dtype=pl.UInt32)),
    )


def _texts(texts: list[Text], different: list[Place | None]) -> Texts:
    most = max((len(text.places) for text in texts), default=0)
    return Texts(
        different,
        lengths=pl.Series([len(text.places) for text in texts], dtype=pl.UInt32),
        pieces=[_strings([_at(text.pieces, at, "") for text in texts]) for at in range(most + 1)],
        places=[_positions([_at(text.places, at, None) for text in texts], different) for at in range(most)],
    )


def _columns(old: list[pl.Series], new: list[pl.Series], rows: int, more: int, nothing: pl.Series) -> list[pl.Series]:
    """Columns of two lists joined one by one; where one list is shorter, nothing takes its place."""
    above, below = nothing.new_from_index(0, rows), nothing.new_from_index(0, more)
    return [
        pl.concat([old[at] if at < len(old) else above, new[at] if at < len(new) else below], rechunk=True)
        for at in range(max(len(old), len(new)))
    ]


def _more(known: list[T], items: Iterable[T]) -> list[T]:
    return list(dict.fromkeys([*known, *items]))


def _at(items: tuple[T, ...], at: int, otherwise: T) -> T:
    return items[at] if at < len(items) else otherwise


def _strings(texts: list[str]) -> pl.Series:
    return pl.Series(texts, dtype=pl.String)


def _positions(items: list[T], among: list[T]) -> pl.Series:
    position = {item: at for at, item in enumerate(among)}
    return pl.Series([position[item] for item in items], dtype=pl.UInt32)
