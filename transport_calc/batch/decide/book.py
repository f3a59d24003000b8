"""All wordings a batch has met, as columns: what each row takes is looked up by the number of its wording."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import polars as pl

from transport_calc.batch.decide.decision_row import DecisionRow
from transport_calc.batch.decide.output_rows import codes
from transport_calc.batch.decide.pattern import Wording
from transport_calc.batch.decide.symbols import Expression, Slot

AMOUNTS = ("payable", "minimum", "calculated")
CODES = ("outcome", "form", "channel", "ground", "missing", "warnings")

_VOID = Wording(DecisionRow("", None, None, "", None, None, (), (), ""), None, None, None, ("",), ())
"""Stands for the rows that are decided one by one."""

T = TypeVar("T")


class Pages(NamedTuple):
    """The wordings as columns, by number. `alone` marks the rows that are decided one by one.

    `amounts` and `slots` (by place in the text) are positions among `expressions` and `different`, each of which
    begins with nothing; `lengths` are the numbers of slots.
    """

    alone: pl.Series
    codes: dict[str, pl.Series]
    expressions: list[Expression | None]
    amounts: dict[str, pl.Series]
    different: list[Slot | str | None]
    lengths: pl.Series
    pieces: list[pl.Series]
    slots: list[pl.Series]


class Book:
    """Collects wordings and gives each a number."""

    def __init__(self) -> None:
        self._count = 0
        self._new: list[Wording | None] = []
        self._pages = _pages([], [None], [None])

    def add(self, wording: Wording | None) -> int:
        """The number of a wording; `None` is that of rows decided one by one."""
        self._new.append(wording)
        self._count += 1
        return self._count - 1

    @property
    def pages(self) -> Pages:
        """All wordings so far."""
        if self._new:
            # Most blocks bring a few new ones; only those are made into columns.
            new = _pages(self._new, self._pages.expressions, self._pages.different)
            self._pages = _one_after_the_other(self._pages, new)
            self._new = []
        return self._pages


def _pages(
    found: list[Wording | None], expressions: list[Expression | None], different: list[Slot | str | None]
) -> Pages:
    """Wordings as columns. What `expressions` and `different` hold already keeps its position there."""
    wordings = [_VOID if wording is None else wording for wording in found]
    amounts = {name: [getattr(wording, name) for wording in wordings] for name in AMOUNTS}
    used = list(dict.fromkeys([*expressions, *(each for column in amounts.values() for each in column)]))
    slots = list(dict.fromkeys([*different, *(slot for wording in wordings for slot in wording.slots)]))
    most = max((len(wording.slots) for wording in wordings), default=0)
    return Pages(
        alone=pl.Series([wording is None for wording in found], dtype=pl.Boolean),
        codes={name: _texts([codes(getattr(wording.row, name)) for wording in wordings]) for name in CODES},
        expressions=used,
        amounts={name: _places(column, used) for name, column in amounts.items()},
        different=slots,
        lengths=pl.Series([len(wording.slots) for wording in wordings], dtype=pl.UInt32),
        pieces=[_texts([_at(wording.pieces, at, "") for wording in wordings]) for at in range(most + 1)],
        slots=[_places([_at(wording.slots, at, None) for wording in wordings], slots) for at in range(most)],
    )


def _one_after_the_other(old: Pages, new: Pages) -> Pages:
    return Pages(
        alone=pl.concat([old.alone, new.alone]),
        codes={name: pl.concat([old.codes[name], new.codes[name]]) for name in CODES},
        expressions=new.expressions,
        amounts={name: pl.concat([old.amounts[name], new.amounts[name]]) for name in AMOUNTS},
        different=new.different,
        lengths=pl.concat([old.lengths, new.lengths]),
        pieces=_columns(old.pieces, new.pieces, len(old.alone), len(new.alone), _texts([""])),
        slots=_columns(old.slots, new.slots, len(old.alone), len(new.alone), pl.Series([0], dtype=pl.UInt32)),
    )


def _columns(old: list[pl.Series], new: list[pl.Series], rows: int, more: int, nothing: pl.Series) -> list[pl.Series]:
    """Columns of two lists joined one by one; where one list is shorter, nothing takes its place."""
    above, below = nothing.new_from_index(0, rows), nothing.new_from_index(0, more)
    return [
        pl.concat([old[at] if at < len(old) else above, new[at] if at < len(new) else below], rechunk=True)
        for at in range(max(len(old), len(new)))
    ]


def _at(items: tuple[T, ...], at: int, otherwise: T) -> T:
    return items[at] if at < len(items) else otherwise


def _places(items: list[T], among: list[T]) -> pl.Series:
    place = {item: at for at, item in enumerate(among)}
    return pl.Series([place[item] for item in items], dtype=pl.UInt32)


def _texts(texts: list[str]) -> pl.Series:
    return pl.Series(texts, dtype=pl.String)
