"""The decision as the JSON of contract section 3: every key always present, money and km as strings with a point."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from transport_calc.engine.trace import DIFFERS
from transport_calc.law.right import Right
from transport_calc.receipt import receipt
from transport_calc.what_if import Flip, flips
from transport_calc.wording import text
from transport_calc.wording.justification import justification
from transport_calc.wording.sentences import channel_sentence, line_text, question, step_source

if TYPE_CHECKING:
    from transport_calc.decision import Decision
    from transport_calc.municipalities import Contact


def as_json(decision: Decision, lang: str) -> dict[str, Any]:
    """The decision as plain JSON values, with what would change it."""
    money = decision.amount
    return {
        "format": "transport-calc/decision/1",
        "case_id": decision.case.case_id,
        "status": decision.status,
        "outcome": decision.outcome,
        "conditions": [{"code": each.code, "minimum_dkk": kr(each.minimum_dkk)} for each in decision.conditions],
        "form": decision.form,
        "channel": _channel(decision, lang),
        "alternatives": [
            {"code": offer.code, "status": offer.status, "reason": text(f"offer.{offer.reason}", lang)}
            for offer in decision.alternatives
        ],
        "legal_basis": decision.legal_basis,
        "grounds": [
            {
                "code": ground.code,
                "met": ground.met,
                "citation": ground.citation,
                "margin": ground.margin and {"value": km(ground.margin.value), "unit": ground.margin.unit},
            }
            for ground in decision.grounds
        ],
        "amount": {
            "status": money.status,
            "payable_dkk": kr(money.payable_dkk),
            "basis": money.basis,
            "calculated_dkk": kr(money.calculated_dkk),
            "minimum_dkk": kr(money.minimum_dkk),
            "minimum_class": money.minimum_class,
            "lines": [{"text": line_text(line, lang), "dkk": kr(line.dkk)} for line in money.lines],
            "companion_payable_dkk": kr(money.companion_payable_dkk),
            "lowest_dkk": kr(money.lowest_dkk),
            "highest_dkk": kr(money.highest_dkk),
        },
        "means": _means(decision, lang),
        "missing": [{"fact": fact, "question": question(fact, decision, lang)} for fact in decision.missing],
        "moot": list(decision.moot),
        "assumed": [
            {"fact": each.fact, "value": each.value, "text": text(f"assumed.{each.fact}", lang)}
            for each in decision.assumed
        ],
        "flip": [_flip(flip) for flip in flips(decision)],
        "payer": decision.payer and {"code": decision.payer.code, "citation": decision.payer.citation},
        "appeal": {
            "body": decision.appeal.body,
            "deadline": decision.appeal.deadline,
            "citation": decision.appeal.citation,
        },
        "next_steps": [{"text": step.text[lang], "source": step_source(step, lang)} for step in decision.next_steps],
        "justification": justification(decision, lang),
        "steps": [
            {
                "provision": each.step.provision,
                "citation": each.citation,
                "result": _result(each.step.result),
                "facts": list(each.step.facts),
            }
            for each in decision.steps
        ],
        "parameters": [
            {
                "name": amount.name,
                "value": str(amount.value),
                "unit": amount.unit,
                "from": amount.start.isoformat(),
                "to": amount.end.isoformat() if amount.end else None,
                "source": amount.source,
                "href": amount.href,
                "verified_on": amount.verified_on.isoformat(),
                "confidence": amount.confidence,
                "stands_in": amount.stands_in or None,
            }
            for amount in decision.parameters
        ],
        "receipt": receipt(decision.case, decision.municipality and decision.municipality.slug),
        "errors": [],
    }


def _flip(flip: Flip) -> dict[str, str | None]:
    """A change: the values are strings, as the JSON of a case has them."""
    return {
        "fact": flip.fact,
        "from": _plain(flip.fact, flip.before),
        "to": _plain(flip.fact, flip.after),
        "outcome": flip.outcome,
        "payable_dkk": kr(flip.payable_dkk),
        "companion_payable_dkk": kr(flip.companion_payable_dkk),
    }


def _plain(fact: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        least = 1 if fact.endswith("_km") else 2
        return f"{value:.{max(least, -int(value.normalize().as_tuple().exponent))}f}"
    return str(value)


def _means(decision: Decision, lang: str) -> list[dict[str, Any]]:
    if not decision.prices:
        return []
    from transport_calc.wording.price_table import price_rows

    rows = price_rows(decision.prices, lang)
    return [
        {
            "means": price.means,
            "status": price.status,
            "dkk": kr(price.dkk),
            "at_least": price.at_least,
            "reason": row.why,
        }
        for price, row in zip(decision.prices, rows, strict=True)
    ]


def kr(amount: Decimal | None) -> str | None:
    """Kroner with two decimals and a point."""
    return None if amount is None else f"{amount:.2f}"


def km(distance: Decimal) -> str:
    """Kilometres with a point and at least one decimal."""
    text_form = f"{distance:f}"
    return text_form if "." in text_form else f"{text_form}.0"


def _result(result: object) -> str:
    if result is DIFFERS:
        return "unknown"
    if isinstance(result, Right):
        return f"{result.status}: {result.reason}"
    if isinstance(result, bool):
        return "true" if result else "false"
    return str(result)


def _channel(decision: Decision, lang: str) -> dict[str, Any]:
    channel = decision.channel
    contact = channel.way.contact if channel.way else None
    return {
        "code": channel.code,
        "text": channel_sentence(decision, lang),
        "contact": _contact(contact, lang) if contact else None,
    }


def _contact(contact: Contact, lang: str) -> dict[str, str]:
    return {
        "name": contact.name,
        "phone": contact.phone,
        "address": contact.address,
        "hours": contact.hours.get(lang, ""),
        "source": contact.source,
    }
