"""What the law sees of a case: yes/no and enumerated facts, and the measures that stand for the numbers.

`Situation` lists every name a law function may read. In use it is played by the engine's probe, which answers from
the known facts and explores the unknown ones; the class itself serves readers, type checker and tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from transport_calc.engine.explore import OnDemand
from transport_calc.facts import (
    FACTS,
    PRESUMED,
    Case,
    CompanionLeg,
    Endpoint,
    InsuranceGroup,
    Means,
    Mobility,
    PlaceChoice,
    Purpose,
    RehabilitationLevel,
    Site,
    Specialty,
)
from transport_calc.law.assertions import OWN_TRANSPORT, assertions
from transport_calc.measures import MEASURES, inputs, measurable


class Situation:
    """One situation with every fact settled; the law is a function of exactly this."""

    law_date: date
    purpose: Purpose
    hospital_based: bool
    rehabilitation_level: RehabilitationLevel
    seven_day_provider: bool
    pensioner: bool
    insurance_group: InsuranceGroup
    covered_by_aeldreloven: bool
    old_section_86_decision: bool
    mobility: Mobility
    handicap_scheme: bool
    can_arrange_own_transport: bool
    site: Site
    place_choice: PlaceChoice
    publicly_funded: bool
    within_service_level: bool
    referred: bool
    diagnostic_referral: bool
    acute_injury: bool
    without_gp: bool
    specialty: Specialty
    nearest_specialist: bool
    nearest_hindered: bool
    acute_away_from_home: bool
    endpoint: Endpoint
    resident_by_stay: bool
    ambulatory_followup: bool
    weekend_leave: bool
    treatment_started: bool
    trip_made: bool
    means: Means
    public_transport_available: bool
    transport_offered: bool
    documented: bool
    overnight_needed: bool
    companion: bool
    companion_needed: bool
    companion_over_12_hours: bool
    companion_leg: CompanionLeg
    # measures
    beyond_distance_limit: bool
    designated_beyond_distance_limit: bool
    is_child: bool
    handicap_trips_left: bool
    cost_above_minimum: bool
    designated_cost_above_minimum: bool
    calculated_above_paid: bool
    # what only the claimant can bring up (transport_calc.law.assertions)
    time_barred: bool
    measurements_disagree: bool
    designated_place_gives_no_right: bool
    went_by_public_transport: bool
    ticket_was_dearer: bool
    own_transport_used: bool
    treated_at_home: bool
    money_claimed: bool
    rehabilitation_is_specialised: bool


DOMAINS: dict[str, tuple[object, ...]] = {
    **{info.name: (True, False) for info in FACTS.values() if info.kind == "bool"},
    **{info.name: tuple(info.choices) for info in FACTS.values() if info.kind == "choice"},
    "insurance_group": (1, 2),
    **dict.fromkeys(MEASURES, (True, False)),
}
"""The values that each fact or measure can have when it is unknown."""

_READ = tuple(name for name in FACTS if name in DOMAINS)
_NUMBERS = tuple(info.name for info in FACTS.values() if info.kind in ("decimal", "whole"))

SOCIAL_PENSIONS = ("folkepension", "foertidspension", "seniorpension", "tidlig_pension")
"""Pension efter de sociale pensionslove: lov om social pension § 1 and the older act on førtidspension."""

OTHER_INCOMES = ("efterloen", "tjenestemandspension", "private_or_atp", "none")
"""What is not a pension under the social pension acts (STPK 23SFP46 for civil servants' pension)."""

DESIGNATED_FACTS = ("designated_distance_km", "designated_cost_dkk", "designated_entitled")
"""The facts about the place the authority refers to; giving one raises the question of own choice."""


def pensioner_status(case: Case) -> bool | None:
    """Does the person receive a social pension? None for foreign and deferred pension: a human must decide that."""
    if case.pensioner is not None:
        return case.pensioner
    if case.pension in SOCIAL_PENSIONS:
        return True
    if case.pension in OTHER_INCOMES:
        return False
    return None


def known_facts(case: Case, numbers: dict[str, Decimal | int]) -> Mapping[str, object]:
    """Everything the law can read that is settled by the case: its facts, its measures, and its assertions.

    `numbers` holds the dated limits the measures compare with, by name. Nothing is compared before it is read.
    """
    given: dict[str, object] = {name: getattr(case, name) for name in _READ}
    given["pensioner"] = pensioner_status(case)
    given["rehabilitation_is_specialised"] = case.rehabilitation_level == "specialised"
    given["money_claimed"] = case.means in OWN_TRANSPORT or case.paid_dkk is not None
    asked = measurable({**numbers, **_numbers_of(case)})
    points = assertions(case, numbers.get("distance_limit_km"))
    asked.update({name: point.answer for name, point in points.items() if not point.rests_on})
    if "measurements_disagree" in asked and "beyond_distance_limit" in asked:
        asked["beyond_distance_limit"] = _unless(asked["measurements_disagree"], asked["beyond_distance_limit"])
    return OnDemand(given, asked)


def _unless(disputed: Callable[[], object], answer: Callable[[], object]) -> Callable[[], object]:
    """What answers, but for the case that the answer is disputed."""
    return lambda: None if disputed() else answer()


def presumptions(case: Case) -> dict[str, object]:
    """The ordinary values of the facts nobody has raised.

    A fact about the designated place, or treatment in another municipality, raises the question of own choice: then
    it is asked, not presumed. Who says that the designated place would have given a right is taken to mean the
    distance as well, until it is given.
    """
    presumed: dict[str, object] = dict(PRESUMED)
    presumed.update({name: point.answer() for name, point in assertions(case, None).items() if point.rests_on})
    if case.acute_away_from_home or case.resident_by_stay:
        presumed["endpoint"] = "temporary_stay"
    if case.designated_entitled:
        presumed["designated_beyond_distance_limit"] = True
    raised = case.site == "other_municipality" or any(getattr(case, name) is not None for name in DESIGNATED_FACTS)
    if raised:
        del presumed["place_choice"]
    return presumed


def facts_presumed(names: Iterable[str], case: Case) -> dict[str, tuple[str, ...]]:
    """The facts by which presumptions of `presumptions` are named: their own name, or the facts they rest on."""
    rests_on = {name: point.rests_on for name, point in assertions(case, None).items()}
    rests_on["designated_beyond_distance_limit"] = ("designated_distance_km",)
    return {name: rests_on.get(name, (name,)) for name in names}


def facts_behind(name: str, case: Case) -> tuple[str, ...]:
    """The unknown facts of the case that would settle something the law reads: itself, or a measure's numbers."""
    if name not in MEASURES:
        return (name,)
    return tuple(fact for fact in inputs(name) if fact in FACTS and getattr(case, fact) is None)


def _numbers_of(case: Case) -> dict[str, object]:
    return {name: getattr(case, name) for name in _NUMBERS}
