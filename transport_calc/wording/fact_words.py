"""What the law reads, and the values it can have, in words: facts of a case, measures, what a claimant asserts."""

from __future__ import annotations

from transport_calc.facts import FACTS
from transport_calc.wording import text
from transport_calc.wording.sentences import fact_name


def law_fact_name(name: str, lang: str) -> str:
    """Anything the law reads, as a person calls it."""
    return fact_name(name, lang) if name in FACTS else text(f"lawfact.{name}", lang)


def number_name(name: str, lang: str) -> str:
    """A number that a measure compares."""
    return fact_name(name, lang) if name in FACTS else text(f"lawnumber.{name}", lang)


def value_name(name: str, value: object, lang: str) -> str:
    """A value of what the law reads: yes or no, or a choice by its Danish name, in English by its code in words."""
    if isinstance(value, bool):
        return text("yes" if value else "no", lang)
    if lang == "da" and name in FACTS:
        return FACTS[name].choices.get(str(value), str(value))
    return str(value).replace("_", " ")
