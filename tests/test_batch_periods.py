"""Stretches of time: within one, nothing that a date decides changes."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import transport_calc
from transport_calc.batch.decide.arithmetic import amount_column
from transport_calc.batch.decide.periods import LAST_YEAR, Periods
from transport_calc.law.orders import FIRST_DAY, ORDERS
from transport_calc.parameters import MILEAGE_LOW, MINIMUM_OTHER, MINIMUM_PENSIONER, Parameters, UnknownAmount

PARAMETERS = Parameters()
PERIODS = Periods(PARAMETERS)
DAYS = st.dates(FIRST_DAY, date(LAST_YEAR, 12, 31))


def period_of(day: date) -> int:
    return int(PERIODS.of(pl.Series([day]))[0])


@given(DAYS)
def test_the_amounts_of_a_period_are_those_of_each_of_its_days(day: date) -> None:
    row = PERIODS.amounts.row(period_of(day) - 1, named=True)
    for name, unit in ((MINIMUM_PENSIONER, 100), (MINIMUM_OTHER, 100), (MILEAGE_LOW, 10_000)):
        try:
            expected = int(PARAMETERS.at(name, day).value * unit)
        except UnknownAmount:
            expected = None
        assert row[amount_column(name)] == expected


@given(DAYS)
def test_a_day_lies_between_the_start_of_its_period_and_the_next(day: date) -> None:
    at = period_of(day)
    assert PERIODS.starts[at - 1] <= day
    assert at == len(PERIODS.starts) or day < PERIODS.starts[at]


def test_days_before_the_first_order_share_no_period_with_later_ones() -> None:
    assert period_of(date(1990, 1, 1)) == 0
    assert period_of(FIRST_DAY - timedelta(days=1)) < period_of(FIRST_DAY)


def test_a_period_begins_with_every_year_and_every_order() -> None:
    assert {order.since for order in ORDERS} <= set(PERIODS.starts)
    assert {date(year, 1, 1) for year in range(FIRST_DAY.year + 1, LAST_YEAR)} <= set(PERIODS.starts)
    assert PERIODS.starts == sorted(set(PERIODS.starts))


def test_the_law_asks_of_a_day_that_begins_a_rule_only_whether_it_has_come() -> None:
    """So a period that begins with such a day needs no other for the day after it."""
    for file in sorted(Path(transport_calc.__file__).parent.glob("law/*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Compare):
                continue
            for operator, right in zip(node.ops, node.comparators, strict=True):
                if _named(right).endswith("_IN_FORCE"):
                    assert isinstance(operator, ast.GtE), f"{file.name}:{node.lineno}"
            assert not _named(node.left).endswith("_IN_FORCE"), f"{file.name}:{node.lineno}"


def _named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


@pytest.mark.parametrize(("file", "asks"), [("basis", True), ("appeal", False)])
def test_where_a_decision_can_be_complained_of_hangs_on_no_day_of_a_trip(file: str, asks: bool) -> None:
    source = (Path(transport_calc.__file__).parent / "law" / f"{file}.py").read_text(encoding="utf-8")
    assert ("law_date" in source) is asks
    assert "trip_date" not in source


@pytest.mark.parametrize(("day", "kroner"), [("2023-12-31", 45), ("2024-01-01", 48), ("2024-12-31", 48)])
def test_the_minimum_at_the_turn_of_the_year(day: str, kroner: int) -> None:
    found = PERIODS.amounts[amount_column(MINIMUM_PENSIONER)][period_of(date.fromisoformat(day)) - 1]
    assert found == kroner * 100


def test_a_year_without_amounts_has_none() -> None:
    day = date(LAST_YEAR, 6, 1)
    assert PERIODS.amounts[amount_column(MINIMUM_OTHER)][period_of(day) - 1] is None
    stand_in = Periods(Parameters(use_amounts_of=2024))
    assert stand_in.amounts[amount_column(MINIMUM_OTHER)][int(stand_in.of(pl.Series([day]))[0]) - 1] == 11_300
