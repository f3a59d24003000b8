"""Hospital: sundhedsloven § 171 and BEK 816/2018 chapter 3 (§§ 13-21), as it stood since 2008."""

from __future__ import annotations

from datetime import date

from transport_calc.engine.provision import provision
from transport_calc.law.claim import claim_is_barred
from transport_calc.law.orders import FIRST_DAY, bek
from transport_calc.law.outcome import only_the_distance_is_left, ride_or_money
from transport_calc.law.right import MinimumClass, Right, no_right, open_question
from transport_calc.law.situation import Situation


@provision("hospital_free_treatment", cites=bek(13, stk="1", stk_since=date(2016, 7, 1)), since=FIRST_DAY)
def entitled_to_free_treatment(case: Situation) -> bool:
    """§ 13, stk. 1: persons entitled to free hospital treatment; self-paid treatment is outside (STPK 20SFP107)."""
    return case.publicly_funded


@provision("hospital_diagnostics", cites=bek(13), since=FIRST_DAY, until=date(2016, 6, 30))
def diagnostics_were_not_named(case: Situation) -> bool:
    """Until 30 June 2016 the order did not name diagnostics; STPK 14POB046 held a blood sample covered."""
    return False


@provision("hospital_diagnostics", cites=bek(13, stk="2"), since=date(2016, 7, 1))
def diagnostics_are_named(case: Situation) -> bool:
    """§ 13, stk. 2 (since 1 July 2016): referral to hospital for diagnostics used by the GP or specialist."""
    return True


@provision("hospital_service_level", cites="STPK 20SFP61", since=FIRST_DAY)
def within_service_level(case: Situation) -> bool:
    """The region itself offers this treatment; what it has chosen not to offer gives no right to transport."""
    return case.within_service_level


@provision("hospital_special_vehicle", cites=bek(14), since=FIRST_DAY)
def needs_special_vehicle(case: Situation) -> bool:
    """§ 14: the person's condition makes an ambulance or special vehicle necessary; no minimum amount applies."""
    return case.mobility == "special_vehicle"


@provision("hospital_pension_ground", cites=bek(15, nr="1"), since=FIRST_DAY)
def pension_ground(case: Situation) -> bool:
    """§ 15, nr. 1: the person receives a social pension."""
    return case.pensioner


@provision("hospital_distance_ground", cites=bek(15, nr="2"), since=FIRST_DAY)
def distance_ground(case: Situation) -> bool:
    """§ 15, nr. 2: over 50 km to or from the hospital by the region's referral criteria; see § 17, stk. 2."""
    if case.place_choice == "own_choice":
        return case.designated_beyond_distance_limit and chosen_hospital_too_is_beyond(case)
    return case.beyond_distance_limit


@provision("hospital_own_choice_distance", cites=bek(17, stk="2"), since=FIRST_DAY)
def chosen_hospital_too_is_beyond(case: Situation) -> bool:
    """§ 17, stk. 2: with own choice, the chosen hospital must be more than 50 km away as well."""
    return case.beyond_distance_limit


@provision("hospital_health_ground", cites=bek(15, nr="3"), since=FIRST_DAY)
def health_ground(case: Situation) -> bool:
    """§ 15, nr. 3: the condition rules out public transport AND a follow-up call-in or a leave."""
    return case.mobility != "public_transport" and called_in_or_on_leave(case)


@provision("hospital_followup_or_leave", cites=bek(15, nr="3"), since=FIRST_DAY)
def called_in_or_on_leave(case: Situation) -> bool:
    """§ 15, nr. 3: a) called in for further ambulatory treatment, or b) sent home on weekend leave or the like."""
    return case.ambulatory_followup or case.weekend_leave


@provision("hospital_own_choice", cites=bek(17, stk="1"), since=FIRST_DAY)
def own_choice(case: Situation) -> bool:
    """§ 17, stk. 1: free or extended free choice; money only, at least as to the hospital referred to."""
    return case.place_choice == "own_choice"


@provision("journey_end", cites=bek(32), since=FIRST_DAY)
def journey_is_covered(case: Situation) -> bool:
    """§ 32: between home and hospital; for acute treatment, between the temporary place of stay and hospital."""
    if case.acute_away_from_home:
        return case.endpoint == "temporary_stay"
    if case.endpoint == "temporary_stay":
        return counts_as_resident_where_they_stay(case)
    return case.endpoint == "home"


@provision("hospital_resident_by_stay", cites=bek(18), since=FIRST_DAY)
def counts_as_resident_where_they_stay(case: Situation) -> bool:
    """§ 18: boarding pupils, placed persons and others have the right as if they lived where they stay."""
    return case.resident_by_stay


@provision("right_to_hospital", cites="sundhedsloven § 171", since=FIRST_DAY)
def right_to_hospital(case: Situation) -> Right:
    """§ 171: transport or reimbursement to hospital, when one of the three grounds is met."""
    barred = claim_is_barred(case)
    if barred:
        return no_right(barred)
    if not entitled_to_free_treatment(case):
        return no_right("not_publicly_funded")
    if not within_service_level(case):
        return no_right("outside_service_level")
    found = _right_to_treatment(case)
    if (
        found.reason == "grounds"
        and found.status == "right"
        and case.diagnostic_referral
        and not diagnostics_are_named(case)
    ):
        return open_question("diagnostics_before_2016")
    return found


def _right_to_treatment(case: Situation) -> Right:
    if needs_special_vehicle(case):
        if case.endpoint == "elsewhere" and not case.acute_away_from_home:
            # STPK 17SPS42: the ride goes back to where the patient came from, not to another address.
            return no_right("not_between_home_and_place")
        return Right("right", "special_vehicle", in_kind=True)
    if pension_ground(case):
        return _on_ground(case, "pensioner")
    if not case.measurements_disagree and distance_ground(case):
        return _on_ground(case, "other")
    if health_ground(case):
        return _on_ground(case, "other")
    return only_the_distance_is_left(case, _on_ground)


def _on_ground(case: Situation, minimum_class: MinimumClass) -> Right:
    """What follows once a ground is met."""
    if not journey_is_covered(case):
        return no_right("not_between_home_and_place")
    if case.place_choice == "own_choice" and case.designated_place_gives_no_right:
        return no_right("designated_place_gives_no_right")
    if own_choice(case):
        return Right("right", "grounds", minimum_class, paid_as_to="designated")
    return ride_or_money(case, minimum_class)
