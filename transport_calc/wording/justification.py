"""The justification: one paragraph with the rule, the facts and the comparison (forvaltningsloven § 24).

It is built of pieces chosen by what the decision found, in a fixed order: result, grounds, cost and minimum,
reductions, what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transport_calc.wording import text
from transport_calc.wording.numbers import kroner, long_date
from transport_calc.wording.sentences import (
    depends_on,
    fact_name,
    ground_sentence,
    not_known_sentence,
    short_citation,
)

if TYPE_CHECKING:
    from transport_calc.chain import Essence
    from transport_calc.decision import Decision


def justification(decision: Decision | Essence, lang: str) -> str:
    """The paragraph that goes into the case file."""
    pieces = [_result(decision, lang), *_reasons(decision, lang), *_grounds(decision, lang), *_money(decision, lang)]
    if decision.missing:
        facts = ", ".join(fact_name(fact, lang) for fact in decision.missing)
        pieces.append(text("why.missing", lang, facts=facts))
    return " ".join(piece for piece in pieces if piece)


def result_kind(decision: Decision | Essence) -> str:
    """Which of the ways to put the result fits the decision."""
    if decision.outcome == "undetermined":
        return "undetermined_minimum" if decision.conditions else "undetermined"
    if decision.outcome != "entitled":
        return decision.outcome
    if decision.amount.status == "payable":
        return "payable"
    if decision.amount.status == "none":
        return "in_kind"
    return "entitled_conditional" if decision.conditions else "entitled_unknown"


def _result(decision: Decision | Essence, lang: str) -> str:
    kind = result_kind(decision)
    condition = decision.conditions[0].minimum_dkk if decision.conditions else None
    return text(
        f"why.{kind}",
        lang,
        date=long_date(decision.case.trip_date, lang),
        basis=decision.legal_basis,
        amount=kroner(decision.amount.payable_dkk, lang) if decision.amount.payable_dkk is not None else "",
        minimum=kroner(condition, lang) if condition is not None else "",
        unknown=not_known_sentence(decision, lang) if decision.unknown_amounts else "",
    )


def _reasons(decision: Decision | Essence, lang: str) -> list[str]:
    if decision.outcome == "entitled" and decision.reasons != ("special_vehicle",):
        return []
    shown: tuple[str, ...] = decision.open_questions
    if decision.outcome != "undetermined":
        shown = tuple(code for code in decision.reasons if code not in ("grounds", "no_ground"))
    return [text(f"reason.{code}", lang) for code in shown]


def _grounds(decision: Decision | Essence, lang: str) -> list[str]:
    shown = decision.grounds
    if any(ground.met for ground in shown):
        shown = tuple(ground for ground in shown if ground.met)
    elif "no_ground" not in decision.reasons and decision.outcome == "not_entitled":
        return []
    if decision.outcome == "discretionary":
        return []
    return [ground_sentence(ground, decision, lang) for ground in shown]


def _money(decision: Decision | Essence, lang: str) -> list[str]:
    money = decision.amount
    pieces = []
    if money.calculated_dkk is not None and money.basis != "none":
        key = f"why.cost.{money.basis}"
        if money.basis == "public_fare" and decision.case.means in ("own_car", "taxi", "flextur", "other"):
            key += ".car"
        sentence = text(key, lang, cost=kroner(money.calculated_dkk, lang))
        pieces.append(_cited(sentence, "cheapest_defensible_means", decision, lang))
    if payable_if_minimum_is_lower(decision) and money.calculated_dkk is not None:
        slots = {"year": decision.case.trip_date.year, "cost": kroner(money.calculated_dkk, lang)}
        pieces.append(text("line.payable_if_minimum", lang, **slots))
    if money.minimum_dkk is not None and money.status in ("payable", "below_minimum"):
        key = "why.above_minimum" if money.status == "payable" else "why.not_above_minimum"
        if money.status == "below_minimum" and decision.completed.place_choice == "own_choice":
            key += ".both"
        sentence = text(key, lang, minimum=kroner(money.minimum_dkk, lang))
        pieces.append(_cited(sentence, minimum_provision(decision), decision, lang))
    if money.lowest_dkk is not None and money.highest_dkk is not None and decision.outcome == "entitled":
        bounds = {"lowest": kroner(money.lowest_dkk, lang), "highest": kroner(money.highest_dkk, lang)}
        pieces.append(text("why.entitled_range", lang, **bounds, facts=depends_on(decision, lang)))
    for line in money.lines:
        if line.code == "not_above_paid" and line.dkk is not None:
            sentence = text("why.not_above_paid", lang, paid=kroner(line.dkk, lang))
            pieces.append(_cited(sentence, "not_above_actual_cost", decision, lang))
        if line.code == "already_paid":
            pieces.append(text("why.already_paid", lang))
    return pieces


def payable_if_minimum_is_lower(decision: Decision | Essence) -> bool:
    """Only the minimum of the day is unknown: a ground is met and the cost is known."""
    certain = any(ground.met for ground in decision.grounds) and len(decision.bases) == 1
    only_the_minimum = all(name.startswith("minimum_") for name in decision.missing)
    return certain and only_the_minimum and bool(decision.unknown_amounts) and decision.outcome == "undetermined"


def minimum_provision(decision: Decision | Essence) -> str:
    """The id of the provision that sets the minimum for this decision (§ 31, stk. 1, 2, or 3-4)."""
    if decision.completed.place_choice == "own_choice":
        return "minimum_own_choice"
    return "minimum_pensioner" if decision.amount.minimum_class == "pensioner" else "minimum_other"


def _cited(sentence: str, provision: str, decision: Decision | Essence, lang: str) -> str:
    citation = short_citation(decision.cite(provision), decision)
    return f"{sentence[:-1]} ({citation})." if citation else sentence
