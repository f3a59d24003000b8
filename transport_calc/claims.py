"""The claims of a case: how it ends for each way the unknown facts can fall out, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from transport_calc.decision import Condition
from transport_calc.engine.explore import Leaf, Path, explore, settled
from transport_calc.engine.trace import Step
from transport_calc.facts import Case
from transport_calc.law import amount as law_amount
from transport_calc.law.basis import legal_basis
from transport_calc.law.designated_place import can_be
from transport_calc.law.right import Right
from transport_calc.law.schemes import Outcome
from transport_calc.law.situation import DOMAINS, Situation
from transport_calc.parameters import (
    MILEAGE_LOW,
    MINIMUM_OTHER,
    MINIMUM_PENSIONER,
    Amount,
    Parameters,
    UnknownAmount,
)

Verdict = Literal[
    "entitled", "below_minimum", "not_entitled", "discretionary", "open", "cost_unknown", "minimum_unknown"
]

MINIMUM_OF_CLASS = {"pensioner": MINIMUM_PENSIONER, "other": MINIMUM_OTHER}


class Claim(NamedTuple):
    """One leaf: how the claim ends if the unknown facts fall out as in `path`.

    `traces` are the steps of the right, of the cost and of the minimum, `presumed` the presumptions of the right and
    of the cost; claims that share a leaf share these.
    """

    path: Path
    basis: str
    right: Right
    verdict: Verdict
    reimbursement: law_amount.Reimbursement | None
    traces: tuple[tuple[Step, ...], ...]
    presumed: tuple[tuple[str, ...], ...]

    @property
    def result(self) -> tuple[object, ...]:
        """What matters about it: two claims with equal results need no further question between them.

        Why there is no right makes no difference; which question of law is open does.
        """
        money = self.reimbursement
        if money is None:
            return (self.verdict, self.right.reason if self.verdict == "open" else "")
        return (self.verdict, money.payable, money.missing, money.minimum if money.payable is None else None)


class Amounts:
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


def claims_of(
    case: Case, known: Mapping[str, object], presumed: Mapping[str, object], amounts: Amounts
) -> tuple[Claim, ...]:
    """Every leaf of the question of right, each with every leaf of the question of cost under it."""
    costs: tuple[Leaf[law_amount.CostBasis], ...] = ()
    money_of: dict[tuple[Right, law_amount.CostBasis], law_amount.Reimbursement] = {}
    claims: list[Claim] = []
    for leaf in explore(_right_under_its_law, law_date=case.trip_date, known=known, domains=DOMAINS, presumed=presumed):
        if not can_be(case, known, leaf.path):
            continue
        basis, right = leaf.result
        if right.status != "right" or right.in_kind:
            verdict = verdict_without_money(right)
            claims.append(Claim(leaf.path, basis, right, verdict, None, (leaf.steps,), (leaf.presumed,)))
            continue
        costs = costs or explore(
            law_amount.cost_basis, law_date=case.trip_date, known=known, domains=DOMAINS, presumed=presumed
        )
        for cost in settled(costs, dict(leaf.path)):
            money = money_of.get((right, cost.result))
            if money is None:
                money = money_of[right, cost.result] = _reimbursement(case, right, cost.result, amounts)
            claims.append(
                Claim(
                    leaf.path + cost.path,
                    basis,
                    right,
                    _verdict(right, money),
                    money,
                    (leaf.steps, cost.steps, money.steps),
                    (leaf.presumed, cost.presumed),
                )
            )
    return tuple(claims)


def _right_under_its_law(situation: Situation) -> tuple[str, Right]:
    basis = legal_basis(situation)
    return basis.code, basis.right(situation)


def traces_of(claims: Iterable[Claim]) -> tuple[tuple[Step, ...], ...]:
    """The traces of all claims, each once, in the order of the claims."""
    return tuple({id(trace): trace for claim in claims for trace in claim.traces}.values())


def presumed_in(claims: Iterable[Claim]) -> tuple[str, ...]:
    """What the claims presume, each once, in the order of the claims."""
    parts = {id(names): names for claim in claims for names in claim.presumed}.values()
    return tuple(dict.fromkeys(name for names in parts for name in names))


def verdict_without_money(right: Right) -> Verdict:
    if right.status == "right":
        return "entitled"
    if right.status == "may":
        return "discretionary"
    return "open" if right.status == "open" else "not_entitled"


def _verdict(right: Right, money: law_amount.Reimbursement) -> Verdict:
    if money.status == "payable":
        return "entitled"
    if money.status == "below_minimum":
        return "below_minimum"
    return "minimum_unknown" if money.minimum is None and right.minimum_class else "cost_unknown"


def _reimbursement(case: Case, right: Right, basis: law_amount.CostBasis, amounts: Amounts) -> law_amount.Reimbursement:
    rate = amounts.value(MILEAGE_LOW) if basis == "own_car" else None
    cost = law_amount.cost_of(basis, case, rate)
    designated = law_amount.designated_cost_of(basis, case, rate) if right.paid_as_to != "used" else None
    if designated is not None and right.paid_as_to == "nearest":
        cost, designated = designated, None
    name = MINIMUM_OF_CLASS.get(right.minimum_class, "")
    minimum = amounts.value(name) if name else None
    return law_amount.reimbursement(right, cost, designated, minimum, name, case)


def outcome_of(claims: Sequence[Claim], amounts: Amounts) -> tuple[Outcome, tuple[Condition, ...]]:
    """The outcome that all claims share, or the condition under which it is certain (contract section 3)."""
    verdicts = {claim.verdict for claim in claims}
    if len(verdicts) == 1:
        verdict = next(iter(verdicts))
        if verdict in ("entitled", "below_minimum", "not_entitled", "discretionary"):
            return verdict, ()
    classes = {claim.right.minimum_class for claim in claims}
    right_is_certain = verdicts <= {"entitled", "below_minimum", "cost_unknown"}
    if right_is_certain and len(classes) == 1:
        minimum_class = next(iter(classes))
        if not minimum_class:
            return "entitled", ()
        return "entitled", (Condition("cost_above_minimum", amounts.value(MINIMUM_OF_CLASS[minimum_class])),)
    if "minimum_unknown" in verdicts:
        return "undetermined", (Condition("cost_above_minimum", None),)
    return "undetermined", ()
