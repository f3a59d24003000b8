"""What would change a decision: worked by hand, and held to `decide` for random cases; the same facts on other days."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from transport_calc import Case, Decision, decide
from transport_calc.cli.app import app
from transport_calc.cli.schema import schema_of
from transport_calc.contradictions import contradictions
from transport_calc.facts import FACTS, FactInfo, Purpose
from transport_calc.intake.json_case import case_from_object
from transport_calc.parameters import Parameters
from transport_calc.what_if import MOST, Flip, flips

PENSIONER: dict[str, Any] = {
    "purpose": "rehabilitation",
    "trip_date": "2024-05-13",
    "hospital_based": True,
    "pensioner": True,
    "mobility": "public_transport",
}
FAR_AWAY = PENSIONER | {"pensioner": False, "public_fare_dkk": "180"}


def found(facts: dict[str, Any]) -> tuple[Flip, ...]:
    return flips(decide(case_from_object(facts)))


def flip_of(facts: dict[str, Any], fact: str) -> list[tuple[object, str, Decimal | None]]:
    return [(flip.after, flip.outcome, flip.payable_dkk) for flip in found(facts) if flip.fact == fact]


# --- worked by hand ---------------------------------------------------------------------------------------------------


def test_exactly_the_minimum_is_not_enough_and_an_oere_more_is() -> None:
    """BEK 816/2018 § 31, stk. 1: 48 kr. in 2024 must be exceeded."""
    assert flip_of(PENSIONER | {"public_fare_dkk": "48.00"}, "public_fare_dkk") == [
        (Decimal("48.01"), "entitled", Decimal("48.01"))
    ]
    assert flip_of(PENSIONER | {"public_fare_dkk": "80"}, "public_fare_dkk") == [
        (Decimal("48.00"), "below_minimum", Decimal(0))
    ]


@pytest.mark.parametrize(
    ("distance", "other", "outcome", "payable"),
    [
        ("49.7", "50.1", "entitled", "180"),
        ("50.0", "50.1", "entitled", "180"),
        ("50.001", "50.0", "not_entitled", "0"),
        ("120", "50.0", "not_entitled", "0"),
    ],
)
def test_the_nearest_distance_on_the_other_side(distance: str, other: str, outcome: str, payable: str) -> None:
    """§ 23, nr. 2: over 50 km; who is no pensioner and can use the bus has no other ground."""
    assert flip_of(FAR_AWAY | {"distance_km": distance}, "distance_km") == [(Decimal(other), outcome, Decimal(payable))]


def test_the_own_car_to_the_first_hectometre_above_the_minimum() -> None:
    """2 x 10.7 km x 2.23 kr. = 47.722 kr., not above 48 kr.; 2 x 10.8 x 2.23 = 48.168 kr., to the øre 48.17."""
    car = PENSIONER | {"mobility": "excluded", "means": "own_car"}
    above = [(Decimal("10.8"), "entitled", Decimal("48.17"))]
    assert flip_of(car | {"distance_km": "5"}, "distance_km") == above
    assert flip_of(car | {"distance_km": "10.7"}, "distance_km") == above
    assert flip_of(car | {"distance_km": "10.8"}, "distance_km") == [(Decimal("10.7"), "below_minimum", Decimal(0))]
    assert flip_of(car | {"distance_km": "60"}, "distance_km") == [(Decimal("10.7"), "below_minimum", Decimal(0))]


def test_a_doctors_visit_of_who_is_no_pensioner() -> None:
    """§ 2: transport to the GP is for pensioners; the fare of 80 kr. exceeds the 48 kr. of 2024."""
    refused = {
        "purpose": "gp",
        "trip_date": "2024-05-13",
        "pensioner": False,
        "insurance_group": 1,
        "mobility": "public_transport",
        "public_fare_dkk": "80",
    }
    assert flip_of(refused, "pensioner") == [(True, "entitled", Decimal(80))]


def test_the_days_on_both_sides() -> None:
    """2023: 45 kr. is exceeded by 48 kr.; the amounts of 2025 are not known."""
    assert flip_of(PENSIONER | {"public_fare_dkk": "48.00"}, "trip_date") == [
        (date(2023, 12, 31), "entitled", Decimal(48)),
        (date(2025, 1, 1), "undetermined", None),
    ]


def test_a_year_without_amounts_changes_nothing_where_another_years_stand_in() -> None:
    case = case_from_object(PENSIONER | {"trip_date": "2026-03-01", "public_fare_dkk": "80"})
    changed = {flip.after for flip in flips(decide(case, use_amounts_of=2024)) if flip.fact == "trip_date"}
    assert date(2024, 12, 31) not in changed
    assert date(2027, 1, 1) in changed


def test_only_a_kind_of_pension_with_another_effect() -> None:
    pension = {name: value for name, value in PENSIONER.items() if name != "pensioner"} | {"pension": "seniorpension"}
    assert [after for after, *_ in flip_of(pension | {"public_fare_dkk": "80"}, "pension")] == ["none", "foreign"]


def test_what_contradicts_another_fact_is_no_flip() -> None:
    both = PENSIONER | {"pension": "folkepension", "public_fare_dkk": "80"}
    assert flip_of(both, "pension") == []
    assert flip_of(both, "pensioner") == []


def test_the_companions_cost_changes_the_companions_money() -> None:
    """§ 31, stk. 2 with § 27: the companion's own cost must exceed 113 kr. in 2024."""
    company = {"companion": True, "companion_needed": True, "companion_cost_dkk": "80", "public_fare_dkk": "80"}
    [flip] = [each for each in found(PENSIONER | company) if each.fact == "companion_cost_dkk"]
    assert flip[2:] == (Decimal("113.01"), "entitled", Decimal(80), Decimal("113.01"))


def test_the_last_day_to_claim() -> None:
    """Forældelsesloven § 3: three years."""
    late = PENSIONER | {"public_fare_dkk": "80", "application_date": "2027-05-14"}
    assert flip_of(late, "application_date") == [(date(2027, 5, 13), "entitled", Decimal(80))]
    assert (date(2024, 5, 14), "entitled", Decimal(80)) in flip_of(late, "trip_date")


def test_the_amounts_are_those_of_the_decision(tmp_path: Path) -> None:
    lines = ['unit = "DKK"', "from = 2025-01-01", "to = 2025-12-31", 'source = {title = "Invented"}']
    lines += ["verified_on = 2026-01-01", 'confidence = "user"']
    amounts = [f'[{name}]\nvalue = "{value}"' for name, value in (("minimum_pensioner", 90), ("minimum_other", 200))]
    (tmp_path / "thresholds_2025.toml").write_text("\n".join("\n".join([each, *lines]) for each in amounts), "utf-8")
    case = case_from_object(PENSIONER | {"trip_date": "2025-03-01", "public_fare_dkk": "80"})
    decision = decide(case, parameters=Parameters(user_data=tmp_path))
    assert decision.outcome == "below_minimum"
    assert flips(decision)[0].after == Decimal("90.01")


# --- what is promised holds -------------------------------------------------------------------------------------------

OF_KIND: dict[str, st.SearchStrategy[Any]] = {
    "bool": st.booleans(),
    "date": st.dates(date(2008, 9, 1), date(2027, 12, 31)),
    "decimal": st.sampled_from(["0", "10.7", "42", "48.00", "48.01", "50", "50.1", "113", "113.01", "250"]).map(
        Decimal
    ),
    "text": st.just("x"),
    "slug": st.sampled_from(["broenderslev", "randers"]),
    "whole": st.sampled_from([0, 17, 18, 103, 104]),
}


def values_of(info: FactInfo) -> st.SearchStrategy[Any]:
    if info.name == "insurance_group":
        return st.sampled_from([1, 2])
    return st.sampled_from(sorted(info.choices)) if info.choices else OF_KIND[info.kind]


OFTEN = ("hospital_based", "pensioner", "mobility", "distance_km", "means", "public_fare_dkk", "paid_dkk", "companion")
OPTIONAL = sorted(FACTS.keys() - {"purpose", "trip_date"})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A partial case of any purpose that does not contradict itself."""
    named = draw(st.sets(st.sampled_from(OFTEN), min_size=3)) | draw(st.sets(st.sampled_from(OPTIONAL), max_size=7))
    facts = {name: draw(values_of(FACTS[name])) for name in ("purpose", "trip_date", *sorted(named))}
    case = Case(**facts)
    assume(not contradictions(case))
    return case


def result(decision: Decision) -> tuple[str, Decimal | None, Decimal | None]:
    return decision.outcome, decision.amount.payable_dkk, decision.amount.companion_payable_dkk


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(cases())
def test_every_flip_leads_exactly_where_it_says(case: Case) -> None:
    decision = decide(case)
    changes = flips(decision)
    for flip in changes:
        changed = replace(case, **{flip.fact: flip.after})  # type: ignore[arg-type]
        assert contradictions(changed) == []
        assert flip.before == getattr(case, flip.fact)
        assert flip.before is not None
        assert result(decide(changed)) == flip[3:]
        assert flip[3:] != result(decision)
    assert len(changes) <= MOST
    assert len({(flip.fact, flip.after) for flip in changes}) == len(changes)
    same_outcome = [flip.outcome == decision.outcome for flip in changes]
    assert same_outcome == sorted(same_outcome)


def test_every_purpose_is_among_the_cases() -> None:
    assert set(FACTS["purpose"].choices) == set(get_args(Purpose))


# --- check ------------------------------------------------------------------------------------------------------------

DECISION = Draft202012Validator(schema_of("decision"))
REFUSED = ["--date", "2024-05-13", "--hospital-based", "--no-pensioner", "--mobility", "public_transport"]
REFUSED += ["--distance", "49.7", "--fare", "180"]
ENTITLED = ["--date", "2024-05-13", "--hospital-based", "--pensioner", "--mobility", "public_transport", "--fare", "50"]


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TRANSPORT_CALC_LANG", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def check(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["check", *arguments])
    return done.exit_code, done.stdout, done.stderr


def section_of(shown: str, heading: str) -> list[str]:
    return shown[shown.index(heading) :].split("\n\n", maxsplit=1)[0].splitlines()[1:]


@pytest.mark.parametrize(
    ("lang", "heading", "line"),
    [
        ("da", "Hvad ville ændre afgørelsen", "Afstand 50,1 km i stedet for 49,7 km: ret til godtgørelse, 180,00 kr."),
        (
            "en",
            "What would change the decision",
            "Distance 50.1 km instead of 49.7 km: right to reimbursement, 180.00 kr.",
        ),
    ],
)
def test_what_if_in_words(lang: str, heading: str, line: str) -> None:
    plain = check(*REFUSED, "--lang", lang)[1]
    status, shown, _ = check(*REFUSED, "--lang", lang, "--what-if")
    assert status == 0
    assert shown.startswith(plain)
    assert f"  - {line}" in section_of(shown, heading)
    assert max(map(len, shown.splitlines())) < 80
    markdown = check(*REFUSED, "--lang", lang, "--what-if", "--format", "markdown")[1]
    assert f"\n## {heading}\n\n- {line}\n" in markdown


def test_where_nothing_would_change_it_that_is_said() -> None:
    shown = check("--date", "2024-05-13", "--purpose", "other", "--what-if")[1]
    assert section_of(shown, "Hvad ville ændre") == [
        "  Ingen af de givne oplysninger ville hver for sig ændre afgørelsen."
    ]


def test_json_always_has_the_flips() -> None:
    shown = json.loads(check(*REFUSED, "--format", "json")[1])
    assert shown == json.loads(check(*REFUSED, "--what-if", "--format", "json")[1])
    assert shown["flip"][0] == {
        "fact": "distance_km",
        "from": "49.7",
        "to": "50.1",
        "outcome": "entitled",
        "payable_dkk": "180.00",
        "companion_payable_dkk": "0.00",
    }
    assert "compare" not in shown
    assert list(DECISION.iter_errors(shown)) == []


def test_compare_across_the_order_of_2018() -> None:
    """25 kr. until 30 June 2018 (BEK 1206/2016), 42 kr. from 1 July 2018 (BEK 816/2018), which 42 kr. do not exceed."""
    arguments = [*ENTITLED[:-1], "42", "--compare", "30-06-2018,2018-07-01,2026-03-01,2008-08-31"]
    status, shown, _ = check(*arguments)
    assert status == 0
    rows = [[cell for cell in line.split("  ") if cell] for line in section_of(shown, "Samme oplysninger")]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["Dato", "Bekendtgørelse", "Mindstebeløb", "Afgørelse", "Udbetales"],
        ["30-06-2018", "BEK 1206/2016", "25,00 kr.", "ret", "42,00 kr."],
        ["01-07-2018", "BEK 816/2018", "42,00 kr.", "ikke over minimum", "0,00 kr."],
        ["01-03-2026", "BEK 816/2018", "ikke kendt", "uafklaret", "ikke kendt"],
        ["31-08-2008", "-", "-", "før kendte regler", "-"],
    ]
    assert max(map(len, shown.splitlines())) < 80
    assert (
        "| 30-06-2018 | BEK 1206/2016 | 25,00 kr. | ret | 42,00 kr. |" in check(*arguments, "--format", "markdown")[1]
    )
    as_json = json.loads(check(*arguments, "--format", "json")[1])
    assert list(DECISION.iter_errors(as_json)) == []
    assert [list(row.values()) for row in as_json["compare"]] == [
        ["2018-06-30", "BEK 1206/2016", "25.00", "entitled", "42.00"],
        ["2018-07-01", "BEK 816/2018", "42.00", "below_minimum", "0.00"],
        ["2026-03-01", "BEK 816/2018", None, "undetermined", None],
        ["2008-08-31", None, None, None, None],
    ]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_bad_days_are_faults_like_any_other_and_all_named(lang: str) -> None:
    status, shown, said = check(*ENTITLED[:-1], "x", "--compare", "2018-06-31,,2024-01-01", "--lang", lang)
    assert (status, shown) == (2, "")
    assert len(said.splitlines()) == 6
    assert said.count("--compare: ") == 2
    status, shown, _ = check(*ENTITLED, "--compare", "tomorrow", "--format", "json")
    assert (status, json.loads(shown)["errors"][0]["field"]) == (2, "--compare")
