"""What is written for the rows of a wording: pieces that are the same for all, and between them each row's numbers."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import polars as pl

from transport_calc.batch.decide.pattern import Wording
from transport_calc.batch.decide.symbols import Slot

Place = Slot | str
"""What stands between two pieces: a number, or the day of the trip."""


class Text(NamedTuple):
    """`pieces[0]`, the first of the `places`, `pieces[1]`, and so on."""

    pieces: tuple[str, ...]
    places: tuple[Place, ...]


class Line(NamedTuple):
    """A decision as a kind of file has it: what stands before its amounts, and after them."""

    head: str
    tail: Text


class LineForm(Protocol):
    """How a kind of file writes a decision as two texts instead of single cells."""

    def of_wording(self, wording: Wording) -> Line:
        """The texts of the rows of a wording."""

    def of_rows(self) -> tuple[pl.Expr, pl.Expr]:
        """The texts of each row with single cells."""


def justification_of(wording: Wording) -> Text:
    """The justification alone."""
    return Text(wording.pieces, wording.slots)
