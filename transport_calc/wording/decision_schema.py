"""The JSON Schema of what goes out: a decision, or the envelope for input that cannot be decided.

It describes exactly what `json_view` and `fault_view` write. Every key is required and no other is allowed, except
`compare`, which is there only when it was asked for. The codes are those of the contract; a local way may only lead
to a channel named here.
"""

from __future__ import annotations

from typing import Any, get_args

from transport_calc.decision import FORMAT, Form
from transport_calc.facts import FACTS
from transport_calc.law.payer import Payer
from transport_calc.law.schemes import OfferStatus, Outcome
from transport_calc.prices import Means, PriceStatus

Schema = dict[str, Any]

CHANNELS = (
    "training_department",
    "provider_books",
    "nt_flextur",
    "handicapkoersel",
    "traffic_company",
    "reimbursement",
    "self_pay",
)
POINTERS = ("individual_transport_117", "compensation_100", "personal_supplement", "overnight")
"""Other laws that may pay, listed as alternatives but never chosen as the channel."""
GROUNDS = ("pension", "distance", "health")
AMOUNT_STATUSES = ("payable", "below_minimum", "none", "unknown")
AMOUNT_BASES = ("public_fare", "own_car", "taxi", "flextur", "actual_cost", "designated_place", "none")
MINIMUM_CLASSES = ("pensioner", "other")
CONFIDENCES = ("order", "authority", "secondary", "inferred", "user")

TEXT: Schema = {"type": "string"}
_NULL: Schema = {"type": "null"}
_DATE: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DIGEST: Schema = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
KRONER: Schema = {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)\.[0-9]{2}$"}
_NUMBER: Schema = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}


def decision_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of `Decision.as_json` and of the invalid envelope."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "transport_calc decision",
        "description": "A decision, or with status `invalid` the faults of input that cannot be decided. "
        "Money and kilometres are decimal strings with a point.",
        "oneOf": [{"$ref": "#/$defs/decision"}, {"$ref": "#/$defs/invalid"}],
        "$defs": {"decision": _may_compare(_decision()), "invalid": _invalid()},
    }


def _decision() -> Schema:
    return closed_object(
        {
            "format": {"const": FORMAT},
            "case_id": _or_null(TEXT),
            "status": {"enum": ["decided", "undetermined"]},
            "outcome": {"enum": list(get_args(Outcome))},
            "conditions": _list(
                closed_object({"code": {"const": "cost_above_minimum"}, "minimum_dkk": _or_null(KRONER)})
            ),
            "form": _code_or_null(get_args(Form)),
            "channel": closed_object({"code": _code_or_null(CHANNELS), "text": TEXT, "contact": _or_null(_contact())}),
            "alternatives": _list(
                closed_object(
                    {
                        "code": {"enum": [*CHANNELS, *POINTERS]},
                        "status": {"enum": list(get_args(OfferStatus))},
                        "reason": TEXT,
                    }
                )
            ),
            "legal_basis": TEXT,
            "grounds": _list(_ground()),
            "amount": _amount(),
            "means": _list(
                closed_object(
                    {
                        "means": {"enum": list(get_args(Means))},
                        "status": {"enum": list(get_args(PriceStatus))},
                        "dkk": _or_null(KRONER),
                        "at_least": {"type": "boolean"},
                        "reason": TEXT,
                    }
                )
            ),
            "missing": _list(closed_object({"fact": TEXT, "question": TEXT})),
            "moot": _list(_fact()),
            "assumed": _list(
                closed_object(
                    {"fact": _fact(), "value": {"type": ["boolean", "string", "integer", "null"]}, "text": TEXT}
                )
            ),
            "flip": _list(
                closed_object(
                    {
                        "fact": _fact(),
                        "from": _or_null(TEXT),
                        "to": TEXT,
                        "outcome": {"enum": list(get_args(Outcome))},
                        "payable_dkk": _or_null(KRONER),
                        "companion_payable_dkk": _or_null(KRONER),
                    }
                )
            ),
            "payer": _or_null(closed_object({"code": _code_or_null(get_args(Payer)), "citation": TEXT})),
            "appeal": closed_object({"body": _or_null(TEXT), "deadline": _or_null(TEXT), "citation": TEXT}),
            "next_steps": _list(closed_object({"text": TEXT, "source": TEXT})),
            "justification": TEXT,
            "steps": _list(
                closed_object({"provision": TEXT, "citation": TEXT, "result": TEXT, "facts": _list(TEXT)}),
            ),
            "parameters": _list(_parameter()),
            "receipt": closed_object({"version": TEXT, "law_digest": _DIGEST, "facts_digest": _DIGEST}),
            "errors": _nothing(),
        }
    )


def _may_compare(decision: Schema) -> Schema:
    """`check --compare` adds the same facts on other days; null is what a day before the first order has."""
    day = {
        "trip_date": _DATE,
        "order": _or_null(TEXT),
        "minimum_dkk": _or_null(KRONER),
        "outcome": _code_or_null(get_args(Outcome)),
        "payable_dkk": _or_null(KRONER),
    }
    return decision | {"properties": decision["properties"] | {"compare": _list(closed_object(day))}}


def _invalid() -> Schema:
    nothing = (
        *("case_id", "outcome", "form", "channel", "legal_basis"),
        *("amount", "payer", "appeal", "justification", "receipt"),
    )
    own: Schema = {
        "format": {"const": FORMAT},
        "status": {"const": "invalid"},
        "errors": {
            **_list(closed_object({"code": TEXT, "field": TEXT, "message": TEXT, "hint": TEXT})),
            "minItems": 1,
        },
    }
    keys = _decision()["properties"]
    empty = {key: _NULL if key in nothing else _nothing() for key in keys}
    return closed_object(empty | own)


def _ground() -> Schema:
    margin = closed_object({"value": _NUMBER, "unit": {"const": "km"}})
    return closed_object(
        {
            "code": {"enum": list(GROUNDS)},
            "met": {"type": ["boolean", "null"]},
            "citation": TEXT,
            "margin": _or_null(margin),
        }
    )


def _amount() -> Schema:
    return closed_object(
        {
            "status": {"enum": list(AMOUNT_STATUSES)},
            "payable_dkk": _or_null(KRONER),
            "basis": {"enum": list(AMOUNT_BASES)},
            "calculated_dkk": _or_null(KRONER),
            "minimum_dkk": _or_null(KRONER),
            "minimum_class": _code_or_null(MINIMUM_CLASSES),
            "lines": _list(closed_object({"text": TEXT, "dkk": _or_null(KRONER)})),
            "companion_payable_dkk": _or_null(KRONER),
            "lowest_dkk": _or_null(KRONER),
            "highest_dkk": _or_null(KRONER),
        }
    )


def _parameter() -> Schema:
    return closed_object(
        {
            "name": TEXT,
            "value": _NUMBER,
            "unit": TEXT,
            "from": _DATE,
            "to": _or_null(_DATE),
            "source": TEXT,
            "href": TEXT,
            "verified_on": _DATE,
            "confidence": {"enum": list(CONFIDENCES)},
            "stands_in": _or_null({"type": "string", "pattern": "^[0-9]{4}$"}),
        }
    )


def _contact() -> Schema:
    return closed_object(dict.fromkeys(("name", "phone", "address", "hours", "source"), TEXT))


def _fact() -> Schema:
    return {"enum": list(FACTS)}


def closed_object(properties: Schema) -> Schema:
    """The schema of an object that has all of these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _nothing() -> Schema:
    return {"type": "array", "maxItems": 0}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, _NULL]}


def _code_or_null(codes: tuple[str, ...]) -> Schema:
    return {"enum": [*codes, None]}
