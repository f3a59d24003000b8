"""JSON to case: exact numbers, strict types, all faults at once; and the schema says the same."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc.facts import FACTS, Case
from transport_calc.faults import Fault, InvalidInput
from transport_calc.intake.json_case import case_from_json, case_from_object
from transport_calc.intake.schema import case_schema

MINIMAL = {"purpose": "rehabilitation", "trip_date": "2024-05-13"}


def faults_of(text: str) -> list[Fault]:
    with pytest.raises(InvalidInput) as caught:
        case_from_json(text)
    return caught.value.faults


def test_a_full_case() -> None:
    text = """{"purpose": "rehabilitation", "trip_date": "2024-05-13", "case_id": "0042", "pensioner": true,
        "age": 67, "insurance_group": 2, "distance_km": 12.50, "paid_dkk": "80.05", "public_fare_dkk": 80,
        "mobility": "excluded", "municipality": "Brønderslev Kommune", "companion": null}"""
    assert case_from_json(text) == Case(
        purpose="rehabilitation",
        trip_date=date(2024, 5, 13),
        case_id="0042",
        pensioner=True,
        age=67,
        insurance_group=2,
        distance_km=Decimal("12.50"),
        paid_dkk=Decimal("80.05"),
        public_fare_dkk=Decimal(80),
        mobility="excluded",
        municipality="broenderslev",
    )


def test_numbers_are_read_exactly() -> None:
    # As a binary float, 100000000.07 would come out as 100000000.06999999.
    case = case_from_json('{"purpose":"gp","trip_date":"2024-05-13","paid_dkk":100000000.07,"distance_km":1.1}')
    assert case.paid_dkk == Decimal("100000000.07")
    assert case.distance_km == Decimal("1.1")


def test_a_byte_order_mark_is_no_fault() -> None:
    assert case_from_json("\ufeff" + json.dumps(MINIMAL)).purpose == "rehabilitation"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("pensioner", 1, "not_yes_no"),
        ("pensioner", "ja", "not_yes_no"),
        ("pensioner", "true", "not_yes_no"),
        ("pensioner", [], "not_yes_no"),
        ("decision_date", "13-05-2024", "not_a_date"),
        ("decision_date", "2024-05-13T00:00:00", "not_a_date"),
        ("decision_date", 1715558400, "not_a_date"),
        ("decision_date", "1715558400", "not_a_date"),
        ("decision_date", "2024-02-31", "no_such_date"),
        ("paid_dkk", "80,50", "not_a_number"),
        ("paid_dkk", "1e3", "not_a_number"),
        ("paid_dkk", " 80", "not_a_number"),
        ("paid_dkk", "1_000", "not_a_number"),
        ("paid_dkk", "NaN", "not_a_number"),
        ("paid_dkk", True, "not_a_number"),
        ("paid_dkk", {}, "not_a_number"),
        ("paid_dkk", -1, "below_minimum_value"),
        ("paid_dkk", "-0.01", "below_minimum_value"),
        ("paid_dkk", "80.005", "too_many_decimals"),
        ("distance_km", "1.2345", "too_many_decimals"),
        ("paid_dkk", 10**9, "too_large"),
        ("age", True, "not_whole"),
        ("age", "67", "not_whole"),
        ("age", 67.5, "not_whole"),
        ("age", -1, "below_minimum_value"),
        ("insurance_group", True, "unknown_choice"),
        ("insurance_group", "1", "unknown_choice"),
        ("insurance_group", 3, "unknown_choice"),
        ("mobility", "kan bruge offentlig transport", "unknown_choice"),
        ("mobility", "Excluded", "unknown_choice"),
        ("mobility", ["excluded"], "unknown_choice"),
        ("case_id", 42, "not_text"),
        ("municipality", 810, "not_text"),
        ("case_id", "\ud800", "not_text"),
    ],
)
def test_each_wrong_value_has_its_code(name: str, value: object, code: str) -> None:
    (fault,) = faults_of(json.dumps(MINIMAL | {name: value}))
    assert (fault.field, fault.code) == (name, code)


@pytest.mark.parametrize("name", ["age", "paid_dkk", "insurance_group"])
def test_a_number_of_thousands_of_digits_is_a_fault_like_any_other(name: str) -> None:
    text = f'{{"purpose":"gp","trip_date":"2024-05-13","{name}":{"9" * 5000},"pensioner":"ja"}}'
    assert [fault.field for fault in faults_of(text)] == [name, "pensioner"]


def test_a_number_with_an_exponent_is_a_number_like_any_other() -> None:
    case = case_from_json('{"purpose":"gp","trip_date":"2024-05-13","paid_dkk":1.5e2,"distance_km":1e1}')
    assert (str(case.paid_dkk), str(case.distance_km)) == ("150", "10")
    (fault,) = faults_of('{"purpose":"gp","trip_date":"2024-05-13","paid_dkk":1e999999999}')
    assert fault.code == "too_large"


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_not_a_number_is_not_a_number(constant: str) -> None:
    for name in ("paid_dkk", "age", "pensioner"):
        (fault,) = faults_of(f'{{"purpose":"gp","trip_date":"2024-05-13","{name}":{constant}}}')
        assert fault.field == name


def test_a_float_is_refused_because_it_is_not_exact() -> None:
    with pytest.raises(InvalidInput) as caught:
        case_from_object(MINIMAL | {"distance_km": 50.1})
    assert [fault.code for fault in caught.value.faults] == ["inexact_number"]


def test_an_object_may_hold_dates_and_decimals() -> None:
    case = case_from_object({"purpose": "gp", "trip_date": date(2024, 5, 13), "paid_dkk": Decimal("80.50")})
    assert (case.trip_date, case.paid_dkk) == (date(2024, 5, 13), Decimal("80.50"))


def test_unknown_keys_name_the_nearest_fact() -> None:
    (fault,) = faults_of(json.dumps(MINIMAL | {"distance": 12}))
    assert (fault.code, fault.field, fault.slots["nearest"]) == ("unknown_fact", "distance", "distance_km")


def test_all_faults_come_together_in_the_order_of_the_object() -> None:
    text = '{"pensioner": "ja", "trip_date": "13-05-2024", "paid_dkk": "1,5", "foo": 1, "mobility": "bus"}'
    assert [(fault.field, fault.code) for fault in faults_of(text)] == [
        ("pensioner", "not_yes_no"),
        ("trip_date", "not_a_date"),
        ("paid_dkk", "not_a_number"),
        ("foo", "unknown_fact"),
        ("mobility", "unknown_choice"),
        ("purpose", "missing_fact"),
    ]


def test_null_is_unknown_also_for_required_facts() -> None:
    assert [(fault.field, fault.code) for fault in faults_of('{"purpose": null, "trip_date": null}')] == [
        ("purpose", "missing_fact"),
        ("trip_date", "missing_fact"),
    ]


def test_malformed_json_names_line_and_column() -> None:
    (fault,) = faults_of('{"purpose": "gp",\n  "trip_date": }')
    assert (fault.code, fault.slots) == ("bad_json", {"line": "2", "column": "16"})


@pytest.mark.parametrize("text", ["", "[" * 100_000])
def test_malformed_json_of_any_kind(text: str) -> None:
    assert [fault.code for fault in faults_of(text)] == ["bad_json"]


@pytest.mark.parametrize("text", ["[]", '"x"', "1", "null"])
def test_a_case_is_one_object(text: str) -> None:
    assert [fault.code for fault in faults_of(text)] == ["not_an_object"]


def test_a_repeated_key_is_refused() -> None:
    (fault,) = faults_of('{"purpose": "gp", "trip_date": "2024-05-13", "purpose": "hospital"}')
    assert (fault.code, fault.field) == ("duplicate_fact", "purpose")


def value_of(name: str) -> st.SearchStrategy[object]:
    info = FACTS[name]
    if info.kind == "bool":
        return st.booleans()
    if info.kind == "choice":
        return st.sampled_from([int(code) if code.isdigit() else code for code in info.choices])
    if info.kind == "date":
        return st.dates().map(str)
    if info.kind == "whole":
        return st.integers(0, 999_999_999)
    if info.kind == "decimal":
        return st.decimals(0, 999_999_999, places=2).map(str)
    return st.text(alphabet=st.characters(codec="utf-8"))


def any_value(name: str) -> st.SearchStrategy[object]:
    odd: st.SearchStrategy[object] = st.sampled_from(
        [None, True, 0, 1, -1, 10**9, "", "ja", "1e3", "1.5", "-1", "2024-02-31", "none", [], {}]
    )
    return value_of(name) | odd


NAMED_VALUES = st.sampled_from(list(FACTS)).flatmap(lambda name: st.tuples(st.just(name), any_value(name)))
VALIDATOR = jsonschema.Draft202012Validator(
    case_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


@given(st.fixed_dictionaries({name: value_of(name) for name in FACTS}))
def test_every_good_case_is_read_and_fits_the_schema(facts: dict[str, Any]) -> None:
    case = case_from_json(json.dumps(facts))
    assert VALIDATOR.is_valid(facts)
    for name, value in facts.items():
        kind = FACTS[name].kind
        if kind == "slug":
            continue
        found = getattr(case, name)
        assert found == (
            Decimal(value) if kind == "decimal" else date.fromisoformat(value) if kind == "date" else value
        )


@settings(max_examples=500)
@given(NAMED_VALUES)
def test_reader_and_schema_accept_the_same_values(named: tuple[str, Any]) -> None:
    facts = MINIMAL | dict([named])
    try:
        case_from_json(json.dumps(facts))
    except InvalidInput:
        assert not VALIDATOR.is_valid(facts)
    else:
        assert VALIDATOR.is_valid(facts)


def test_the_schema_describes_every_fact() -> None:
    schema = case_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == list(FACTS)
    assert schema["required"] == ["purpose", "trip_date"]
    assert schema["additionalProperties"] is False
    paid = schema["properties"]["paid_dkk"]
    assert paid["x-danish-name"] == "beløb"
    assert paid["x-unit"] == "kr., both ways"
    assert paid["anyOf"][0]["minimum"] == 0
    assert json.dumps(case_schema()) == json.dumps(schema)
