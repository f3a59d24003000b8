"""The case: one frozen record of facts, in which what is not given is unknown."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from transport_calc import Case
from transport_calc.facts import FACTS, PRESUMED, REQUIRED

GIVEN = {"purpose": "hospital", "trip_date": date(2024, 5, 13)}


def test_a_fact_that_is_not_given_is_unknown() -> None:
    case = Case(**GIVEN)  # type: ignore[arg-type]
    assert {name for name in FACTS if getattr(case, name) is not None} == set(REQUIRED)


@pytest.mark.parametrize(
    "wrong", [{"purpose": "hospital"}, {"trip_date": date(2024, 5, 13)}, {**GIVEN, "pensionr": True}]
)
def test_missing_and_unknown_facts_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError, match=r"pensionr|purpose|trip_date"):
        Case(**wrong)  # type: ignore[arg-type]


def test_a_case_cannot_be_changed_but_replaced() -> None:
    case = Case(**GIVEN)  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        case.age = 70  # type: ignore[misc]
    older = dataclasses.replace(case, age=70)
    assert (older.age, older.purpose) == (70, "hospital")
    assert older != case
    assert dataclasses.replace(older, age=None) == case
    assert len({case, dataclasses.replace(older, age=None), older}) == 2
    assert repr(older) == "Case(purpose='hospital', trip_date=datetime.date(2024, 5, 13), age=70)"


def test_every_fact_is_described_in_both_languages_and_every_choice_has_a_danish_name() -> None:
    for info in FACTS.values():
        assert info.danish
        assert info.meaning
        assert info.meaning_da
        assert (info.kind == "choice") == bool(info.choices)
        assert all(info.choices.values())
    assert len({info.danish for info in FACTS.values()}) == len(FACTS)


def test_the_kind_of_a_fact_is_that_of_its_type() -> None:
    kinds = {"bool": "bool", "whole": "int", "decimal": "Decimal", "date": "date", "text": "str", "slug": "str"}
    for definition in dataclasses.fields(Case):
        written = str(definition.type).removesuffix(" | None")
        kind = FACTS[definition.name].kind
        assert kind == "choice" or written == kinds[kind]


def test_presumed_facts_are_facts() -> None:
    assert set(PRESUMED) <= set(FACTS)
