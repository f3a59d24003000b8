"""What only the claimant can bring up, as yes/no: a late claim, a dearer ticket, a second measurement.

While the facts behind such a point are not given, nobody has raised it, and the ordinary answer is presumed. Like
every presumption it is named in the decision, here by the facts that would raise it.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from transport_calc.facts import Case
from transport_calc.law.limitation import time_barred

OWN_TRANSPORT = ("public_transport", "own_car", "taxi", "other")


class Assertion(NamedTuple):
    """What answers it, and the facts not given that it rests on; with none of them the answer is known."""

    answer: Callable[[], bool]
    rests_on: tuple[str, ...]


def assertions(case: Case, distance_limit_km: object) -> dict[str, Assertion]:
    """Every point of this kind for a case, by the name under which the law reads it."""
    return {
        "time_barred": Assertion(
            partial(time_barred, case.trip_date, case.application_date), _unknown(case, "application_date")
        ),
        "treated_at_home": Assertion(lambda: case.site == "home", _unknown(case, "site")),
        "measurements_disagree": Assertion(
            partial(_measurements_disagree, case, distance_limit_km), _unknown(case, "other_route_km")
        ),
        "designated_place_gives_no_right": Assertion(
            lambda: case.designated_entitled is False, _unknown(case, "designated_entitled")
        ),
        "own_transport_used": Assertion(lambda: case.means in OWN_TRANSPORT, _unknown(case, "means")),
        "went_by_public_transport": _went_by_public_transport(case),
        "ticket_was_dearer": _ticket_was_dearer(case),
    }


def _unknown(case: Case, *facts: str) -> tuple[str, ...]:
    return tuple([fact for fact in facts if getattr(case, fact) is None])


def _measurements_disagree(case: Case, limit: object) -> bool:
    """Two measurements of the same distance lie on either side of the limit: a human must choose the method."""
    if case.other_route_km is None or case.distance_km is None or limit is None:
        return False
    return (case.distance_km > limit) != (case.other_route_km > limit)  # type: ignore[operator]


def _went_by_public_transport(case: Case) -> Assertion:
    """Nobody claims a ticket of their own before both the means and the payment are given."""
    rests_on = _unknown(case, "means", "paid_dkk") if case.means is None else ()
    return Assertion(lambda: case.means == "public_transport", rests_on)


def _ticket_was_dearer(case: Case) -> Assertion:
    """Paid more than the cheapest fare, or paid while no fare is given."""
    paid, fare = case.paid_dkk, case.public_fare_dkk
    if paid is None:
        return Assertion(lambda: False, ("paid_dkk",))
    return Assertion(lambda: fare is None or paid > fare, _unknown(case, "public_fare_dkk"))
