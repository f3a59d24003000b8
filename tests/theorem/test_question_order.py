"""In which order is asked: by group, then by how much the answer decides; amounts last."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc import Case, decide
from transport_calc.engine.explore import Path, decisive
from transport_calc.facts import FACTS, REQUIRED, Purpose
from transport_calc.law.questions import CONVERSATION, QUESTIONS, in_order, separations

MAY = date(2024, 5, 13)
NAMES = ("a", "b", "c", "d")

paths = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3)).map(lambda facts: tuple(facts.items()))
leaves = st.lists(st.tuples(paths, st.integers(0, 2)), max_size=12)


@given(leaves)
def test_the_facts_that_separate_are_the_decisive_ones(found: list[tuple[Path, int]]) -> None:
    assert set(separations(found)) == set(decisive(found))


@settings(max_examples=50)
@given(leaves)
def test_each_pair_counts_once(found: list[tuple[Path, int]]) -> None:
    pairs = [(one, other) for number, one in enumerate(found) for other in found[:number]]
    counts = separations(found)
    for fact in NAMES:
        assert counts.get(fact, 0) == sum(decisive(pair) == (fact,) for pair in pairs)


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_every_fact_is_in_one_group(purpose: Purpose) -> None:
    grouped = [fact for group in CONVERSATION[purpose] for fact in group]
    assert sorted(grouped) == sorted(set(FACTS) - {*REQUIRED, "case_id"})
    assert set(QUESTIONS[purpose]) <= set(grouped)


def test_group_then_weight_then_the_order_of_questions_and_amounts_last() -> None:
    weights = {"minimum_other": 90, "paid_dkk": 8, "public_fare_dkk": 9, "means": 1, "distance_km": 2, "mobility": 2}
    weights |= {"pensioner": 1, "age": 1, "hospital_based": 1}
    assert in_order("rehabilitation", weights) == (
        *("hospital_based", "age", "pensioner", "mobility", "distance_km", "means"),
        *("public_fare_dkk", "paid_dkk", "minimum_other"),
    )


@pytest.mark.parametrize(
    ("purpose", "first"),
    [
        ("rehabilitation", ("hospital_based", "pensioner", "mobility", "distance_km", "means")),
        ("hospital", ("pensioner", "mobility")),
        ("gp", ("pensioner", "mobility", "means")),
        ("specialist", ("specialty", "referred", "pensioner")),
    ],
)
def test_a_case_of_which_nothing_is_known_is_asked_like_a_conversation(
    purpose: Purpose, first: tuple[str, ...]
) -> None:
    assert decide(Case(purpose=purpose, trip_date=MAY)).missing[: len(first)] == first


def test_an_amount_that_is_not_known_is_asked_for_last() -> None:
    case = Case(purpose="rehabilitation", trip_date=date(2026, 3, 2), hospital_based=True, pensioner=True)
    missing = decide(case).missing
    assert missing[-1] == "minimum_pensioner"
    assert len(missing) > 1
