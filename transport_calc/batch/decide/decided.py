"""A block of decided attendances as columns: what the column decider hands to the writers and to the tally."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from transport_calc.batch.decide.counted import Counted


class Decided(NamedTuple):
    """The decisions of one block.

    `rows` has one row per attendance, ascending by `row`: the columns of the output with the amounts in whole øre
    (`payable_ore`, `minimum_ore`) or, instead of those from the outcome on, the one text that the kind of file has for
    them; then the columns that pass through, and `person` if it is kept. `counted` is the same for the tally.
    `rejects` has one row per reason. `rows_read` and `rejected` count rows of the source, `blank` and `totals` its
    lines that are no receipts, `end` is where in bytes of the source the block ends, and `file` is the name of the
    source if there are several.
    """

    rows: pl.DataFrame
    counted: Counted
    rejects: pl.DataFrame
    rows_read: int
    rejected: int
    blank: int
    totals: int
    end: int
    file: str = ""
