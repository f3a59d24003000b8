"""What a caseworker asks about each kind of trip, and in which order: what for, who, health, where, how, money."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cache

_RIGHT = ("pensioner", "mobility", "distance_km", "place_choice")
_MONEY = ("means", "public_fare_dkk", "paid_dkk", "designated_distance_km", "designated_cost_dkk")

QUESTIONS: dict[str, tuple[str, ...]] = {
    "rehabilitation": ("hospital_based", "age", "covered_by_aeldreloven", *_RIGHT, *_MONEY),
    "maintenance_training": (
        "covered_by_aeldreloven",
        "handicap_scheme",
        "handicap_trips_used",
        "can_arrange_own_transport",
    ),
    "free_physiotherapy": (),
    "subsidised_physiotherapy": ("mobility",),
    "gp": ("insurance_group", "pensioner", "mobility", *_MONEY),
    "out_of_hours_gp": ("insurance_group", "pensioner", "mobility", *_MONEY),
    "specialist": (
        "insurance_group",
        "pensioner",
        "distance_km",
        "specialty",
        "referred",
        "nearest_specialist",
        "nearest_hindered",
        "mobility",
        *_MONEY,
    ),
    "hospital": (
        "pensioner",
        "mobility",
        "distance_km",
        "ambulatory_followup",
        "weekend_leave",
        "place_choice",
        *_MONEY,
    ),
    "other": (),
}
"""The facts that the law in general asks for, per purpose."""

_WHAT_FOR = (
    *("hospital_based", "rehabilitation_level", "rehabilitation_area", "specialty", "referred"),
    *("diagnostic_referral", "acute_injury", "publicly_funded", "within_service_level", "old_section_86_decision"),
    *("application_date", "trip_made", "treatment_started", "decision_date"),
)
_WHO = ("pensioner", "pension", "age", "insurance_group", "without_gp", "covered_by_aeldreloven", "municipality")
_HEALTH = (
    *("mobility", "ambulatory_followup", "weekend_leave", "can_arrange_own_transport"),
    *("handicap_scheme", "handicap_trips_used"),
)
_WHERE = (
    *("site", "distance_km", "other_route_km", "nearest_specialist", "nearest_hindered", "place_choice"),
    *("seven_day_provider", "designated_distance_km", "designated_entitled", "endpoint", "acute_away_from_home"),
    *("resident_by_stay", "overnight_needed"),
)
_HOW = (
    *("means", "public_transport_available", "transport_offered"),
    *("companion", "companion_needed", "companion_leg", "companion_over_12_hours"),
)
_COST = (
    *("public_fare_dkk", "paid_dkk", "documented", "extra_costs_dkk", "designated_cost_dkk", "already_paid_dkk"),
    "companion_cost_dkk",
)

_USUAL = (_WHAT_FOR, _WHO, _HEALTH, _WHERE, _HOW, _COST)

CONVERSATION: dict[str, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(QUESTIONS, _USUAL),
    # The distance only matters to who went by own car.
    **dict.fromkeys(("gp", "out_of_hours_gp"), (_WHAT_FOR, _WHO, _HEALTH, _HOW, _WHERE, _COST)),
    # Health gives no right to a specialist, only another fare; the distance does.
    "specialist": (_WHAT_FOR, _WHO, _WHERE, _HEALTH, _HOW, _COST),
}
"""The groups of questions per purpose, as a caseworker takes them; every fact is in one of them."""


def in_order(purpose: str, weights: Mapping[str, int]) -> tuple[str, ...]:
    """The names to ask for: by group, then by how much the answer decides (`weights`), then as in `QUESTIONS`.

    What is no fact (a dated amount that is not known) cannot be asked of anybody and comes last.
    """
    group, turn = _places(purpose)
    return tuple(
        sorted(weights, key=lambda name: (group.get(name, len(group)), -weights[name], turn.get(name, len(turn))))
    )


@cache
def _places(purpose: str) -> tuple[dict[str, int], dict[str, int]]:
    """The number of the group of each fact, and its turn within."""
    group = {fact: number for number, facts in enumerate(CONVERSATION[purpose]) for fact in facts}
    return group, {fact: number for number, fact in enumerate(QUESTIONS[purpose])}


def separations(leaves: Sequence[tuple[tuple[tuple[str, object], ...], Hashable]]) -> dict[str, int]:
    """How many pairs of leaves each fact alone tells apart, for the facts that tell any apart.

    A fact alone tells two leaves apart when their results differ, and of the facts that both assumed only this one
    differs (as `transport_calc.engine.explore.decisive`). Sets of leaves are bits of whole numbers: with all pairs
    one by one, a case of which nothing is known would take long.
    """
    having: dict[str, dict[object, int]] = {}
    results: dict[Hashable, int] = {}
    for number, (path, result) in enumerate(leaves):
        results[result] = results.get(result, 0) | 1 << number
        for fact, value in path:
            values = having.setdefault(fact, {})
            values[value] = values.get(value, 0) | 1 << number
    otherwise = {
        (fact, value): sum(values.values()) & ~same for fact, values in having.items() for value, same in values.items()
    }
    found = dict.fromkeys(having, 0)
    for number, (path, result) in enumerate(leaves):
        once = twice = 0
        for turn in path:
            twice |= once & otherwise[turn]
            once |= otherwise[turn]
        # Of each pair only the leaf that comes later counts the other.
        alone = once & ~twice & ~results[result] & ((1 << number) - 1)
        if alone:
            for turn in path:
                found[turn[0]] += (otherwise[turn] & alone).bit_count()
    return {fact: count for fact, count in found.items() if count}
