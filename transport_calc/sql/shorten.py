"""Fewer rows for the same law: leaves of a decision tree become rows that say no more than they must.

A leaf names every fact the law happened to read on the way. A row may leave a fact out if all situations it then
covers still have its result. Rows may overlap, which changes nothing: a query asks which results are possible, and
a result is possible when a situation that completes the known facts lies in one of its rows.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import reduce
from heapq import heapify, heappop, heappush
from operator import and_
from typing import Generic, NamedTuple, TypeVar

from transport_calc.engine.explore import Leaf, Path

R = TypeVar("R", bound=Hashable)


class Row(NamedTuple, Generic[R]):
    """A row of a decision table: the facts it asks for with their values, sorted by name, and the result."""

    cells: Path
    result: R


def shorten(leaves: Sequence[Leaf[R]]) -> list[Row[R]]:
    """The leaves of one tree as few short rows; every leaf lies in a row, and no row reaches another result."""
    masks = _Masks(leaves)
    rows = {Row(tuple(sorted(_shortest(leaf.path, leaf.result, masks))), leaf.result) for leaf in leaves}
    return _fewest(sorted(rows, key=repr), masks)


class _Masks(Generic[R]):
    """Sets of leaves as bits of a number: those that say a value of a fact, that allow it, that have a result."""

    def __init__(self, leaves: Sequence[Leaf[R]]) -> None:
        self.every = (1 << len(leaves)) - 1
        self.result: dict[R, int] = {}
        self.saying: dict[tuple[str, object], int] = {}
        naming: dict[str, int] = {}
        for turn, leaf in enumerate(leaves):
            bit = 1 << turn
            self.result[leaf.result] = self.result.get(leaf.result, 0) | bit
            for fact, value in leaf.path:
                naming[fact] = naming.get(fact, 0) | bit
                self.saying[fact, value] = self.saying.get((fact, value), 0) | bit
        self.allowing = {cell: mask | (self.every & ~naming[cell[0]]) for cell, mask in self.saying.items()}

    def reached(self, cells: Sequence[tuple[str, object]]) -> int:
        """The leaves that share a situation with a row."""
        return reduce(and_, (self.allowing[cell] for cell in cells), self.every)

    def inside(self, cells: Sequence[tuple[str, object]]) -> int:
        """The leaves that lie in a row as a whole."""
        return reduce(and_, (self.saying[cell] for cell in cells), self.every)


def _shortest(path: Path, result: R, masks: _Masks[R]) -> list[tuple[str, object]]:
    cells = list(path)
    for cell in path:
        fewer = [each for each in cells if each != cell]
        if not masks.reached(fewer) & ~masks.result[result]:
            cells = fewer
    return cells


def _fewest(rows: Sequence[Row[R]], masks: _Masks[R]) -> list[Row[R]]:
    """Greedily the rows that cover most leaves not covered yet; what a row would add only ever shrinks."""
    inside = [masks.inside(row.cells) for row in rows]
    promised = [(-each.bit_count(), turn) for turn, each in enumerate(inside)]
    heapify(promised)
    left = masks.every
    chosen: list[Row[R]] = []
    while left:
        _, turn = heappop(promised)
        adds = (inside[turn] & left).bit_count()
        if promised and -adds > promised[0][0]:
            heappush(promised, (-adds, turn))
            continue
        chosen.append(rows[turn])
        left &= ~inside[turn]
    return chosen
