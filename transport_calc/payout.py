"""The payout: what the claims of a case come to in kroner, for the patient and for a companion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar

from transport_calc.claims import Amounts, Claim
from transport_calc.decision import Money
from transport_calc.engine.explore import decisive, explore
from transport_calc.engine.trace import Step, merge
from transport_calc.facts import Case
from transport_calc.law.amount import NOTHING, Reimbursement, to_ore
from transport_calc.law.companion import companion_right
from transport_calc.law.schemes import Outcome
from transport_calc.law.situation import DOMAINS
from transport_calc.measures import cost_above_minimum
from transport_calc.parameters import MINIMUM_OTHER

T = TypeVar("T")


class Companion(NamedTuple):
    """What the companion gets: kroner (None while unknown), why, what is missing, and the steps that led there."""

    payable: Decimal | None
    reason: str
    missing: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def payout(case: Case, claims: Sequence[Claim], outcome: Outcome, companion: Companion) -> Money:
    """The amount of a decision; unknown as long as the claims do not agree on it."""
    found = [claim.reimbursement for claim in claims if claim.reimbursement is not None]
    classes = {claim.right.minimum_class for claim in claims if claim.reimbursement is not None}
    minimum_class: str | None = classes.pop() if len(classes) == 1 else None
    payables = [each.payable for each in found]
    known_payables = [each for each in payables if each is not None]
    settled = outcome == "entitled" and len(known_payables) == len(payables) == len(claims) and len(set(payables)) == 1
    status: Literal["payable", "below_minimum", "none", "unknown"]
    if outcome == "below_minimum":
        status = "below_minimum"
    elif outcome in ("not_entitled", "discretionary") or (outcome == "entitled" and not found):
        status = "none"
    else:
        status = "payable" if settled else "unknown"
    bounds = [_bound(claim) for claim in claims]
    told = [each for each in bounds if each is not None] if found and None not in bounds and not settled else []
    has_money = status in ("payable", "below_minimum", "unknown") and bool(found)
    return Money(
        status=status,
        payable_dkk=known_payables[0] if settled else (None if status == "unknown" else NOTHING),
        basis=_common([each.basis for each in found], "none") if has_money else "none",
        calculated_dkk=_common([each.calculated for each in found], None) if has_money else None,
        minimum_dkk=_common([each.minimum for each in found], None) if has_money else None,
        minimum_class=(minimum_class or None) if has_money else None,
        lines=_common([each.lines for each in found], ()) if has_money else (),
        companion_payable_dkk=companion.payable,
        companion_reason=companion.reason,
        lowest_dkk=min(told, default=None),
        highest_dkk=max(told, default=None),
    )


def _bound(claim: Claim) -> Decimal | None:
    """What a claim comes to in kroner, None while that is open: no right and a ride are no kroner."""
    if claim.reimbursement is not None:
        return claim.reimbursement.payable
    return NOTHING if claim.verdict == "not_entitled" or claim.right.in_kind else None


def _common(values: list[T], otherwise: T) -> T:
    return values[0] if values and all(value == values[0] for value in values) else otherwise


def companion_of(
    case: Case,
    claims: Sequence[Claim],
    outcome: Outcome,
    known: Mapping[str, object],
    presumed: Mapping[str, object],
    amounts: Amounts,
) -> Companion:
    """The companion's own claim (§ 27), which hangs on the patient's."""
    if not case.companion:
        return Companion(NOTHING, "no_companion")
    if outcome == "undetermined":
        return Companion(None, "companion_patient_unknown")
    if outcome != "entitled":
        return Companion(NOTHING, "companion_patient_gets_nothing")
    leaves = explore(companion_right, law_date=case.trip_date, known=known, domains=DOMAINS, presumed=presumed)
    steps = merge(leaf.steps for leaf in leaves)
    statuses = {leaf.result.status for leaf in leaves}
    if statuses == {"no_right"}:
        return Companion(NOTHING, leaves[0].result.reason, steps=steps)
    if len(statuses) > 1:
        missing = decisive([(leaf.path, leaf.result.status) for leaf in leaves])
        return Companion(None, "companion_unknown", missing, steps)
    if statuses == {"open"}:
        return Companion(None, leaves[0].result.reason, steps=steps)
    if all(claim.right.in_kind for claim in claims) and case.companion_cost_dkk is None:
        return Companion(NOTHING, "companion_rides_along", steps=steps)
    return _paid(case, claims, amounts, steps)


def _paid(case: Case, claims: Sequence[Claim], amounts: Amounts, steps: tuple[Step, ...]) -> Companion:
    minimum = amounts.value(MINIMUM_OTHER)
    if case.companion_cost_dkk is None:
        return Companion(None, "companion_unknown", ("companion_cost_dkk",), steps)
    if minimum is None:
        return Companion(None, "companion_unknown", (MINIMUM_OTHER,), steps)
    if not cost_above_minimum(case.companion_cost_dkk, minimum):
        return Companion(NOTHING, "companion_below_minimum", steps=steps)
    rest = _already_paid_beyond_the_patient(case, claims)
    return Companion(max(NOTHING, to_ore(case.companion_cost_dkk) - rest), "companion", steps=steps)


def _already_paid_beyond_the_patient(case: Case, claims: Sequence[Claim]) -> Decimal:
    """What was paid before is one sum for the attendance: what the patient's amount does not use up, the rest."""
    if not case.already_paid_dkk:
        return NOTHING
    found = [claim.reimbursement for claim in claims if claim.reimbursement is not None]
    deducted = max((_deducted(each) for each in found), default=NOTHING)
    return to_ore(case.already_paid_dkk) - deducted


def _deducted(reimbursement: Reimbursement) -> Decimal:
    return sum((-line.dkk for line in reimbursement.lines if line.code == "already_paid" and line.dkk), NOTHING)
