"""A case from texts by fact name: what options, guided questions and receipt rows have in common."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from transport_calc.contradictions import contradictions
from transport_calc.facts import REQUIRED, Case
from transport_calc.faults import Fault, InvalidInput
from transport_calc.intake.text import read_texts
from transport_calc.law.orders import FIRST_DAY


def case_from_texts(texts: Mapping[str, str]) -> Case:
    """The case that `texts` (public fact name to text) describe. Raises `InvalidInput` with every fault found."""
    values, faults = read_texts(texts)
    faults += missing_facts(values.keys() | {fault.field for fault in faults})
    if faults:
        # Facts that could be read may contradict each other: all faults are shown at once.
        readable = {"purpose": "rehabilitation", "trip_date": FIRST_DAY, **values}
        raise InvalidInput(faults + contradictions(Case(**cast(dict[str, Any], readable))))
    return Case(**cast(dict[str, Any], values))


def missing_facts(named: Collection[str]) -> list[Fault]:
    """One fault per required fact that is not among `named`; an unreadable fact counts as named."""
    return [Fault("missing_fact", name) for name in REQUIRED if name not in named]
