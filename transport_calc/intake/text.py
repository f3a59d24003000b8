"""Text to fact: what a person wrote in an option or a cell, read strictly and never guessed.

A reading that could mean two things is refused with both meanings (`1.234`), and a day and a month are never swapped.
Empty text is a fact that is not given, which is unknown: never false, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from transport_calc.facts import FACTS, FactInfo, Kind
from transport_calc.faults import Fault, safe

MOST_INTEGER_DIGITS = 9
"""More digits than this before the decimal mark is a slip of the keyboard, not a distance or an amount."""

_OERE = 2
_METRES = 3

# Patterns are texts, compiled by `re` when first needed: most runs need one or two of them.
_UNITS = {"kr.": "kr.", "kr": "kr.", "dkk": "kr.", "km": "km"}
_COMMA = r"([0-9]+),([0-9]+)"
_GROUPED = r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)|([1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})"
_POINT = r"([0-9]+)\.([0-9]+)"
_WHOLE = r"([-−]?)([0-9]+)"
_DAY_FIRST = r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})"
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_GAPS = r"[-\s_]+"

_YES = {"ja", "j", "true", "sand", "1", "yes", "y"}
_NO = {"nej", "n", "false", "falsk", "0", "no"}


class Unreadable(Exception):
    """Text that has no single reading as this fact; `code` and `slots` are those of the `Fault` it becomes."""

    def __init__(self, code: str, slots: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.slots = dict(slots or {})


def read_texts(texts: Mapping[str, str]) -> tuple[dict[str, object], list[Fault]]:
    """Every fact that could be read, by its public name, and one fault for each that could not."""
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for name, text in texts.items():
        if name not in FACTS:
            faults.append(unknown_fact(name))
            continue
        try:
            value = parse_fact(FACTS[name], text)
        except Unreadable as unreadable:
            faults.append(Fault(unreadable.code, name, safe(text), unreadable.slots))
            continue
        if value is not None:
            values[name] = value
    return values, faults


def parse_fact(info: FactInfo, text: str) -> object:
    """`text` as a value of the fact `info`; `None` if it is blank. Raises `Unreadable`."""
    # str.strip also removes the no-break spaces (U+00A0, U+202F) that spreadsheets put around numbers.
    stripped = text.strip()
    return _PARSERS[info.kind](info, stripped) if stripped else None


def unknown_fact(name: str) -> Fault:
    """The fault for a name that is no fact; it always names the nearest one."""
    return Fault("unknown_fact", safe(name), slots={"nearest": nearest_fact(name, cutoff=0.0)})


def nearest_fact(name: str, cutoff: float) -> str:
    """The public name of the fact whose public or Danish name resembles `name` most; empty below `cutoff`."""
    words = {fold(word): info.name for info in FACTS.values() for word in (info.name, info.danish)}
    return _nearest(name, words, cutoff)


# A file has few distinct words and many rows, so the same word is folded over and over.
@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` as names are compared: without case, æøå written out, and space, `-` and `_` taken for the same."""
    import unicodedata

    composed = unicodedata.normalize("NFC", text).casefold().strip()
    return re.sub(_GAPS, "_", composed.replace("æ", "ae").replace("ø", "oe").replace("å", "aa"))


def slug(text: str) -> str:
    """The name of a municipality as its code: `Brønderslev Kommune` is `broenderslev`."""
    return fold(text).removesuffix("_kommune")


def check_number(info: FactInfo, value: Decimal) -> Decimal:
    """`value`, if it is a possible amount, distance or count. Raises `Unreadable`; `value` must be finite."""
    if info.minimum is not None and (value.is_signed() or value < info.minimum):
        raise Unreadable("below_minimum_value", {"minimum": str(info.minimum)})
    if value and value.adjusted() >= MOST_INTEGER_DIGITS:
        raise Unreadable("too_large", {"digits": str(MOST_INTEGER_DIGITS)})
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "a number that is not finite must be refused before this"
    if -exponent > decimals_allowed(info):
        raise Unreadable("too_many_decimals", {"allowed": str(decimals_allowed(info))})
    return Decimal(int(value)) if exponent > 0 else value


def decimals_allowed(info: FactInfo) -> int:
    """Digits after the decimal mark: kroner end at the øre, kilometres at the metre."""
    return _OERE if _is_money(info) else _METRES


def iso_date(text: str) -> date:
    """The date written as yyyy-mm-dd, and nothing else. Raises `Unreadable`."""
    match = re.fullmatch(_ISO, text)
    if match is None:
        raise Unreadable("not_a_date")
    return _existing_date(*match.groups())


def unknown_choice(info: FactInfo, text: str) -> Unreadable:
    """The refusal of a value that is none of the fact's choices, with what it resembles."""
    nearest = _nearest_choice(info.name, text)
    danish = ", ".join(name if name == code else f"{name} ({code})" for code, name in info.choices.items())
    return Unreadable("unknown_choice", {"choices": ", ".join(info.choices), "danish": danish, "nearest": nearest})


def _decimal(info: FactInfo, text: str) -> Decimal:
    number, unit = _split_unit(text)
    if unit and not info.unit.startswith(unit):
        raise Unreadable("wrong_unit", {"unit": info.unit})
    if _is_money(info) and number.endswith(",-"):
        # "1.234,-" has its decimal comma already, so its point can only separate thousands.
        number = number.removesuffix("-") + "00"
    if number.startswith(("-", "−")):
        return check_number(info, _unsigned(number[1:]).copy_negate())
    _refuse_two_readings(number)
    return check_number(info, _unsigned(number))


def _unsigned(text: str) -> Decimal:
    if text.isascii() and text.isdigit():
        return Decimal(text)
    if match := re.fullmatch(_COMMA, text):
        return Decimal(f"{match[1]}.{match[2]}")
    if match := re.fullmatch(_GROUPED, text):
        return Decimal((match[1] or match[3]).replace(".", "") + "." + (match[2] or ""))
    if re.fullmatch(_POINT, text):
        return Decimal(text)
    raise Unreadable("not_a_number")


def _refuse_two_readings(text: str) -> None:
    """`1.234` is a thousand and more to a Dane and a little over one to a computer; only `0.123` cannot be both."""
    match = re.fullmatch(_POINT, text) if "." in text else None
    if match is None:
        return
    whole, rest = match.groups()
    if len(whole) <= 3 and len(rest) == 3 and whole != "0":
        raise Unreadable("ambiguous_number", {"readings": f"{whole}{rest} / {whole},{rest}"})


def _split_unit(text: str) -> tuple[str, str]:
    if text[0].isdigit() and text[-1].isdigit():
        return text, ""
    for word, unit in _UNITS.items():
        if text[: len(word)].lower() == word:
            return text[len(word) :].lstrip(), unit
        if text[-len(word) :].lower() == word:
            return text[: -len(word)].rstrip(), unit
    return text, ""


def _is_money(info: FactInfo) -> bool:
    return info.unit.startswith("kr.")


def _whole(info: FactInfo, text: str) -> int:
    match = re.fullmatch(_WHOLE, text)
    if match is None:
        raise Unreadable("not_whole")
    count = Decimal(match[2])
    return int(check_number(info, count.copy_negate() if match[1] else count))


def _date(_info: FactInfo, text: str) -> date:
    match = re.fullmatch(_DAY_FIRST, text)
    if match is None:
        return iso_date(text)
    day, _, month, year = match.groups()
    if len(year) == 2:
        raise Unreadable("two_digit_year")
    return _existing_date(year, month, day)


def _existing_date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable("no_such_date") from None


def _bool(_info: FactInfo, text: str) -> bool:
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("not_yes_no")


def _choice(info: FactInfo, text: str) -> str | int:
    code = text if text in info.choices else _codes(info).get(fold(text))
    if code is None:
        raise unknown_choice(info, text)
    # The only codes written in digits are those of `insurance_group`, whose values are numbers.
    return int(code) if code.isdigit() else code


def _codes(info: FactInfo) -> dict[str, str]:
    return _codes_of(info.name)


@cache
def _codes_of(name: str) -> dict[str, str]:
    choices = FACTS[name].choices
    # Codes last: where a Danish name and a code are spelt alike, the code wins.
    return {fold(danish): code for code, danish in choices.items()} | {fold(code): code for code in choices}


def _nearest(word: str, known: Mapping[str, str], cutoff: float) -> str:
    # Only needed once something is wrong, and not worth its start-up time before that.
    from difflib import get_close_matches

    found = get_close_matches(fold(word)[:60], known, n=1, cutoff=cutoff)
    return known[found[0]] if found else ""


# The same slip is made row after row, and finding what it resembles takes longer than all the rest of its row.
@lru_cache(maxsize=256)
def _nearest_choice(fact: str, text: str) -> str:
    return _nearest(text, _codes_of(fact), 0.6)


def _slug(_info: FactInfo, text: str) -> str:
    return slug(text)


def _text(_info: FactInfo, text: str) -> str:
    return text


_PARSERS: dict[Kind, Callable[[FactInfo, str], object]] = {
    "text": _text,
    "slug": _slug,
    "date": _date,
    "bool": _bool,
    "whole": _whole,
    "decimal": _decimal,
    "choice": _choice,
}
