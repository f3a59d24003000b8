"""The legal cases that come along: facts whose answer follows from the law or from a published decision.

They are the cases of the test suite without their prose, so that an installed copy can check itself, and so that each
provision can name the cases it is exercised by. `data/cases.json` is made from the test cases and never edited.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transport_calc.chain import decide
from transport_calc.decision import Decision
from transport_calc.faults import InvalidInput
from transport_calc.intake.json_case import case_from_object
from transport_calc.parameters import builtin_data

FILE = "cases.json"


class BuiltInCase(NamedTuple):
    """One case: its facts as JSON has them, where its answer comes from, and the parts of the answer that are stated.

    `expect` may hold `status`, `outcome`, `payable_dkk` (text, None for an amount that is not known) and `channel`.
    """

    id: str
    source: Mapping[str, str]
    facts: Mapping[str, object]
    expect: Mapping[str, str | None]


class Mismatch(NamedTuple):
    """A part of an answer that is not as expected."""

    part: str
    expected: str | None
    found: str | None


@cache
def built_in_cases() -> tuple[BuiltInCase, ...]:
    """Every case of the data that comes along."""
    found = json.loads((builtin_data() / FILE).read_text("utf-8"))
    return tuple(BuiltInCase(**item) for item in found)


def mismatches(case: BuiltInCase) -> tuple[Mismatch, ...]:
    """Where the decision of a case differs from what is expected; empty if it agrees."""
    found = _answer(_decided(case))
    return tuple(
        Mismatch(part, expected, found[part])
        for part, expected in case.expect.items()
        if not _same(expected, found[part])
    )


@cache
def cases_by_provision() -> dict[str, tuple[str, ...]]:
    """The ids of the cases in whose decision each provision was evaluated."""
    found: dict[str, list[str]] = {}
    for case in built_in_cases():
        decision = _decided(case)
        for each in decision.steps if decision else ():
            found.setdefault(each.step.provision, []).append(case.id)
    return {provision: tuple(ids) for provision, ids in found.items()}


def _decided(case: BuiltInCase) -> Decision | None:
    """The decision on the built-in amounts alone; None for facts that are refused."""
    try:
        return decide(case_from_object(case.facts))
    except InvalidInput:
        return None


def _answer(decision: Decision | None) -> dict[str, str | None]:
    if decision is None:
        return {"status": "invalid", "outcome": None, "payable_dkk": None, "channel": None}
    payable = decision.amount.payable_dkk
    return {
        "status": decision.status,
        "outcome": decision.outcome,
        "payable_dkk": None if payable is None else str(payable),
        "channel": decision.channel.code,
    }


def _same(expected: str | None, found: str | None) -> bool:
    if expected is None or found is None or not expected[:1].isdigit():
        return expected == found
    return Decimal(expected) == Decimal(found)
