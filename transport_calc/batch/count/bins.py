"""Into which bin of a histogram a cost or a distance falls, so that no bin lies on both sides of a legal limit.

The law asks for *more than* the minimum and *over* 50 km. A bin therefore holds what is over its lower bound up to
and including its upper bound: a cost equal to the minimum is below it, exactly 50 km is not over 50 km.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl


class Bins(NamedTuple):
    """Bins of equal width in whole units; the first and the last take everything beyond them."""

    width: int
    first: int
    last: int

    def bin_of(self, value: pl.Expr) -> pl.Expr:
        """The number of the bin of `value`: bin n is over n widths, up to and including n + 1 widths."""
        return ((value - 1) // self.width).clip(self.first, self.last)

    def bounds(self, number: int) -> tuple[int | None, int | None]:
        """Over which value and up to which value bin `number` goes; None where it is open."""
        over = None if number == self.first else number * self.width
        up_to = None if number == self.last else (number + 1) * self.width
        return over, up_to


MARGIN = Bins(width=1_000, first=-12, last=20)
"""Cost minus minimum in øre: bins of 10 kr. from 110 kr. below to 200 kr. above."""

DISTANCE = Bins(width=1_000, first=0, last=100)
"""One way in metres: bins of 1 km up to 100 km."""
