"""Expressions and tests of numbers as column expressions, in whole numbers only.

A column of a fact holds its value in the smallest unit (øre, metres, single things); an expression carries how many
decimals its whole numbers stand for. There is no fraction and no rounding but the one the law module asks for.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from transport_calc.batch.decide.symbols import (
    Expression,
    Test,
    decimals_of_amount,
    decimals_of_fact,
)

MOST_REMEMBERED = 4_096
"""Expressions whose column is kept; every block asks for the same."""


class Scaled(NamedTuple):
    """A column of whole numbers and how many of their digits are decimals."""

    column: pl.Expr
    decimals: int

    def to(self, decimals: int) -> pl.Expr:
        """The whole numbers with more decimals."""
        return self.column if decimals == self.decimals else self.column * 10 ** (decimals - self.decimals)

    def shown_with(self, decimals: int) -> pl.Expr:
        """The whole numbers with so many decimals; those that would be lost are all zero."""
        return self.to(decimals) if decimals >= self.decimals else self.column // 10 ** (self.decimals - decimals)


def fact_column(name: str) -> str:
    """The name of the column that holds the number of a fact."""
    return f"fact:{name}"


def amount_column(name: str) -> str:
    """The name of the column that holds a dated amount of the row's day."""
    return f"amount:{name}"


def scaled(value: Decimal, decimals: int) -> int:
    """A number as a whole number of its smallest unit. Raises ValueError if it has more decimals."""
    whole = value.scaleb(decimals)
    if whole != whole.to_integral_value():
        raise ValueError(f"{value} has more than {decimals} decimals")
    return int(whole)


@lru_cache(MOST_REMEMBERED)
def column_of(expression: Expression) -> Scaled:
    """The column expression that computes `expression` for every row."""
    kind = expression[0]
    if kind == "fact":
        return Scaled(pl.col(fact_column(expression[1])), decimals_of_fact(expression[1]))
    if kind == "amount":
        return Scaled(pl.col(amount_column(expression[1])), decimals_of_amount(expression[1]))
    if kind == "number":
        exponent = expression[1].normalize().as_tuple().exponent
        decimals = max(0, -exponent)
        return Scaled(pl.lit(scaled(expression[1], decimals), dtype=pl.Int64), decimals)
    if kind == "øre":
        return _rounded_to_ore(column_of(expression[1]))
    one, other = column_of(expression[1]), column_of(expression[2])
    if kind == "*":
        return Scaled(one.column * other.column, one.decimals + other.decimals)
    decimals = max(one.decimals, other.decimals)
    left, right = one.to(decimals), other.to(decimals)
    return Scaled(left + right if kind == "+" else left - right, decimals)


def outcome_of(test: Test) -> pl.Expr:
    """Whether each row passes a test; null where a number is not given."""
    one = column_of(test.left)
    if test.relation == "decimals":
        assert isinstance(test.right, int)
        return needs_decimals(one, test.right)
    assert isinstance(test.right, tuple)
    other = column_of(test.right)
    decimals = max(one.decimals, other.decimals)
    left, right = one.to(decimals), other.to(decimals)
    return left < right if test.relation == "<" else left == right


def needs_decimals(number: Scaled, decimals: int) -> pl.Expr:
    """Whether it takes exactly so many decimals to write each number, at least one."""
    enough: pl.Expr = number.column % 10 ** max(0, number.decimals - decimals) == 0
    return enough if decimals == 1 else enough & (number.column % 10 ** (number.decimals - decimals + 1) != 0)


def _rounded_to_ore(number: Scaled) -> Scaled:
    if number.decimals <= 2:
        return Scaled(number.to(2), 2)
    unit = 10 ** (number.decimals - 2)
    # Half up; `quantize` of a symbol makes sure that nothing below zero comes here.
    return Scaled((number.column + unit // 2) // unit, 2)
