"""Exploration against brute force: the leaves say of unknown facts what trying out everything says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_country import DOMAINS, NO_STORM, STEAMERS_PAY_FROM, TOLL_ACT, toll

from transport_calc.engine.explore import Leaf, OnDemand, decisive, explore

FACTS: dict[str, tuple[object, ...]] = {
    "wet": (True, False),
    "windy": (True, False),
    "cold": (False, True),
    "colour": ("red", "green", "blue"),
    "size": (1, 2, 3, 4),
}
LAW_DATE = date(2000, 1, 1)
Question = Callable[[Any], str]
Completion = dict[str, object]


# --- the invented country, by hand ------------------------------------------------------------------------------------


def test_the_tree_of_the_old_toll_read_from_the_act() -> None:
    leaves = explore(toll, law_date=TOLL_ACT, known={}, domains=DOMAINS, presumed=NO_STORM)
    assert [(leaf.path, leaf.result) for leaf in leaves] == [
        ((("resident", True),), "free"),
        ((("resident", False), ("at_night", True)), "full"),
        ((("resident", False), ("at_night", False), ("cargo", "fish")), "half"),
        ((("resident", False), ("at_night", False), ("cargo", "salt")), "full"),
        ((("resident", False), ("at_night", False), ("cargo", "none")), "half"),
    ]
    assert decisive([(leaf.path, leaf.result) for leaf in leaves]) == ("resident", "at_night", "cargo")


def test_the_new_wording_asks_about_the_vessel_of_residents_only() -> None:
    leaves = explore(toll, law_date=STEAMERS_PAY_FROM, known={}, domains=DOMAINS, presumed=NO_STORM)
    # resident: rowboat, sailboat, and by steamer the four endings of everyone else; not resident: those four.
    assert len(leaves) == 2 + 4 + 4
    asked = [dict(leaf.path) for leaf in leaves]
    assert all(("vessel" in path) == (path["resident"] is True) for path in asked)


def test_a_fact_that_cannot_change_the_result_is_not_decisive() -> None:
    known = {"at_night": True, "vessel": "rowboat"}
    leaves = explore(toll, law_date=TOLL_ACT, known=known, domains=DOMAINS, presumed=NO_STORM)
    assert decisive([(leaf.path, leaf.result) for leaf in leaves]) == ("resident",)


def test_a_fact_asked_for_in_every_branch_without_effect_is_not_decisive() -> None:
    def idle(case: Any) -> bool:
        return bool(case.wet) and (case.windy or not case.windy)

    leaves = explore(idle, law_date=LAW_DATE, known={}, domains=FACTS)
    assert decisive([(leaf.path, leaf.result) for leaf in leaves]) == ("wet",)


def test_nothing_is_decisive_where_all_leaves_agree() -> None:
    assert decisive([((("wet", True),), 1), ((("wet", False),), 1)]) == ()


def test_presumed_facts_are_named_and_never_forked_on() -> None:
    leaves = explore(toll, law_date=TOLL_ACT, known={"resident": True}, domains=DOMAINS, presumed=NO_STORM)
    assert [(leaf.path, leaf.presumed) for leaf in leaves] == [((), ("storm",))]


def test_a_known_fact_is_not_presumed() -> None:
    known = {"storm": True}
    [leaf] = explore(toll, law_date=TOLL_ACT, known=known, domains=DOMAINS, presumed=NO_STORM)
    assert (leaf.result, leaf.path, leaf.presumed) == ("free", (), ())


def test_a_presumption_nobody_read_is_not_named() -> None:
    def no_facts(case: Any) -> bool:
        return True

    [leaf] = explore(no_facts, law_date=TOLL_ACT, known={}, domains=DOMAINS, presumed=NO_STORM)
    assert leaf.presumed == ()


def test_a_fact_without_possible_values_is_refused_by_name() -> None:
    def misspelt(case: Any) -> bool:
        return bool(case.residnet)

    with pytest.raises(AttributeError, match="residnet"):
        explore(misspelt, law_date=LAW_DATE, known={}, domains=DOMAINS)


# --- random questions -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Is:
    """A condition on one fact."""

    fact: str
    value: object

    def __call__(self, case: Any) -> bool:
        return bool(getattr(case, self.fact) == self.value)


@dataclass(frozen=True)
class Both:
    """`and` as Python has it: the right side is not read if the left one is false."""

    left: Callable[[Any], bool]
    right: Callable[[Any], bool]

    def __call__(self, case: Any) -> bool:
        return self.left(case) and self.right(case)


@dataclass(frozen=True)
class Either:
    """`or` as Python has it."""

    left: Callable[[Any], bool]
    right: Callable[[Any], bool]

    def __call__(self, case: Any) -> bool:
        return self.left(case) or self.right(case)


@dataclass(frozen=True)
class Not:
    """The opposite."""

    inner: Callable[[Any], bool]

    def __call__(self, case: Any) -> bool:
        return not self.inner(case)


@dataclass(frozen=True)
class Answer:
    """The end of a question."""

    result: str

    def __call__(self, case: Any) -> str:
        return self.result


@dataclass(frozen=True)
class If:
    """A fork of a question."""

    condition: Callable[[Any], bool]
    then: Question
    otherwise: Question

    def __call__(self, case: Any) -> str:
        return self.then(case) if self.condition(case) else self.otherwise(case)


facts = st.sampled_from(sorted(FACTS))
simple = facts.flatmap(lambda fact: st.builds(Is, st.just(fact), st.sampled_from(FACTS[fact])))
conditions = st.recursive(
    simple,
    lambda inner: st.one_of(st.builds(Both, inner, inner), st.builds(Either, inner, inner), st.builds(Not, inner)),
    max_leaves=6,
)
questions = st.recursive(
    st.builds(Answer, st.sampled_from("xyz")), lambda inner: st.builds(If, conditions, inner, inner), max_leaves=8
)
settled = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FACTS.items()})


@st.composite
def partial_knowledge(draw: st.DrawFn) -> Completion:
    everything = draw(settled)
    return {name: everything[name] for name in draw(st.sets(facts))}


def completions(known: Mapping[str, object]) -> Iterator[Completion]:
    names = [name for name in FACTS if name not in known]
    for values in product(*(FACTS[name] for name in names)):
        yield {**known, **dict(zip(names, values, strict=True))}


def answer(question: Question, facts_settled: Mapping[str, object]) -> str:
    return question(SimpleNamespace(law_date=LAW_DATE, **facts_settled))


def leaf_of(leaves: tuple[Leaf[str], ...], completion: Completion) -> Leaf[str]:
    [leaf] = [leaf for leaf in leaves if all(completion[fact] == value for fact, value in leaf.path)]
    return leaf


@given(questions, partial_knowledge())
def test_the_leaves_are_the_completions(question: Question, known: Completion) -> None:
    leaves = explore(question, law_date=LAW_DATE, known=known, domains=FACTS)
    for completion in completions(known):
        assert leaf_of(leaves, completion).result == answer(question, completion)
    unknown = {name for name in FACTS if name not in known}
    covered = [prod(len(FACTS[name]) for name in unknown - dict(leaf.path).keys()) for leaf in leaves]
    assert sum(covered) == len(list(completions(known))), "every completion lies under exactly one leaf"
    assert all(dict(leaf.path).keys() <= unknown for leaf in leaves)


@given(questions, settled)
def test_with_everything_known_there_is_one_leaf_without_a_path(question: Question, known: Completion) -> None:
    leaves = explore(question, law_date=LAW_DATE, known=known, domains=FACTS)
    assert [(leaf.path, leaf.result) for leaf in leaves] == [((), answer(question, known))]


@given(questions, partial_knowledge())
def test_decisive_is_exact(question: Question, known: Completion) -> None:
    """A fact is decisive if, and only if, two completions differ in it alone and lead to different results."""
    leaves = explore(question, law_date=LAW_DATE, known=known, domains=FACTS)
    deciding = decisive([(leaf.path, leaf.result) for leaf in leaves])
    answers = {tuple(each[name] for name in FACTS): answer(question, each) for each in completions(known)}
    tips_the_scale = {
        name
        for place, name in enumerate(FACTS)
        if name not in known
        and any(
            answers[(*settled_facts[:place], value, *settled_facts[place + 1 :])] != result
            for settled_facts, result in answers.items()
            for value in FACTS[name]
        )
    }
    assert set(deciding) == tips_the_scale
    assert len(deciding) == len(set(deciding))


@given(questions, partial_knowledge())
def test_decisive_facts_come_in_the_order_in_which_they_are_asked(question: Question, known: Completion) -> None:
    leaves = explore(question, law_date=LAW_DATE, known=known, domains=FACTS)
    asked = list(dict.fromkeys(fact for leaf in leaves for fact, _ in leaf.path))
    deciding = decisive([(leaf.path, leaf.result) for leaf in leaves])
    assert [fact for fact in asked if fact in deciding] == list(deciding)


@given(questions, partial_knowledge(), partial_knowledge())
def test_presumed_facts_hold_everywhere_and_are_named_where_read(
    question: Question, known: Completion, presumed: Completion
) -> None:
    leaves = explore(question, law_date=LAW_DATE, known=known, domains=FACTS, presumed=presumed)
    for completion in completions({**presumed, **known}):
        assert leaf_of(leaves, completion).result == answer(question, completion)
    for leaf in leaves:
        assert not dict(leaf.path).keys() & (known.keys() | presumed.keys())
        read = reads(question, {**presumed, **known, **dict(leaf.path)})
        assert set(leaf.presumed) == read & (presumed.keys() - known.keys())


def reads(question: Question, facts_settled: Mapping[str, object]) -> set[str]:
    """The facts a question reads in one situation."""

    class Watched:
        def __getattr__(self, fact: str) -> object:
            seen.add(fact)
            return facts_settled[fact]

    seen: set[str] = set()
    question(Watched())
    return seen


# --- facts found out on demand ----------------------------------------------------------------------------------------


def test_a_fact_on_demand_is_found_out_once_and_only_if_it_is_read() -> None:
    asked: list[str] = []

    def finding(name: str, value: object) -> Callable[[], object]:
        def found() -> object:
            asked.append(name)
            return value

        return found

    known = OnDemand({"wet": True, "cold": None}, {"windy": finding("windy", False), "size": finding("size", None)})
    assert "cold" not in known
    assert known["wet"] is True
    assert asked == []
    assert ("windy" in known, known["windy"], known.get("windy")) == (True, False, False)
    assert asked == ["windy"]
    assert "size" not in known
    assert {**known} == {"wet": True, "windy": False}
    assert len(known) == 2
    assert asked == ["windy", "size"]
