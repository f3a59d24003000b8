"""The companion: BEK 816/2018 § 27, as it stood since 2008. The right hangs on the patient's own."""

from __future__ import annotations

from datetime import date

from transport_calc.engine.provision import provision
from transport_calc.law.orders import FIRST_DAY, bek
from transport_calc.law.right import Right, no_right, open_question
from transport_calc.law.situation import Situation

# BEK 973/2016 named chapters 1-3 although chapter 4 had become the rehabilitation chapter; mended by BEK 1206/2016.
SLIP_FROM = date(2016, 7, 1)
SLIP_UNTIL = date(2016, 9, 30)


@provision("companion_necessary", cites=bek(27, stk="1"), since=FIRST_DAY)
def companion_is_necessary(case: Situation) -> bool:
    """§ 27, stk. 1: the company is necessary because of the patient's age or health."""
    return case.companion_needed


@provision("companion_absence", cites=bek(27, stk="2"), since=FIRST_DAY)
def long_absence(case: Situation) -> bool:
    """§ 27, stk. 2: the journey without the patient is covered when it keeps the companion away over 12 hours."""
    return case.companion_over_12_hours


@provision("companion_right", cites=bek(27), since=FIRST_DAY)
def companion_right(case: Situation) -> Right:
    """§ 27: the companion of a patient who receives transport or reimbursement has a right of their own."""
    if not case.companion:
        return no_right("no_companion")
    if not companion_is_necessary(case):
        return no_right("companion_not_necessary")
    if case.companion_leg == "own_home_to_patient":
        return no_right("companion_own_home")
    if case.companion_leg == "without_patient" and not long_absence(case):
        return no_right("companion_not_away_long")
    if SLIP_FROM <= case.law_date <= SLIP_UNTIL and case.purpose == "rehabilitation":
        return open_question("companion_rehabilitation_2016")
    return Right("right", "companion", "other")
