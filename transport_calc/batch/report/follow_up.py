"""The section of the report that a caseworker works through: errors, questions, amounts, visits, duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from transport_calc.batch.count.known_codes import VISIT_WARNINGS
from transport_calc.batch.count.summary_json import by_frequency
from transport_calc.batch.count.tally import Pair, Tally
from transport_calc.batch.report.markup import Head, paragraph, table
from transport_calc.batch.report.words import column_name, fault_name, question, remedy, visit_warning
from transport_calc.wording import text
from transport_calc.wording.numbers import thousands
from transport_calc.wording.sentences import fact_name

MOST_FAULTS = 20


def follow_up(tally: Tally, lang: str) -> str:
    """What to correct, what to ask for and what to look at; empty if there is nothing."""
    parts = [
        ("faults", _faults(tally, lang)),
        ("missing", _questions("missing", tally.missing, lang)),
        ("amounts", _questions("amounts", tally.missing_for_amount, lang)),
        ("visits", _visits(tally, lang)),
        ("duplicates", _duplicates(tally, lang)),
    ]
    return "".join(
        f'<h3 id="{name}">{escape(text(f"report.{name}", lang))}</h3>\n{part}' for name, part in parts if part
    )


def _faults(tally: Tally, lang: str) -> str:
    if not tally.faults:
        return ""
    heads = [
        Head(text("report.fault", lang)),
        Head(text("report.fault_column", lang)),
        Head(text("report.column_rows", lang), is_number=True),
        Head(text("report.remedy", lang)),
    ]
    frequent = by_frequency(tally.faults)
    rows = [
        (fault_name(code, lang), column_name(fact, lang), thousands(count, lang), remedy(code, fact, lang))
        for (code, fact), count in frequent[:MOST_FAULTS]
    ]
    rest = sum(count for _, count in frequent[MOST_FAULTS:])
    if rest:
        rows.append((text("report.faults_others", lang), "-", thousands(rest, lang), text("report.remedy_else", lang)))
    return table("faults-table", text("report.faults_note", lang), heads, rows)


def _questions(name: str, missing: Mapping[str, int], lang: str) -> str:
    if not missing:
        return ""
    heads = [
        Head(text("report.question", lang)),
        Head(text("report.fact", lang)),
        Head(text("report.column_attendances", lang), is_number=True),
    ]
    rows = [
        (question(fact, lang), fact_name(fact, lang), thousands(count, lang)) for fact, count in by_frequency(missing)
    ]
    return table(f"{name}-table", text(f"report.{name}_note", lang), heads, rows)


def _visits(tally: Tally, lang: str) -> str:
    found = [(code, count) for code, count in by_frequency(tally.warnings) if code in VISIT_WARNINGS]
    if not found:
        return ""
    heads = [
        Head(text("report.visit_warning", lang)),
        Head(text("report.column_attendances", lang), is_number=True),
    ]
    rows = [(visit_warning(code, lang), thousands(count, lang)) for code, count in found]
    return table("visits-table", text("report.visits_note", lang), heads, rows)


def _duplicates(tally: Tally, lang: str) -> str:
    if not tally.duplicates:
        return ""
    # Without thousands: a row is looked up by these digits.
    pairs = "".join(f"<li>{escape(_pair(pair, lang))}</li>" for pair in tally.pairs)
    shown = f'{paragraph(text("report.duplicates_note", lang))}<ul class="pairs">{pairs}</ul>'
    if tally.duplicates == len(tally.pairs):
        return shown
    slots = {"shown": thousands(len(tally.pairs), lang), "count": thousands(tally.duplicates, lang)}
    return shown + paragraph(text("report.duplicates_first", lang, **slots), "muted")


def _pair(pair: Pair, lang: str) -> str:
    key = "report.pair_of_files" if pair.earlier_file else "report.pair_in_file" if pair.file else "report.pair"
    return text(key, lang, **pair._asdict())
