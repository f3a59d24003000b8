"""From the facts to what the law reads, as three common table expressions: `given`, `measured` and `situation`.

Derived: the facts from `FACTS`, the measures from their own functions, presumptions and what follows from one fact
alone from `transport_calc.sql.presumed`. Written once more, because the originals are Python ifs over two numbers or
dates: the late claim, the dearer ticket, that two measurements on either side of the limit leave the distance open,
and what two facts about the designated place say of a third (`transport_calc.law`); a test holds them to the originals.
"""

from __future__ import annotations

from itertools import groupby

from transport_calc.facts import FACTS, FactInfo
from transport_calc.judgement import DISTANCE_LIMITS
from transport_calc.law import designated_place
from transport_calc.law.limitation import YEARS
from transport_calc.measures import MEASURES, inputs
from transport_calc.sql.calendar import whole_units
from transport_calc.sql.dialects import Dialect
from transport_calc.sql.expression import code, measure
from transport_calc.sql.presumed import effects, is_known_name, ordinary

MONEY_FACTS = (
    *("distance_km", "designated_distance_km", "public_fare_dkk", "paid_dkk", "extra_costs_dkk"),
    *("designated_cost_dkk", "already_paid_dkk"),
)
"""What the kroner are computed from."""

_BEHIND_THE_WRITTEN = (
    *("application_date", "means", "paid_dkk", "public_fare_dkk", "distance_km", "other_route_km"),
    "designated_distance_km",
)

_OTHER_ROUTE_BEYOND = "other_route_beyond_limit"
_ROUTES_DISAGREE = f"measured.beyond_distance_limit <> measured.{_OTHER_ROUTE_BEYOND}"

_ABOUT_THE_PLACE = ("distance_km", "designated_distance_km", "place_choice")

WRITTEN = {
    "time_barred": f"CASE WHEN measured.application_date > measured.trip_date + {YEARS * 10_000}"
    " THEN 'true' ELSE 'false' END",
    "ticket_was_dearer": "CASE WHEN measured.paid_dkk IS NOT NULL"
    " AND (measured.public_fare_dkk IS NULL OR measured.paid_dkk > measured.public_fare_dkk)"
    " THEN 'true' ELSE 'false' END",
    "measurements_disagree": f"CASE WHEN {_ROUTES_DISAGREE} THEN 'true' ELSE 'false' END",
    "beyond_distance_limit": f"CASE WHEN {_ROUTES_DISAGREE} THEN NULL ELSE measured.beyond_distance_limit END",
}
"""What is written once more.

The last day to claim is the same number three years on; the number after a 28 February that has no 29th is no day,
so comparing numbers is comparing with the end of the month.
"""


def limits(read: tuple[str, ...]) -> dict[str, str]:
    """The dated limits that the measures the law reads compare with, as expressions over `given`."""
    by_purpose = " ".join(
        f"WHEN {code(purpose)} THEN given.{limit}" for purpose, limit in sorted(DISTANCE_LIMITS.items())
    )
    found = {"distance_limit_km": f"CASE given.purpose {by_purpose} END"}
    for name in read:
        for number in inputs(name) if name in MEASURES else ():
            if number not in FACTS and number not in found:
                found[number] = f"given.{number}"
    return found


def limit_amounts(read: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the dated amounts behind `limits`."""
    others = [each for each in limits(read) if each != "distance_limit_km"]
    return tuple(sorted({*DISTANCE_LIMITS.values(), *others}))


def facts_needed(read: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of the table `facts` that the query reads besides `case_id`, in the order of `FACTS`."""
    needed = {"purpose", "trip_date", *MONEY_FACTS, *_BEHIND_THE_WRITTEN}
    for name in read:
        needed |= {name} if name in FACTS else set()
        needed |= {number for number in (inputs(name) if name in MEASURES else ()) if number in FACTS}
        needed |= set() if name in WRITTEN else {effect.fact for effect in effects(name)}
    return tuple(name for name in FACTS if name in needed)


def given(dialect: Dialect, read: tuple[str, ...], amounts: tuple[str, ...]) -> str:
    """`given`: the facts as codes and whole numbers, and the amounts of the day.

    `copy_no` tells apart rows that share a `case_id`, so that none is merged into another.
    """
    columns = [
        "facts.case_id",
        "ROW_NUMBER() OVER (PARTITION BY facts.case_id ORDER BY facts.case_id) AS copy_no",
        *(f"{_with_what_follows(dialect, name)} AS {name}" for name in facts_needed(read)),
        *(f"calendar.{name}" for name in amounts),
    ]
    day = dialect.day_number.format("facts.trip_date")
    dated = f"calendar ON {day} BETWEEN calendar.first_day AND calendar.last_day"
    return _select("given", columns, f"facts LEFT JOIN {dated}")


def _with_what_follows(dialect: Dialect, name: str) -> str:
    """A fact as it is given, else as two others settle it."""
    read = {each: _as_read(dialect, FACTS[each]) for each in (name, *_ABOUT_THE_PLACE)}
    used, designated, choice = (read[each] for each in _ABOUT_THE_PLACE)
    knows_one = f"facts.purpose IN ({', '.join(map(code, designated_place.PURPOSES))})"
    follows = {
        "place_choice": f"CASE WHEN {knows_one} AND {used} <> {designated} THEN {code('own_choice')} END",
        "distance_km": f"CASE WHEN {knows_one} AND {choice} = {code('designated')} THEN {designated} END",
    }
    return f"COALESCE({read[name]}, {follows[name]})" if name in follows else read[name]


def can_be(rows: str) -> str:
    """The condition that a row does not put the designated place on the other side of the limit than it lies."""
    lies = "CASE WHEN situation.designated_distance_km IS NOT NULL THEN situation.designated_beyond_distance_limit END"
    otherwise = f"{rows}.place_choice = {code('designated')} AND {rows}.beyond_distance_limit <> {lies}"
    return f"CASE WHEN {otherwise} THEN 0 ELSE 1 END = 1"


def _as_read(dialect: Dialect, info: FactInfo) -> str:
    column = f"facts.{info.name}"
    if info.kind == "bool":
        yes, no = dialect.is_yes.format(column), dialect.is_no.format(column)
        return f"CASE WHEN {yes} THEN 'true' WHEN {no} THEN 'false' END"
    if info.kind == "date":
        return dialect.day_number.format(column)
    if info.kind == "decimal":
        return dialect.as_integer(f"ROUND({column} * {whole_units(info.unit)}, 0)")
    return dialect.as_integer(column) if info.kind == "whole" else dialect.as_text(column)


def measured(read: tuple[str, ...]) -> str:
    """`measured`: `given` with every comparison with a number that the law reads."""
    numbers = {name: f"given.{name}" for name in FACTS} | {
        name: f"({limit})" if " " in limit else limit for name, limit in limits(read).items()
    }
    names = sorted({name for name in read if name in MEASURES} | {"beyond_distance_limit"})
    other_route = measure("beyond_distance_limit", {**numbers, "distance_km": numbers["other_route_km"]})
    columns = [
        "given.*",
        *(f"{measure(name, numbers)} AS {name}" for name in names),
        f"{other_route} AS {_OTHER_ROUTE_BEYOND}",
    ]
    return _select("measured", columns, "given")


def situation(read: tuple[str, ...], amounts: tuple[str, ...]) -> str:
    """`situation`: what the law reads, presumptions included, and what the kroner are computed from."""
    passed = ("case_id", "copy_no", *("purpose", "trip_date"), *MONEY_FACTS, *amounts)
    columns = [
        *(f"measured.{name}" for name in passed),
        *(f"{_settled(name)} AS {name}" for name in read if name not in passed),
    ]
    return _select("situation", columns, "measured")


def _settled(name: str) -> str:
    """A column of `situation`: what is known, else what another fact says, else what is presumed."""
    if name in WRITTEN:
        return WRITTEN[name]
    if not is_known_name(name):
        raise ValueError(f"the law reads '{name}', which the query cannot derive")
    otherwise = _otherwise(name)
    if name not in FACTS and name not in MEASURES:
        return otherwise
    return f"measured.{name}" if otherwise == "NULL" else f"COALESCE(measured.{name}, {otherwise})"


def _otherwise(name: str) -> str:
    found = sorted(effects(name), key=lambda effect: (code(effect.value), effect.fact))
    branches = []
    for (fact, value), same in groupby(found, key=lambda effect: (effect.fact, effect.value)):
        codes = [code(effect.given) for effect in same if effect.given is not None]
        test = f"IN ({', '.join(codes)})" if codes else "IS NOT NULL"
        branches.append(f"WHEN measured.{fact} {test} THEN {code(value)}")
    if not branches:
        return code(ordinary(name))
    return f"CASE {' '.join(branches)} ELSE {code(ordinary(name))} END"


def _select(name: str, columns: list[str], source: str) -> str:
    listed = ",\n    ".join(columns)
    return f"{name} AS (\n  SELECT\n    {listed}\n  FROM {source}\n)"
