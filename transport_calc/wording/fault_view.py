"""Faults as sentences, and as the JSON envelope of contract section 3 with status `invalid`."""

from __future__ import annotations

from typing import Any

from transport_calc.facts import FACTS
from transport_calc.faults import Fault
from transport_calc.wording import has_text, text
from transport_calc.wording.fact_words import value_name

_TRUTH = {"true": True, "false": False}


def fault_texts(fault: Fault, lang: str, label: str) -> tuple[str, str]:
    """What is wrong, and what to do about it; `label` is how the field is called where it is shown."""
    slots = {"value": fault.value, **fault.slots, "field": label}
    if slots.get("other") in FACTS:
        value = _TRUTH.get(slots["other_value"], slots["other_value"])
        slots["other_value"] = value_name(slots["other"], value, lang)
        slots["other"] = fault_name(slots["other"], lang)
    if lang == "da" and "danish" in slots:
        slots["choices"] = slots["danish"]
    suggesting = f"hint.{fault.code}.nearest"
    remedy = suggesting if slots.get("nearest") and has_text(suggesting, lang) else f"hint.{fault.code}"
    return text(f"fault.{fault.code}", lang, **slots), text(remedy, lang, **slots)


def fault_name(field: str, lang: str) -> str:
    """A fact by its name in the language, with the public name beside it where they differ."""
    if field not in FACTS or lang == "en" or FACTS[field].danish == field:
        return field
    return f"{FACTS[field].danish} ({field})"


def invalid_as_json(faults: list[Fault], lang: str) -> dict[str, Any]:
    """The decision envelope for input that cannot be decided: every key present, `errors` filled."""
    errors = []
    for fault in faults:
        message, hint = fault_texts(fault, lang, fault_name(fault.field, lang))
        errors.append({"code": fault.code, "field": fault.field, "message": message, "hint": hint})
    empty: dict[str, Any] = dict.fromkeys(
        (
            "case_id",
            "outcome",
            "form",
            "channel",
            "legal_basis",
            "amount",
            "payer",
            "appeal",
            "justification",
            "receipt",
        )
    )
    lists: dict[str, Any] = {
        key: []
        for key in (
            "conditions",
            "alternatives",
            "grounds",
            "means",
            "missing",
            "moot",
            "assumed",
            "flip",
            "next_steps",
            "steps",
            "parameters",
        )
    }
    return {"format": "transport-calc/decision/1", "status": "invalid", **empty, **lists, "errors": errors}
