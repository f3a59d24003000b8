"""Training without a rehabilitation plan from hospital, and physiotherapy: nobody has a right to transport here.

Serviceloven § 86, ældreloven and barnets lov hold no rule on transport; the municipality may help and may charge
for it. Free physiotherapy (sundhedsloven § 140 a) is not named in chapter 53 of sundhedsloven at all.
"""

from __future__ import annotations

from datetime import date, timedelta

from transport_calc.engine.provision import provision
from transport_calc.law.orders import FIRST_DAY
from transport_calc.law.right import Right, may, no_right
from transport_calc.law.situation import Situation

AELDRELOVEN_IN_FORCE = date(2025, 7, 1)
LAST_DAY_OF_OLD_DECISIONS = date(2027, 6, 30)


@provision("training_without_plan", cites="serviceloven § 86, stk. 1", since=FIRST_DAY)
def rehabilitation_without_plan(case: Situation) -> Right:
    """§ 86, stk. 1: the municipality offers rehabilitation; no duty to give transport, payment may be charged."""
    return may("training_without_plan")


@provision("maintenance_training", cites="serviceloven § 86, stk. 2", since=FIRST_DAY)
def maintenance_training(case: Situation) -> Right:
    """§ 86, stk. 2: the municipality offers maintenance training; no duty to give transport."""
    return may("maintenance_training")


@provision(
    "training_under_aeldreloven", cites="ældreloven §§ 9-10; serviceloven § 2, stk. 5", since=AELDRELOVEN_IN_FORCE
)
def covered_by_aeldreloven(case: Situation) -> bool:
    """Who can get offers under ældreloven §§ 10 ff. cannot get serviceloven § 86; ældreloven has no transport rule."""
    return case.covered_by_aeldreloven


@provision(
    "old_section_86_decision",
    cites="ældreloven § 46, stk. 2 og 5",
    since=AELDRELOVEN_IN_FORCE,
    until=LAST_DAY_OF_OLD_DECISIONS,
)
def old_decision_still_valid(case: Situation) -> bool:
    """§ 46: a decision under serviceloven § 86, stk. 1, from before stays valid until 1 July 2027."""
    return case.old_section_86_decision


@provision(
    "old_section_86_decision", cites="ældreloven § 46, stk. 2 og 5", since=LAST_DAY_OF_OLD_DECISIONS + timedelta(days=1)
)
def no_old_decision_valid_any_more(case: Situation) -> bool:
    """From 1 July 2027 no such decision is valid any more."""
    return False


@provision("free_physiotherapy", cites="sundhedsloven § 140 a", since=FIRST_DAY)
def free_physiotherapy(case: Situation) -> Right:
    """§ 140 a: free physiotherapy; no provision of chapter 53 (§§ 170-175) refers to it."""
    return no_right("free_physiotherapy")


@provision("subsidised_physiotherapy", cites="sundhedsloven kap. 53; serviceloven § 117", since=FIRST_DAY)
def subsidised_physiotherapy(case: Situation) -> Right:
    """Physiotherapy with a referral: transport is the patient's own; the municipality may help when health requires."""
    if case.mobility == "public_transport":
        return no_right("subsidised_physiotherapy")
    return may("subsidised_physiotherapy_health")


@provision("not_listed", cites="sundhedsloven kap. 53", since=FIRST_DAY)
def other_treatment(case: Situation) -> Right:
    """Chapter 53 lists exhaustively where transport is given (STPK 14POB046); other purposes give no right."""
    return no_right("not_listed")
