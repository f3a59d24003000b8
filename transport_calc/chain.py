"""From a case to a decision: the chain of questions, each explored on its own.

Which law? A right? How much? The companion? Which offer? Which complaint? The law modules answer for one settled
situation; here their answers for all the ways the unknown facts can fall out are put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from transport_calc.contradictions import contradictions
from transport_calc.decision import (
    Condition,
    Decision,
    Form,
    Ground,
    Margin,
    Money,
    Presumption,
    TraceStep,
)
from transport_calc.engine.explore import Path as TreePath
from transport_calc.engine.explore import decisive, explore
from transport_calc.engine.provision import REGISTRY
from transport_calc.engine.trace import Step, merge
from transport_calc.facts import FACTS, Case
from transport_calc.faults import InvalidInput
from transport_calc.law import amount as law_amount
from transport_calc.law.appeal import appeal
from transport_calc.law.basis import BARNETS_LOV, BASES, Basis, legal_basis
from transport_calc.law.companion import companion_right
from transport_calc.law.questions import QUESTIONS
from transport_calc.law.right import Right
from transport_calc.law.schemes import Channel, Outcome, choose_channel, offers
from transport_calc.law.situation import DOMAINS, Situation, facts_behind, known_facts, presumptions
from transport_calc.measures import cost_above_minimum

if TYPE_CHECKING:
    from transport_calc.municipalities import Municipality
from transport_calc.parameters import (
    MILEAGE_LOW,
    MINIMUM_OTHER,
    MINIMUM_PENSIONER,
    Amount,
    Parameters,
    UnknownAmount,
)

T = TypeVar("T")

Verdict = Literal[
    "entitled", "below_minimum", "not_entitled", "discretionary", "open", "cost_unknown", "minimum_unknown"
]

NOTHING = Decimal("0.00")
_MINIMUM_OF_CLASS = {"pensioner": MINIMUM_PENSIONER, "other": MINIMUM_OTHER}
_DISTANCE_LIMITS = {
    "rehabilitation": "distance_limit_rehabilitation",
    "specialist": "distance_limit_specialist",
    "hospital": "distance_limit_hospital",
}
_SMALLEST_STEP_KM = Decimal("0.1")


class Claim(NamedTuple):
    """One leaf: how the claim ends if the unknown facts fall out as in `path`."""

    path: TreePath
    basis: str
    right: Right
    verdict: Verdict
    reimbursement: law_amount.Reimbursement | None
    steps: tuple[Step, ...]
    presumed: tuple[str, ...]

    @property
    def result(self) -> tuple[object, ...]:
        """What matters about it: two claims with equal results need no further question between them."""
        money = self.reimbursement
        if money is None:
            return (self.verdict, self.right.reason)
        return (self.verdict, money.payable, money.missing, money.minimum if money.payable is None else None)


class _Amounts:
    """The dated amounts of one case; remembers which were used and which are not known."""

    def __init__(self, parameters: Parameters, on: date) -> None:
        self._parameters = parameters
        self._on = on
        self.used: dict[str, Amount] = {}
        self.unknown: dict[str, UnknownAmount] = {}

    def value(self, name: str) -> Decimal | None:
        if name in self.used:
            return self.used[name].value
        if name in self.unknown:
            return None
        try:
            self.used[name] = self._parameters.at(name, self._on)
        except UnknownAmount as unknown:
            self.unknown[name] = unknown
            return None
        return self.used[name].value


def decide(
    case: Case,
    *,
    data: Path | None = None,
    use_amounts_of: int | None = None,
    today: date | None = None,
    parameters: Parameters | None = None,
) -> Decision:
    """Decide one case.

    `data` is a folder with the user's own amounts; `use_amounts_of` names a year whose amounts fill a gap; `today`
    stands in for a `decision_date` that is not given. Raises `InvalidInput` with every contradiction found.
    """
    faults = contradictions(case)
    if faults:
        raise InvalidInput(faults)
    amounts = _Amounts(parameters or Parameters(user_data=data, use_amounts_of=use_amounts_of), case.trip_date)
    known = known_facts(case, _limits(case, amounts))
    presumed = presumptions(case)
    claims = _claims(case, known, presumed, amounts)
    outcome, conditions = _outcome(claims, amounts)
    where = _municipality(case)
    own_choice = all(claim.right.paid_as_to == "designated" for claim in claims)
    in_kind = all(claim.right.in_kind for claim in claims)
    channel = choose_channel(
        outcome, _main_basis(claims).code, where, {**presumed, **known}, own_choice=own_choice, in_kind=in_kind
    )
    money, companion_missing, companion_steps = _money(case, claims, outcome, known, presumed, amounts)
    missing = _missing(case, claims, outcome, channel, companion_missing)
    bases = tuple(dict.fromkeys(claim.basis for claim in claims))
    decided_on = case.decision_date or today or date.today()
    steps = merge([*(claim.steps for claim in claims), companion_steps])
    return Decision(
        case=case,
        status="undetermined" if outcome == "undetermined" else "decided",
        outcome=outcome,
        conditions=conditions,
        form=_form(outcome, channel, known, own_choice=own_choice, in_kind=in_kind),
        channel=channel,
        alternatives=offers(outcome, _main_basis(claims).code, channel, where, known, case.trip_date),
        bases=bases,
        legal_basis=" / ".join(BASES[code].cites(case.trip_date) for code in bases),
        reasons=tuple(dict.fromkeys(claim.right.reason for claim in claims)),
        open_questions=tuple(dict.fromkeys(claim.right.reason for claim in claims if claim.verdict == "open")),
        grounds=_grounds(case, _main_basis(claims), known, presumed, amounts),
        amount=money,
        missing=missing,
        moot=_moot(case, known, missing, presumed),
        assumed=_assumed(claims, presumed),
        unknown_amounts=tuple(amounts.unknown),
        last_known_minimum=next((each.last for each in amounts.unknown.values() if each.last), None),
        appeal=appeal(_main_basis(claims).code, decided_on),
        decided_on=decided_on,
        steps=tuple(TraceStep(step, REGISTRY[step.provision].citation(case.trip_date)) for step in steps),
        parameters=tuple(amounts.used.values()),
        unused_amounts_of=_unused(use_amounts_of, amounts),
        municipality=where,
    )


def _municipality(case: Case) -> Municipality | None:
    if case.municipality is None:
        return None
    # Only a case with a municipality pays for reading the profiles.
    from transport_calc.municipalities import municipality

    return municipality(case.municipality)


def _limits(case: Case, amounts: _Amounts) -> dict[str, Decimal | int]:
    limits: dict[str, Decimal | int] = {}
    names = {
        "distance_limit_km": _DISTANCE_LIMITS.get(case.purpose) if case.distance_km is not None else None,
        "handicap_trips_per_year": "handicap_trips_per_year" if case.handicap_trips_used is not None else None,
        "age_of_majority": "age_of_majority" if case.age is not None else None,
    }
    for measured, name in names.items():
        value = amounts.value(name) if name else None
        if value is not None:
            limits[measured] = value
    if (
        "distance_limit_km" not in limits
        and case.designated_distance_km is not None
        and case.purpose in _DISTANCE_LIMITS
    ):
        value = amounts.value(_DISTANCE_LIMITS[case.purpose])
        if value is not None:
            limits["distance_limit_km"] = value
    return limits


def _claims(case: Case, known: dict[str, object], presumed: dict[str, object], amounts: _Amounts) -> tuple[Claim, ...]:
    def right_under_its_law(situation: Situation) -> tuple[str, Right]:
        basis = legal_basis(situation)
        return basis.code, basis.right(situation)

    claims: list[Claim] = []
    for leaf in explore(right_under_its_law, law_date=case.trip_date, known=known, domains=DOMAINS, presumed=presumed):
        basis, right = leaf.result
        if right.status != "right" or right.in_kind:
            verdict = _verdict_without_money(right)
            claims.append(Claim(leaf.path, basis, right, verdict, None, leaf.steps, leaf.presumed))
            continue
        for cost_leaf in explore(
            law_amount.cost_basis,
            law_date=case.trip_date,
            known={**known, **dict(leaf.path)},
            domains=DOMAINS,
            presumed=presumed,
        ):
            money = _reimbursement(case, right, cost_leaf.result, amounts)
            claims.append(
                Claim(
                    leaf.path + cost_leaf.path,
                    basis,
                    right,
                    _verdict(money),
                    money,
                    leaf.steps + cost_leaf.steps + money.steps,
                    leaf.presumed + cost_leaf.presumed,
                )
            )
    return tuple(claims)


def _verdict_without_money(right: Right) -> Verdict:
    if right.status == "right":
        return "entitled"
    if right.status == "may":
        return "discretionary"
    return "open" if right.status == "open" else "not_entitled"


def _verdict(money: law_amount.Reimbursement) -> Verdict:
    if money.status == "payable":
        return "entitled"
    if money.status == "below_minimum":
        return "below_minimum"
    return "minimum_unknown" if money.minimum is None else "cost_unknown"


def _reimbursement(
    case: Case, right: Right, basis: law_amount.CostBasis, amounts: _Amounts
) -> law_amount.Reimbursement:
    rate = amounts.value(MILEAGE_LOW) if basis == "own_car" else None
    cost = law_amount.cost_of(basis, case, rate)
    designated = law_amount.designated_cost_of(basis, case, rate) if right.paid_as_to != "used" else None
    if designated is not None and right.paid_as_to == "nearest":
        cost, designated = designated, None
    name = _MINIMUM_OF_CLASS[right.minimum_class]
    return law_amount.reimbursement(right, cost, designated, amounts.value(name), name, case)


def _outcome(claims: Sequence[Claim], amounts: _Amounts) -> tuple[Outcome, tuple[Condition, ...]]:
    verdicts = {claim.verdict for claim in claims}
    if len(verdicts) == 1:
        verdict = next(iter(verdicts))
        if verdict in ("entitled", "below_minimum", "not_entitled", "discretionary"):
            return verdict, ()
    classes = {claim.right.minimum_class for claim in claims}
    right_is_certain = verdicts <= {"entitled", "below_minimum", "cost_unknown"}
    if right_is_certain and len(classes) == 1:
        minimum = amounts.value(_MINIMUM_OF_CLASS[next(iter(classes))])
        return "entitled", (Condition("cost_above_minimum", minimum),)
    if "minimum_unknown" in verdicts:
        return "undetermined", (Condition("cost_above_minimum", None),)
    return "undetermined", ()


def _money(
    case: Case,
    claims: Sequence[Claim],
    outcome: Outcome,
    known: dict[str, object],
    presumed: dict[str, object],
    amounts: _Amounts,
) -> tuple[Money, tuple[str, ...], tuple[Step, ...]]:
    companion_payable, companion_reason, companion_missing, steps = _companion(case, outcome, known, presumed, amounts)
    found = [claim.reimbursement for claim in claims if claim.reimbursement is not None]
    classes = {claim.right.minimum_class for claim in claims if claim.reimbursement is not None}
    minimum_class = next(iter(classes)) if len(classes) == 1 else None
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
    all_known = bool(known_payables) and len(known_payables) == len(payables)
    has_money = status in ("payable", "below_minimum", "unknown") and bool(found)
    return (
        Money(
            status=status,
            payable_dkk=known_payables[0] if settled else (None if status == "unknown" else NOTHING),
            basis=_common([each.basis for each in found], "none") if has_money else "none",
            calculated_dkk=_common([each.calculated for each in found], None) if has_money else None,
            minimum_dkk=_common([each.minimum for each in found], None) if has_money else None,
            minimum_class=minimum_class if has_money else None,
            lines=_common([each.lines for each in found], ()) if has_money else (),
            companion_payable_dkk=companion_payable,
            companion_reason=companion_reason,
            lowest_dkk=min(known_payables) if all_known and not settled else None,
            highest_dkk=max(known_payables) if all_known and not settled else None,
        ),
        companion_missing,
        steps,
    )


def _common(values: list[T], otherwise: T) -> T:
    return values[0] if values and all(value == values[0] for value in values) else otherwise


def _companion(
    case: Case, outcome: Outcome, known: dict[str, object], presumed: dict[str, object], amounts: _Amounts
) -> tuple[Decimal | None, str, tuple[str, ...], tuple[Step, ...]]:
    if not case.companion:
        return NOTHING, "no_companion", (), ()
    if outcome == "undetermined":
        return None, "companion_patient_unknown", (), ()
    if outcome != "entitled":
        return NOTHING, "companion_patient_gets_nothing", (), ()
    leaves = explore(companion_right, law_date=case.trip_date, known=known, domains=DOMAINS, presumed=presumed)
    steps = merge(leaf.steps for leaf in leaves)
    statuses = {leaf.result.status for leaf in leaves}
    if statuses == {"no_right"}:
        return NOTHING, leaves[0].result.reason, (), steps
    if len(statuses) > 1:
        return None, "companion_unknown", decisive([(leaf.path, leaf.result.status) for leaf in leaves]), steps
    if statuses == {"open"}:
        return None, leaves[0].result.reason, (), steps
    minimum = amounts.value(MINIMUM_OTHER)
    if case.companion_cost_dkk is None:
        return None, "companion_unknown", ("companion_cost_dkk",), steps
    if minimum is None:
        return None, "companion_unknown", (MINIMUM_OTHER,), steps
    if not cost_above_minimum(case.companion_cost_dkk, minimum):
        return NOTHING, "companion_below_minimum", (), steps
    return law_amount.to_ore(case.companion_cost_dkk), "companion", (), steps


def _main_basis(claims: Sequence[Claim]) -> Basis:
    """The basis the grounds, the offers and the complaint are shown for: the one that could give a right."""
    bases = [BASES[claim.basis] for claim in claims]
    with_grounds = [basis for basis in bases if basis.grounds]
    for_adults = [basis for basis in bases if basis is not BARNETS_LOV]
    return (with_grounds or for_adults or bases)[0]


def _grounds(
    case: Case, basis: Basis, known: dict[str, object], presumed: dict[str, object], amounts: _Amounts
) -> tuple[Ground, ...]:
    grounds = []
    for code, condition in basis.grounds:
        leaves = explore(condition, law_date=case.trip_date, known=known, domains=DOMAINS, presumed=presumed)
        results = {leaf.result for leaf in leaves}
        met = next(iter(results)) if len(results) == 1 else None
        margin = _distance_margin(case, met, amounts) if code == "distance" and met is not None else None
        grounds.append(Ground(code, met, condition.citation(case.trip_date), margin))
    return tuple(grounds)


def _distance_margin(case: Case, met: bool, amounts: _Amounts) -> Margin | None:
    distances = [case.distance_km]
    if case.place_choice == "own_choice":
        distances.append(case.designated_distance_km)
    given = [each for each in distances if each is not None]
    limit = amounts.value(_DISTANCE_LIMITS[case.purpose])
    if not given or limit is None:
        return None
    over = min(given) - limit
    return Margin(over if met else _SMALLEST_STEP_KM - over, "km")


def _missing(
    case: Case, claims: Sequence[Claim], outcome: Outcome, channel: Channel, companion: tuple[str, ...]
) -> tuple[str, ...]:
    deciding = decisive([(claim.path, claim.result) for claim in claims])
    found: dict[str, None] = {}
    for name in deciding:
        found.update(dict.fromkeys(facts_behind(name, case)))
    settled_outcome = outcome in ("not_entitled", "discretionary", "below_minimum")
    if not settled_outcome:
        for claim in claims:
            found.update(dict.fromkeys(claim.reimbursement.missing if claim.reimbursement else ()))
    if outcome in ("not_entitled", "below_minimum"):
        found.clear()
    found.update(dict.fromkeys(companion))
    if outcome == "discretionary":
        for name in channel.depends_on:
            found.update(dict.fromkeys(facts_behind(name, case)))
    return tuple(found)


def _moot(
    case: Case, known: dict[str, object], missing: tuple[str, ...], presumed: dict[str, object]
) -> tuple[str, ...]:
    asked = QUESTIONS[case.purpose]
    return tuple(
        fact
        for fact in asked
        if getattr(case, fact) is None and fact not in known and fact not in presumed and fact not in missing
    )


def _assumed(claims: Sequence[Claim], presumed: dict[str, object]) -> tuple[Presumption, ...]:
    names = dict.fromkeys(name for claim in claims for name in claim.presumed)
    return tuple(Presumption(name, presumed[name]) for name in FACTS if name in names)


def _form(
    outcome: Outcome, channel: Channel, known: dict[str, object], *, own_choice: bool, in_kind: bool
) -> Form | None:
    if channel.way and channel.way.form:
        return channel.way.form  # type: ignore[return-value]
    if outcome in ("not_entitled", "below_minimum"):
        return "own_arrangement"
    if outcome != "entitled":
        return None
    if in_kind:
        return "transport"
    if own_choice or known.get("money_claimed"):
        return "reimbursement"
    return "transport_or_reimbursement"


def _unused(use_amounts_of: int | None, amounts: _Amounts) -> str:
    if use_amounts_of is None or any(each.stands_in for each in amounts.used.values()):
        return ""
    return str(use_amounts_of)
