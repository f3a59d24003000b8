"""The law a second time: decision tables written from the text of the orders, against the product.

`tests/oracle/*.csv` is one table per purpose, and one each for the companion and the cost. The first row that matches
decides; a cell is empty (any value), a value, `a|b` (one of these) or `!a` (not this); `from` and `until` are the days
the row holds. The tables were written from the orders and know nothing of how the product is built.
"""

from __future__ import annotations

import csv
import itertools
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from transport_calc.law.amount import cost_basis
from transport_calc.law.basis import legal_basis
from transport_calc.law.companion import companion_right
from transport_calc.law.situation import DOMAINS, Situation

FOLDER = Path(__file__).parent / "oracle"
PURPOSES = tuple(str(purpose) for purpose in DOMAINS["purpose"])
TABLES = (*PURPOSES, "companion", "cost_basis")
DATES = (
    *(date(2009, 5, 13), date(2013, 5, 13), date(2015, 5, 13), date(2016, 8, 10)),
    *(date(2017, 5, 15), date(2024, 5, 13), date(2027, 5, 13)),
)
FIRST_ORDER = date(2008, 9, 1)
ONE_DAY = timedelta(days=1)
NOT_CONDITIONS = {"from", "until", "status", "minimum_class", "paid_as_to", "in_kind", "basis", "section", "remark"}
WHOLE_SPACE = 40_000
"""Tables with no more combinations than this are compared on every one of them, on each of `DATES`."""

BARS = (
    *("time_barred", "trip_made", "treated_at_home", "treatment_started"),
    *("hospital_based", "publicly_funded", "within_service_level", "insurance_group"),
)
"""Facts that alone settle the claim before anything else is asked."""


ORDINARY: dict[str, Any] = {
    "hospital_based": True,
    "rehabilitation_level": "general",
    "seven_day_provider": False,
    "pensioner": False,
    "insurance_group": 1,
    "covered_by_aeldreloven": False,
    "old_section_86_decision": False,
    "mobility": "public_transport",
    "handicap_scheme": False,
    "can_arrange_own_transport": True,
    "site": "municipal_centre",
    "place_choice": "designated",
    "publicly_funded": True,
    "within_service_level": True,
    "referred": True,
    "diagnostic_referral": False,
    "acute_injury": False,
    "without_gp": False,
    "specialty": "other",
    "nearest_specialist": True,
    "nearest_hindered": False,
    "acute_away_from_home": False,
    "endpoint": "home",
    "resident_by_stay": False,
    "ambulatory_followup": False,
    "weekend_leave": False,
    "treatment_started": True,
    "trip_made": True,
    "means": "public_transport",
    "public_transport_available": True,
    "transport_offered": False,
    "documented": True,
    "overnight_needed": False,
    "companion": False,
    "companion_needed": False,
    "companion_over_12_hours": False,
    "companion_leg": "with_patient",
    "beyond_distance_limit": False,
    "designated_beyond_distance_limit": False,
    "is_child": False,
    "handicap_trips_left": True,
    "cost_above_minimum": True,
    "designated_cost_above_minimum": True,
    "calculated_above_paid": False,
    "time_barred": False,
    "measurements_disagree": False,
    "designated_place_gives_no_right": False,
    "went_by_public_transport": False,
    "ticket_was_dearer": False,
    "own_transport_used": False,
    "treated_at_home": False,
    "money_claimed": False,
    "rehabilitation_is_specialised": False,
}

DERIVED = ("rehabilitation_is_specialised", "went_by_public_transport")
NOT_DERIVED = tuple(name for name in ORDINARY if name not in DERIVED)

Facts = dict[str, Any]
YES_NO = {True: "yes", False: "no"}


@dataclass(frozen=True, eq=False)
class Row:
    line: int
    first_day: date
    last_day: date
    accepted: dict[str, frozenset[Any]]
    result: tuple[Any, ...]
    section: str


@dataclass(frozen=True, eq=False)
class Table:
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @cache  # noqa: B019
    def on(self, day: date) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.first_day <= day <= row.last_day)

    def row_for(self, facts: Facts, day: date) -> Row | None:
        return next(
            (row for row in self.on(day) if all(facts[name] in values for name, values in row.accepted.items())), None
        )


def values_of(column: str, table: str) -> tuple[Any, ...]:
    if column == "purpose" and table == "companion":
        return ("gp", "specialist", "hospital", "rehabilitation")  # whose patients receive something
    return DOMAINS.get(column, (True, False))


def accepted_values(cell: str, column: str, table: str) -> frozenset[Any]:
    named = {
        YES_NO.get(value, str(value)) if isinstance(value, bool) else str(value): value
        for value in values_of(column, table)
    }
    wanted = cell.removeprefix("!").split("|")
    assert set(wanted) <= set(named), f"{table}.csv: {column} cannot be {cell}"
    found = frozenset(named[text] for text in wanted)
    return frozenset(named.values()) - found if cell.startswith("!") else found


@cache
def load(name: str) -> Table:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = tuple(column for column in reader.fieldnames or () if column not in NOT_CONDITIONS)
        rows = []
        for line, cells in enumerate(reader, start=2):
            result: tuple[Any, ...] = (cells.get("basis"),)
            if "status" in cells:
                result = (cells["status"], cells["minimum_class"], cells["paid_as_to"], cells["in_kind"] == "yes")
            rows.append(
                Row(
                    line,
                    date.fromisoformat(cells["from"] or "0001-01-01"),
                    date.fromisoformat(cells["until"] or "9999-12-31"),
                    {column: accepted_values(cells[column], column, name) for column in columns if cells[column]},
                    result,
                    cells["section"],
                )
            )
    return Table(name, columns, tuple(rows))


def situation(table: str, facts: Facts, day: date) -> Any:
    settled = {**ORDINARY, "purpose": table if table in PURPOSES else "rehabilitation", **facts, "law_date": day}
    settled["rehabilitation_is_specialised"] = settled["rehabilitation_level"] == "specialised"
    settled["went_by_public_transport"] = settled["means"] == "public_transport"
    return SimpleNamespace(**settled)


def of_right(right: Any) -> tuple[Any, ...]:
    """A ride has neither a minimum (§ 31 is about godtgørelse) nor an amount counted to a place."""
    if right.in_kind:
        return (right.status, "", "used", True)
    return (right.status, right.minimum_class, right.paid_as_to, right.in_kind)


def answer(table: str, case: Any) -> tuple[Any, ...]:
    if table == "cost_basis":
        return (cost_basis(case),)
    if table == "companion":
        return of_right(companion_right(case))
    return of_right(legal_basis(case).right(case))


def disagreement(table: str, facts: Facts, day: date, row: Row | None) -> str:
    """Empty where the product says what the table says."""
    assert row is not None, f"{table}.csv says nothing about {facts} on {day}"
    found = answer(table, situation(table, facts, day))
    if found == row.result:
        return ""
    return f"{table}.csv line {row.line} ({row.section}): table {row.result}, product {found}"


def paths(table: Table, day: date) -> Iterator[tuple[Facts, Row | None]]:
    """The whole fact space, row by row: a path settles one fact after another until one row decides for certain."""

    def walk(facts: Facts, rows: tuple[Row, ...]) -> Iterator[tuple[Facts, Row | None]]:
        column = next((name for name in rows[0].accepted if name not in facts), None) if rows else None
        if column is None:
            yield facts, rows[0] if rows else None
            return
        for value in values_of(column, table.name):
            left = tuple(row for row in rows if column not in row.accepted or value in row.accepted[column])
            yield from walk({**facts, column: value}, left)

    return walk({}, table.on(day))


def combinations(table: Table, settled: tuple[str, ...] = ()) -> Iterator[Facts]:
    """Every combination of the facts of the table, with the settled ones as they ordinarily are."""
    domains = [(ORDINARY[name],) if name in settled else values_of(name, table.name) for name in table.columns]
    return (dict(zip(table.columns, values, strict=True)) for values in itertools.product(*domains))


def size(table: Table) -> int:
    return math.prod(len(values_of(column, table.name)) for column in table.columns)


def one_day_per_law(table: Table) -> list[date]:
    """One of `DATES` for each different set of rows in force."""
    return list({table.on(day): day for day in DATES}.values())


def days_of(table: Table) -> list[date]:
    """The days of `DATES`, and both sides of every day on which the table changes."""
    edges = {row.first_day for row in table.rows} | {
        row.last_day + ONE_DAY for row in table.rows if row.last_day < date.max
    }
    edges = {edge for edge in edges if edge > FIRST_ORDER}
    return sorted({*DATES, *edges, *(edge - ONE_DAY for edge in edges)})


def at_random(choose: random.Random, table: Table, names: Iterable[str]) -> Facts:
    return {name: choose.choice(values_of(name, table.name)) for name in names}


def space(table: Table) -> Iterator[tuple[Facts, date, Row | None]]:
    """Every combination on every day where that is feasible, else every combination of the facts behind the bars, on
    the last of `DATES`, and a fifth of them under each earlier law.

    Besides, every path on every day: the facts it leaves open once as they ordinarily are and often at random, half
    of the times with every fact of a situation, also those the table does not name.
    """
    choose = random.Random(816)
    small = size(table) <= WHOLE_SPACE
    for day in DATES if small else one_day_per_law(table):
        for facts in combinations(table, () if small else BARS):
            if small or day == DATES[-1] or choose.random() < 0.2:
                yield facts, day, table.row_for(facts, day)
    for day in days_of(table):
        for facts, row in paths(table, day):
            yield {**{column: ORDINARY[column] for column in table.columns if column in ORDINARY}, **facts}, day, row
            for names in (table.columns, (*NOT_DERIVED, *table.columns)) * 5:
                yield {**at_random(choose, table, names), **facts}, day, row


def test_ordinary_settles_every_fact() -> None:
    assert {*ORDINARY, "law_date", "purpose"} == set(Situation.__annotations__)


@pytest.mark.parametrize("name", TABLES)
def test_table_is_complete_and_every_row_decides_something(name: str) -> None:
    table = load(name)
    assert {*table.columns} <= {*Situation.__annotations__}
    deciding = {row for day in days_of(table) for _, row in paths(table, day)}
    assert None not in {row and row.line for row in deciding}
    assert {row.line for row in table.rows} == {row.line for row in deciding if row}


def departures(facts: Facts) -> Facts:
    """What is out of the ordinary."""
    return {name: value for name, value in facts.items() if value != ORDINARY.get(name)}


@pytest.mark.parametrize("name", TABLES)
def test_product_agrees_with_table(name: str) -> None:
    times: Counter[str] = Counter()
    simplest: dict[str, tuple[date, Facts]] = {}
    compared = 0
    for facts, day, row in space(load(name)):
        compared += 1
        if text := disagreement(name, facts, day, row):
            times[text] += 1
            special = departures(facts)
            if text not in simplest or len(special) < len(simplest[text][1]):
                simplest[text] = (day, special)
    assert not times, f"{name}: {times.total()} of {compared}\n" + "\n".join(
        f"{text}; {count} times, such as {simplest[text][0]} {simplest[text][1]}" for text, count in times.most_common()
    )


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=100, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
@given(data=st.data())
def test_product_agrees_with_table_on_any_day(name: str, data: st.DataObject) -> None:
    table = load(name)
    day = data.draw(st.dates(FIRST_ORDER, date(2028, 12, 31)))
    names = (*NOT_DERIVED, *table.columns)
    seldom_barred = {key: (ORDINARY[key],) * 8 if key in BARS else () for key in names}
    values = {key: st.sampled_from((*seldom_barred[key], *values_of(key, name))) for key in names}
    facts = data.draw(st.fixed_dictionaries(values))
    assert disagreement(name, facts, day, table.row_for(facts, day)) == ""
