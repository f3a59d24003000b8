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


class LineForm(Protocol):
    """How a kind of file writes a decision as three texts instead of single cells."""

    def of_rows(self) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        """What stands before the amounts, after them, and last, in the place of the justification."""

    def of_justification(self, text: Text) -> Text:
        """The last of them for the rows of a wording."""


def justification_of(wording: Wording) -> Text:
    """The justification of the rows of a wording."""
    return Text(wording.pieces, wording.slots)
