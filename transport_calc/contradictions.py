"""Facts that cannot both be true, values out of range, dates without law: all found at once, before any decision."""

from __future__ import annotations

from transport_calc.facts import FACTS, Case
from transport_calc.faults import Fault, safe
from transport_calc.law.designated_place import PURPOSES
from transport_calc.law.orders import CHECKED_ON, FIRST_DAY, LAST_YEAR
from transport_calc.law.situation import OTHER_INCOMES, SOCIAL_PENSIONS
from transport_calc.parameters import MINIMUM_OTHER, Parameters

_LIMITED = tuple(info for info in FACTS.values() if info.minimum is not None or info.maximum is not None)


def contradictions(case: Case) -> list[Fault]:
    """Every reason why the facts as given cannot be decided; empty for usable facts."""
    return _out_of_range(case) + _without_law(case) + _pension(case) + _place(case) + _municipality(case)


def beyond_known_law(case: Case, amounts: Parameters) -> list[Fault]:
    """The fault of a trip in a year whose law nobody has checked; empty for a trip in time.

    Who adds the minimum amounts of a later year to `amounts` vouches for it: they are announced under the order that
    then applies.
    """
    if case.trip_date.year <= LAST_YEAR:
        return []
    last = max([LAST_YEAR, *((each.end or each.start).year for each in amounts.series(MINIMUM_OTHER))])
    if case.trip_date.year <= last:
        return []
    slots = {"last": str(last), "checked": CHECKED_ON.isoformat(), "year": str(case.trip_date.year)}
    return [Fault("after_known_law", "trip_date", case.trip_date.isoformat(), slots)]


def _out_of_range(case: Case) -> list[Fault]:
    faults = []
    for info in _LIMITED:
        value = getattr(case, info.name)
        if info.minimum is not None and value is not None and value < info.minimum:
            faults.append(Fault("below_minimum_value", info.name, safe(value), {"minimum": str(info.minimum)}))
        if info.maximum is not None and value is not None and value > info.maximum:
            faults.append(Fault("above_maximum_value", info.name, safe(value), {"maximum": str(info.maximum)}))
    return faults


def _without_law(case: Case) -> list[Fault]:
    if case.trip_date < FIRST_DAY:
        return [Fault("before_first_order", "trip_date", case.trip_date.isoformat(), {"first": FIRST_DAY.isoformat()})]
    return []


def _pension(case: Case) -> list[Fault]:
    says_no = case.pension in SOCIAL_PENSIONS and case.pensioner is False
    says_yes = case.pension in OTHER_INCOMES and case.pensioner is True
    if not says_no and not says_yes:
        return []
    slots = {"other": "pensioner", "other_value": "true" if says_yes else "false"}
    return [Fault("pension_contradicts", "pension", str(case.pension), slots)]


def _place(case: Case) -> list[Fault]:
    """The designated place lies where it lies; own choice is a choice against a place that somebody refers to."""
    if case.purpose not in PURPOSES:
        slots = {"other": "purpose", "other_value": case.purpose}
        fault = Fault("own_choice_without_designated_place", "place_choice", "own_choice", slots)
        return [fault] if case.place_choice == "own_choice" else []
    used, designated = case.distance_km, case.designated_distance_km
    if case.place_choice != "designated" or used is None or designated in (None, used):
        return []
    slots = {"other": "place_choice", "other_value": "designated", "used": str(used)}
    return [Fault("designated_contradicts", "designated_distance_km", str(designated), slots)]


def _municipality(case: Case) -> list[Fault]:
    if case.municipality is None:
        return []
    # Only a case with a municipality pays for the profiles, and only a wrong one for the suggestion.
    from transport_calc.municipalities import known_slugs, municipality

    if municipality(case.municipality) is not None:
        return []
    from difflib import get_close_matches

    nearest = get_close_matches(case.municipality, known_slugs(), n=1)
    return [
        Fault(
            "unknown_municipality", "municipality", safe(case.municipality), {"nearest": nearest[0] if nearest else ""}
        )
    ]
