"""The theorem: what is said with some facts unknown is true however those facts turn out.

Random partial cases of rehabilitation and training, every fact those purposes read, trips from 2018 to 2024. An
outcome is *definite* when it is not `undetermined` and has no `conditions`.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from transport_calc import Case, Decision, decide
from transport_calc.contradictions import contradictions
from transport_calc.facts import FACTS, FactInfo
from transport_calc.intake.json_case import case_from_object

Facts = dict[str, Any]

YES_NO = st.booleans()
OERE = st.sampled_from(["0.00", "42.00", "48.00", "48.01", "80.00", "100.00", "113.00", "113.01", "250.00", "1000.00"])
KRONER = OERE.map(Decimal)
KM = st.sampled_from(["0", "5.0", "12.0", "49.9", "50.0", "50.1", "80.0"]).map(Decimal)
TRIP = st.dates(date(2018, 1, 1), date(2024, 12, 31))

NOT_READ = {
    *("purpose", "trip_date", "case_id", "insurance_group", "publicly_funded", "within_service_level", "referred"),
    *("specialty", "nearest_specialist", "nearest_hindered", "acute_away_from_home", "ambulatory_followup"),
    "weekend_leave",
}
"""Given in every case, never interpreted, or facts of other treatments."""

OF_KIND: dict[str, st.SearchStrategy[Any]] = {"bool": YES_NO, "date": TRIP, "decimal": KRONER, "text": st.just("x")}


def values_of(info: FactInfo) -> st.SearchStrategy[Any]:
    if info.name.endswith("_km"):
        return KM
    return st.sampled_from(sorted(info.choices)) if info.choices else OF_KIND[info.kind]


READ: dict[str, st.SearchStrategy[Any]] = {
    "decision_date": st.just(date(2026, 11, 21)),
    "municipality": st.sampled_from(["broenderslev", "randers", "aarhus"]),
    "age": st.sampled_from([5, 17, 18, 70]),
    "handicap_trips_used": st.sampled_from([0, 103, 104]),
}
READ |= {name: values_of(info) for name, info in FACTS.items() if name not in NOT_READ and name not in READ}
"""A strategy for every fact that rehabilitation and training may read; a new fact is among them by itself."""

ORDINARY = {name: READ[name] for name in ("hospital_based", "pensioner", "mobility", "distance_km", "means")}
MONEY = {name: READ[name] for name in ("public_fare_dkk", "paid_dkk", "documented")}


OWN_TRANSPORT = ("public_transport", "own_car", "taxi", "other")


def _dearer_ticket(case: Case) -> bool:
    if case.means != "public_transport" or case.paid_dkk is None:
        return False
    return case.public_fare_dkk is None or case.paid_dkk > case.public_fare_dkk


def _on_both_sides_of_50_km(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and (one > 50) != (other > 50)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A partial case that does not contradict itself; the facts that matter most are given more often than not."""
    given_facts: Facts = {"purpose": draw(st.sampled_from(["rehabilitation"] * 4 + ["maintenance_training"]))}
    given_facts["trip_date"] = draw(TRIP)
    often = {*draw(st.sets(st.sampled_from(sorted({**ORDINARY, **MONEY})), min_size=3))}
    seldom = {*draw(st.sets(st.sampled_from(sorted(READ)), max_size=5))}
    given_facts |= {name: draw(READ[name]) for name in sorted(often | seldom)}
    case = Case(**given_facts)
    assume(not contradictions(case))
    return case


def with_facts(case: Case, **more: object) -> Case:
    return dataclasses.replace(case, **more)  # type: ignore[arg-type]


def definite(decision: Decision) -> bool:
    return decision.status == "decided" and not decision.conditions


def assumed_in(decision: Decision) -> set[str]:
    return {each.fact for each in decision.assumed}


def unknown_in(case: Case) -> list[str]:
    return [name for name in READ if getattr(case, name) is None]


@st.composite
def cases_with_one_more_fact(draw: st.DrawFn) -> tuple[Case, str, Case]:
    case = draw(cases())
    name = draw(st.sampled_from(unknown_in(case)))
    more = with_facts(case, **{name: draw(READ[name])})
    assume(not contradictions(more))
    return case, name, more


@st.composite
def completed_cases(draw: st.DrawFn) -> tuple[Case, Decision, Case]:
    """A case, its definite decision, and the case with every other fact filled in, presumed ones as presumed."""
    case = draw(cases())
    decision = decide(case)
    assume(definite(decision))
    fixed = {each.fact: each.value for each in decision.assumed}
    rest = {name: fixed[name] if name in fixed else draw(READ[name]) for name in unknown_in(case)}
    complete = with_facts(case, **rest)
    for fault in contradictions(complete):
        complete = with_facts(complete, **{fault.field: getattr(case, fault.field)})
    assume(not contradictions(complete))
    return case, decision, complete


@settings(max_examples=120, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None)
@given(cases_with_one_more_fact())
def test_one_more_fact_never_turns_a_definite_outcome_into_another(found: tuple[Case, str, Case]) -> None:
    case, name, more = found
    before = decide(case)
    assume(definite(before) and name not in assumed_in(before))
    after = decide(more)
    assert not definite(after) or after.outcome == before.outcome


@settings(max_examples=120, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None)
@given(completed_cases())
def test_a_definite_outcome_is_that_of_every_completion(found: tuple[Case, Decision, Case]) -> None:
    _, decision, complete = found
    assert decide(complete).outcome == decision.outcome


@pytest.mark.parametrize(
    ("given_facts", "one_more"),
    [
        pytest.param({"public_fare_dkk": "80"}, {"application_date": "2027-05-14"}, id="application_date"),
        pytest.param({"public_fare_dkk": "80"}, {"site": "home"}, id="site"),
        pytest.param(
            {"mobility": "excluded", "means": "own_car", "distance_km": "5"},
            {"extra_costs_dkk": "40"},
            id="extra_costs_dkk",
        ),
        pytest.param({"means": "public_transport", "public_fare_dkk": "40"}, {"paid_dkk": "60"}, id="paid_dkk"),
        pytest.param(
            {"paid_dkk": "60", "public_fare_dkk": "40"}, {"means": "public_transport"}, id="paid_dkk_before_means"
        ),
        pytest.param(
            {"place_choice": "own_choice", "public_fare_dkk": "80", "designated_cost_dkk": "80"},
            {"designated_entitled": False},
            id="designated_entitled",
        ),
        pytest.param({"pensioner": False, "distance_km": "49"}, {"other_route_km": "51"}, id="other_route_km"),
        pytest.param({"transport_offered": True}, {"means": "taxi"}, id="means"),
    ],
)
def test_what_only_the_claimant_can_raise_is_named_as_presumed(given_facts: Facts, one_more: Facts) -> None:
    known = RETIRED | given_facts
    before = decide(case_from_object(known))
    after = decide(case_from_object(known | one_more))
    assert not definite(before) or after.outcome == before.outcome or one_more.keys() <= assumed_in(before)


# --- what changes nothing ---------------------------------------------------------------------------------------------

RETIRED: Facts = {
    "purpose": "rehabilitation",
    "trip_date": "2024-05-13",
    "hospital_based": True,
    "pensioner": True,
    "mobility": "public_transport",
}


def as_object(case: Case) -> dict[str, object]:
    return {name: value for name in FACTS if (value := getattr(case, name)) is not None}


def without_digest(decision: Decision) -> dict[str, object]:
    found = decision.as_json()
    del found["receipt"]
    return found


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(cases(), st.data())
def test_the_order_of_the_facts_is_irrelevant(case: Case, data: st.DataObject) -> None:
    facts = as_object(case)
    shuffled = {name: facts[name] for name in data.draw(st.permutations(list(facts)))}
    assert decide(case_from_object(shuffled)).as_json() == decide(case_from_object(facts)).as_json()


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(cases(), YES_NO, st.sampled_from(sorted(FACTS["specialty"].choices)), YES_NO)
def test_facts_of_other_treatments_change_nothing(case: Case, leave: bool, specialty: str, referred: bool) -> None:
    more = with_facts(case, weekend_leave=leave, specialty=specialty, referred=referred)
    assert without_digest(decide(more)) == without_digest(decide(case))


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(cases())
def test_deciding_twice_gives_the_same_bytes(case: Case) -> None:
    assert json.dumps(decide(case).as_json()) == json.dumps(decide(case).as_json())


# --- money ------------------------------------------------------------------------------------------------------------


@settings(max_examples=120, suppress_health_check=list(HealthCheck), deadline=None)
@given(cases(), KRONER)
def test_never_more_is_paid_than_was_spent(case: Case, paid: Decimal) -> None:
    amount = decide(with_facts(case, paid_dkk=paid)).amount
    for payable in (amount.payable_dkk, amount.highest_dkk):
        assert payable is None or Decimal(0) <= payable <= paid


def by_own_car(distance: Decimal, trip_date: date) -> Decimal:
    case = Case(
        purpose="rehabilitation",
        trip_date=trip_date,
        hospital_based=True,
        pensioner=True,
        mobility="excluded",
        means="own_car",
        distance_km=distance,
    )
    payable = decide(case).amount.payable_dkk
    assert payable is not None
    return payable


DISTANCES = st.integers(0, 2000).map(lambda hundred_metres: Decimal(hundred_metres) / 10)


@settings(max_examples=80, deadline=None)
@given(DISTANCES, DISTANCES, TRIP)
def test_by_own_car_a_longer_way_never_pays_less(one: Decimal, other: Decimal, trip_date: date) -> None:
    shorter, longer = sorted((one, other))
    assert by_own_car(shorter, trip_date) <= by_own_car(longer, trip_date)


MINIMA = [
    (date(2018, 6, 30), "25", "60"),
    (date(2018, 7, 1), "42", "100"),
    (date(2019, 6, 1), "43", "102"),
    (date(2020, 6, 1), "43", "103"),
    (date(2021, 6, 1), "44", "104"),
    (date(2022, 6, 1), "44", "104"),
    (date(2023, 6, 1), "45", "108"),
    (date(2024, 12, 31), "48", "113"),
]


@pytest.mark.parametrize(
    ("on", "minimum", "pensioner"),
    [(on, low, True) for on, low, _ in MINIMA] + [(on, high, False) for on, _, high in MINIMA],
)
def test_the_minimum_must_be_exceeded_by_an_oere(on: date, minimum: str, pensioner: bool) -> None:
    def outcome_of(fare: Decimal) -> tuple[str, Decimal | None]:
        case = Case(
            purpose="rehabilitation",
            trip_date=on,
            hospital_based=True,
            pensioner=pensioner,
            mobility="public_transport",
            distance_km=Decimal("50.1"),
            public_fare_dkk=fare,
        )
        decision = decide(case)
        return decision.outcome, decision.amount.payable_dkk

    exactly = Decimal(minimum)
    above = exactly + Decimal("0.01")
    assert outcome_of(exactly - Decimal("0.01")) == ("below_minimum", Decimal(0))
    assert outcome_of(exactly) == ("below_minimum", Decimal(0))
    assert outcome_of(above) == ("entitled", above)


@pytest.mark.parametrize(
    ("distance", "outcome"),
    [("49.9", "not_entitled"), ("50.0", "not_entitled"), ("50.001", "entitled"), ("50.1", "entitled")],
)
def test_the_distance_must_exceed_50_km(distance: str, outcome: str) -> None:
    case = Case(
        purpose="rehabilitation",
        trip_date=date(2024, 5, 13),
        hospital_based=True,
        pensioner=False,
        mobility="public_transport",
        distance_km=Decimal(distance),
        public_fare_dkk=Decimal(200),
    )
    assert decide(case).outcome == outcome
