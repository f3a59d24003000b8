"""The theorem for every purpose: what is said, asked and left out with some facts unknown.

Numbers are drawn around their limits on the day. Completions are enumerated where there are few, and sampled where
there are many. A fact named under `assumed` keeps its ordinary value, unless it is asked for as well.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from math import prod
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from transport_calc import Case, Decision, decide
from transport_calc.contradictions import contradictions
from transport_calc.facts import FACTS, PRESUMED, REQUIRED, Purpose
from transport_calc.law.questions import QUESTIONS
from transport_calc.parameters import MILEAGE_LOW, MINIMUM_OTHER, MINIMUM_PENSIONER, Parameters, UnknownAmount
from transport_calc.what_if import flips

Facts = dict[str, Any]

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
DAYS = [
    *(date(2013, 12, 31), date(2016, 6, 30), date(2018, 6, 30), date(2018, 7, 1), date(2021, 6, 1)),
    *(date(2024, 5, 13), date(2024, 12, 31), date(2025, 8, 1), date(2026, 3, 2), date(2027, 7, 1)),
]
NOT_INTERPRETED = {*REQUIRED, "case_id", "decision_date"}
READ = [name for name in FACTS if name not in NOT_INTERPRETED]
ENUMERATED = 32
"""Up to this many completions all are tried; above, this many are sampled."""

ORE = Decimal("0.01")


@cache
def amount(name: str, on: date) -> Decimal | None:
    try:
        return Parameters().at(name, on).value
    except UnknownAmount:
        return None


@cache
def values(name: str, on: date) -> tuple[Any, ...]:
    """The values a fact is tried with: every choice, and numbers on both sides of their limits."""
    info = FACTS[name]
    minima = [each for each in (amount(MINIMUM_PENSIONER, on), amount(MINIMUM_OTHER, on)) if each is not None]
    if name == "municipality":
        return ("broenderslev", "aarhus")
    if name == "age":
        return (17, 18)
    if name == "handicap_trips_used":
        return (103, 104)
    if name == "insurance_group":
        return (1, 2)
    if info.kind == "date":
        last = date(on.year + 3, on.month, on.day)
        return (last, last + timedelta(days=1))
    if info.kind == "bool":
        return (True, False)
    if info.kind == "choice":
        return tuple(info.choices)
    if name.endswith("_km"):
        rate = amount(MILEAGE_LOW, on)
        by_money = [(each / rate / 2).quantize(Decimal("0.1")) for each in minima] if rate else []
        return (Decimal(0), *(km + Decimal("0.1") for km in by_money), Decimal(50), Decimal("50.1"))
    return (Decimal(0), *(each for low in minima for each in (low, low + ORE)), Decimal(300))


def with_facts(case: Case, **more: object) -> Case:
    return dataclasses.replace(case, **more)  # type: ignore[arg-type]


@st.composite
def partial_cases(draw: st.DrawFn, purpose: Purpose) -> Case:
    """A case without contradictions, in which of the usual facts more are given than of the unusual."""
    on = draw(st.sampled_from(DAYS))
    usual = [name for name in QUESTIONS[purpose] if name not in PRESUMED]
    names = {*draw(st.sets(st.sampled_from(usual)))} if usual else set()
    names |= {*draw(st.sets(st.sampled_from(READ), max_size=5))}
    case = Case(
        purpose=purpose,
        trip_date=on,
        **{name: draw(st.sampled_from(values(name, on))) for name in READ if name in names},
    )
    assume(not contradictions(case))
    return case


def unknown_in(case: Case) -> list[str]:
    return [name for name in READ if getattr(case, name) is None]


def assumed_in(decision: Decision) -> dict[str, object]:
    return {each.fact: each.value for each in decision.assumed if each.fact not in decision.missing}


def definite(decision: Decision) -> bool:
    return decision.status == "decided" and not decision.conditions


def completions(case: Case, fixed: Facts, random: Random, but: Sequence[str] = ()) -> Iterator[Case]:
    """The case with all facts filled in: every way to fill in the usual ones, or a sample of these ways.

    The unusual ones are drawn anew for each, and may stay unknown. `fixed` stays as it is, `but` unknown.
    """
    on = case.trip_date
    open_facts = [name for name in unknown_in(case) if name not in fixed and name not in but]
    usual = [name for name in open_facts if name in QUESTIONS[case.purpose]]
    ways = product(*(values(name, on) for name in usual))
    if prod(len(values(name, on)) for name in usual) > ENUMERATED:
        ways = iter([tuple(random.choice(values(name, on)) for name in usual) for _ in range(ENUMERATED)])
    for way in ways:
        rest = {name: random.choice((None, *values(name, on))) for name in open_facts if name not in usual}
        complete = with_facts(case, **rest, **dict(zip(usual, way, strict=True)), **fixed)
        for fault in contradictions(complete):
            complete = with_facts(complete, **{fault.field: getattr(case, fault.field)})
        if not contradictions(complete):
            yield complete


TODAY = date(2026, 11, 21)

SUPPOSED_YEAR = 2024
"""The year whose amounts stand in for the unknown ones: an unknown amount is one more thing that is missing."""


def told(decision: Decision) -> tuple[str, Decimal | None]:
    return decision.outcome, decision.amount.payable_dkk


QUIET = settings(
    derandomize=True, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), max_examples=12
)
EVERY_PURPOSE = pytest.mark.parametrize("purpose", PURPOSES)
SEEDS = st.integers(0, 2**32).map(Random)


@EVERY_PURPOSE
@QUIET
@given(data=st.data(), random=SEEDS)
def test_a_definite_outcome_is_that_of_every_completion(purpose: Purpose, data: st.DataObject, random: Random) -> None:
    case = data.draw(partial_cases(purpose))
    decision = decide(case)
    assume(definite(decision))
    for complete in completions(case, assumed_in(decision), random):
        assert decide(complete).outcome == decision.outcome, complete


@EVERY_PURPOSE
@QUIET
@given(data=st.data())
def test_one_more_fact_never_turns_a_definite_outcome_into_another(purpose: Purpose, data: st.DataObject) -> None:
    case = data.draw(partial_cases(purpose))
    before = decide(case)
    assume(definite(before))
    for name in unknown_in(case):
        if name in assumed_in(before):
            continue
        for value in values(name, case.trip_date):
            more = with_facts(case, **{name: value})
            after = None if contradictions(more) else decide(more)
            assert after is None or not definite(after) or after.outcome == before.outcome, more


def answers(case: Case, name: str, amounts_of: int | None = None) -> set[object]:
    """What the values of one fact lead to: the outcome, the kroner, the offer, and what is asked next."""
    found: set[object] = set()
    for value in values(name, case.trip_date):
        more = with_facts(case, **{name: value})
        if not contradictions(more):
            decision = decide(more, use_amounts_of=amounts_of)
            found.add((*told(decision), decision.channel.code, decision.missing))
    return found


def decides(case: Case, name: str, others: Sequence[str], random: Random) -> bool:
    """Are there answers to other questions asked with which the answer to this one makes a difference?"""
    for turn in range(400):
        given_too = [each for each in others if turn and random.random() < 0.8]
        more = with_facts(case, **{each: random.choice(values(each, case.trip_date)) for each in given_too})
        amounts_of = random.choice((None, SUPPOSED_YEAR))
        if not contradictions(more) and len(answers(more, name, amounts_of)) > 1:
            return True
    return False


@EVERY_PURPOSE
@settings(QUIET, max_examples=5)
@given(data=st.data(), random=SEEDS)
def test_every_fact_asked_for_makes_a_difference(purpose: Purpose, data: st.DataObject, random: Random) -> None:
    case = data.draw(partial_cases(purpose))
    asked = [name for name in decide(case).missing if name in FACTS]
    for name in asked:
        assert decides(case, name, [each for each in asked if each != name], random), (case, name)


@EVERY_PURPOSE
@QUIET
@given(data=st.data(), random=SEEDS)
def test_what_is_moot_changes_neither_outcome_nor_kroner(purpose: Purpose, data: st.DataObject, random: Random) -> None:
    case = data.draw(partial_cases(purpose))
    decision = decide(case)
    if not decision.moot:
        return
    name = data.draw(st.sampled_from(decision.moot))
    fixed = assumed_in(decision)
    for settled in (case, *completions(case, fixed, random, but=[name])):
        expected = told(decide(settled, use_amounts_of=SUPPOSED_YEAR))
        for value in values(name, case.trip_date):
            more = with_facts(settled, **{name: value})
            assert contradictions(more) or told(decide(more, use_amounts_of=SUPPOSED_YEAR)) == expected, (name, more)


@EVERY_PURPOSE
@QUIET
@given(data=st.data())
def test_a_flip_leads_exactly_where_it_says(purpose: Purpose, data: st.DataObject) -> None:
    case = data.draw(partial_cases(purpose))
    decision = decide(case, today=TODAY)
    for flip in flips(decision):
        changed = with_facts(case, **{flip.fact: flip.after})
        assert not contradictions(changed)
        after = decide(changed, today=TODAY)
        assert (*told(after), after.amount.companion_payable_dkk) == flip[3:]
        assert flip[3:] != (*told(decision), decision.amount.companion_payable_dkk)


# --- cases that once went wrong ---------------------------------------------------------------------------------------

MAY = date(2024, 5, 13)


@pytest.mark.parametrize("purpose", ["rehabilitation", "hospital"])
def test_a_stated_cost_to_the_designated_place_is_named_as_presumed(purpose: Purpose) -> None:
    case = Case(
        purpose=purpose,
        trip_date=MAY,
        hospital_based=True,
        pensioner=True,
        mobility="excluded",
        means="own_car",
        place_choice="own_choice",
        distance_km=Decimal(100),
        designated_distance_km=Decimal(60),
    )
    before, after = decide(case), decide(with_facts(case, designated_cost_dkk=Decimal(10)))
    assert definite(before)
    assert after.outcome == before.outcome or "designated_cost_dkk" in assumed_in(before)


@pytest.mark.parametrize("purpose", ["rehabilitation", "hospital"])
def test_a_place_choice_that_can_only_be_one_is_not_asked_for(purpose: Purpose) -> None:
    case = Case(purpose=purpose, trip_date=MAY, distance_km=Decimal("6.5"), designated_distance_km=Decimal("50.1"))
    assert contradictions(with_facts(case, place_choice="designated"))
    assert "place_choice" not in decide(case).missing


def test_means_is_not_asked_for_where_what_was_paid_settles_the_amount() -> None:
    case = Case(
        purpose="hospital",
        trip_date=MAY,
        mobility="excluded",
        distance_km=Decimal("25.4"),
        paid_dkk=Decimal("113.01"),
    )
    assert "means" not in decide(case).missing


def test_a_capped_amount_does_not_depend_on_the_choice_of_place() -> None:
    """Nothing was paid, so nothing is paid out; the designated cost exceeds the 25 kr. of 2013 by itself."""
    case = Case(
        purpose="rehabilitation",
        trip_date=date(2013, 12, 31),
        hospital_based=True,
        pensioner=True,
        paid_dkk=Decimal(0),
        designated_cost_dkk=Decimal("25.01"),
    )
    assert "place_choice" not in decide(case).missing


@pytest.mark.parametrize("on", [MAY, date(2026, 3, 2)])
def test_what_cost_nothing_exceeds_no_minimum_known_or_not(on: date) -> None:
    case = Case(
        purpose="hospital", trip_date=on, pensioner=True, mobility="public_transport", public_fare_dkk=Decimal(0)
    )
    decision = decide(case)
    assert (decision.outcome, decision.missing) == ("below_minimum", ())


def test_a_designated_place_said_to_give_a_right_is_presumed_to_lie_far_enough() -> None:
    case = Case(
        purpose="specialist",
        trip_date=MAY,
        pensioner=False,
        mobility="public_transport",
        referred=True,
        nearest_specialist=False,
        nearest_hindered=False,
        public_fare_dkk=Decimal(300),
        designated_cost_dkk=Decimal(200),
        designated_entitled=True,
    )
    decision = decide(case)
    assert (decision.outcome, decision.amount.payable_dkk) == ("entitled", Decimal(200))
    assert "designated_distance_km" in assumed_in(decision)
    assert decide(with_facts(case, designated_distance_km=Decimal(50))).outcome == "not_entitled"


def test_what_only_changes_why_there_is_no_right_is_not_asked_for() -> None:
    """Another distance is own choice, and the designated hospital gives no right; only the special vehicle does."""
    case = Case(
        purpose="hospital",
        trip_date=MAY,
        distance_km=Decimal(0),
        designated_distance_km=Decimal(6),
        designated_entitled=False,
        ambulatory_followup=True,
    )
    assert decide(case).missing == ("mobility",)
