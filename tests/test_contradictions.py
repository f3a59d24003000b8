"""What is refused before anything is explored: both facts named, in either language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from transport_calc import Case, InvalidInput, claims, decide
from transport_calc.claims import _right_under_its_law
from transport_calc.contradictions import contradictions
from transport_calc.engine.explore import explore
from transport_calc.facts import FACTS, Purpose
from transport_calc.law.designated_place import PURPOSES
from transport_calc.law_catalogue import VALUES
from transport_calc.parameters import Parameters
from transport_calc.wording.fault_view import invalid_as_json

MAY = date(2024, 5, 13)
REHABILITATION: dict[str, Any] = {"purpose": "rehabilitation", "trip_date": MAY, "hospital_based": True}


def refused(facts: dict[str, Any], *, parameters: Parameters | None = None) -> list[str]:
    with pytest.raises(InvalidInput) as found:
        decide(Case(**facts), parameters=parameters)
    return [fault.code for fault in found.value.faults]


@pytest.mark.parametrize(
    ("facts", "code", "names"),
    [
        pytest.param(
            {"pension": "folkepension", "pensioner": False},
            "pension_contradicts",
            ("pension", "pensioner"),
            id="pension",
        ),
        pytest.param(
            {"pension": "none", "pensioner": True}, "pension_contradicts", ("pension", "pensioner"), id="no pension"
        ),
        pytest.param(
            {"purpose": "gp", "place_choice": "own_choice"},
            "own_choice_without_designated_place",
            ("place_choice", "purpose"),
            id="own choice",
        ),
        pytest.param(
            {"place_choice": "designated", "distance_km": Decimal(10), "designated_distance_km": Decimal(20)},
            "designated_contradicts",
            ("designated_distance_km", "place_choice"),
            id="two distances",
        ),
        pytest.param({"distance_km": Decimal("-0.1")}, "below_minimum_value", ("distance_km",), id="below zero"),
        pytest.param({"trip_date": date(2008, 8, 31)}, "before_first_order", ("trip_date", "2008-09-01"), id="early"),
        pytest.param({"trip_date": date(2028, 1, 1)}, "after_known_law", ("trip_date", "2027"), id="late"),
    ],
)
@pytest.mark.parametrize("lang", ["da", "en"])
def test_both_facts_are_named(facts: dict[str, Any], code: str, names: tuple[str, ...], lang: str) -> None:
    with pytest.raises(InvalidInput) as found:
        decide(Case(**{**REHABILITATION, **facts}))
    [error] = invalid_as_json(found.value.faults, lang)["errors"]
    assert error["code"] == code
    assert error["field"] == names[0]
    assert [name for name in names if name not in error["message"]] == []
    assert error["hint"]


def test_it_is_refused_before_anything_is_explored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "explore", None)
    assert refused({**REHABILITATION, "pension": "none", "pensioner": True}) == ["pension_contradicts"]


# --- own choice -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_a_designated_place_is_known_where_the_law_asks_for_the_choice(purpose: Purpose) -> None:
    leaves = explore(_right_under_its_law, law_date=MAY, known={"purpose": purpose}, domains=VALUES)
    reads_it = any(fact == "place_choice" for leaf in leaves for fact, _ in leaf.path)
    assert reads_it == (purpose in PURPOSES)
    own_choice = Case(purpose=purpose, trip_date=MAY, place_choice="own_choice")
    assert bool(contradictions(own_choice)) == (not reads_it)


def test_own_choice_with_nothing_about_the_designated_place_is_half_a_case() -> None:
    """The contract, section 2: a fact that is not given is unknown; here the designated place decides the 50 km."""
    facts = {"pensioner": False, "mobility": "public_transport", "distance_km": Decimal(60)}
    decision = decide(Case(**REHABILITATION, **facts, place_choice="own_choice"))
    assert decision.outcome == "undetermined"
    assert "designated_distance_km" in decision.missing


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_place_at_another_distance_is_own_choice(purpose: Purpose) -> None:
    facts: dict[str, Any] = {"purpose": purpose, "trip_date": MAY, "hospital_based": True, "pensioner": True}
    facts |= {"mobility": "public_transport", "public_fare_dkk": Decimal(80), "designated_cost_dkk": Decimal(60)}
    facts |= {"distance_km": Decimal(20), "designated_distance_km": Decimal(10)}
    said, follows = decide(Case(**facts, place_choice="own_choice")), decide(Case(**facts))
    assert (follows.outcome, follows.amount) == (said.outcome, said.amount)
    assert follows.amount.payable_dkk == Decimal(60)


def test_the_designated_place_lies_where_it_lies() -> None:
    """2 x 30 km x 2.23 kr. (low rate of 2024) = 133.80 kr."""
    facts = {"pensioner": True, "mobility": "excluded", "means": "own_car", "place_choice": "designated"}
    decision = decide(Case(**REHABILITATION, **facts, designated_distance_km=Decimal(30)))
    assert decision.amount.payable_dkk == Decimal("133.80")
    assert decision.missing == ()


def test_no_designated_place_beyond_50_km_that_lies_at_25() -> None:
    """Own choice needs both places beyond 50 km (§ 17, stk. 2); the designated one is not."""
    facts: dict[str, Any] = {"pensioner": False, "mobility": "public_transport", "designated_distance_km": Decimal(25)}
    assert decide(Case(purpose="hospital", trip_date=MAY, **facts)).outcome == "not_entitled"


# --- years ------------------------------------------------------------------------------------------------------------


def with_amounts_of(year: int, folder: Path) -> Parameters:
    lines = ['unit = "DKK"', f"from = {year}-01-01", f"to = {year}-12-31", 'source = {title = "Invented"}']
    lines += [f"verified_on = {year}-01-01", 'confidence = "user"']
    amounts = [f'[{name}]\nvalue = "{value}"' for name, value in (("minimum_pensioner", 55), ("minimum_other", 130))]
    text = "\n".join("\n".join([each, *lines]) for each in amounts)
    (folder / f"thresholds_{year}.toml").write_text(text, "utf-8")
    return Parameters(user_data=folder)


def test_a_planned_trip_of_next_year_is_decided() -> None:
    decide(Case(purpose="other", trip_date=date(2027, 12, 31)))
    assert refused({"purpose": "other", "trip_date": date(2028, 1, 1)}) == ["after_known_law"]


def test_who_adds_the_amounts_of_a_year_vouches_for_its_law(tmp_path: Path) -> None:
    facts = REHABILITATION | {"pensioner": True, "mobility": "public_transport", "public_fare_dkk": Decimal(80)}
    facts |= {"rehabilitation_level": "general"}
    amounts = with_amounts_of(2029, tmp_path)
    decision = decide(Case(**facts | {"trip_date": date(2029, 5, 14)}), parameters=amounts)
    assert (decision.outcome, decision.amount.minimum_dkk) == ("entitled", Decimal(55))
    assert refused(facts | {"trip_date": date(2030, 1, 1)}, parameters=amounts) == ["after_known_law"]
    assert refused(facts | {"trip_date": date(2030, 1, 1)}) == ["after_known_law"]


def test_another_years_amounts_vouch_for_nothing() -> None:
    facts = {"purpose": "gp", "trip_date": date(2031, 1, 1)}
    assert refused(facts, parameters=Parameters(use_amounts_of=2024)) == ["after_known_law"]


def test_every_fact_with_a_limit_is_held_to_it() -> None:
    numbers = [info for info in FACTS.values() if info.minimum is not None]
    assert len(numbers) > 8
    for info in numbers:
        value = Decimal(info.minimum or 0) - 1
        facts = {"purpose": "gp", "trip_date": MAY, info.name: int(value) if info.kind == "whole" else value}
        assert "below_minimum_value" in refused(facts), info.name
