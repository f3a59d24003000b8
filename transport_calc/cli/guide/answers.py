"""Answers: what can be typed for a fact, what it means, and how a value is called."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from transport_calc.facts import FACTS, REQUIRED
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.intake.text import Unreadable, fold, parse_fact
from transport_calc.wording import has_text, text
from transport_calc.wording.fact_words import value_name
from transport_calc.wording.numbers import kilometres, kroner, short_date

UNKNOWN = ("", "ved_ikke", "ved_det_ikke", "ukendt", "don't_know", "dont_know", "unknown")
"""What can be typed for "not known", in either language, as `fold` spells it."""


def form_of(fact: str) -> str:
    """The code of how an answer is written, empty where a choice or a text needs no explanation."""
    info = FACTS[fact]
    if info.kind == "decimal":
        return "km" if info.unit == "km" else "kr"
    return info.kind if info.kind in ("date", "whole") else ""


def choices(fact: str, lang: str) -> dict[str, str | bool]:
    """The answers to choose among, by what a person calls them, in the order of their numbers."""
    info = FACTS[fact]
    values: tuple[str | bool, ...] = (True, False) if info.kind == "bool" else tuple(info.choices)
    return {_label(fact, value, lang): value for value in values}


def _label(fact: str, value: object, lang: str) -> str:
    own = f"guide.choice.{fact}.{value}"
    return text(own, lang) if has_text(own, lang) else value_name(fact, value, lang)


def shown(fact: str, value: object, lang: str) -> str:
    """An answer as a person reads it."""
    if value is None:
        return text("guide.unknown", lang)
    if isinstance(value, date):
        return short_date(value, lang)
    if isinstance(value, Decimal):
        return kilometres(value, lang) if form_of(fact) == "km" else kroner(value, lang)
    return safe(_label(fact, value, lang))


def value_of(fact: str, said: str, lang: str) -> object:
    """What was typed as a value of the fact, None for unknown. Raises `InvalidInput`."""
    if not said and fact == "trip_date":
        return date.today()
    if fold(said.replace("’", "'")) in UNKNOWN:
        if fact in REQUIRED:
            raise InvalidInput([Fault("missing_fact", fact)])
        return None
    offered = choices(fact, lang)
    number = number_of(said)
    if 1 <= number <= len(offered):
        said = list(offered)[number - 1]
    chosen = {fold(label): value for label, value in offered.items()}.get(fold(said), said)
    try:
        return chosen if isinstance(chosen, bool) else parse_fact(FACTS[fact], chosen)
    except Unreadable as unreadable:
        raise InvalidInput([Fault(unreadable.code, fact, safe(said), unreadable.slots)]) from None


def number_of(said: str) -> int:
    """The number of a choice as it was typed; 0 for anything else."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 2 else 0
