"""Whole øre to kroner as a file shows them, exactly: no amount ever passes through a floating-point number."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import polars as pl

ORE = 2
"""Decimals of an amount."""

_KRONER_PER_OERE = pl.lit(Decimal("0.01"))
_IN_TABLE = 100_000
"""Øre; nearly every payment for a trip is less."""


def kroner(oere: str) -> pl.Expr:
    """The column `oere` of whole øre as kroner with two decimals; unknown stays unknown."""
    return pl.col(oere).cast(pl.Decimal(18, 0)) * _KRONER_PER_OERE


def kroner_text(oere: str, point: str = ".") -> pl.Expr:
    """The column `oere` as text, `80.00` or `80,00` by `point`; unknown stays unknown."""
    text = kroner(oere).cast(pl.String)
    return text if point == "." else text.str.replace(".", point, literal=True)


def kroner_texts(oere: pl.Series, point: str = ".") -> pl.Series:
    """The same of a long column, looked up where that is possible: to write digits takes longer."""
    large = ~oere.is_between(0, _IN_TABLE - 1).fill_null(True)
    if not large.any():
        return _table(point).gather(oere).alias(oere.name)
    written = oere.filter(large).to_frame().select(kroner_text(oere.name, point)).to_series()
    looked_up = _table(point).gather(oere.set(large, None))
    return looked_up.scatter(large.arg_true(), written).alias(oere.name)


@cache
def _table(point: str) -> pl.Series:
    return pl.select(pl.int_range(_IN_TABLE).alias("oere")).select(kroner_text("oere", point)).to_series()
