"""The codes and numbers of a tally as a person reads them, in Danish and English."""

from __future__ import annotations

from collections import defaultdict
from string import Formatter

from transport_calc.batch.count.known_codes import NO_GROUND, OPEN_QUESTION, UNKNOWN
from transport_calc.facts import FACTS
from transport_calc.municipalities import municipality
from transport_calc.wording import has_text, text, texts
from transport_calc.wording.fact_words import value_name
from transport_calc.wording.numbers import month_name, thousands
from transport_calc.wording.sentences import fact_name

LIMIT_KM = 50
"""What the report calls the limit of the distance. What decides is the amount of the law."""

_LEFT_OUT = "…"


def counted(what: str, how_many: int, lang: str) -> str:
    """So many `rows` or `attendances`."""
    return text(f"report.{what}.{'one' if how_many == 1 else 'many'}", lang, count=thousands(how_many, lang))


def share(part: int, whole: int, lang: str) -> str:
    """Per cent with one decimal."""
    per_mille = (2_000 * part + whole) // (2 * whole) if whole else 0
    return f"{per_mille // 10}{',' if lang == 'da' else '.'}{per_mille % 10} %"


def key_name(dimension: str, key: str, lang: str) -> str:
    """The value by which attendances were counted, as `transport_calc.batch.count.tally` keys it."""
    if key == UNKNOWN:
        return text("report.unknown", lang)
    if dimension == "outcome":
        return text(f"batch.outcome_{key}", lang)
    if dimension == "ground":
        return _grounds(key, lang)
    if dimension == "municipality":
        found = municipality(key)
        return found.name if found else text("report.unknown", lang)
    if dimension == "month":
        return f"{month_name(int(key[5:]), lang)} {key[:4]}"
    if has_text(f"report.{dimension}.{key}", lang):
        return text(f"report.{dimension}.{key}", lang)
    return _capital(value_name(dimension, key, lang))


def column_name(fact: str, lang: str) -> str:
    """The column of a fault; a dash for a fault of the whole row."""
    if not fact:
        return "-"
    return fact_name(fact, lang) if fact in FACTS else text(f"report.column.{fact}", lang)


def fault_name(code: str, lang: str) -> str:
    """What is wrong in rows with this fault, without what stood in any of them."""
    if has_text(f"report.fault.{code}", lang):
        return text(f"report.fault.{code}", lang)
    template = texts(lang).get(f"fault.{code}", "")
    if not template:
        return text("report.faults_others", lang)
    return _capital(_without_values(template.removeprefix("{field}: ")).removesuffix("."))


def remedy(code: str, fact: str, lang: str) -> str:
    """What to do about all rows with this fault."""
    if code == "unknown_choice" and fact in FACTS and FACTS[fact].choices:
        choices = FACTS[fact].choices
        return text("report.remedy_choices", lang, choices=", ".join(choices.values() if lang == "da" else choices))
    if has_text(f"report.remedy.{code}", lang):
        return text(f"report.remedy.{code}", lang)
    template = texts(lang).get(f"hint.{code}", "")
    has_values = any(slot is not None for _, slot, _, _ in Formatter().parse(template))
    return text("report.remedy_else", lang) if not template or has_values else template.format()


def question(fact: str, lang: str) -> str:
    """What to ask for, of a case of any year."""
    for key in (f"report.ask.{fact}", f"question.{fact}"):
        if has_text(key, lang):
            return text(key, lang)
    info = FACTS[fact]
    return text("question.other", lang, meaning=info.meaning_da if lang == "da" else info.meaning)


def warning(code: str, lang: str) -> str:
    """A reservation about the amounts or the law used."""
    if code.startswith(OPEN_QUESTION):
        return text(f"reason.{code.removeprefix(OPEN_QUESTION)}", lang)
    amount, _, kind = code.rpartition("_")
    if kind.isdigit():
        return text("report.warning.of_year", lang, amount=_amount(amount.removesuffix("_of"), lang), year=kind)
    return text(f"report.warning.{kind}", lang, amount=_amount(amount, lang))


def visit_warning(code: str, lang: str) -> str:
    """What is unusual about the receipts of an attendance: a code of `VISIT_WARNINGS`."""
    key = f"report.visit_warning.{code}"
    kind, _, fact = code.partition(":")
    return text(
        key if has_text(key, lang) else f"report.visit_warning.{kind}",
        lang,
        fact=_capital(fact_name(fact, lang)) if fact in FACTS else "",
    )


def _amount(name: str, lang: str) -> str:
    return _capital(text(f"parameter.{name}", lang))


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _grounds(key: str, lang: str) -> str:
    if key == NO_GROUND:
        return text("report.ground.none", lang)
    names = [text(f"ground.{each}", lang, limit=LIMIT_KM) for each in key.split(";")]
    *first, last = [names[0], *(name[:1].lower() + name[1:] for name in names[1:])]
    return text("report.and", lang, first=", ".join(first), last=last) if first else last


def _without_values(template: str) -> str:
    slots: defaultdict[str, str] = defaultdict(lambda: _LEFT_OUT)
    return template.format_map(slots)
