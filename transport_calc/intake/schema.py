"""The JSON Schema of a case: what `case_from_json` takes, with meaning, unit and Danish name of every fact."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from transport_calc.facts import FACTS, REQUIRED, Case, FactInfo
from transport_calc.intake.text import MOST_INTEGER_DIGITS, decimals_allowed

_NULL = {"type": "null"}


def case_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `Case`; the same from run to run, in the order of the facts."""
    properties = TypeAdapter(Case).json_schema()["properties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "transport_calc case",
        "description": "The facts of one attendance. A fact that is absent or null is unknown, never false or zero.",
        "type": "object",
        "properties": {name: _described(info, properties[name]) for name, info in FACTS.items()},
        "required": list(REQUIRED),
        "additionalProperties": False,
    }


def _described(info: FactInfo, derived: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": info.meaning,
        "x-description-da": info.meaning_da,
        "x-danish-name": info.danish,
    }
    if info.unit:
        described["x-unit"] = info.unit
    if info.choices:
        described["x-danish-choices"] = info.choices
    return described | _values(info, derived)


def _values(info: FactInfo, derived: dict[str, Any]) -> dict[str, Any]:
    if info.kind == "decimal":
        return {"anyOf": [*_decimals(info), _NULL]}
    if "anyOf" in derived:
        return {"anyOf": [_bounded(info, alternative) for alternative in derived["anyOf"]]}
    return _bounded(info, derived)


def _bounded(info: FactInfo, alternative: dict[str, Any]) -> dict[str, Any]:
    ordered = {key: alternative[key] for key in sorted(alternative) if key != "title"}
    if info.minimum is not None and alternative.get("type") == "integer":
        return ordered | {"minimum": info.minimum, "maximum": 10**MOST_INTEGER_DIGITS - 1}
    return ordered


def _decimals(info: FactInfo) -> list[dict[str, Any]]:
    """A decimal as a number or as the same number in a string; only the string says how many decimals fit."""
    number: dict[str, Any] = {"type": "number"}
    if info.minimum is not None:
        number["minimum"] = info.minimum
    number["exclusiveMaximum"] = 10**MOST_INTEGER_DIGITS
    digits = rf"^0*[0-9]{{1,{MOST_INTEGER_DIGITS}}}(\.[0-9]{{1,{decimals_allowed(info)}}})?$"
    return [number, {"type": "string", "pattern": digits}]
