"""The section of the report about the kroner: per month, and by ground, municipality, means and purpose."""

from __future__ import annotations

from html import escape

from transport_calc.batch.count.known_codes import UNKNOWN
from transport_calc.batch.count.tally import Group, Tally
from transport_calc.batch.report.charts import Bar, Column, Label, bars, columns, tick_values
from transport_calc.batch.report.markup import Head, table
from transport_calc.batch.report.words import key_name
from transport_calc.wording import text
from transport_calc.wording.numbers import kroner, thousands

MOST_ROWS = 20
MOST_MONTHS = 36

Named = tuple[str, Group]


def payout(tally: Tally, lang: str) -> str:
    """What is paid, seen from every side from which it is counted; empty if there is no attendance."""
    if not tally.all().attendances:
        return ""
    tables = "".join(f"<div>{_by(tally, dimension, lang)}</div>" for dimension in ("municipality", "means", "purpose"))
    return f'{_over_time(tally, lang)}{_by_ground(tally, lang)}<div class="pair">{tables}</div>'


def _over_time(tally: Tally, lang: str) -> str:
    months = _months(tally)
    kind, spans = ("month", months) if len(months) <= MOST_MONTHS else ("year", _years(months))
    if not spans:
        return ""
    highest, group = max(spans, key=lambda span: span[1].payable_ore)
    slots = {"highest": _span_name(kind, highest, lang), "kroner": kroner(group.payable_dkk, lang)}
    title = text(f"report.by_{kind}", lang)
    unit, ticks = _kroner_ticks(group.payable_ore, lang)
    chart = columns(
        "months-chart",
        title,
        text(f"report.by_{kind}_desc", lang, **slots),
        [Column(group.payable_ore) for _, group in spans],
        _span_labels(kind, [span for span, _ in spans], lang),
        ticks=ticks,
        unit=unit,
    )
    rows = [(_span_name(kind, span, lang), group) for span, group in spans]
    shown = _table("months-table", title, text(f"report.{kind}", lang), rows, tally.all(), lang)
    return f'<h3>{escape(title)}</h3>\n<div class="pair"><figure>{chart}</figure>{shown}</div>'


def _by_ground(tally: Tally, lang: str) -> str:
    title = text("report.by_ground", lang)
    groups = _largest_first(tally, "ground", lang)
    chart = bars(
        "grounds-chart",
        title,
        text("report.by_ground_desc", lang),
        [Bar(name, group.payable_ore, kroner(group.payable_dkk, lang)) for name, group in groups if group.payable_ore],
    )
    shown = _table("grounds-table", title, text("report.ground", lang), groups, tally.all(), lang)
    figure = f"<figure>{chart}</figure>" if tally.all().payable_ore else ""
    return f'<h3>{escape(title)}</h3>\n<div class="pair">{figure}{shown}</div>'


def _by(tally: Tally, dimension: str, lang: str) -> str:
    title = text(f"report.by_{dimension}", lang)
    groups = _largest_first(tally, dimension, lang)
    rest = groups[MOST_ROWS:]
    if rest:
        others = Group()
        for _, group in rest:
            others = others.plus(group)
        groups = [*groups[:MOST_ROWS], (text("report.others", lang, count=len(rest)), others)]
    return (
        f"<h3>{escape(title)}</h3>\n"
        f"{_table(f'{dimension}-table', title, text(f'report.{dimension}', lang), groups, tally.all(), lang)}"
    )


def _table(name: str, caption: str, first: str, groups: list[Named], whole: Group, lang: str) -> str:
    heads = [
        Head(first),
        Head(text("report.column_attendances", lang), is_number=True),
        Head(text("report.column_payable", lang), is_number=True),
    ]
    rows = [(named, thousands(group.attendances, lang), kroner(group.payable_dkk, lang)) for named, group in groups]
    total = (text("report.total", lang), thousands(whole.attendances, lang), kroner(whole.payable_dkk, lang))
    return table(name, caption, heads, rows, total if len(rows) > 1 else (), below_its_name=True)


def _largest_first(tally: Tally, dimension: str, lang: str) -> list[Named]:
    groups = sorted(tally.groups[dimension].items(), key=lambda item: (-item[1].payable_ore, item[0]))
    return [(key_name(dimension, key, lang), group) for key, group in groups]


def _months(tally: Tally) -> list[Named]:
    """Every month from the first to the last, also those in which nobody travelled."""
    known = sorted(set(tally.groups["month"]) - {UNKNOWN})
    if not known:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (known[0], known[-1]))
    months = [f"{at // 12}-{at % 12 + 1:02}" for at in range(first, last + 1)]
    return [(month, tally.group("month", month)) for month in months]


def _years(months: list[Named]) -> list[Named]:
    years: dict[str, Group] = {}
    for month, group in months:
        years[month[:4]] = years.get(month[:4], Group()).plus(group)
    return list(years.items())


def _span_name(kind: str, span: str, lang: str) -> str:
    return key_name("month", span, lang) if kind == "month" else span


def _span_labels(kind: str, spans: list[str], lang: str) -> list[Label]:
    """Names of the months or years as far as there is room."""
    every = max(1, -(-len(spans) // 12))
    labels: list[Label] = []
    for at in range(0, len(spans), every):
        span = spans[at]
        short = key_name("month", span, lang)[:3] if kind == "month" else span
        labels.append(Label(at + 0.5, short, is_spare=len(labels) % 2 == 1 and len(spans) > 6))
    return labels


def _kroner_ticks(highest_ore: int, lang: str) -> tuple[str, list[tuple[int, str]]]:
    highest = -(-highest_ore // 100)
    name, size = "kr", 1
    if highest >= 10_000_000:
        name, size = "million_kr", 1_000_000
    elif highest >= 10_000:
        name, size = "thousand_kr", 1_000
    ticks = tick_values(-(-highest // size))
    return text(f"report.unit_{name}", lang), [(value * size * 100, thousands(value, lang)) for value in ticks]
