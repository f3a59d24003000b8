"""A block of decided attendances as columns: what the column decider hands to the writers and to the tally."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl


class Decided(NamedTuple):
    """The decisions of one block.

    `rows` has one row per attendance, ascending by `row`: the columns of the output with the amounts in whole øre
    (`payable_ore`, `minimum_ore`), then the columns that pass through, `person` if it is kept, and columns beginning
    with an underscore that only the tally reads. `rejects` has one row per reason. `rows_read` and `rejected` count
    rows of the source, `blank` and `totals` its lines that are no receipts, and `end` is where in bytes of the
    source the block ends.
    """

    rows: pl.DataFrame
    rejects: pl.DataFrame
    rows_read: int
    rejected: int
    blank: int
    totals: int
    end: int
