"""A column by its exact name: a header may be `*` or `^x$`, which polars would take for a pattern."""

from __future__ import annotations

import polars as pl
from polars import selectors


def column(name: str) -> pl.Expr:
    """The column called `name`, whatever its name looks like."""
    return selectors.by_name(name).as_expr()
