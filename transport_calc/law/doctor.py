"""GP and specialist: sundhedsloven § 170 and BEK 816/2018 chapter 1 (§§ 1-9), as it stood since 2008."""

from __future__ import annotations

from datetime import date

from transport_calc.engine.provision import provision
from transport_calc.law.claim import claim_is_barred
from transport_calc.law.orders import FIRST_DAY, bek
from transport_calc.law.right import MinimumClass, Right, no_right, open_question
from transport_calc.law.situation import Situation

ORDER_816 = date(2018, 7, 1)
BEFORE_ORDER_816 = date(2018, 6, 30)
NO_REFERRAL_NEEDED = ("eye", "ear_nose_throat", "abortion")


@provision("group_1", cites=bek(1), since=FIRST_DAY)
def covered_by_chapter_1(case: Situation) -> bool:
    """§ 1: persons in insurance group 1 whose treatment the region pays under sundhedsloven."""
    return case.insurance_group == 1 and case.publicly_funded


@provision("gp_pension", cites=bek(4, stk="1", stk_since=date(2014, 1, 1)), since=FIRST_DAY)
def gp_pension(case: Situation) -> bool:
    """§ 4, stk. 1: only who receives a social pension has a right to transport to the chosen GP."""
    return case.pensioner


@provision("acute_injury_vehicle", cites=bek(3), since=FIRST_DAY)
def acute_injury_vehicle(case: Situation) -> bool:
    """§ 3: ambulance or special vehicle to acute treatment of an injury, if the condition makes it necessary."""
    return case.acute_injury and case.mobility == "special_vehicle"


@provision("gp_free_choice", cites=bek(4), since=FIRST_DAY, until=date(2013, 12, 31))
def no_rule_for_islands(case: Situation) -> bool:
    """Until 31 December 2013 § 4 knew only pensioners."""
    return False


@provision("gp_free_choice", cites=bek(4, stk="2"), since=date(2014, 1, 1))
def free_choice_of_gp(case: Situation) -> bool:
    """§ 4, stk. 2: on islands without a practice, or who cannot be registered: as to the nearest available GP."""
    return True


@provision("specialist_pension_ground", cites=bek(5), since=FIRST_DAY)
def specialist_pension_ground(case: Situation) -> bool:
    """§ 5: the person receives a social pension."""
    return case.pensioner


@provision("specialist_distance_ground", cites=bek(6), since=FIRST_DAY)
def specialist_distance_ground(case: Situation) -> bool:
    """§ 6: the distance from home or permanent place of stay to the (nearest) specialist exceeds 50 km."""
    if specialist_farther_chosen(case):
        return case.designated_beyond_distance_limit
    return case.beyond_distance_limit


@provision("specialist_referral", cites=bek(5), since=FIRST_DAY)
def referral_in_order(case: Situation) -> bool:
    """§§ 5-6: a referral from GP or specialist, or a specialty that needs none (eye, ENT, abortion before week 12)."""
    return case.specialty in NO_REFERRAL_NEEDED or case.referred


@provision("nearest_specialist", cites=bek(7), since=FIRST_DAY)
def specialist_farther_chosen(case: Situation) -> bool:
    """§ 7: a specialist farther away than the nearest who is not hindered (waiting time is no hindrance)."""
    return not case.nearest_specialist and not case.nearest_hindered


@provision("farther_specialist_paid", cites=bek(7), since=FIRST_DAY, until=BEFORE_ORDER_816)
def farther_specialist_was_optional(case: Situation) -> Right:
    """§ 7 until 30 June 2018: the amount for the nearest specialist *may* be paid ("kan")."""
    return Right("may", "farther_specialist_optional")


@provision("farther_specialist_paid", cites=bek(7), since=ORDER_816)
def farther_specialist_is_paid(case: Situation) -> Right:
    """§ 7 since 1 July 2018: the amount for the nearest specialist *shall* be paid ("skal")."""
    return Right("right", "grounds", "pensioner" if case.pensioner else "other", paid_as_to="nearest")


@provision("doctor_journey", cites=bek(32), since=FIRST_DAY)
def journey_may_be_covered(case: Situation) -> bool:
    """§ 32: between home and doctor; for acute treatment, between the temporary place of stay and the doctor."""
    if case.acute_away_from_home or case.acute_injury:
        return case.endpoint == "temporary_stay" or (case.endpoint == "home" and not case.acute_away_from_home)
    return case.endpoint != "elsewhere"


@provision("doctor_from_temporary_stay", cites=bek(8), since=FIRST_DAY)
def stays_elsewhere_without_being_acute(case: Situation) -> bool:
    """§§ 7-8 speak of where the patient stays, § 32 only of the home: unsettled for a temporary stay."""
    return case.endpoint == "temporary_stay" and not case.acute_away_from_home and not case.acute_injury


@provision("ride_or_money", cites=bek(8), since=FIRST_DAY, until=date(2016, 6, 30))
def only_money(case: Situation) -> bool:
    """Until 30 June 2016 chapter 1 gave reimbursement only."""
    return False


@provision("ride_or_money", cites=bek(9), since=date(2016, 7, 1))
def municipality_may_choose_ride(case: Situation) -> bool:
    """§ 9 (since 1 July 2016): the municipality decides whether to offer a ride or reimbursement."""
    return True


@provision("right_to_gp", cites="sundhedsloven § 170, stk. 1", since=FIRST_DAY)
def right_to_gp(case: Situation) -> Right:
    """§ 170, stk. 1: transport to the GP for group 1 who receive a social pension."""
    outside = _outside_chapter_1(case)
    if outside:
        return no_right(outside)
    if acute_injury_vehicle(case):
        return Right("right", "acute_injury_vehicle")
    if case.without_gp and free_choice_of_gp(case):
        return _journey(case) or Right("right", "without_gp", "pensioner")
    if not gp_pension(case):
        return no_right("gp_not_pensioner")
    return _journey(case) or _ride_or_money(case, "pensioner")


@provision("right_to_out_of_hours_gp", cites="sundhedsloven § 170, stk. 1", since=FIRST_DAY)
def right_to_out_of_hours_gp(case: Situation) -> Right:
    """The order names the chosen GP; whether the out-of-hours GP is covered, where a GP would be, is unsettled."""
    outside = _outside_chapter_1(case)
    if outside:
        return no_right(outside)
    if acute_injury_vehicle(case):
        return open_question("out_of_hours_gp")
    if not (case.without_gp and free_choice_of_gp(case)) and not gp_pension(case):
        return no_right("gp_not_pensioner")
    return _journey(case) or open_question("out_of_hours_gp")


@provision("right_to_specialist", cites="sundhedsloven § 170, stk. 3", since=FIRST_DAY)
def right_to_specialist(case: Situation) -> Right:
    """§ 170, stk. 3: transport to the nearest specialist, on referral or in the specialties that need none."""
    outside = _outside_chapter_1(case)
    if outside:
        return no_right(outside)
    if acute_injury_vehicle(case):
        return Right("right", "acute_injury_vehicle")
    if not referral_in_order(case):
        return no_right("no_referral")
    if specialist_pension_ground(case):
        return _specialist(case, "pensioner")
    if case.measurements_disagree and not specialist_farther_chosen(case):
        if _specialist(case, "other").status == "no_right":
            return no_right("no_ground")
        return open_question("distance_methods_disagree")
    if specialist_distance_ground(case):
        return _specialist(case, "other")
    return no_right("no_ground")


def _outside_chapter_1(case: Situation) -> str:
    """The reason code of why chapter 1 does not apply, or the empty text."""
    barred = claim_is_barred(case)
    if barred:
        return barred
    if covered_by_chapter_1(case):
        return ""
    return "not_group_1" if case.insurance_group == 2 else "not_publicly_funded"


def _specialist(case: Situation, minimum_class: MinimumClass) -> Right:
    """What follows once a ground is met and the referral is in order."""
    if specialist_farther_chosen(case):
        if case.designated_place_gives_no_right:
            return no_right("designated_place_gives_no_right")
        return _journey(case) or farther_specialist_is_paid(case)
    return _journey(case) or _ride_or_money(case, minimum_class)


def _journey(case: Situation) -> Right | None:
    """What stands against the journey, if anything does."""
    if not journey_may_be_covered(case):
        return no_right("not_between_home_and_place")
    if stays_elsewhere_without_being_acute(case):
        return open_question("doctor_from_temporary_stay")
    return None


def _ride_or_money(case: Situation, minimum_class: MinimumClass) -> Right:
    if not case.transport_offered:
        return Right("right", "grounds", minimum_class)
    if not case.own_transport_used:
        return Right("right", "grounds", minimum_class, in_kind=True)
    if municipality_may_choose_ride(case):
        return open_question("offered_ride_not_used")
    return Right("right", "grounds", minimum_class)
