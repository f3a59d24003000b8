"""Measures: every comparison with a number, computed before the law runs.

The law sees only yes/no and enumerated facts. Each measure is one tiny function whose parameters are named after
what it reads. The same body works on a Decimal, an int, a date and on a column of them. A measure with an unknown
input is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

MEASURES: dict[str, Callable[..., Any]] = {}
"""Every measure by name."""

_INPUTS: dict[str, tuple[str, ...]] = {}


def measure(function: Callable[..., Any]) -> Callable[..., Any]:
    """Declare a function to be a measure."""
    MEASURES[function.__name__] = function
    _INPUTS[function.__name__] = function.__code__.co_varnames[: function.__code__.co_argcount]
    return function


def inputs(name: str) -> tuple[str, ...]:
    """The names of the numbers a measure reads."""
    return _INPUTS[name]


def known_measures(numbers: Mapping[str, object]) -> dict[str, object]:
    """The measures whose every input is known (present and not None)."""
    return {name: measured() for name, measured in measurable(numbers).items()}


def measurable(numbers: Mapping[str, object]) -> dict[str, Callable[[], object]]:
    """The measures whose every input is known, each as what computes it."""
    given = {name: number for name, number in numbers.items() if number is not None}
    return {
        name: partial(function, *[given[each] for each in _INPUTS[name]])
        for name, function in MEASURES.items()
        if given.keys() >= set(_INPUTS[name])
    }


@measure
def beyond_distance_limit(distance_km: Any, distance_limit_km: Any) -> Any:
    """The distance overstiger the limit: strictly more, so exactly 50 km is not enough."""
    return distance_km > distance_limit_km


@measure
def designated_beyond_distance_limit(designated_distance_km: Any, distance_limit_km: Any) -> Any:
    """The distance to the place the authority refers to overstiger the limit."""
    return designated_distance_km > distance_limit_km


@measure
def is_child(age: Any, age_of_majority: Any) -> Any:
    """Under 18 years: serviceloven § 1 applies from 18, barnets lov before."""
    return age < age_of_majority


@measure
def handicap_trips_left(handicap_trips_used: Any, handicap_trips_per_year: Any) -> Any:
    """At least one of the year's single trips is left (lov om trafikselskaber § 11: at least 104)."""
    return handicap_trips_used < handicap_trips_per_year


@measure
def cost_above_minimum(cost_dkk: Any, minimum_dkk: Any) -> Any:
    """The cost overstiger the minimum: strictly more, so exactly the minimum is not enough."""
    return cost_dkk > minimum_dkk


@measure
def designated_cost_above_minimum(designated_place_dkk: Any, minimum_dkk: Any) -> Any:
    """The cost to the place the authority refers to overstiger the minimum."""
    return designated_place_dkk > minimum_dkk


@measure
def calculated_above_paid(calculated_dkk: Any, paid_dkk: Any) -> Any:
    """The calculated amount is more than the person actually paid."""
    return calculated_dkk > paid_dkk
