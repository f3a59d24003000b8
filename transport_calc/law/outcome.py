"""What follows once a ground is met, or may be met: the same in chapters 3 and 4 of BEK 816/2018."""

from __future__ import annotations

from collections.abc import Callable

from transport_calc.law.right import MinimumClass, Right, no_right, open_question
from transport_calc.law.situation import Situation


def ride_or_money(case: Situation, minimum_class: MinimumClass) -> Right:
    """The authority may choose the ride; what follows for who travelled otherwise all the same is unsettled."""
    if case.transport_offered and case.own_transport_used:
        return open_question("offered_ride_not_used")
    return Right("right", "grounds", minimum_class, in_kind=case.transport_offered)


def only_the_distance_is_left(case: Situation, on_ground: Callable[[Situation, MinimumClass], Right]) -> Right:
    """No other ground is met: no right, or open where two measurements disagree and the distance would matter."""
    if not case.measurements_disagree:
        return no_right("no_ground")
    if case.place_choice == "own_choice" and not case.designated_beyond_distance_limit:
        return no_right("no_ground")
    if on_ground(case, "other").status == "no_right":
        return no_right("no_ground")
    return open_question("distance_methods_disagree")
