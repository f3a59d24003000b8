"""Which texts are codes of the product: only those may be counted, because any other text could be about a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from typing import get_args

from transport_calc.batch.decide.attendances import COSTS, EXTRA
from transport_calc.batch.decide.legs import HOME, OUT
from transport_calc.batch.read.layout import column_role
from transport_calc.facts import FACTS
from transport_calc.law.schemes import Outcome
from transport_calc.municipalities import municipality
from transport_calc.parameters import MILEAGE_LOW, THRESHOLDS
from transport_calc.wording import has_text
from transport_calc.wording.decision_schema import GROUNDS

MOST_REMEMBERED = 4_096
"""Texts whose answer is kept; they are asked about again in every block."""

UNKNOWN = "unknown"
NO_GROUND = "none"
OPEN_QUESTION = "open_question:"

VISIT_WARNINGS = (
    *(f"{code}:{leg}" for code in ("missing_leg", "several_legs") for leg in (OUT, HOME)),
    "legs_overlap",
    "mixed_means",
    "several_days",
    *(f"sum_incomplete:{fact}" for fact in (*COSTS, EXTRA)),
)
"""What can be said about the receipts of an attendance."""

_AMOUNTS = (*THRESHOLDS, MILEAGE_LOW)
_WARNING = re.compile(rf"(?:{'|'.join(_AMOUNTS)})_(?:own|inferred|of_[0-9]{{4}})")


@lru_cache(MOST_REMEMBERED)
def known_code(dimension: str, value: str | date | None) -> str:
    """The key under which a value of `dimension` is counted: itself, `YYYY-MM` for a month, `unknown` for the rest.
    An attendance without a ground has the ground `none`."""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if dimension == "ground" and value == "":
        return NO_GROUND
    return value if value and _KNOWN[dimension](value) else UNKNOWN


def known_fact(name: str) -> bool:
    """Can something be asked for under this name: a fact or a dated amount?"""
    return name in FACTS or name in _AMOUNTS


def known_fault(code: str, column: str) -> tuple[str, str]:
    """A fault by its code and the fact of its column, whatever the file calls it; empty for a column of its own."""
    return code if has_text(f"fault.{code}", "da") else UNKNOWN, column_role(column)


@lru_cache(MOST_REMEMBERED)
def known_warning(code: str) -> bool:
    """Is this a warning about the amounts or the law used, or about the receipts of an attendance?"""
    if code in VISIT_WARNINGS:
        return True
    if code.startswith(OPEN_QUESTION):
        return has_text(f"reason.{code.removeprefix(OPEN_QUESTION)}", "da")
    return _WARNING.fullmatch(code) is not None


@cache
def _municipality(slug: str) -> bool:
    return municipality(slug) is not None


_KNOWN: dict[str, Callable[[str], bool]] = {
    "outcome": lambda value: value in get_args(Outcome),
    "ground": lambda value: all(each in GROUNDS for each in value.split(";")),
    "municipality": _municipality,
    "means": lambda value: value in FACTS["means"].choices,
    "purpose": lambda value: value in FACTS["purpose"].choices,
    "month": lambda value: False,
}
