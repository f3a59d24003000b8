"""A block of decided receipts: what the column decider hands to the writers and to the tally."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl


class Decided(NamedTuple):
    """The decisions and the rejected rows of one block.

    `rows` has one row per attendance, ascending by `row`; its columns that begin with `_` are for the tally only and
    are never written. `rejects` may have several rows per rejected source row. `rows_read` and `rejected` count
    source rows: an attendance of three receipts is three of them. `end` is how many bytes of the file are done.
    """

    rows: pl.DataFrame
    rejects: pl.DataFrame
    rows_read: int
    rejected: int
    blank: int
    totals: int
    end: int
