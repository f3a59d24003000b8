"""What a fact that is not given stands for, as the query says it.

Asked of `presumptions` and `known_facts` themselves: a case with nothing given shows the ordinary values, and a case
with a single fact given shows what that fact changes about the others (a pension about `pensioner`, an acute
treatment about `endpoint`). What depends on two numbers at once cannot be asked in this way; it stands in
`transport_calc.sql.situation`. The tests compare both with `presumptions` and `known_facts` on random cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from transport_calc.facts import FACTS, REQUIRED, Case
from transport_calc.law.orders import FIRST_DAY
from transport_calc.law.situation import DOMAINS, known_facts, presumptions


class Effect(NamedTuple):
    """A given fact, and the value it gives to something else the law reads; `given` None means any number at all."""

    fact: str
    given: object
    value: object


def ordinary(name: str) -> object:
    """The value of something the law reads in a case that says nothing; None where it is asked for."""
    return _read_in(_case()).get(name)


def is_known_name(name: str) -> bool:
    """Something that a case tells: a fact, a measure, or what every case presumes or settles."""
    return name in DOMAINS or name in _read_in(_case())


def effects(name: str) -> list[Effect]:
    """Every single fact that changes the value of something else the law reads."""
    usual = ordinary(name)
    return [
        Effect(fact, value if fact in DOMAINS else None, said.get(name))
        for fact, value, said in _said_by_single_facts()
        if fact != name and said.get(name) != usual
    ]


@cache
def _said_by_single_facts() -> tuple[tuple[str, object, dict[str, object]], ...]:
    return tuple((fact, value, _read_in(_case(**{fact: value}))) for fact, value in _single_facts())


def _single_facts() -> Iterator[tuple[str, object]]:
    for info in FACTS.values():
        if info.name in DOMAINS and info.name not in REQUIRED:
            yield from ((info.name, value) for value in DOMAINS[info.name])
        elif info.kind in ("decimal", "whole"):
            yield info.name, Decimal(1) if info.kind == "decimal" else 1


def _case(**given: Any) -> Case:
    return Case(purpose="other", trip_date=FIRST_DAY, **given)


def _read_in(case: Case) -> dict[str, object]:
    return {**presumptions(case), **known_facts(case, {})}
