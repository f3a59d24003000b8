"""The committed JSON Schemas equal the code, and what goes in and out is as they say."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from test_cases import LEGAL_CASES, LegalCase
from typer.testing import CliRunner

from transport_calc import InvalidInput, decide
from transport_calc.cli.app import app
from transport_calc.cli.schema import schema_of
from transport_calc.intake.json_case import case_from_object
from transport_calc.wording.fault_view import invalid_as_json

SCHEMAS = Path(__file__).parent.parent / "docs" / "schemas"
CASE = Draft202012Validator(schema_of("case"), format_checker=FormatChecker())
DECISION = Draft202012Validator(schema_of("decision"), format_checker=FormatChecker())

FACTS_ENTITLED = {
    "purpose": "rehabilitation",
    "trip_date": "2024-05-13",
    "hospital_based": True,
    "pensioner": True,
    "distance_km": "12.0",
    "mobility": "public_transport",
    "public_fare_dkk": "80.00",
}
KEYS = [
    "format",
    "status",
    "outcome",
    "conditions",
    "form",
    "channel",
    "alternatives",
    "legal_basis",
    "grounds",
    "amount",
    "missing",
    "moot",
    "flip",
    "appeal",
    "justification",
    "steps",
    "parameters",
    "receipt",
]
"""The keys of contract section 3."""


def decided(facts: dict[str, Any], lang: str = "da") -> dict[str, Any]:
    """The JSON of a decision as a reader gets it, or the envelope of unusable facts."""
    try:
        found = decide(case_from_object(facts)).as_json(lang)
    except InvalidInput as invalid:
        found = invalid_as_json(invalid.faults, lang)
    return dict(json.loads(json.dumps(found)))


def usable(case: LegalCase) -> bool:
    try:
        case_from_object(case.facts)
    except InvalidInput:
        return False
    return True


def faults(validator: Draft202012Validator, instance: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


# --- the files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", ["case", "decision", "summary"])
def test_the_committed_file_is_what_the_command_prints(subject: str) -> None:
    printed = CliRunner().invoke(app, ["schema", subject])
    assert printed.exit_code == 0
    assert (SCHEMAS / f"{subject}.schema.json").read_text("utf-8") == printed.stdout
    assert json.loads(printed.stdout) == schema_of(subject)


@pytest.mark.parametrize("subject", ["case", "decision", "summary"])
def test_a_schema_is_a_valid_schema(subject: str) -> None:
    Draft202012Validator.check_schema(schema_of(subject))
    assert schema_of(subject)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


# --- decisions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", LEGAL_CASES, ids=lambda case: case.id)
def test_every_decision_of_the_legal_cases_is_as_the_schema_says(case: LegalCase) -> None:
    for lang in ("da", "en"):
        assert faults(DECISION, decided(case.facts, lang)) == []


def test_an_invalid_envelope_is_as_the_schema_says_and_has_every_key() -> None:
    envelope = decided({"purpose": "rehabilitation", "trip_date": "2024-02-31", "distanse_km": 5})
    assert faults(DECISION, envelope) == []
    assert [error["field"] for error in envelope["errors"]] == ["trip_date", "distanse_km"]
    assert set(KEYS) <= envelope.keys()
    assert envelope.keys() == decided(FACTS_ENTITLED).keys()


def test_the_schema_asks_for_every_key_of_the_contract() -> None:
    definitions: Any = schema_of("decision")["$defs"]
    for kind in ("decision", "invalid"):
        assert set(KEYS) <= set(definitions[kind]["required"])
        only_when_asked_for = {"compare"} if kind == "decision" else set()
        assert definitions[kind]["required"] == [
            key for key in definitions[kind]["properties"] if key not in only_when_asked_for
        ]


@pytest.mark.parametrize("key", KEYS)
def test_a_decision_without_one_of_its_keys_is_refused(key: str) -> None:
    found = decided(FACTS_ENTITLED)
    del found[key]
    assert faults(DECISION, found) != []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("outcome",), "maybe"),
        (("status",), "invalid"),
        (("form",), "ride"),
        (("channel", "code"), "bus"),
        (("alternatives", 0, "status"), "perhaps"),
        (("alternatives", 0, "code"), "bus"),
        (("grounds", 0, "code"), "age"),
        (("grounds", 0, "met"), "yes"),
        (("grounds", 1, "margin", "value"), 38.1),
        (("amount", "status"), "paid"),
        (("amount", "payable_dkk"), 80),
        (("amount", "payable_dkk"), "80"),
        (("amount", "payable_dkk"), "80,00"),
        (("amount", "payable_dkk"), "8E+1"),
        (("amount", "basis"), "horse"),
        (("amount", "minimum_class"), ""),
        (("missing",), ["mobility"]),
        (("moot",), ["no_such_fact"]),
        (("parameters", 0, "from"), "1 January 2024"),
        (("receipt", "law_digest"), "abc"),
        (("errors",), [{"code": "x", "field": "y", "message": "z", "hint": ""}]),
        (("more",), 1),
        (("amount", "more"), 1),
    ],
)
def test_a_decision_of_another_shape_is_refused(path: tuple[Any, ...], value: object) -> None:
    found = decided(FACTS_ENTITLED)
    assert faults(DECISION, found) == []
    changed = copy.deepcopy(found)
    inner: Any = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert faults(DECISION, changed) != []


def test_the_codes_are_those_of_the_contract() -> None:
    definitions: Any = schema_of("decision")["$defs"]
    properties = definitions["decision"]["properties"]
    amount = properties["amount"]["properties"]
    assert properties["outcome"]["enum"] == [
        "entitled",
        "below_minimum",
        "not_entitled",
        "discretionary",
        "undetermined",
    ]
    assert properties["form"]["enum"] == [
        "transport",
        "reimbursement",
        "transport_or_reimbursement",
        "own_arrangement",
        None,
    ]
    assert properties["channel"]["properties"]["code"]["enum"] == [
        "training_department",
        "provider_books",
        "nt_flextur",
        "handicapkoersel",
        "traffic_company",
        "reimbursement",
        "self_pay",
        None,
    ]
    statuses = properties["alternatives"]["items"]["properties"]["status"]["enum"]
    assert statuses == ["right", "may", "excluded", "subsidiary", "undetermined"]
    assert properties["grounds"]["items"]["properties"]["code"]["enum"] == ["pension", "distance", "health"]
    assert amount["status"]["enum"] == ["payable", "below_minimum", "none", "unknown"]
    assert amount["basis"]["enum"] == [
        "public_fare",
        "own_car",
        "taxi",
        "flextur",
        "actual_cost",
        "designated_place",
        "none",
    ]
    assert amount["minimum_class"]["enum"] == ["pensioner", "other", None]


def test_a_local_way_leads_only_to_a_channel_of_the_contract() -> None:
    from transport_calc.municipalities import known_slugs, municipality
    from transport_calc.wording.decision_schema import CHANNELS

    profiles = [municipality(slug) for slug in known_slugs()]
    channels = {way.channel for profile in profiles if profile for way in profile.ways}
    assert "nt_flextur" in channels
    assert channels <= set(CHANNELS)


# --- cases ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [case for case in LEGAL_CASES if usable(case)], ids=lambda case: case.id)
def test_the_case_schema_accepts_every_usable_case(case: LegalCase) -> None:
    assert faults(CASE, case.facts) == []


def test_there_are_usable_cases() -> None:
    assert sum(usable(case) for case in LEGAL_CASES) > 50


@pytest.mark.parametrize(
    "change",
    [
        {"distanse_km": "5"},
        {"cpr": "x"},
        {"trip_date": None},
        {"trip_date": 20240513},
        {"mobility": "foot"},
        {"pensioner": "ja"},
        {"pensioner": 1},
        {"distance_km": "12,0"},
        {"distance_km": -1},
        {"distance_km": "12.0000"},
        {"public_fare_dkk": "80.001"},
        {"age": 67.5},
        {"insurance_group": 3},
    ],
)
def test_the_case_schema_refuses_what_the_reader_refuses(change: dict[str, object]) -> None:
    changed = FACTS_ENTITLED | change
    assert faults(CASE, FACTS_ENTITLED) == []
    assert faults(CASE, changed) != []
    with pytest.raises(InvalidInput):
        case_from_object(changed)


@pytest.mark.parametrize("missing", ["purpose", "trip_date"])
def test_the_case_schema_asks_for_purpose_and_date(missing: str) -> None:
    assert faults(CASE, {key: value for key, value in FACTS_ENTITLED.items() if key != missing}) != []
