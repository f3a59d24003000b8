"""Each situation is decided once, and what is written for one row of it fits every other, with its own numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import transport_calc.batch.decide.columns as columns_module
from tests.test_batch_agrees import decided, expected
from transport_calc.batch.decide.arithmetic import fact_column
from transport_calc.batch.decide.pattern import LOCAL_MEASURES, Pattern, pattern_of
from transport_calc.batch.decide.situations import BITS, Situations
from transport_calc.batch.decide.symbols import Test as Comparison
from transport_calc.facts import Case
from transport_calc.law.assertions import assertions
from transport_calc.law.orders import FIRST_DAY
from transport_calc.measures import MEASURES
from transport_calc.municipalities import known_slugs, municipality
from transport_calc.parameters import Parameters

_ALL = ["trip_date", "purpose", "hospital_based", "pensioner", "mobility"]
BY_BUS = [*_ALL, "distance_km", "public_fare_dkk", "paid_dkk"]
BY_CAR = [*_ALL, "means", "distance_km", "extra_costs_dkk"]
FACTS = {
    "bus": (BY_BUS, ["13-05-2024", "rehabilitation", "ja", "nej", "public_transport"]),
    "car": (BY_CAR, ["13-05-2024", "rehabilitation", "ja", "ja", "excluded", "own_car"]),
}
LIMITS = ["0", "47,99", "48", "48,01", "49,99", "50", "50,01", "112,99", "113,00", "113,01", "99999,99"]
ANY = st.integers(0, 200_000).map(lambda ore: f"{ore // 100},{ore % 100:02d}")
NUMBERS = st.one_of(st.just(""), st.sampled_from(LIMITS), ANY)


@pytest.mark.parametrize("way", FACTS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_rows_that_differ_in_numbers_only_are_decided_as_each_by_itself(way: str, data: st.DataObject) -> None:
    names, facts = FACTS[way]
    numbers = st.lists(NUMBERS, min_size=len(names) - len(facts), max_size=len(names) - len(facts))
    rows = [facts + each for each in data.draw(st.lists(numbers, min_size=1, max_size=8))]
    found = {row["row"]: row for row in decided(names, rows, "da", None).rows.iter_rows(named=True)}
    for at, cells in enumerate(rows, 2):
        wanted = expected(names, cells, "da", None)
        assert isinstance(wanted, dict)
        assert {name: found[at][name] for name in wanted} == wanted, cells


def test_the_rules_of_municipalities_compare_nothing_but_what_every_pattern_compares() -> None:
    """Else a pattern could not serve a municipality that asks for more than the one it was found in."""
    given = Case(purpose="hospital", trip_date=FIRST_DAY, distance_km=Decimal(1), other_route_km=Decimal(2))
    waiting = {*MEASURES, *assertions(given, None)} - {*LOCAL_MEASURES}
    for slug in known_slugs():
        where = municipality(slug)
        assert where is not None
        asked = {name for rule in (*where.ways, *where.sites) for name in rule.when}
        assert not asked & waiting, slug


def test_a_payment_is_not_compared_where_there_is_no_right() -> None:
    """How far it was, or whether the ticket was dearer than the fare, makes no difference to maintenance training."""
    facts = {"trip_date": date(2024, 5, 13), "purpose": "maintenance_training", "distance_km": Decimal(60)}
    fares = {"public_fare_dkk": Decimal(20), "paid_dkk": Decimal(30)}
    assert pattern_of({**facts, **fares}, Parameters(), "da").tests == {}


def test_many_rows_of_few_situations_are_decided_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def counted(facts: Any, *others: Any) -> Pattern:
        asked.append(facts)
        return pattern_of(facts, *others)

    monkeypatch.setattr(columns_module, "pattern_of", counted)
    names, facts = FACTS["bus"]
    rows = [[*facts, f"{at},5", f"{100 + at},00", f"{100 + at},00"] for at in range(100)]
    found = decided(names, rows, "da", None).rows
    # Up to 50 km there is no right, beyond it the fare is paid if it exceeds 113 kr.
    assert found["outcome"].to_list() == ["not_entitled"] * 50 + ["entitled"] * 50
    assert found["payable_ore"].to_list()[50:] == [10_000 + 100 * at for at in range(50, 100)]
    assert len(asked) < 8


# --- with a law made up -----------------------------------------------------------------------------------------------


def number(fact: str, limit: int) -> Comparison:
    """Whether a whole fact is below a limit."""
    return Comparison("<", ("fact", fact), ("number", Decimal(limit)))


def stairs(limits: list[int], values: list[int]) -> Callable[[int], Pattern]:
    """A law that goes up the limits one by one and stops at the first that is not reached."""

    def decide(at: int) -> Pattern:
        tests: dict[Comparison, bool] = {}
        for limit in limits:
            tests[number("age", limit)] = values[at] < limit
            if values[at] < limit:
                break
        return Pattern(tests)

    return decide


def keyed(keys: list[int]) -> pl.DataFrame:
    return pl.DataFrame({"key0": pl.Series(keys, dtype=pl.UInt64)})


AGES = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 151)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@example(list(range(1, 2 * BITS + 10)), [[(0, 70), (1, 0)], [(0, 129), (0, 151), (1, 70), (0, 70)]])
@given(
    st.lists(st.integers(1, 150), min_size=1, max_size=20, unique=True).map(sorted),
    st.lists(AGES, min_size=1, max_size=3),
)
def test_every_row_gets_the_pattern_it_would_have_by_itself(
    limits: list[int], blocks: list[list[tuple[int, int]]]
) -> None:
    situations = Situations()
    met: dict[tuple[int, int], set[int]] = {}
    for rows in blocks:
        keys, values = [key for key, _ in rows], [value for _, value in rows]
        frame = pl.DataFrame({fact_column("age"): pl.Series(values)})
        decide = stairs(limits, values)
        for at, found in enumerate(situations.find(frame, keyed(keys), decide).to_list()):
            assert situations.patterns[found].tests == decide(at).tests
            step = sum(values[at] >= limit for limit in limits)
            met.setdefault((keys[at], step), set()).add(found)
    assert all(len(patterns) == 1 for patterns in met.values())
    assert len(situations.patterns) == len(met)


def test_a_key_is_not_decided_by_what_another_tests() -> None:
    situations = Situations()
    asked: list[Any] = []

    def decide(at: int) -> Pattern:
        asked.append(at)
        return stairs([10, 20], [5, 15, 25])(at) if at < 3 else Pattern({})

    ages = [5, 15, 25, 5, 15, 25]
    frame = pl.DataFrame({fact_column("age"): pl.Series(ages)})
    found = situations.find(frame, keyed([0, 0, 0, 1, 1, 1]), decide).to_list()
    assert found[3] == found[4] == found[5]
    assert len(set(found)) == 4
    assert sorted(asked) == [0, 1, 2, 3]
