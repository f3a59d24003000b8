"""The stretches of time within which neither the law, an amount nor the year changes: all their dates are alike."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import polars as pl

from transport_calc.batch.decide.arithmetic import amount_column, scaled
from transport_calc.batch.decide.symbols import decimals_of_amount
from transport_calc.engine.provision import REGISTRY
from transport_calc.law.orders import FIRST_DAY, ORDERS
from transport_calc.parameters import MILEAGE_LOW, MINIMUM_OTHER, MINIMUM_PENSIONER, Parameters, UnknownAmount

LAST_YEAR = 2100
WRITTEN_AMOUNTS = (MINIMUM_PENSIONER, MINIMUM_OTHER, MILEAGE_LOW)
"""The amounts that a row is compared or multiplied with and that stand in its text."""

_LIMITS = (
    "distance_limit_rehabilitation",
    "distance_limit_specialist",
    "distance_limit_hospital",
    "age_of_majority",
    "handicap_trips_per_year",
)
_WITH_DATES = ("transport_calc.law.", "transport_calc.contradictions")
_OF_THE_DECISION = "transport_calc.law.appeal"
"""Asks for the day of the decision, which a period says nothing about."""
_FIRST_OF_A_RULE = "_IN_FORCE"
"""A day whose name ends so begins a rule; of any other, the day after it may be the one that matters."""
_ONE_DAY = timedelta(days=1)


class Periods:
    """All periods, oldest first, and the amounts of each."""

    def __init__(self, parameters: Parameters) -> None:
        self.starts = sorted(_starts(parameters))
        self._starts = pl.Series(self.starts, dtype=pl.Date)
        self.amounts = pl.DataFrame(
            {
                amount_column(name): pl.Series([_amount(parameters, name, day) for day in self.starts], dtype=pl.Int64)
                for name in WRITTEN_AMOUNTS
            }
        )
        # Before the first period there are none.
        self._by_number = pl.concat([self.amounts.clear(1), self.amounts], rechunk=True).get_columns()

    def of(self, days: pl.Series) -> pl.Series:
        """The number of the period in which each day lies; 0 for days before the first."""
        return self._starts.search_sorted(days, side="right").cast(pl.UInt32)

    def amounts_of(self, periods: pl.Series) -> list[pl.Series]:
        """The columns of `amounts` for rows of these periods; void before the first."""
        return [amounts[periods] for amounts in self._by_number]


def _starts(parameters: Parameters) -> set[date]:
    days = {FIRST_DAY, *(order.since for order in ORDERS)}
    for rule in REGISTRY.values():
        for version in rule.versions:
            days |= {version.since} | ({version.until + _ONE_DAY} if version.until else set())
    for name, day in _dates_named_in_the_law():
        days |= {day} if name.endswith(_FIRST_OF_A_RULE) else {day, day + _ONE_DAY}
    for name in (*WRITTEN_AMOUNTS, *_LIMITS):
        for span in parameters.series(name):
            days |= {span.start} | ({span.end + _ONE_DAY} if span.end else set())
    days |= {date(year, 1, 1) for year in range(FIRST_DAY.year, LAST_YEAR + 1)}
    return days


def _dates_named_in_the_law() -> set[tuple[str, date]]:
    """Every day that a law module names as a constant, such as the first day of an act, with its name."""
    modules = [
        module for name, module in sys.modules.items() if name.startswith(_WITH_DATES) and name != _OF_THE_DECISION
    ]
    return {(name, value) for module in modules for name, value in vars(module).items() if type(value) is date}


def _amount(parameters: Parameters, name: str, on: date) -> int | None:
    try:
        return scaled(parameters.at(name, on).value, decimals_of_amount(name))
    except UnknownAmount:
        return None
