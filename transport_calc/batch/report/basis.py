"""The last section of the report: which rules and amounts the decisions rest on, and what was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from transport_calc.batch.count.known_codes import OPEN_QUESTION, UNKNOWN, VISIT_WARNINGS
from transport_calc.batch.count.summary_json import by_frequency
from transport_calc.batch.count.tally import Tally
from transport_calc.batch.report.markup import Head, paragraph, table
from transport_calc.batch.report.words import counted, key_name, warning
from transport_calc.law.orders import ORDERS
from transport_calc.parameters import MINIMUM_OTHER, MINIMUM_PENSIONER, Parameters
from transport_calc.wording import text
from transport_calc.wording.numbers import kroner, long_date, short_date


def basis(tally: Tally, lang: str, *, parameters: Parameters, law_digest: str, version: str) -> str:
    """The files, the time of the trips, the orders and minimum amounts of that time, and the digest of the law."""
    months = sorted(set(tally.groups["month"]) - {UNKNOWN})
    lines = [(text("report.inputs", lang), [*tally.inputs])] if tally.inputs else []
    if months:
        ends = [key_name("month", month, lang) for month in (months[0], months[-1])]
        said = text("report.period_from_to", lang, first=ends[0], last=ends[1]) if ends[0] != ends[1] else ends[0]
        lines.append((text("report.period", lang), [said]))
        lines.append((text("report.orders", lang), _orders(_first_day(months[0]), _last_day(months[-1]), lang)))
    reservations = [
        f"{warning(code, lang)} ({counted('attendances', count, lang)})"
        for code, count in by_frequency(tally.warnings)
        if code not in VISIT_WARNINGS
    ]
    lines += [(text("report.warnings", lang), reservations)] if reservations else []
    lines.append((text("report.law_digest", lang), [law_digest]))
    lines.append((text("report.version", lang), [f"transport_calc {version}"]))
    minimums = _minimums(_first_day(months[0]), _last_day(months[-1]), lang, parameters) if months else ""
    return f'<dl class="facts">{"".join(map(_line, lines))}</dl>\n{minimums}'


def other_amounts_used(tally: Tally) -> bool:
    """Was anything decided with amounts of another year, or with amounts of the user's own?"""
    about_amounts = tally.warnings.keys() - VISIT_WARNINGS
    return any(not code.startswith(OPEN_QUESTION) and not code.endswith("_inferred") for code in about_amounts)


def _line(line: tuple[str, Sequence[str]]) -> str:
    name, values = line
    return f"<dt>{escape(name)}</dt><dd>{'<br>'.join(map(escape, values))}</dd>"


def _orders(first: date, last: date, lang: str) -> list[str]:
    until = [order.since - timedelta(days=1) for order in ORDERS[1:]]
    said = []
    for order, end in zip(ORDERS, [*until, None], strict=True):
        if order.since <= last and (end is None or end >= first):
            key = "report.order_from" if end is None else "report.order_until"
            slots = {"order": order.name, "date": long_date(order.since, lang)}
            said.append(text(key, lang, **slots, end=long_date(end, lang) if end else ""))
    return said


def _minimums(first: date, last: date, lang: str, parameters: Parameters) -> str:
    others = {amount.start: amount for amount in parameters.series(MINIMUM_OTHER)}
    rows = []
    for pensioner in parameters.series(MINIMUM_PENSIONER):
        other = others.get(pensioner.start)
        if other is None or pensioner.start > last or (pensioner.end is not None and pensioner.end < first):
            continue
        end = short_date(pensioner.end, lang) if pensioner.end else text("report.open_end", lang)
        amounts = (kroner(pensioner.value, lang), kroner(other.value, lang))
        rows.append((short_date(pensioner.start, lang), end, *amounts, pensioner.source))
    unknown = [str(year) for year in range(first.year, last.year + 1) if not _known(year, parameters)]
    heads = [
        Head(text("report.from", lang), is_date=True),
        Head(text("report.to", lang), is_date=True),
        Head(text("report.pensioners", lang), is_number=True),
        Head(text("report.others_than_pensioners", lang), is_number=True),
        Head(text("report.source", lang)),
    ]
    known = table("minimums", text("report.minimums", lang), heads, rows) if rows else ""
    gap = paragraph(text("report.minimums_unknown", lang, years=", ".join(unknown))) if unknown else ""
    return known + gap


def _known(year: int, parameters: Parameters) -> bool:
    return any(
        amount.start.year <= year and (amount.end is None or year <= amount.end.year)
        for amount in parameters.series(MINIMUM_OTHER)
    )


def _first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
