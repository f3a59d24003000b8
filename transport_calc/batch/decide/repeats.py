"""Rows that repeat an earlier one in person, date, leg, means and amount: a warning names the first one decided."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

import polars as pl

from transport_calc.batch.decide.identity import ROWS_OF_A_TABLE, Identity, table_and_row
from transport_calc.batch.decide.output_rows import joined
from transport_calc.batch.decide.typed_rows import ROW
from transport_calc.batch.read.block import Table

_ADDED = "added"


class Repeats:
    """Follows the rows that may be repeats through a run, in their order.

    `encounters` gives their places, and may wait until it knows them; `rejected` are those among them that an earlier
    part of the run rejected.
    """

    def __init__(
        self, tables: Sequence[Table], encounters: Callable[[], pl.Series], rejected: Iterable[int] = ()
    ) -> None:
        self._names = [table.name for table in tables]
        self._identities = [Identity(table.layout, number) for number, table in enumerate(tables)]
        self._encounters = encounters
        self._first: dict[tuple[object, ...], int] = {}
        self._rejected = set(rejected)

    @property
    def state(self) -> list[int]:
        """What a run that goes on later needs to know (JSON): the rows that were rejected and so repeat nothing."""
        return sorted(self._rejected)

    def meet(self, cells: pl.DataFrame, table: int, rejected: set[int]) -> dict[int, str]:
        """The warning on each row of a block that repeats an earlier one, by row; to be asked once for each block.

        `rejected` are the rows of the block that were not decided.
        """
        warnings: dict[int, str] = {}
        encounters = self._encounters()
        if encounters.is_empty() or cells.is_empty():
            return warnings
        numbers, start = cells[ROW], table * ROWS_OF_A_TABLE
        first = bisect_left(encounters, start + numbers[0])
        last = bisect_right(encounters, start + numbers[-1])
        if first == last:
            return warnings
        rows = encounters[first:last] - start
        near = cells[numbers.search_sorted(rows)]
        likely = self._identities[table].likeness(near.filter(near[ROW] == rows))
        for here, *likeness in likely.iter_rows():
            row = table_and_row(here)[1]
            if row in rejected or here in self._rejected:
                self._rejected.add(here)
                continue
            earlier = self._first.setdefault(tuple(likeness), here)
            if earlier != here:
                warnings[row] = f"possible_duplicate:{self._named(earlier, table)}"
        return warnings

    def _named(self, earlier: int, table: int) -> str:
        other, row = table_and_row(earlier)
        return str(row) if other == table else f"{self._names[other]}:{row}"


def warned(output: pl.DataFrame, warnings: dict[int, list[str]]) -> pl.DataFrame:
    """The rows of an output with more warnings, by row."""
    if not warnings:
        return output
    texts = {ROW: list(warnings), _ADDED: [";".join(each) for each in warnings.values()]}
    added = pl.DataFrame(texts, schema={ROW: pl.Int64, _ADDED: pl.String})
    both = output.join(added, on=ROW, how="left", maintain_order="left").with_columns(pl.col(_ADDED).fill_null(""))
    return both.with_columns(joined(pl.col("warnings"), pl.col(_ADDED)).alias("warnings")).drop(_ADDED)
