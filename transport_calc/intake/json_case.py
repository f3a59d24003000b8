"""A case from JSON: one object of facts, read exactly and strictly.

What JSON can say by itself is taken literally: `true` is yes, but neither `1` nor `"ja"`; a date is an ISO string;
`null` is unknown. pydantic checks types, choices and required facts on `Case` itself; numbers and dates are checked
here first, because pydantic would take `"1e3"`, `"1715558400"` as a date and `true` as insurance group 1.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from pydantic import TypeAdapter, ValidationError

from transport_calc.contradictions import contradictions
from transport_calc.facts import FACTS, REQUIRED, Case, FactInfo, Kind
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.intake.text import Unreadable, check_number, iso_date, slug, unknown_choice, unknown_fact
from transport_calc.law.orders import FIRST_DAY

_PLAIN_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LONGEST_INTEGER = 20

_WRONG_TYPE: dict[Kind, str] = {
    "text": "not_text",
    "slug": "not_text",
    "date": "not_a_date",
    "bool": "not_yes_no",
    "whole": "not_whole",
    "decimal": "not_a_number",
    "choice": "unknown_choice",
}


def case_from_json(text: str) -> Case:
    """The case that the JSON object in `text` describes. Raises `InvalidInput` with every fault found."""
    repeated: list[str] = []

    def keep_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        repeated.extend(name for name in dict.fromkeys(names) if names.count(name) > 1)
        return dict(pairs)

    try:
        found = json.loads(
            text.removeprefix("\ufeff"), parse_float=Decimal, parse_int=_integer, object_pairs_hook=keep_pairs
        )
    except json.JSONDecodeError as error:
        raise InvalidInput([_bad_json(error.lineno, error.colno)]) from None
    except RecursionError:
        raise InvalidInput([_bad_json(1, 1)]) from None
    if repeated:
        raise InvalidInput([Fault("duplicate_fact", safe(name)) for name in repeated])
    return case_from_object(found)


def case_from_object(found: object) -> Case:
    """The case that an object of facts, already parsed from JSON, describes. Raises `InvalidInput`.

    Dates and decimals may be given as `date` and `Decimal` as well; a `float` is refused, because it is not exact.
    """
    if not isinstance(found, Mapping):
        raise InvalidInput([Fault("not_an_object", "", _shown(found))])
    given = {str(name): value for name, value in found.items() if value is not None}
    literals: dict[str, object] = {}
    faults: dict[str, Fault] = {}
    for name, value in given.items():
        if name not in FACTS:
            faults[name] = unknown_fact(_shown(name))
            continue
        try:
            literals[name] = _literal(FACTS[name], value)
        except Unreadable as unreadable:
            faults[name] = Fault(unreadable.code, name, _shown(value), unreadable.slots)
    try:
        # Through JSON, because strict mode takes a mapping for a dataclass only there.
        case = _case_type().validate_json(json.dumps(literals), strict=True)
    except ValidationError as error:
        for name, fault in _faults_of(error).items():
            faults.setdefault(name, fault)
    if faults:
        unreadable_ones = [faults[name] for name in dict.fromkeys((*given, *REQUIRED)) if name in faults]
        raise InvalidInput(unreadable_ones + _contradictions_among({**literals}, faults))
    return case


def _contradictions_among(literals: dict[str, object], faults: Mapping[str, Fault]) -> list[Fault]:
    """The contradictions among the facts that could be read, so that they are shown together with the unreadable."""
    readable = {name: value for name, value in literals.items() if name not in faults}
    stand_ins = {"purpose": "rehabilitation", "trip_date": FIRST_DAY.isoformat()}
    try:
        case = _case_type().validate_json(json.dumps({**stand_ins, **readable}), strict=True)
    except ValidationError:
        return []
    return contradictions(case)


def _literal(info: FactInfo, value: object) -> object:
    """`value` as the JSON that stands for exactly this value; checks what pydantic would read too kindly."""
    if info.kind == "decimal":
        return format(check_number(info, _decimal(value)), "f")
    if info.kind == "whole":
        return _whole(info, value)
    if info.kind == "date":
        return _date(value).isoformat()
    if isinstance(value, str):
        if not _is_unicode(value):
            raise _refusal(info, value)
        return slug(value) if info.kind == "slug" else value
    if not isinstance(value, (bool, int)) or (info.kind == "choice" and isinstance(value, bool)):
        raise _refusal(info, value)
    return value


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool):
        raise Unreadable("not_a_number")
    if isinstance(value, float) and math.isfinite(value):
        raise Unreadable("inexact_number")
    if isinstance(value, str) and _PLAIN_DECIMAL.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) or (isinstance(value, Decimal) and value.is_finite()):
        return Decimal(value)
    raise Unreadable("not_a_number")


def _whole(info: FactInfo, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise Unreadable("not_whole")
    number = _decimal(value)
    if isinstance(value, Decimal) and number.adjusted() < _LONGEST_INTEGER:
        raise Unreadable("not_whole")
    return int(check_number(info, number))


def _date(value: object) -> date:
    if isinstance(value, str):
        return iso_date(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise Unreadable("not_a_date")


def _refusal(info: FactInfo, value: object) -> Unreadable:
    return unknown_choice(info, str(value)) if info.kind == "choice" else Unreadable(_WRONG_TYPE[info.kind])


def _faults_of(error: ValidationError) -> dict[str, Fault]:
    faults: dict[str, Fault] = {}
    for detail in error.errors(include_url=False, include_context=False):
        name = str(detail["loc"][0])
        if detail["type"] == "missing":
            faults[name] = Fault("missing_fact", name)
        else:
            refusal = _refusal(FACTS[name], detail["input"])
            faults[name] = Fault(refusal.code, name, _shown(detail["input"]), refusal.slots)
    return faults


def _integer(digits: str) -> int | Decimal:
    # Python refuses to convert thousands of digits to int, which would hide every other fault of the object.
    return int(digits) if len(digits) <= _LONGEST_INTEGER else Decimal(digits)


def _bad_json(line: int, column: int) -> Fault:
    return Fault("bad_json", "", slots={"line": str(line), "column": str(column)})


def _shown(value: object) -> str:
    text = str(value) if isinstance(value, (str, Decimal)) else json.dumps(value, ensure_ascii=False, default=str)
    return safe(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _case_type() -> TypeAdapter[Case]:
    return TypeAdapter(Case)
