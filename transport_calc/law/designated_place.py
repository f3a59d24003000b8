"""The place the authority refers to: what two facts about it say of a third.

Only rehabilitation (§ 24) and hospital (§ 17) know such a place. To a specialist § 7 counts the nearest instead, and
nobody refers to the GP one has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from transport_calc.facts import Case

PURPOSES = ("rehabilitation", "hospital")
"""Where the law tells the place referred to from one's own choice."""


def with_what_follows(case: Case) -> Case:
    """The case with what cannot be otherwise: a place at another distance than the designated one is own choice, and
    the designated place lies where it lies."""
    if case.designated_distance_km is None or case.purpose not in PURPOSES:
        return case
    if case.place_choice is None and case.distance_km not in (None, case.designated_distance_km):
        return _with(case, place_choice="own_choice")
    if case.place_choice == "designated" and case.distance_km is None:
        return _with(case, distance_km=case.designated_distance_km)
    return case


def _with(case: Case, **more: object) -> Case:
    facts: dict[str, Any] = {**vars(case), **more}
    return Case(**facts)


def can_be(case: Case, known: Mapping[str, object], path: Iterable[tuple[str, object]]) -> bool:
    """Can the unknown facts fall out like this? Not with the designated place on the other side of the limit."""
    if case.designated_distance_km is None or case.purpose not in PURPOSES:
        return True
    tried = dict(path)

    def settled(name: str) -> object:
        return tried[name] if name in tried else known.get(name)

    if settled("place_choice") != "designated":
        return True
    designated = settled("designated_beyond_distance_limit")
    return designated is None or settled("beyond_distance_limit") in (None, designated)
