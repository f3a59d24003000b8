"""The first sections of the report: what came out, what is left to do, and the outcomes."""

from __future__ import annotations

from html import escape

from transport_calc.batch.count.known_codes import VISIT_WARNINGS
from transport_calc.batch.count.summary import UNDETERMINED, Summary
from transport_calc.batch.count.tally import Tally
from transport_calc.batch.report.basis import other_amounts_used
from transport_calc.batch.report.charts import Bar, bars
from transport_calc.batch.report.markup import Head, paragraph, table
from transport_calc.batch.report.words import counted, key_name, share
from transport_calc.wording import text
from transport_calc.wording.numbers import kroner, thousands

OUTCOMES = ("entitled", "below_minimum", "not_entitled", "discretionary", "undetermined")


def overview(tally: Tally, lang: str) -> str:
    """The sum, the rows, and what is left to do."""
    summary = tally.summary()
    figures = [
        ("payable", kroner(tally.all().payable_dkk, lang), "main"),
        ("decided", thousands(summary.decided, lang), ""),
        ("undetermined", thousands(summary.undetermined, lang), ""),
        ("rejected", thousands(summary.rejected, lang), ""),
    ]
    shown = "".join(
        f"<div{f' class={kind}' if kind else ''}><dt>{escape(text(f'report.{name}', lang))}</dt>"
        f"<dd>{escape(value)}</dd></div>"
        for name, value, kind in figures
    )
    return f'<dl class="figures">{shown}</dl>\n{_balance(summary, lang)}{_todo(tally, summary, lang)}'


def outcomes(tally: Tally, lang: str) -> str:
    """How many attendances had each outcome, as a chart and as a table; empty if there are none."""
    whole = tally.all()
    if not whole.attendances:
        return ""
    groups = [(outcome, tally.group("outcome", outcome)) for outcome in OUTCOMES]
    groups = [(outcome, group) for outcome, group in groups if group.attendances]
    chart = bars(
        "outcomes-chart",
        text("report.outcomes", lang),
        text("report.outcomes_desc", lang),
        [
            Bar(
                key_name("outcome", outcome, lang),
                group.attendances,
                f"{thousands(group.attendances, lang)} ({share(group.attendances, whole.attendances, lang)})",
            )
            for outcome, group in groups
        ],
    )
    heads = [
        Head(text("report.outcome", lang)),
        Head(text("report.column_attendances", lang), is_number=True),
        Head(text("report.column_rows", lang), is_number=True),
        Head(text("report.column_without", lang), is_number=True),
        Head(text("report.column_payable", lang), is_number=True),
    ]
    rows = [
        (
            key_name("outcome", outcome, lang),
            *_cells(group.attendances, group.rows, _without(outcome, tally), lang),
            kroner(group.payable_dkk, lang),
        )
        for outcome, group in groups
    ]
    without = sum(_without(outcome, tally) for outcome, _ in groups)
    total = (
        text("report.total", lang),
        *_cells(whole.attendances, whole.rows, without, lang),
        kroner(whole.payable_dkk, lang),
    )
    shown = table("outcomes-table", text("report.outcomes", lang), heads, rows, total, below_its_name=True)
    return f"<figure>{chart}</figure>{shown}"


def without_amount(tally: Tally) -> int:
    """Attendances with a right to an amount that is not known yet."""
    return tally.group("outcome", "entitled").without_amount


def _without(outcome: str, tally: Tally) -> int:
    # Of the others nobody expects an amount.
    return without_amount(tally) if outcome == "entitled" else 0


def _cells(attendances: int, rows: int, without: int, lang: str) -> tuple[str, str, str]:
    return thousands(attendances, lang), thousands(rows, lang), thousands(without, lang)


def _balance(summary: Summary, lang: str) -> str:
    if not summary.rows_read:
        return paragraph(text("report.nothing_read", lang))
    balance = text(
        "report.balance",
        lang,
        read=counted("rows", summary.rows_read, lang),
        decided=thousands(summary.decided, lang),
        undetermined=thousands(summary.undetermined, lang),
        rejected=thousands(summary.rejected, lang),
    )
    said = paragraph(balance)
    if summary.blank or summary.total_lines:
        skipped = {"blank": thousands(summary.blank, lang), "totals": thousands(summary.total_lines, lang)}
        said += paragraph(text("report.skipped", lang, **skipped), "muted")
    return said + paragraph(text("report.what_is_a_row", lang), "muted")


def _todo(tally: Tally, summary: Summary, lang: str) -> str:
    undetermined = tally.group("outcome", UNDETERMINED).attendances
    tasks = [
        ("rejected", "faults", counted("rows", summary.rejected, lang), summary.rejected),
        ("undetermined", "missing", counted("attendances", undetermined, lang), undetermined),
        ("amounts", "amounts", counted("attendances", without_amount(tally), lang), without_amount(tally)),
        ("duplicates", "duplicates", counted("attendances", tally.duplicates, lang), tally.duplicates),
        ("visits", "visits", "", sum(tally.warnings[code] for code in VISIT_WARNINGS)),
        ("stand_in", "basis", "", int(other_amounts_used(tally))),
    ]
    left = "".join(_task(name, place, how_many, lang) for name, place, how_many, count in tasks if count)
    heading = f"<h3>{escape(text('report.todo', lang))}</h3>\n"
    if left:
        return f'{heading}<ul class="todo">{left}</ul>'
    return paragraph(text("report.todo_nothing", lang), "done") if summary.rows_read else ""


def _task(name: str, place: str, how_many: str, lang: str) -> str:
    named = escape(text(f"report.todo_name.{name}", lang))
    how_many = f"{escape(how_many)}. " if how_many else ""
    return f'<li><b><a href="#{place}">{named}</a></b> {how_many}{escape(text(f"report.todo_{name}", lang))}</li>'
