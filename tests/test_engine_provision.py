"""Provisions of the invented country: which wording is in force, how it is cited, what a trace says of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from invented_country import (
    DOMAINS,
    HARBOUR_ACT,
    HAVLAND,
    LAST_DAY_RESIDENTS_ALL_FREE,
    NO_STORM,
    SALT_DUTY_FROM,
    SALT_DUTY_UNTIL,
    STEAMERS_PAY_FROM,
    TOLL_ACT,
    Passage,
    pilot,
    resident_exempt,
    salt_duty,
    toll,
)

from transport_calc.engine.explore import explore
from transport_calc.engine.provision import REGISTRY, NotInForce, Provision, Version, provision
from transport_calc.engine.trace import DIFFERS, Step, merge

DAY = timedelta(days=1)
RESIDENT_BY_STEAMER = {"resident": True, "vessel": "steamer", "at_night": False, "cargo": "fish", "storm": False}


def rule(*spans: tuple[date, date | None]) -> Provision[bool]:
    found: Provision[bool] = Provision("spans")
    for since, until in spans:
        found.add(Version(since, until, "§", lambda case: True))
    return found


# --- which wording ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (TOLL_ACT, "free"),
        (LAST_DAY_RESIDENTS_ALL_FREE, "free"),
        (STEAMERS_PAY_FROM, "half"),
        (date(2024, 5, 13), "half"),
    ],
)
def test_the_date_picks_the_wording(on: date, expected: str) -> None:
    assert toll(Passage(law_date=on, resident=True, vessel="steamer")) == expected


def test_the_two_wordings_meet_without_a_gap() -> None:
    assert LAST_DAY_RESIDENTS_ALL_FREE + DAY == STEAMERS_PAY_FROM
    assert resident_exempt.citation(LAST_DAY_RESIDENTS_ALL_FREE) == "Toll Act § 2"
    assert resident_exempt.citation(STEAMERS_PAY_FROM) == "Toll Act § 2 a"


def test_the_order_in_which_wordings_are_declared_does_not_matter() -> None:
    late_first = rule((date(1950, 1, 1), None), (date(1900, 1, 1), date(1949, 12, 31)))
    assert [version.since.year for version in late_first.versions] == [1900, 1950]
    assert late_first.at(date(1949, 12, 31)).since == date(1900, 1, 1)


@pytest.mark.parametrize("on", [SALT_DUTY_FROM, SALT_DUTY_UNTIL])
def test_first_and_last_day_are_in_force(on: date) -> None:
    assert salt_duty(Passage(law_date=on, cargo="salt")) is True
    assert salt_duty(Passage(law_date=on, cargo="fish")) is False


@pytest.mark.parametrize("on", [SALT_DUTY_FROM - DAY, SALT_DUTY_UNTIL + DAY])
def test_the_day_before_and_the_day_after_are_refused_by_name(on: date) -> None:
    with pytest.raises(NotInForce) as refused:
        salt_duty(Passage(law_date=on, cargo="salt"))
    for part in ("salt_duty", on.isoformat(), "1910-01-01", "1919-12-31"):
        assert part in str(refused.value)
    assert (refused.value.provision, refused.value.on) == ("salt_duty", on)
    assert (refused.value.first, refused.value.last) == (SALT_DUTY_FROM, SALT_DUTY_UNTIL)


def test_before_a_rule_that_is_still_in_force_no_last_day_is_claimed() -> None:
    with pytest.raises(NotInForce, match="1900-01-01 onwards") as refused:
        toll.at(TOLL_ACT - DAY)
    assert refused.value.last is None


def test_a_day_in_a_gap_between_two_wordings_is_refused() -> None:
    gap = rule((date(1900, 1, 1), date(1909, 12, 31)), (date(1920, 1, 1), None))
    with pytest.raises(NotInForce, match="spans"):
        gap.at(date(1915, 1, 1))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((date(1900, 1, 1), date(1949, 12, 31)), (date(1949, 12, 31), None)),
        ((date(1900, 1, 1), None), (date(1950, 1, 1), None)),
        ((date(1900, 1, 1), None), (date(1910, 1, 1), date(1919, 12, 31))),
        ((date(1910, 1, 1), date(1919, 12, 31)), (date(1900, 1, 1), None)),
        ((date(1900, 1, 1), date(1900, 1, 1)), (date(1900, 1, 1), date(1900, 1, 1))),
    ],
)
def test_wordings_that_overlap_are_refused(first: tuple[date, date | None], second: tuple[date, date | None]) -> None:
    with pytest.raises(ValueError, match="'spans' overlap"):
        rule(first, second)
    assert len(rule(first).versions) == 1


def test_an_overlap_refused_leaves_the_rule_as_it_was() -> None:
    one = rule((date(1900, 1, 1), None))
    with pytest.raises(ValueError, match="overlap"):
        one.add(Version(date(1950, 1, 1), None, "§", lambda case: False))
    assert [version.since for version in one.versions] == [date(1900, 1, 1)]


# --- citation, meaning, registry --------------------------------------------------------------------------------------


def test_a_citation_may_be_a_function_of_the_date() -> None:
    assert pilot.citation(HARBOUR_ACT - DAY) == "Toll Act § 9"
    assert pilot.citation(HARBOUR_ACT) == "Harbour Act § 4"


def test_no_citation_on_a_day_without_the_rule() -> None:
    with pytest.raises(NotInForce):
        salt_duty.citation(SALT_DUTY_UNTIL + DAY)


def test_the_meaning_is_that_of_the_newest_wording() -> None:
    assert resident_exempt.meaning == "§ 2 a: residents, but not by steamer."


def test_havland_has_a_registry_of_its_own() -> None:
    assert list(HAVLAND) == ["shelter", "resident_exempt", "dear_passage", "salt_duty", "pilot", "toll"]
    assert len(HAVLAND["resident_exempt"].versions) == 2
    assert not HAVLAND.keys() & REGISTRY.keys()


def test_declaring_the_same_wording_again_is_an_overlap() -> None:
    registry: dict[str, Provision[Any]] = {}
    declare = provision("twice", cites="§", since=TOLL_ACT, registry=registry)
    declare(lambda case: True)
    with pytest.raises(ValueError, match="'twice' overlap"):
        declare(lambda case: False)


# --- the trace --------------------------------------------------------------------------------------------------------


def test_the_trace_has_one_step_per_provision_with_the_facts_it_read_itself() -> None:
    [leaf] = explore(toll, law_date=STEAMERS_PAY_FROM, known=RESIDENT_BY_STEAMER, domains=DOMAINS)
    assert leaf.steps == (
        Step("shelter", False, ("storm",)),
        Step("resident_exempt", False, ("resident", "vessel")),
        Step("dear_passage", False, ("at_night", "cargo")),
        Step("toll", "half", ()),
    )


def test_what_is_not_evaluated_leaves_no_step() -> None:
    [leaf] = explore(toll, law_date=LAST_DAY_RESIDENTS_ALL_FREE, known=RESIDENT_BY_STEAMER, domains=DOMAINS)
    assert leaf.result == "free"
    assert [(step.provision, step.facts) for step in leaf.steps] == [
        ("shelter", ("storm",)),
        ("resident_exempt", ("resident",)),
        ("toll", ()),
    ]


def test_a_fact_read_twice_stands_once_in_a_step() -> None:
    registry: dict[str, Provision[Any]] = {}

    @provision("stutter", cites="§", since=TOLL_ACT, registry=registry)
    def stutter(case: Passage) -> bool:
        return case.resident and case.at_night and case.resident

    [leaf] = explore(stutter, law_date=TOLL_ACT, known={"resident": True, "at_night": True}, domains=DOMAINS)
    assert leaf.steps == (Step("stutter", True, ("resident", "at_night")),)


def test_without_a_recorder_a_provision_just_answers() -> None:
    assert toll(Passage(law_date=TOLL_ACT, storm=True)) == "free"
    assert toll(Passage(law_date=TOLL_ACT, at_night=True)) == "full"
    assert toll(Passage(law_date=TOLL_ACT, cargo="salt")) == "full"
    assert toll(Passage(law_date=TOLL_ACT, cargo="none")) == "half"


def test_merged_traces_say_where_the_result_differs() -> None:
    known = {"resident": False, "vessel": "rowboat", "cargo": "fish"}
    leaves = explore(toll, law_date=TOLL_ACT, known=known, domains=DOMAINS, presumed=NO_STORM)
    assert [leaf.result for leaf in leaves] == ["full", "half"]
    assert merge(leaf.steps for leaf in leaves) == (
        Step("shelter", False, ("storm",)),
        Step("resident_exempt", False, ("resident",)),
        Step("dear_passage", DIFFERS, ("at_night", "cargo")),
        Step("toll", DIFFERS, ()),
    )


def test_nothing_merged_is_nothing() -> None:
    assert merge([]) == ()
