"""Rehabilitation after hospital: sundhedsloven § 172 and BEK 816/2018 chapter 4 (§§ 22-25), as it stood since 2008.

Read beside the order: § 22 who, § 23 the three grounds (one is enough), § 24 own choice of place, § 25 who pays
and between which two places.
"""

from __future__ import annotations

from datetime import date

from transport_calc.engine.provision import provision
from transport_calc.law.claim import claim_is_barred
from transport_calc.law.orders import FIRST_DAY, bek
from transport_calc.law.outcome import only_the_distance_is_left, ride_or_money
from transport_calc.law.right import MinimumClass, Right, no_right, open_question
from transport_calc.law.situation import Situation

REFORM_2027 = date(2027, 1, 1)


@provision("rehabilitation_plan", cites=bek(22), since=FIRST_DAY)
def rehabilitation_plan(case: Situation) -> bool:
    """§ 22: the hospital made a rehabilitation plan at discharge after finished treatment."""
    return case.hospital_based


@provision("rehabilitation_pension_ground", cites=bek(23, nr="1"), since=FIRST_DAY)
def pension_ground(case: Situation) -> bool:
    """§ 23, nr. 1: the person receives pension under the social pension acts."""
    return case.pensioner


@provision("rehabilitation_distance_ground", cites=bek(23, nr="2"), since=FIRST_DAY)
def distance_ground(case: Situation) -> bool:
    """§ 23, nr. 2: the distance from home to the place of rehabilitation exceeds 50 km; see § 24, stk. 3-4."""
    if not case.beyond_distance_limit:
        return False
    if case.place_choice == "designated":
        return True
    if case.rehabilitation_is_specialised:
        return regional_hospital_too_is_beyond(case)
    return municipal_place_too_is_beyond(case)


@provision("rehabilitation_own_choice_distance", cites=bek(24, stk="3"), since=FIRST_DAY)
def municipal_place_too_is_beyond(case: Situation) -> bool:
    """§ 24, stk. 3: with own choice, the place the municipality refers to must be more than 50 km away as well."""
    return case.designated_beyond_distance_limit


@provision("rehabilitation_own_hospital_distance", cites=bek(24, stk="4"), since=FIRST_DAY)
def regional_hospital_too_is_beyond(case: Situation) -> bool:
    """§ 24, stk. 4: the same for specialised rehabilitation and the hospital the region refers to."""
    return case.designated_beyond_distance_limit


@provision("rehabilitation_health_ground", cites=bek(23, nr="3"), since=FIRST_DAY)
def health_ground(case: Situation) -> bool:
    """§ 23, nr. 3: the person's condition rules out public transport, including bus, train and ferry."""
    return case.mobility != "public_transport"


@provision("rehabilitation_own_choice", cites=bek(24, stk="1"), since=FIRST_DAY)
def own_choice(case: Situation) -> bool:
    """§ 24, stk. 1: the person chose another place; money only, at least as to the place referred to."""
    return case.place_choice == "own_choice"


@provision("rehabilitation_own_hospital", cites=bek(24, stk="2"), since=FIRST_DAY)
def own_choice_of_hospital(case: Situation) -> bool:
    """§ 24, stk. 2: the same for specialised rehabilitation at another hospital than the region refers to."""
    return case.place_choice == "own_choice"


@provision("rehabilitation_between_home_and_place", cites=bek(25, stk="1"), since=FIRST_DAY)
def journey_is_covered(case: Situation) -> bool:
    """§ 25, stk. 1: between the patient's home and the place of rehabilitation."""
    return case.endpoint == "home"


@provision(
    "rehabilitation_payer_unsettled",
    cites="lov 1761/2025 (sundhedsloven §§ 139 a, 139 b)",
    since=REFORM_2027,
)
def payer_is_unsettled(case: Situation) -> bool:
    """From 2027 specialised rehabilitation is the region's task; how § 172 and the order follow is not known."""
    return case.rehabilitation_level == "specialised"


@provision("rehabilitation_public_expense", cites="sundhedsloven § 140", since=FIRST_DAY)
def at_public_expense(case: Situation) -> bool:
    """§ 140: rehabilitation that the municipality gives free of charge; what is paid privately is outside."""
    return case.publicly_funded


@provision("rehabilitation_seven_days", cites="sundhedsloven § 140, stk. 4", since=FIRST_DAY)
def chosen_because_of_seven_days(case: Situation) -> bool:
    """§ 140, stk. 4: a private provider chosen because the municipality could not start within 7 days."""
    return case.place_choice == "own_choice" and case.seven_day_provider


@provision("rehabilitation_right", cites="sundhedsloven § 172", since=FIRST_DAY)
def right_to_transport(case: Situation) -> Right:
    """§ 172: transport or reimbursement to rehabilitation after hospital, when one of the three grounds is met."""
    barred = claim_is_barred(case)
    if barred:
        return no_right(barred)
    if not at_public_expense(case):
        return no_right("not_publicly_funded")
    if case.law_date >= REFORM_2027 and payer_is_unsettled(case):
        return open_question("rehabilitation_2027")
    if pension_ground(case):
        return _on_ground(case, "pensioner")
    if chosen_because_of_seven_days(case):
        # Whether § 24 applies is unsettled, so the distance to the place used may be enough.
        met = case.beyond_distance_limit if not case.measurements_disagree else True
        return _on_ground(case, "other") if met or health_ground(case) else no_right("no_ground")
    if not case.measurements_disagree and distance_ground(case):
        return _on_ground(case, "other")
    if health_ground(case):
        return _on_ground(case, "other")
    return only_the_distance_is_left(case, _on_ground)


def _on_ground(case: Situation, minimum_class: MinimumClass) -> Right:
    """What follows once a ground is met."""
    by_own_choice = case.place_choice == "own_choice" and not chosen_because_of_seven_days(case)
    if by_own_choice and case.designated_place_gives_no_right:
        return no_right("designated_place_gives_no_right")
    if case.endpoint == "temporary_stay":
        return open_question("rehabilitation_from_temporary_stay")
    if not journey_is_covered(case):
        return no_right("not_between_home_and_place")
    if chosen_because_of_seven_days(case):
        return open_question("seven_day_provider")
    if own_choice_of_hospital(case) if case.rehabilitation_is_specialised else own_choice(case):
        return Right("right", "grounds", minimum_class, paid_as_to="designated")
    return ride_or_money(case, minimum_class)
