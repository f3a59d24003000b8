"""A column by its exact name: a header may be `*` or `^x$`, which polars would take for a pattern."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
from polars import selectors


def column(name: str) -> pl.Expr:
    """The column called `name`, whatever its name looks like."""
    return selectors.by_name(name).as_expr()


def names_where(frame: pl.DataFrame, names: Sequence[str], condition: Callable[[pl.Expr], pl.Expr]) -> list[str]:
    """Those of the columns `names` in which the condition holds for a cell; all are looked at together."""
    found = frame.select(condition(column(name)).any().alias(str(at)) for at, name in enumerate(names))
    return [name for name, holds in zip(names, found.row(0), strict=True) if holds]
