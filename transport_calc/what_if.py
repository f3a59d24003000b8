"""What if one fact were otherwise: the smallest changes of a case that alter its outcome or its payout.

Each change is judged like any other case, so that what is promised is what `decide` says; nothing is inferred.
Numbers are moved to the nearest value on the other side of a limit or a minimum amount, never by a krone for a krone's
sake. Facts that are not given are left alone: what is missing is the business of the decision itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from transport_calc import chain
from transport_calc.claims import Amounts
from transport_calc.contradictions import beyond_known_law, contradictions
from transport_calc.decision import Decision
from transport_calc.engine.provision import REGISTRY
from transport_calc.facts import FACTS, Case
from transport_calc.judgement import DISTANCE_LIMITS, judge
from transport_calc.law.limitation import YEARS, last_day_to_claim
from transport_calc.law.orders import FIRST_DAY, ORDERS
from transport_calc.law.schemes import Outcome
from transport_calc.law.situation import DOMAINS, OTHER_INCOMES, SOCIAL_PENSIONS
from transport_calc.parameters import MILEAGE_LOW, MINIMUM_OTHER, MINIMUM_PENSIONER, BadDataFile, Parameters

MOST = 12
"""No more changes than this are named: a longer list is not read."""

KM = Decimal("0.1")
ORE = Decimal("0.01")
ONE = Decimal(1)
ONE_DAY = timedelta(days=1)
_YEAR_DAYS = Decimal(366)

DISTANCES = ("distance_km", "designated_distance_km", "other_route_km")
COSTS = ("public_fare_dkk", "paid_dkk", "designated_cost_dkk", "companion_cost_dkk")
PENSIONS = ("folkepension", "none", "foreign")
"""One kind of pension per effect: a social pension, none, and one whose effect a human must decide."""


class Flip(NamedTuple):
    """One given fact that is otherwise, and exactly what that leads to; an amount is None while it is unknown."""

    fact: str
    before: object
    after: object
    outcome: Outcome
    payable_dkk: Decimal | None
    companion_payable_dkk: Decimal | None


class OtherDay(NamedTuple):
    """The same facts on another day; `decision` is None on a day whose law is not known."""

    day: date
    decision: Decision | None


def flips(decision: Decision) -> tuple[Flip, ...]:
    """The smallest changes that alter the result: those of the outcome first, then by how small they are."""
    found = [*_of_choices(decision), *_of_numbers(decision), *_of_days(decision)]
    order = {name: place for place, name in enumerate(FACTS)}
    found.sort(key=lambda flip: (flip.outcome == decision.outcome, _size(flip), order[flip.fact]))
    return tuple(found[:MOST])


def on_other_days(case: Case, days: Iterable[date], *, parameters: Parameters) -> tuple[OtherDay, ...]:
    """The case as it would be decided on other days, in the order asked for."""
    return tuple(OtherDay(day, _on(case, day, parameters)) for day in days)


def _on(case: Case, day: date, parameters: Parameters) -> Decision | None:
    other = replace(case, trip_date=day)
    unknown_law = day < FIRST_DAY or beyond_known_law(other, parameters)
    return None if unknown_law else chain.decide(other, parameters=parameters)


# --- asking -----------------------------------------------------------------------------------------------------------


class _Result(NamedTuple):
    outcome: Outcome
    payable: Decimal | None
    companion: Decimal | None


def _result_of(decision: Decision) -> _Result:
    money = decision.amount
    return _Result(decision.outcome, money.payable_dkk, money.companion_payable_dkk)


def _flip(decision: Decision, fact: str, after: object) -> Flip | None:
    """The flip of a fact to a value, if it can be decided at all and the result is another one."""
    facts: dict[str, Any] = {**vars(decision.case), fact: after}
    case = Case(**facts)
    try:
        if contradictions(case) or beyond_known_law(case, decision.dated_amounts):
            return None
        judged = judge(case, Amounts(decision.dated_amounts, case.trip_date))
    except BadDataFile:
        # It needs amounts that cannot be read: then nothing is promised.
        return None
    result = _Result(judged.outcome, judged.money.payable_dkk, judged.money.companion_payable_dkk)
    return None if result == _result_of(decision) else Flip(fact, getattr(decision.case, fact), after, *result)


# --- yes/no and choices -----------------------------------------------------------------------------------------------


def _of_choices(decision: Decision) -> Iterator[Flip]:
    for info in FACTS.values():
        value = getattr(decision.case, info.name)
        if info.kind not in ("bool", "choice") or info.name == "purpose" or value is None:
            continue
        for other in _other_values(info.name, value):
            flip = _flip(decision, info.name, other)
            if flip:
                yield flip


def _other_values(fact: str, value: object) -> tuple[object, ...]:
    if fact == "pension":
        return tuple(kind for kind in PENSIONS if _is_social(kind) != _is_social(value))
    return tuple(other for other in DOMAINS[fact] if other != value)


def _is_social(pension: object) -> bool | None:
    return True if pension in SOCIAL_PENSIONS else False if pension in OTHER_INCOMES else None


# --- numbers ----------------------------------------------------------------------------------------------------------


class _Turn(NamedTuple):
    """The greatest value of a number on the lower side of something, and the step to the first beyond it."""

    last: Decimal
    step: Decimal


def _turn(limit: Decimal, step: Decimal) -> _Turn:
    return _Turn(limit // step * step, step)


def _of_numbers(decision: Decision) -> Iterator[Flip]:
    """For each number, the nearest value across a turn at which the outcome changes, or money appears or vanishes."""
    for fact, turns in _turns(decision.case, decision.dated_amounts).items():
        value = getattr(decision.case, fact)
        if value is None:
            continue
        others = {turn.last if value > turn.last else turn.last + turn.step for turn in turns}
        for other in sorted(others, key=lambda other: abs(other - value)):
            after = int(other) if FACTS[fact].kind == "whole" else other
            flip = _flip(decision, fact, after) if other >= 0 else None
            if flip and _standing(_Result(*flip[3:])) != _standing(_result_of(decision)):
                yield flip
                break


def _standing(result: _Result) -> tuple[object, ...]:
    """The result without the size of its sums: a longer way in the own car always pays a little more."""
    return (result.outcome, *(None if each is None else each > 0 for each in result[1:]))


def _turns(case: Case, parameters: Parameters) -> dict[str, list[_Turn]]:
    """Where the law or the minimum amounts of the day turn, for each number."""
    amounts = Amounts(parameters, case.trip_date)
    limit = amounts.value(DISTANCE_LIMITS[case.purpose]) if case.purpose in DISTANCE_LIMITS else None
    minimums = [each for name in (MINIMUM_PENSIONER, MINIMUM_OTHER) if (each := amounts.value(name)) is not None]
    turns = {fact: [_turn(limit, KM)] if limit is not None else [] for fact in DISTANCES}
    turns |= {fact: [_turn(each, ORE) for each in minimums] for fact in COSTS}
    for fact, name in (("age", "age_of_majority"), ("handicap_trips_used", "handicap_trips_per_year")):
        first = amounts.value(name) if getattr(case, fact) is not None else None
        turns[fact] = [_Turn(first - ONE, ONE)] if first is not None else []
    rate = amounts.value(MILEAGE_LOW) if case.means == "own_car" else None
    if rate:
        extra = case.extra_costs_dkk or Decimal(0)
        turns["distance_km"] += [_turn((each - extra) / (2 * rate), KM) for each in minimums if each >= extra]
        turns["designated_distance_km"] += [_turn(each / (2 * rate), KM) for each in minimums]
        by_car = 2 * rate * (case.distance_km or Decimal(0))
        turns["extra_costs_dkk"] = [_turn(each - by_car, ORE) for each in minimums if each >= by_car]
    return turns


# --- days -------------------------------------------------------------------------------------------------------------


def _of_days(decision: Decision) -> Iterator[Flip]:
    """The nearest earlier and the nearest later day of the trip with another result, and the last day to claim."""
    case = decision.case
    starts = _days_of_change(case, decision.dated_amounts)
    later = sorted(day for day in starts if day > case.trip_date)
    earlier = sorted((day - ONE_DAY for day in starts if FIRST_DAY < day <= case.trip_date), reverse=True)
    for days in (earlier, later):
        flip = next((flip for day in days if (flip := _flip(decision, "trip_date", day))), None)
        if flip:
            yield flip
    if case.application_date is not None:
        last = last_day_to_claim(case.trip_date)
        other = last if case.application_date > last else last + ONE_DAY
        flip = _flip(decision, "application_date", other)
        if flip:
            yield flip


def _days_of_change(case: Case, parameters: Parameters) -> set[date]:
    """The first day of every new order, provision and amount, and of the trips for which the claim came in time."""
    days = {*_days_of_law(), *_days_of_amounts(parameters, DISTANCE_LIMITS.get(case.purpose, ""))}
    return days | ({_first_trip_in_time(case.application_date)} if case.application_date else set())


@cache
def _days_of_law() -> frozenset[date]:
    versions = [version for rule in REGISTRY.values() for version in rule.versions]
    ends = {version.until + ONE_DAY for version in versions if version.until}
    return frozenset(ends | {version.since for version in versions} | {order.since for order in ORDERS})


def _days_of_amounts(parameters: Parameters, limit: str) -> set[date]:
    try:
        spans = [
            span for name in (MINIMUM_PENSIONER, MINIMUM_OTHER, MILEAGE_LOW, limit) for span in parameters.series(name)
        ]
    except BadDataFile:
        # A file that this decision does not need must not stop it; `thresholds check` says what is wrong with it.
        return set()
    return {span.start for span in spans} | {span.end + ONE_DAY for span in spans if span.end}


def _first_trip_in_time(application_date: date) -> date:
    year = application_date.year - YEARS
    leap_day = (application_date.month, application_date.day) == (2, 29)
    return date(year, 3, 1) if leap_day else application_date.replace(year=year)


# --- order and amounts ------------------------------------------------------------------------------------------------


def _size(flip: Flip) -> Decimal:
    """How small a change is: a number in proportion, a day as a part of a year, another answer as a whole."""
    before, after = flip.before, flip.after
    if isinstance(before, date) and isinstance(after, date):
        return abs((after - before).days) / _YEAR_DAYS
    if FACTS[flip.fact].kind in ("decimal", "whole"):
        one, other = Decimal(str(before)), Decimal(str(after))
        return abs(other - one) / max(one, other)
    return ONE
