"""What bars any claim for transport, whatever the treatment: no journey, no treatment, too late."""

from __future__ import annotations

from transport_calc.engine.provision import provision
from transport_calc.law.orders import FIRST_DAY, bek
from transport_calc.law.situation import Situation


@provision("journey_made", cites=bek(32, stk="1"), since=FIRST_DAY)
def journey_made(case: Situation) -> bool:
    """§ 32: transport is given for a journey between home and place of treatment, so there must be one."""
    return case.trip_made and not case.treated_at_home


@provision("treatment_started", cites="STPK 22SFP51", since=FIRST_DAY)
def treatment_started(case: Situation) -> bool:
    """The right is tied to treatment that took place; received and prepared counts as begun."""
    return case.treatment_started


@provision("limitation", cites="forældelsesloven § 3, stk. 1", since=FIRST_DAY)
def time_barred(case: Situation) -> bool:
    """A claim older than three years when it was made is time-barred (STPK 14POB037)."""
    return case.time_barred


def claim_is_barred(case: Situation) -> str:
    """The reason code of what bars the claim, or the empty text."""
    if time_barred(case):
        return "time_barred"
    if not journey_made(case):
        return "no_journey"
    if not treatment_started(case):
        return "treatment_not_started"
    return ""
