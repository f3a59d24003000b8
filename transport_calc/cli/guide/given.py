"""The case to begin with, which may still lack what `check` requires."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from transport_calc.cli.shared import read_input
from transport_calc.contradictions import contradictions
from transport_calc.facts import FACTS
from transport_calc.faults import InvalidInput
from transport_calc.interview import Turn
from transport_calc.law.orders import FIRST_DAY

_STAND_INS: dict[str, Any] = {"purpose": "rehabilitation", "trip_date": FIRST_DAY}


def given(source: str | None, lang: str) -> tuple[Turn, ...]:
    """The facts of the case to begin with; unlike for `check`, the required ones may be missing too."""
    if source is None:
        return ()
    import json

    from transport_calc.intake.json_case import case_from_json, case_from_object

    said = read_input(source, lang)
    stood_in: set[str] = set()
    try:
        case = case_from_json(said)
    except InvalidInput as invalid:
        stood_in = {fault.field for fault in invalid.faults if fault.code == "missing_fact"}
        if not stood_in:
            raise
        found = json.loads(said, parse_float=Decimal, parse_int=_whole)
        try:
            case = case_from_object({**found, **{name: _STAND_INS[name] for name in stood_in}})
        except InvalidInput as rest:
            raise InvalidInput(rest.faults) from None
    faults = contradictions(case)
    if faults:
        raise InvalidInput(faults)
    values = {name: getattr(case, name) for name in FACTS if name not in stood_in}
    return tuple(Turn(name, value) for name, value in values.items() if value is not None)


def _whole(digits: str) -> int | Decimal:
    # Python refuses thousands of digits, which would hide that the number is too large for a fact.
    return int(digits) if len(digits) <= 20 else Decimal(digits)
