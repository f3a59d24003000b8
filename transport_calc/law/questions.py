"""What a caseworker asks about each kind of trip, in the order of a conversation: who, health, where, money."""

from __future__ import annotations

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
