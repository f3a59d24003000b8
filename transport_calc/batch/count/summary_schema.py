"""The JSON Schema of what `batch --summary` writes. Every key is required and no other is allowed."""

from __future__ import annotations

from typing import get_args

from transport_calc.law.schemes import Outcome
from transport_calc.wording.decision_schema import KRONER, TEXT, Schema, closed_object

FORMAT = "transport-calc/summary/1"

_COUNT: Schema = {"type": "integer", "minimum": 0}
_NAME = "^[a-z][a-z0-9_:;]*$"
_KILOMETRES: Schema = {"type": "string", "pattern": r"^(0|[1-9][0-9]*)\.[0-9]$"}


def summary_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of `summary_json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "transport_calc summary",
        "description": "What became of the rows of a batch. Rows read = decided + undetermined + rejected. "
        "Rows are receipts; attendances are round trips to one treatment, which may have several receipts. "
        "Money and kilometres are decimal strings with a point; a histogram counts what is over one bound and "
        "up to and including the other, and null is no bound.",
        **closed_object(
            {
                "format": {"const": FORMAT},
                "rows": closed_object(
                    dict.fromkeys(("read", "decided", "undetermined", "rejected", "blank", "total_lines"), _COUNT)
                ),
                "all": _group(),
                "outcomes": _by({"enum": list(get_args(Outcome))}, _group()),
                "grounds": _by({"pattern": _NAME}, _group()),
                "municipalities": _by({"pattern": _NAME}, _group()),
                "means": _by({"pattern": _NAME}, _group()),
                "purposes": _by({"pattern": _NAME}, _group()),
                "months": _by({"pattern": "^([0-9]{4}-[0-9]{2}|unknown)$"}, _group()),
                "cost_minus_minimum": _histogram("dkk", KRONER),
                "distance": _histogram("km", _KILOMETRES),
                "rejects": _list(closed_object({"code": TEXT, "fact": _or_null(TEXT), "rows": _COUNT})),
                "missing": _by({"pattern": _NAME}, _COUNT),
                "missing_for_amount": _by({"pattern": _NAME}, _COUNT),
                "warnings": _by({"pattern": _NAME}, _COUNT),
                "duplicates": closed_object(
                    {
                        "attendances": _COUNT,
                        "first": _list(closed_object({"file": _or_null(TEXT), "row": _COUNT, "earlier_row": _COUNT})),
                    }
                ),
                "inputs": _list(TEXT),
                "elapsed_seconds": {"type": "number", "minimum": 0},
                "rows_per_second": _or_null(_COUNT),
                "law_digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                "version": TEXT,
            }
        ),
    }


def _group() -> Schema:
    return closed_object({"rows": _COUNT, "attendances": _COUNT, "payable_dkk": KRONER, "without_amount": _COUNT})


def _histogram(unit: str, number: Schema) -> Schema:
    bounds = {f"over_{unit}": _or_null(number), f"up_to_{unit}": _or_null(number)}
    return _list(closed_object({**bounds, "attendances": _COUNT}))


def _by(names: Schema, values: Schema) -> Schema:
    return {"type": "object", "propertyNames": names, "additionalProperties": values}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
