"""`--summary`: every number of the tally, as its JSON Schema says, and the same for machines as for people."""

from __future__ import annotations

import json
from datetime import date

import pytest
from decided_blocks import attendance, block, reject
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from test_tally import BLOCKS

from transport_calc.batch.count.summary import UnbalancedBatch
from transport_calc.batch.count.summary_json import summary_json
from transport_calc.batch.count.summary_schema import summary_schema
from transport_calc.batch.count.tally import Tally
from transport_calc.batch.decide.decided import Decided

DIGEST = "sha256:" + "0" * 64
SCHEMA = Draft202012Validator(summary_schema())


def summary_of(*blocks: Decided, elapsed: float = 2.0) -> dict[str, object]:
    tally = Tally(("maj.csv",))
    for each in blocks:
        tally.add(each)
    return summary_json(tally, elapsed_seconds=elapsed, law_digest=DIGEST, version="1.2.3")


def test_every_number_of_a_small_batch() -> None:
    found = summary_of(
        block(
            [
                attendance(rows=3),
                attendance(row=5, payable_ore=None, missing="public_fare_dkk", _calculated_ore=None),
                attendance(row=6, outcome="undetermined", payable_ore=None, missing="mobility", _distance_m=50_001),
                attendance(row=9, warnings="possible_duplicate:5;minimum_other_own", _trip_date=date(2024, 6, 30)),
            ],
            [reject(7, "not_a_date", "dato", "i går"), reject(8, "short_row")],
            blank=1,
        )
    )
    paid = {"rows": 3, "attendances": 1, "payable_dkk": "80.00", "without_amount": 0}
    assert found == {
        "format": "transport-calc/summary/1",
        "rows": {"read": 8, "decided": 5, "undetermined": 1, "rejected": 2, "blank": 1, "total_lines": 0},
        "all": {"rows": 6, "attendances": 4, "payable_dkk": "160.00", "without_amount": 2},
        "outcomes": {
            "entitled": {"rows": 5, "attendances": 3, "payable_dkk": "160.00", "without_amount": 1},
            "undetermined": {"rows": 1, "attendances": 1, "payable_dkk": "0.00", "without_amount": 1},
        },
        "grounds": {"pension": found["all"]},
        "municipalities": {"randers": found["all"]},
        "means": {"public_transport": found["all"]},
        "purposes": {"rehabilitation": found["all"]},
        "months": {
            "2024-05": {"rows": 5, "attendances": 3, "payable_dkk": "80.00", "without_amount": 2},
            "2024-06": paid | {"rows": 1},
        },
        # 80 kr. against a minimum of 48 kr. is 32 kr. over it, three times; once the cost is not known.
        "cost_minus_minimum": [{"over_dkk": "30.00", "up_to_dkk": "40.00", "attendances": 3}],
        "distance": [
            {"over_km": "11.0", "up_to_km": "12.0", "attendances": 3},
            {"over_km": "50.0", "up_to_km": "51.0", "attendances": 1},
        ],
        "rejects": [
            {"code": "not_a_date", "fact": "trip_date", "rows": 1},
            {"code": "short_row", "fact": None, "rows": 1},
        ],
        "missing": {"mobility": 1},
        "missing_for_amount": {"public_fare_dkk": 1},
        "warnings": {"minimum_other_own": 1},
        "duplicates": {"attendances": 1, "first": [{"file": None, "row": 9, "earlier_row": 5}]},
        "inputs": ["maj.csv"],
        "elapsed_seconds": 2.0,
        "rows_per_second": 4,
        "law_digest": DIGEST,
        "version": "1.2.3",
    }


def test_the_ends_of_a_histogram_are_open() -> None:
    found = summary_of(block([attendance(_distance_m=0, _calculated_ore=10**6), attendance(_distance_m=10**6)]))
    assert found["distance"] == [
        {"over_km": None, "up_to_km": "1.0", "attendances": 1},
        {"over_km": "100.0", "up_to_km": None, "attendances": 1},
    ]
    assert {"over_dkk": "200.00", "up_to_dkk": None, "attendances": 1} in found["cost_minus_minimum"]  # type: ignore[operator]


def test_an_empty_batch_is_as_the_schema_says() -> None:
    found = summary_of(elapsed=0.0)
    assert list(SCHEMA.iter_errors(found)) == []
    assert found["rows_per_second"] is None


def test_lost_rows_make_no_summary() -> None:
    with pytest.raises(UnbalancedBatch):
        summary_of(block([attendance()])._replace(rows_read=7))


@pytest.mark.parametrize(
    "change",
    [
        {"format": "transport-calc/summary/2"},
        {"inputs": None},
        {"more": 1},
        {"law_digest": "abc"},
        {"missing": {"A": 1}},
    ],
)
def test_the_schema_refuses_another_shape(change: dict[str, object]) -> None:
    assert list(SCHEMA.iter_errors(summary_of())) == []
    assert list(SCHEMA.iter_errors(summary_of() | change)) != []


@settings(max_examples=25, deadline=None)
@given(BLOCKS)
def test_any_batch_is_as_the_schema_says_and_survives_json(blocks: list[Decided]) -> None:
    found = summary_of(*blocks)
    assert list(SCHEMA.iter_errors(found)) == []
    assert json.loads(json.dumps(found)) == found
