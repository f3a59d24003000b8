"""The legal cases that come along: the same as in the tests, and a self-test that notices what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from build_cases import FILE, as_json
from test_cases import LEGAL_CASES
from typer.testing import CliRunner

from transport_calc.built_in_cases import BuiltInCase, built_in_cases, cases_by_provision, mismatches
from transport_calc.cli import selftest as command
from transport_calc.cli.app import app

GOOD = BuiltInCase(
    "round_trip_80",
    {"law": "BEK 816/2018 § 31, stk. 1"},
    {
        "purpose": "rehabilitation",
        "trip_date": "2024-05-13",
        "hospital_based": True,
        "pensioner": True,
        "mobility": "public_transport",
        "public_fare_dkk": "80",
    },
    # 80 exceeds 48 kr. of 2024, so all of it is paid.
    {"status": "decided", "outcome": "entitled", "payable_dkk": "80.00", "channel": "reimbursement"},
)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["selftest", *arguments], env={"TRANSPORT_CALC_LANG": ""})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def test_the_cases_that_come_along_are_those_of_the_tests() -> None:
    assert FILE.read_text("utf-8") == as_json(), "renew them: python tests/build_cases.py"


def test_facts_are_whole_and_prose_stays_behind() -> None:
    found = {item["id"]: item for item in json.loads(FILE.read_text("utf-8"))}
    assert len(found) == len(LEGAL_CASES)
    for case in LEGAL_CASES:
        item = found[case.id]
        assert item.keys() == {"id", "source", "facts", "expect"}
        assert item["facts"] == case.facts
        assert item["expect"].keys() <= {"status", "outcome", "payable_dkk", "channel"}


def test_all_cases_agree() -> None:
    assert {case.id: mismatches(case) for case in built_in_cases() if mismatches(case)} == {}


def test_a_case_that_agrees() -> None:
    assert mismatches(GOOD) == ()


@pytest.mark.parametrize(
    ("part", "wrong"),
    [("status", "undetermined"), ("outcome", "below_minimum"), ("payable_dkk", "80.01"), ("channel", None)],
)
def test_each_part_that_differs_is_named(part: str, wrong: Any) -> None:
    [found] = mismatches(GOOD._replace(expect={**GOOD.expect, part: wrong}))
    assert (found.part, found.expected) == (part, wrong)
    assert found.found == GOOD.expect[part]


def test_refused_facts_are_an_answer() -> None:
    refused = GOOD._replace(facts={**GOOD.facts, "pension": "efterloen"}, expect={"status": "invalid"})
    assert mismatches(refused) == ()
    assert [each.part for each in mismatches(refused._replace(expect={"status": "decided"}))] == ["status"]


def test_cases_by_provision() -> None:
    cases = cases_by_provision()
    assert "grounds_distance_alone" in cases["rehabilitation_distance_ground"]
    assert "grounds_distance_alone" not in cases["hospital_distance_ground"]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_selftest_counts(lang: str) -> None:
    stated = sum(bool(case.expect) for case in built_in_cases())
    status, out = run("--lang", lang)
    assert status == 0
    assert [int(word) for word in out.split() if word.isdigit()] == [stated, 0]
    assert stated > 250


def test_selftest_fails_where_the_answer_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = GOOD._replace(id="wrong", expect={"payable_dkk": "79.00", "channel": None})
    monkeypatch.setattr(command, "built_in_cases", lambda: (GOOD, wrong))
    status, out = run("--lang", "en")
    assert status == 1
    assert "wrong: payable_dkk should be 79.00 but is 80.00" in out
    assert "wrong: channel should be nothing but is reimbursement" in out
    assert "1 cases passed, 1 failed" in out
