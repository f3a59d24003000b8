"""What is still open in a judgement: what to ask, what no longer matters, and what is presumed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from transport_calc.claims import Claim, presumed_in
from transport_calc.decision import Presumption
from transport_calc.facts import FACTS, PRESUMED, Case
from transport_calc.judgement import Judgement
from transport_calc.law.amount import NOTHING
from transport_calc.law.questions import QUESTIONS, in_order, separations
from transport_calc.law.schemes import Channel
from transport_calc.law.situation import DESIGNATED_FACTS, facts_behind, facts_presumed


def missing_in(judged: Judgement, channel: Channel) -> tuple[str, ...]:
    """What to ask, in the order of a conversation; nothing that no longer changes the case."""
    case, claims, outcome = judged.case, judged.claims, judged.outcome
    found: dict[str, int] = {}

    def ask(names: Sequence[str], weight: int) -> None:
        for name in names:
            found[name] = found.get(name, 0) + weight

    if outcome not in ("not_entitled", "below_minimum"):
        # Where the authority may help whatever the reason, another reason needs no question.
        may = outcome == "discretionary"
        results = [(claim.path, claim.verdict if may else (claim.result, _still_open(claim, case))) for claim in claims]
        for name, weight in separations(results).items():
            ask(facts_behind(name, case), weight)
        if outcome != "discretionary":
            for claim in claims:
                ask(claim.reimbursement.missing if claim.reimbursement else (), 1)
    ask(judged.companion.missing, 0)
    if outcome == "discretionary":
        for name in channel.depends_on:
            ask(facts_behind(name, case), 0)
    return in_order(case.purpose, found)


def _still_open(claim: Claim, case: Case) -> tuple[object, ...]:
    """What tells two claims apart whose amount is not known yet, besides what is missing.

    That is the most that can be paid, and while the minimum is unknown the cost that must exceed it as well.
    """
    money = claim.reimbursement
    if money is None or money.payable is not None:
        return ()
    bounds = [each for each in (money.lowest_cost, case.paid_dkk) if each is not None]
    most = max(NOTHING, min(bounds) - (case.already_paid_dkk or NOTHING)) if bounds else None
    return (most, money.lowest_cost if money.minimum is None else None)


def moot_in(judged: Judgement, missing: tuple[str, ...], assumed: tuple[Presumption, ...]) -> tuple[str, ...]:
    """The facts the law in general asks for that are unknown here and can no longer change this case.

    A fact that is presumed is not moot: giving it can change the case. The same goes for the facts about the
    designated place while it is presumed that the place is the designated one, because they raise that question,
    and for what was paid, which caps an amount that is not known yet, and for the stated cost to the designated
    place, which goes before the one computed from the distance.
    """
    case = judged.case
    open_facts = {*missing, *(each.fact for each in assumed)}
    if "place_choice" in open_facts:
        open_facts |= set(DESIGNATED_FACTS)
    for claim in judged.claims:
        if claim.reimbursement and claim.reimbursement.payable is None:
            open_facts.add("paid_dkk")
        if claim.reimbursement and claim.right.paid_as_to != "used":
            open_facts.add("designated_cost_dkk")
    return tuple(
        fact
        for fact in QUESTIONS[case.purpose]
        if getattr(case, fact) is None and fact not in judged.known and fact not in open_facts
    )


def assumed_in(judged: Judgement) -> tuple[Presumption, ...]:
    """The exceptions nobody raised that the claims rest on, in the order of the facts."""
    named: dict[str, object] = {}
    for name, facts in facts_presumed(presumed_in(judged.claims), judged.case).items():
        value = judged.presumed[name] if name in PRESUMED else None
        named.update(dict.fromkeys(facts, value))
    for claim in judged.claims:
        if claim.reimbursement:
            named.update(dict.fromkeys(claim.reimbursement.presumed))
    return tuple(Presumption(fact, named[fact]) for fact in FACTS if fact in named)
