"""Numbers that remember where they come from: they count as any Decimal, and columns count as they do."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc.batch.decide.arithmetic import amount_column, column_of, fact_column, outcome_of, scaled
from transport_calc.batch.decide.symbols import (
    MARK,
    Expression,
    NotSymbolic,
    Number,
    Recording,
    Slot,
    decimals_of,
    expression_of,
)
from transport_calc.batch.decide.symbols import (
    Test as Comparison,
)
from transport_calc.wording.numbers import kilometres, kroner

ORE = Decimal("0.01")
DECIMALS = {
    ("fact", "paid_dkk"): 2,
    ("fact", "distance_km"): 3,
    ("fact", "age"): 0,
    ("amount", "minimum_other"): 2,
    ("amount", "mileage_low"): 4,
}
NAMES = list(DECIMALS)
OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul}
RELATIONS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)

Values = Mapping[Expression, Decimal]
Tree = Any
"""A name, a plain number, or an operator with two trees."""


def up_to_hundred(decimals: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, 100 * 10**decimals).map(lambda whole: Decimal(whole).scaleb(-decimals))


VALUES = st.fixed_dictionaries({name: up_to_hundred(decimals) for name, decimals in DECIMALS.items()})
LEAVES = st.sampled_from(NAMES) | st.sampled_from([Decimal(0), Decimal(2), Decimal("0.5")])
TREES = st.recursive(LEAVES, lambda trees: st.tuples(st.sampled_from(list(OPERATORS)), trees, trees), max_leaves=3)


def evaluated(tree: Tree, values: Mapping[Expression, Any]) -> Any:
    if isinstance(tree, Decimal):
        return tree
    if tree in values:
        return values[tree]
    kind, one, other = tree
    return OPERATORS[kind](evaluated(one, values), evaluated(other, values))


def symbols(values: Values, recording: Recording) -> dict[Expression, Number]:
    return {name: recording.number(value, name) for name, value in values.items()}


def row(values: Values) -> pl.DataFrame:
    columns = {"fact": fact_column, "amount": amount_column}
    return pl.DataFrame(
        {columns[kind](name): [scaled(values[kind, name], DECIMALS[kind, name])] for kind, name in NAMES}
    )


@settings(max_examples=100, deadline=None)
@given(TREES, VALUES)
def test_symbols_and_columns_count_as_decimals_do(tree: Tree, values: Values) -> None:
    expected = evaluated(tree, values)
    found = evaluated(tree, symbols(values, Recording()))
    assert Decimal(found) == expected
    column = column_of(expression_of(found))
    whole = row(values).select(column.column.alias("found"))["found"][0]
    assert Decimal(whole).scaleb(-column.decimals) == expected
    assert column.decimals == decimals_of(expression_of(found))


@settings(max_examples=100, deadline=None)
@given(TREES, TREES, st.sampled_from(RELATIONS), VALUES, VALUES)
def test_a_comparison_is_noted_and_goes_out_in_a_column_as_it_would_by_itself(
    one: Tree, other: Tree, relation: Any, values: Values, others: Values
) -> None:
    recording = Recording()
    known = symbols(values, recording)
    left, right = evaluated(one, known), evaluated(other, known)
    assert relation(left, right) == relation(evaluated(one, values), evaluated(other, values))
    for test, outcome in recording.tests.items():
        assert row(values).select(outcome_of(test).alias("found"))["found"][0] == outcome
    # Any row that passes the same tests goes the same way.
    if all(
        row(others).select(outcome_of(test).alias("found"))["found"][0] == done
        for test, done in recording.tests.items()
    ):
        assert relation(evaluated(one, others), evaluated(other, others)) == relation(left, right)


@given(st.integers(0, 10**8), st.integers(0, 10**5))
def test_the_one_rounding_is_half_up_to_the_ore(metres: int, rate: int) -> None:
    values = dict.fromkeys(NAMES, Decimal(0))
    values["fact", "distance_km"] = Decimal(metres).scaleb(-3)
    values["amount", "mileage_low"] = Decimal(rate).scaleb(-4)
    known = symbols(values, Recording())
    product = known["fact", "distance_km"] * known["amount", "mileage_low"]
    rounded = product.quantize(ORE, rounding=ROUND_HALF_UP)
    expected = (Decimal(metres).scaleb(-3) * Decimal(rate).scaleb(-4)).quantize(ORE, rounding=ROUND_HALF_UP)
    assert Decimal(rounded) == expected
    column = column_of(rounded.expression)
    assert row(values).select(column.to(2).alias("found"))["found"][0] == int(expected * 100)


def test_money_is_not_rounded_where_nothing_is_to_round() -> None:
    paid = Recording().number(Decimal("80.50"), ("fact", "paid_dkk"))
    assert paid.quantize(ORE, rounding=ROUND_HALF_UP).expression == ("fact", "paid_dkk")


def test_what_cannot_be_below_zero_is_not_compared_with_it() -> None:
    recording = Recording()
    paid = recording.number(Decimal(5), ("fact", "paid_dkk"))
    assert paid >= 0
    assert not paid < Decimal(-1)
    assert recording.tests == {}
    assert paid - Decimal(6) < 0
    assert recording.tests == {
        Comparison("<", ("-", ("fact", "paid_dkk"), ("number", Decimal(6))), ("number", Decimal(0))): True
    }


def test_a_number_in_a_set_is_found_by_comparison() -> None:
    recording = Recording()
    paid = recording.number(Decimal(5), ("fact", "paid_dkk"))
    assert paid in [Decimal(4), Decimal(5)]
    assert list(recording.tests.values()) == [False, True]


def test_a_written_number_leaves_a_mark() -> None:
    recording = Recording()
    paid = recording.number(Decimal("80.5"), ("fact", "paid_dkk"))
    km = recording.number(Decimal("12.250"), ("fact", "distance_km"))
    said = f"{kroner(paid, 'da')}, {kilometres(km, 'da')}, {kroner(paid, 'en')}"
    assert said == f"{MARK}0{MARK} kr., {MARK}1{MARK} km, {MARK}0{MARK} kr."
    assert recording.slots == [Slot(("fact", "paid_dkk"), 2), Slot(("fact", "distance_km"), 2)]
    # 12.250 km is written with two decimals, and so is every row of its pattern.
    assert recording.tests == {Comparison("decimals", ("fact", "distance_km"), 2): True}


@pytest.mark.parametrize("written", [str, lambda number: f"{number:.1f}", lambda number: f"{number}"])
def test_what_no_column_can_write_is_refused(written: Any) -> None:
    with pytest.raises(NotSymbolic):
        written(Recording().number(Decimal("80.5"), ("fact", "paid_dkk")))


@pytest.mark.parametrize(("metres", "needed"), [(12_000, 1), (12_500, 1), (12_250, 2), (12_255, 3), (0, 1)])
def test_how_many_decimals_a_distance_needs(metres: int, needed: int) -> None:
    frame = pl.DataFrame({fact_column("distance_km"): [metres]})
    found = [
        frame.select(outcome_of(Comparison("decimals", ("fact", "distance_km"), decimals)).alias("it"))["it"][0]
        for decimals in (1, 2, 3)
    ]
    assert found == [decimals == needed for decimals in (1, 2, 3)]


def test_an_amount_finer_than_its_unit_has_no_place_in_a_column() -> None:
    with pytest.raises(ValueError, match="decimals"):
        scaled(Decimal("0.001"), 2)
