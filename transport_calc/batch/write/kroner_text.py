"""Whole øre to kroner as a file shows them, exactly: no amount ever passes through a floating-point number."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

_KRONER_PER_OERE = pl.lit(Decimal("0.01"))


def kroner(oere: str) -> pl.Expr:
    """The column `oere` of whole øre as kroner with two decimals; unknown stays unknown."""
    return pl.col(oere).cast(pl.Decimal(18, 0)) * _KRONER_PER_OERE


def kroner_text(oere: str, point: str = ".") -> pl.Expr:
    """The column `oere` as text, `80.00` or `80,00` by `point`; unknown stays unknown."""
    text = kroner(oere).cast(pl.String)
    return text if point == "." else text.str.replace(".", point, literal=True)
