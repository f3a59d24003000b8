"""The interview without a terminal: its order, that it asks nothing moot and always ends, back and change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc import Case, Decision, InvalidInput, decide
from transport_calc.engine.provision import REGISTRY
from transport_calc.facts import FACTS, REQUIRED
from transport_calc.interview import GROUPS, Interview, Turn, provisions_reading
from transport_calc.law.questions import QUESTIONS

DAY = date(2024, 5, 13)
TODAY = date(2026, 11, 21)
PURPOSES = tuple(FACTS["purpose"].choices)
DAYS = tuple(date(year, 3, 2) for year in (2009, 2014, 2016, 2018, 2024, 2025, 2026, 2027))
BY_BUS = {"hospital_based": True, "pensioner": True, "mobility": "public_transport", "public_fare_dkk": Decimal(80)}
ORDER = tuple(chain.from_iterable(GROUPS.values()))


def decision_on(interview: Interview) -> Decision | None:
    case = interview.case()
    return None if case is None else decide(case, today=TODAY)


def asked(interview: Interview) -> str | None:
    return interview.next_question(decision_on(interview))


def begun(purpose: str, on: date = DAY, municipality: str | None = None, **facts: object) -> Interview:
    opening = {"purpose": purpose, "trip_date": on, "municipality": municipality, **facts}
    return Interview(turns=tuple(Turn(fact, value) for fact, value in opening.items()))


def talk(interview: Interview, answers: dict[str, object]) -> list[str]:
    """The questions asked when each is answered as in `answers`, and is not known where it is not there."""
    questions = []
    while (fact := asked(interview)) is not None:
        questions.append(fact)
        interview = interview.answer(fact, answers.get(fact))
    return questions


# --- order ------------------------------------------------------------------------------------------------------------


def test_every_fact_that_the_law_asks_for_has_one_place_in_the_order() -> None:
    assert len(ORDER) == len(set(ORDER))
    assert set(ORDER) <= set(FACTS)
    assert set(chain.from_iterable(QUESTIONS.values())) - set(ORDER) == set()


def test_a_whole_talk_about_rehabilitation_goes_from_what_for_to_money() -> None:
    answers = {"purpose": "rehabilitation", "trip_date": DAY, "hospital_based": True, "pensioner": False}
    answers |= {"mobility": "excluded", "means": "own_car", "distance_km": Decimal(40)}
    assert talk(Interview(), answers) == [
        *("purpose", "trip_date", "municipality", "hospital_based", "pensioner", "mobility", "distance_km", "means")
    ]


def test_who_has_a_right_as_a_pensioner_and_can_take_the_bus_is_not_asked_how_far_it_is() -> None:
    assert talk(begun("rehabilitation"), BY_BUS) == ["hospital_based", "pensioner", "mobility", "public_fare_dkk"]


def test_a_purpose_outside_the_rules_needs_nothing_but_the_purpose_and_the_date() -> None:
    assert talk(Interview(), {"purpose": "other", "trip_date": DAY}) == list(REQUIRED)


def test_where_only_the_municipality_may_help_it_is_asked() -> None:
    answers = {"purpose": "maintenance_training", "trip_date": DAY}
    assert talk(Interview(), answers) == ["purpose", "trip_date", "municipality"]


def test_what_is_given_is_not_asked() -> None:
    start = Interview(given=(Turn("purpose", "rehabilitation"), Turn("trip_date", DAY), Turn("hospital_based", True)))
    assert asked(start) == "municipality"
    assert asked(start.answer("municipality", None)) == "pensioner"


def test_a_complete_case_is_asked_nothing() -> None:
    turns = begun("rehabilitation", **BY_BUS).turns
    start = Interview(given=tuple(turn for turn in turns if turn.value is not None))
    assert asked(start) is None


def test_an_amount_that_nobody_knows_is_not_asked() -> None:
    facts = {"hospital_based": True, "pensioner": False, "mobility": "excluded", "means": "own_car"}
    interview = begun("rehabilitation", date(2026, 3, 2), **facts, distance_km=Decimal(32))
    found = decision_on(interview)
    assert found is not None
    assert found.missing == ("minimum_other",)
    assert asked(interview) is None


# --- nothing moot, and an end -----------------------------------------------------------------------------------------


def values_of(fact: str) -> st.SearchStrategy[object]:
    info = FACTS[fact]
    if info.kind == "bool":
        return st.booleans()
    if info.kind == "choice":
        codes = [int(code) if code.isdigit() else code for code in info.choices]
        return st.sampled_from(codes)
    if info.kind == "whole":
        return st.integers(0, 120)
    assert info.kind == "decimal", f"what should {fact} be answered with?"
    return st.sampled_from([Decimal(each) for each in ("0", "12.5", "48", "50", "50.1", "113", "250")])


@pytest.mark.parametrize("purpose", PURPOSES)
@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_every_talk_ends_and_asks_nothing_moot_and_nothing_twice(purpose: str, data: st.DataObject) -> None:
    municipality = data.draw(st.sampled_from([None, "broenderslev", "randers"]))
    interview = begun(purpose, data.draw(st.sampled_from(DAYS)), municipality)
    questions: list[str] = []
    while True:
        found = decision_on(interview)
        assert found is not None
        fact = interview.next_question(found)
        if fact is None:
            break
        assert fact in found.missing
        assert fact not in found.moot
        assert fact not in questions
        still_open = set(found.missing) & set(ORDER) - interview.settled.keys()
        assert fact == min(still_open, key=ORDER.index)
        questions.append(fact)
        value = data.draw(st.one_of(st.none(), values_of(fact)), label=fact)
        try:
            answered = interview.answer(fact, value)
            decision_on(answered)
        except InvalidInput:
            answered = interview.answer(fact, None)
        interview = answered
    left = {each for each in found.missing if each in FACTS}
    assert left <= interview.skipped | {"documented"}
    assert interview.answers.keys() | interview.skipped == {"purpose", "trip_date", "municipality", *questions}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_with_nothing_known_every_question_comes_once(purpose: str) -> None:
    questions = talk(begun(purpose), {})
    assert len(questions) == len(set(questions))


# --- back, change, unknown --------------------------------------------------------------------------------------------


def test_back_asks_the_last_question_again() -> None:
    interview = begun("rehabilitation").answer("hospital_based", True)
    assert asked(interview) == "pensioner"
    assert asked(interview.back()) == "hospital_based"
    assert interview.back() == begun("rehabilitation")


def test_back_before_the_first_question_stays_there() -> None:
    assert Interview().back() == Interview()


def test_back_also_takes_an_unknown_answer_away() -> None:
    interview = begun("rehabilitation").answer("hospital_based", None)
    assert "hospital_based" in interview.skipped
    assert asked(interview.back()) == "hospital_based"


def test_a_change_asks_again_and_then_goes_on_where_it_was() -> None:
    interview = begun("rehabilitation").answer("hospital_based", True).answer("pensioner", True)
    assert asked(interview) == "mobility"
    changing = interview.change("hospital_based")
    assert asked(changing) == "hospital_based"
    assert changing.answers == interview.answers
    assert asked(changing.answer("hospital_based", True)) == "mobility"
    assert changing.answer("hospital_based", False).answers["hospital_based"] is False


def test_a_change_can_make_a_later_question_needless() -> None:
    interview = begun("rehabilitation").answer("hospital_based", True).answer("pensioner", True)
    assert asked(interview.change("purpose").answer("purpose", "other")) is None


def test_back_during_a_change_keeps_the_old_answer() -> None:
    interview = begun("rehabilitation").answer("hospital_based", True)
    assert interview.change("hospital_based").back() == interview


def test_back_after_a_change_brings_the_old_answer_and_its_question_back() -> None:
    interview = begun("rehabilitation").answer("hospital_based", True)
    undone = interview.change("hospital_based").answer("hospital_based", False).back()
    assert undone.answers == interview.answers
    assert asked(undone) == "hospital_based"


def test_a_given_fact_can_be_changed_and_forgotten() -> None:
    start = Interview(given=(Turn("purpose", "rehabilitation"), Turn("trip_date", DAY), Turn("hospital_based", True)))
    changed = start.change("hospital_based").answer("hospital_based", None)
    assert "hospital_based" not in changed.answers
    assert "hospital_based" in changed.skipped


def test_only_what_was_asked_can_be_changed() -> None:
    with pytest.raises(KeyError):
        Interview().change("pensioner")


@pytest.mark.parametrize("fact", REQUIRED)
def test_a_required_fact_cannot_be_unknown(fact: str) -> None:
    with pytest.raises(ValueError, match=fact):
        Interview().answer(fact, None)


def test_without_purpose_or_date_there_is_no_case() -> None:
    assert Interview().case() is None
    assert begun("gp").case() == Case(purpose="gp", trip_date=DAY)


# --- why --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("municipality", [None, "broenderslev", "randers"])
def test_every_question_names_a_provision_in_force(purpose: str, municipality: str | None) -> None:
    interview = begun(purpose, municipality=municipality)
    while (fact := asked(interview)) is not None:
        found = decision_on(interview)
        assert found is not None
        read_by = provisions_reading(fact, found)
        assert fact == "site" or read_by, fact
        assert all(REGISTRY[provision].citation(DAY) for provision in read_by)
        interview = interview.answer(fact, None)


def test_the_distance_is_asked_for_the_sake_of_the_distance_ground() -> None:
    found = decision_on(begun("rehabilitation", hospital_based=True))
    assert found is not None
    assert "rehabilitation_distance_ground" in provisions_reading("distance_km", found)
