"""The theorem on the invented country: what its leaves say with some facts unknown, against every completion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_country import DOMAINS, SALT_DUTY_FROM, STEAMERS_PAY_FROM, TOLL_ACT, Passage, toll

from transport_calc.engine.explore import Leaf, decisive, explore, settled

Facts = dict[str, object]

DAYS = pytest.mark.parametrize("on", [TOLL_ACT, SALT_DUTY_FROM, STEAMERS_PAY_FROM], ids=str)
complete = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in DOMAINS.items()})


@st.composite
def partial_facts(draw: st.DrawFn) -> Facts:
    everything = draw(complete)
    return {name: everything[name] for name in draw(st.sets(st.sampled_from(sorted(DOMAINS))))}


def leaves_of(known: Facts, on: date) -> tuple[Leaf[str], ...]:
    return explore(toll, law_date=on, known=known, domains=DOMAINS)


def definite(known: Facts, on: date) -> str | None:
    """The toll, where all leaves agree on it."""
    results = {leaf.result for leaf in leaves_of(known, on)}
    return results.pop() if len(results) == 1 else None


def asked(known: Facts, on: date) -> tuple[str, ...]:
    return decisive([(leaf.path, leaf.result) for leaf in leaves_of(known, on)])


def completions(known: Facts) -> Iterator[Facts]:
    names = [name for name in DOMAINS if name not in known]
    for values in product(*(DOMAINS[name] for name in names)):
        yield known | dict(zip(names, values, strict=True))


def tolls(known: Facts, on: date) -> set[str]:
    """Straight from the law, without the engine."""
    return {toll(Passage(law_date=on, **facts)) for facts in completions(known)}  # type: ignore[arg-type]


@DAYS
@given(known=partial_facts())
def test_a_definite_toll_is_that_of_every_completion(on: date, known: Facts) -> None:
    found = tolls(known, on)
    assert definite(known, on) == (next(iter(found)) if len(found) == 1 else None)


@DAYS
@given(known=partial_facts(), more=complete)
def test_one_more_fact_never_turns_a_definite_toll_into_another(on: date, known: Facts, more: Facts) -> None:
    before = definite(known, on)
    for name in DOMAINS:
        if before is not None and name not in known:
            assert definite(known | {name: more[name]}, on) == before


@DAYS
@settings(max_examples=30)
@given(known=partial_facts())
def test_what_is_asked_tips_the_scale_and_nothing_else_does(on: date, known: Facts) -> None:
    def tips(name: str) -> bool:
        others = completions(known | {name: None})
        return any(
            len({*tolls(facts | {name: value}, on), *tolls(facts | {name: other}, on)}) > 1
            for facts in others
            for value in DOMAINS[name]
            for other in DOMAINS[name]
        )

    assert set(asked(known, on)) == {name for name in DOMAINS if name not in known and tips(name)}


@DAYS
@settings(max_examples=50)
@given(facts=complete)
def test_a_fact_that_is_otherwise_leads_where_the_leaves_say(on: date, facts: Facts) -> None:
    for name, values in DOMAINS.items():
        rest = {each: value for each, value in facts.items() if each != name}
        for value in values:
            [promised] = settled(leaves_of(rest, on), {name: value})
            assert {promised.result} == tolls(rest | {name: value}, on)


@DAYS
@given(known=partial_facts(), more=partial_facts())
def test_settling_leaves_is_exploring_with_more_facts(on: date, known: Facts, more: Facts) -> None:
    more = {name: value for name, value in more.items() if name not in known}
    assert settled(leaves_of(known, on), more) == leaves_of(known | more, on)
