"""The dated amounts as rows: one row for each stretch of days on which none of them changes, in whole units.

Kroner become øre and kilometres metres, so that every engine counts in whole numbers. An amount that is not known on
a day is NULL there; nothing is extrapolated.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from transport_calc.parameters import Parameters, UnknownAmount
from transport_calc.sql.dialects import Dialect
from transport_calc.sql.law_days import ONE_DAY

METRES = 1000
ORE = 100


def whole_units(unit: str) -> int:
    """How many whole units the query counts for one of a unit: metres, øre, or the thing itself."""
    if unit.startswith("km"):
        return METRES
    return ORE if unit.startswith(("DKK", "kr.")) else 1


def day_number(day: date) -> int:
    """A day as a number that sorts like the day."""
    return day.year * 10_000 + day.month * 100 + day.day


def calendar(dialect: Dialect, names: tuple[str, ...], first: date, last: date, parameters: Parameters) -> str:
    """The common table expression `calendar`, with one column for each amount."""
    rows: list[str] = []
    for start, end in _stretches(names, first, last, parameters):
        values = [_value(name, start, parameters) for name in names]
        cells = ["NULL" if each is None else str(each) for each in values]
        if not rows:  # the first row tells the engine the types
            cells = [dialect.as_integer(each) for each in cells]
        rows.append(", ".join([str(day_number(start)), str(day_number(end)), *cells]))
    return dialect.constant_rows("calendar", ("first_day", "last_day", *names), rows)


def _stretches(names: tuple[str, ...], first: date, last: date, parameters: Parameters) -> list[tuple[date, date]]:
    starts = {first}
    for name in names:
        for amount in parameters.series(name):
            starts.add(amount.start)
            if amount.end is not None and amount.end < date.max:
                starts.add(amount.end + ONE_DAY)
    found = sorted(day for day in starts if first <= day <= last)
    return list(zip(found, [day - ONE_DAY for day in found[1:]] + [last], strict=True))


def _value(name: str, on: date, parameters: Parameters) -> int | None:
    try:
        amount = parameters.at(name, on)
    except UnknownAmount:
        return None
    value = amount.value * whole_units(amount.unit)
    if value != value.to_integral_value():
        raise ValueError(f"{name} of {on.isoformat()}: {Decimal(amount.value)} has more decimals than the query counts")
    return int(value)
