"""The law is complete and free of contradiction: every leaf of every purpose, on a day of each law, is whole.

Enumerated through exploration, with nothing known but the purpose. That the leaves of one question exclude each
other and cover everything follows from how they are made (tests/test_engine_explore.py), so here it is their content
that is held: an outcome, a citation, a reason in both languages, and no provision that nothing reaches.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

import pytest

import transport_calc.chain  # noqa: F401  (fills the registry)
from transport_calc.engine.explore import Leaf, explore
from transport_calc.engine.provision import REGISTRY
from transport_calc.facts import FACTS, Case
from transport_calc.law.amount import cost_basis
from transport_calc.law.assertions import assertions
from transport_calc.law.basis import BASES, legal_basis
from transport_calc.law.companion import companion_right
from transport_calc.law.right import Right
from transport_calc.law.situation import DOMAINS, Situation
from transport_calc.wording import text

PURPOSES = tuple(FACTS["purpose"].choices)
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        *("2009-03-02", "2011-03-02", "2013-03-02", "2014-03-02", "2015-03-02", "2016-08-01", "2017-03-02"),
        *("2018-08-01", "2024-03-04", "2026-03-02", "2027-02-01", "2027-08-02"),
    )
)
ASSERTED = dict.fromkeys(assertions(Case(purpose="hospital", trip_date=DAYS[0]), None), (True, False))
ALL_DOMAINS = {**DOMAINS, **ASSERTED, "rehabilitation_is_specialised": (True, False)}

ELSEWHERE = {
    "minimum_pensioner",
    "minimum_other",
    "minimum_own_choice",
    "minimum_own_choice_hospital",
    "not_above_actual_cost",
    "payer_rehabilitation",
    "payer_doctor",
    "payer_hospital",
    "handicapkoersel_approval",
    "overnight_stay",
}
"""Provisions asked outside the questions of right, cost and companion: § 31 on the kroner, the payer, the offers."""


def right_under_its_law(case: Situation) -> tuple[str, Right]:
    basis = legal_basis(case)
    return basis.code, basis.right(case)


@cache
def leaves_of(purpose: str, on: date) -> tuple[Leaf[tuple[str, Right]], ...]:
    return explore(right_under_its_law, law_date=on, known={"purpose": purpose}, domains=ALL_DOMAINS)


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_leaf_has_an_outcome_a_citation_and_a_reason_in_both_languages(purpose: str, on: date) -> None:
    for leaf in leaves_of(purpose, on):
        code, right = leaf.result
        assert right.status in ("right", "no_right", "may", "open")
        assert BASES[code].cites(on)
        assert leaf.steps
        assert all(REGISTRY[step.provision].citation(on) for step in leaf.steps)
        assert all(text(f"reason.{right.reason}", lang) for lang in ("da", "en"))


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_two_leaves_give_one_situation_two_outcomes(purpose: str, on: date) -> None:
    found = leaves_of(purpose, on)
    for one, other in pairwise(found):
        a, b = dict(one.path), dict(other.path)
        assert any(a[fact] != b[fact] for fact in a.keys() & b.keys())


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_right_without_a_minimum_is_only_for_vehicles_the_order_names(purpose: str, on: date) -> None:
    """§ 31 names no minimum for § 3 and § 14; every other right to money has one of the two."""
    for leaf in leaves_of(purpose, on):
        right = leaf.result[1]
        if right.status == "right" and not right.minimum_class:
            assert right.reason in ("special_vehicle", "acute_injury_vehicle")
            assert ("mobility", "special_vehicle") in leaf.path


def test_every_provision_is_reached() -> None:
    leaves = [leaf for purpose in PURPOSES for on in DAYS for leaf in leaves_of(purpose, on)]
    reached = {step.provision for leaf in leaves for step in leaf.steps}
    for on in DAYS:
        known = {"purpose": "rehabilitation"}
        for question in (cost_basis, companion_right):
            for leaf in explore(question, law_date=on, known=known, domains=ALL_DOMAINS):
                reached |= {step.provision for step in leaf.steps}
    assert set(REGISTRY) - reached == ELSEWHERE
