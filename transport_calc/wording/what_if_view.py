"""What would change a decision, and the same facts on other days: as sections, tables and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from transport_calc.facts import FACTS
from transport_calc.law.orders import FIRST_DAY
from transport_calc.wording import has_text, text
from transport_calc.wording.document import Row, Section
from transport_calc.wording.fact_words import value_name
from transport_calc.wording.numbers import kilometres, kroner, long_date, short_date
from transport_calc.wording.plain import section_lines
from transport_calc.wording.sentences import fact_name, order_name

if TYPE_CHECKING:
    from transport_calc.decision import Decision
    from transport_calc.what_if import Flip, OtherDay

COMPARED = ("date", "order", "minimum", "outcome", "payable")
"""The columns of a comparison of days."""

# --- what would change the decision -----------------------------------------------------------------------------------


def flips_text(flips: Iterable[Flip], decision: Decision, lang: str) -> str:
    """The changes as a section of plain text."""
    rows = [Row(flip_sentence(flip, decision, lang), mark="-") for flip in flips]
    return "\n".join(section_lines(Section(text("what_if.heading", lang), tuple(rows or [_nothing(lang)])))) + "\n"


def flips_markdown(flips: Iterable[Flip], decision: Decision, lang: str) -> str:
    """The changes as a section of Markdown."""
    lines = [f"- {flip_sentence(flip, decision, lang)}" for flip in flips]
    return "\n".join([f"## {text('what_if.heading', lang)}", "", *(lines or [_nothing(lang).said])]) + "\n"


def _nothing(lang: str) -> Row:
    return Row(text("what_if.nothing", lang))


def flip_sentence(flip: Flip, decision: Decision, lang: str) -> str:
    """One change in words: the fact, both values and the result."""
    key = f"what_if.fact.{flip.fact}"
    name = text(key, lang) if has_text(key, lang) else fact_name(flip.fact, lang)
    in_words = FACTS[flip.fact].kind in ("bool", "choice")
    return text(
        "what_if.flip_word" if in_words else "what_if.flip",
        lang,
        fact=f"{name[0].upper()}{name[1:]}",
        before=_value(flip.fact, flip.before, lang),
        after=_value(flip.fact, flip.after, lang),
        result=_result(flip, decision, lang),
    )


def _value(fact: str, value: object, lang: str) -> str:
    if isinstance(value, Decimal):
        return kilometres(value, lang) if fact.endswith("_km") else kroner(value, lang)
    if isinstance(value, date):
        return long_date(value, lang)
    return value_name(fact, value, lang)


def _result(flip: Flip, decision: Decision, lang: str) -> str:
    if flip.outcome != "entitled":
        result = text(f"what_if.{flip.outcome}", lang)
    elif flip.payable_dkk is None:
        result = text("what_if.entitled_unknown", lang)
    elif flip.payable_dkk == 0:
        result = text("what_if.entitled_nothing", lang)
    else:
        result = text("what_if.entitled", lang, amount=kroner(flip.payable_dkk, lang))
    if flip.outcome != "entitled" or flip.companion_payable_dkk == decision.amount.companion_payable_dkk:
        return result
    if flip.companion_payable_dkk is None:
        return text("what_if.companion_unknown", lang, result=result)
    return text("what_if.companion", lang, result=result, amount=kroner(flip.companion_payable_dkk, lang))


# --- the same facts on other days -------------------------------------------------------------------------------------


class DayRow(NamedTuple):
    """One day of a comparison in words."""

    date: str
    order: str
    minimum: str
    outcome: str
    payable: str


def compare_text(days: Iterable[OtherDay], lang: str) -> str:
    """The comparison as lines of at most 80 columns, amounts to the right."""
    rows = [_head(lang), *(_day_row(each, lang) for each in days)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COMPARED))]
    lines = [text("compare.heading", lang)]
    for row in rows:
        cells = [
            f"{cell:>{width}}" if name in ("minimum", "payable") else f"{cell:<{width}}"
            for name, cell, width in zip(COMPARED, row, widths, strict=True)
        ]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def compare_markdown(days: Iterable[OtherDay], lang: str) -> str:
    """The comparison as a Markdown section with a table."""
    rows = [f"| {' | '.join(row)} |" for row in (_head(lang), *(_day_row(each, lang) for each in days))]
    rule = "|---|---|---:|---|---:|"
    return "\n".join([f"## {text('compare.heading', lang)}", "", rows[0], rule, *rows[1:]]) + "\n"


def compare_json(days: Iterable[OtherDay]) -> list[dict[str, str | None]]:
    """The comparison as JSON; before the first order everything but the day is null."""
    return [
        {
            "trip_date": day.isoformat(),
            "order": (order_name(found) or None) if found else None,
            "minimum_dkk": _kr(found.amount.minimum_dkk) if found else None,
            "outcome": found.outcome if found else None,
            "payable_dkk": _kr(found.amount.payable_dkk) if found else None,
        }
        for day, found in days
    ]


def _head(lang: str) -> DayRow:
    return DayRow(*(text(f"compare.{column}", lang) for column in COMPARED))


def _day_row(other: OtherDay, lang: str) -> DayRow:
    none, unknown = text("compare.none", lang), text("compare.unknown", lang)
    day, found = short_date(other.day, lang), other.decision
    if found is None:
        unknown_law = "before_first_order" if other.day < FIRST_DAY else "after_known_law"
        return DayRow(day, none, none, text(f"compare.{unknown_law}", lang), none)
    money = found.amount
    minimum = kroner(money.minimum_dkk, lang) if money.minimum_dkk is not None else none
    if money.minimum_dkk is None and money.minimum_class:
        minimum = unknown
    payable = kroner(money.payable_dkk, lang) if money.payable_dkk is not None else unknown
    return DayRow(day, order_name(found) or none, minimum, text(f"compare.{found.outcome}", lang), payable)


def _kr(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
