"""The section of the report about the two limits: the minimum amount and the distance."""

from __future__ import annotations

from html import escape

from transport_calc.batch.count.bins import DISTANCE, MARGIN, Bins
from transport_calc.batch.count.tally import Tally
from transport_calc.batch.report.charts import Column, Label, columns, tick_values
from transport_calc.batch.report.markup import Head, paragraph, table
from transport_calc.batch.report.words import LIMIT_KM, counted
from transport_calc.wording import text
from transport_calc.wording.numbers import thousands

_COARSE_KM = 5
_NEAR_KM = 10


def limits(tally: Tally, lang: str) -> str:
    """How the costs lie around the minimum amount, and the distances around the limit; empty if there is no
    attendance."""
    if not tally.all().attendances:
        return ""
    return f"{_margin(tally, lang)}{_distance(tally, lang)}"


def _margin(tally: Tally, lang: str) -> str:
    title = text("report.margin", lang)
    heading = f'<h3 id="margin">{escape(title)}</h3>\n'
    if not tally.margins:
        return heading + paragraph(text("report.no_data", lang))
    counts = [(at, tally.margins[at]) for at in range(MARGIN.first, MARGIN.last + 1)]
    above = sum(count for at, count in counts if at >= 0)
    slots = _slots(above, tally.margins.total(), tally.margins[-1] + tally.margins[0], lang)
    chart = _histogram(
        "margin-chart",
        title,
        text("report.margin_desc", lang, **slots),
        counts,
        [
            *(Label(at - MARGIN.first, str(at * 10).replace("-", "−")) for at in range(-10, MARGIN.last, 5)),
            Label(MARGIN.last - MARGIN.first + 0.5, f"{MARGIN.last * 10}+"),
        ],
        Label(-MARGIN.first, text("report.margin_mark", lang)),
        lang,
    )
    shown = _table("margin-table", title, text("report.margin_column", lang), counts, MARGIN, "kr.", lang)
    note = paragraph(text("report.margin_note", lang, **slots))
    return f"{heading}{note}{_figure(chart, text('report.margin_axis', lang))}{shown}"


def _distance(tally: Tally, lang: str) -> str:
    title = text("report.distance", lang, limit=LIMIT_KM)
    heading = f'<h3 id="distance">{escape(title)}</h3>\n'
    if not tally.distances:
        return heading + paragraph(text("report.no_data", lang))
    known = tally.distances
    above = sum(count for at, count in known.items() if at >= LIMIT_KM)
    slots = _slots(above, known.total(), known[LIMIT_KM - 1] + known[LIMIT_KM], lang)
    coarse = [
        (at, sum(known[fine] for fine in range(at, at + _COARSE_KM)))
        for at in range(DISTANCE.first, DISTANCE.last, _COARSE_KM)
    ]
    coarse.append((DISTANCE.last, known[DISTANCE.last]))
    fine = [(at, known[at]) for at in range(LIMIT_KM - _NEAR_KM, LIMIT_KM + _NEAR_KM)]
    coarse_labels = [Label(at / _COARSE_KM, str(at)) for at in range(0, DISTANCE.last, 25)]
    coarse_labels.append(Label(DISTANCE.last / _COARSE_KM + 0.5, f"{DISTANCE.last}+"))
    first = LIMIT_KM - _NEAR_KM
    fine_labels = [Label(at - first, str(at)) for at in range(first, LIMIT_KM + _NEAR_KM + 1, 5)]
    charts = "".join(
        _figure(
            _histogram(
                name,
                heading_of,
                text("report.distance_desc", lang, limit=LIMIT_KM, width=width, **slots),
                counts,
                labels,
                Label((LIMIT_KM - counts[0][0]) / width, text("report.distance_mark", lang, limit=LIMIT_KM)),
                lang,
                limit=LIMIT_KM,
            ),
            text("report.distance_axis", lang),
        )
        for name, heading_of, counts, width, labels in (
            ("distance-chart", title, coarse, _COARSE_KM, coarse_labels),
            ("near-chart", text("report.distance_near", lang, limit=LIMIT_KM), fine, 1, fine_labels),
        )
        if any(count for _, count in counts)
    )
    shown = _table("distance-table", title, text("report.distance_column", lang), _rows(tally), DISTANCE, "km", lang)
    note = paragraph(text("report.distance_note", lang, limit=LIMIT_KM, **slots))
    return f'{heading}{note}<div class="pair">{charts}</div>{shown}'


def _rows(tally: Tally) -> list[tuple[int, int]]:
    return [(at, tally.distances[at]) for at in range(DISTANCE.first, DISTANCE.last + 1) if tally.distances[at]]


def _slots(above: int, known: int, near: int, lang: str) -> dict[str, str]:
    return {
        "above": thousands(above, lang),
        "below": thousands(known - above, lang),
        "known": counted("attendances", known, lang),
        "near": counted("attendances", near, lang),
    }


def _histogram(
    name: str,
    title: str,
    description: str,
    counts: list[tuple[int, int]],
    labels: list[Label],
    mark: Label,
    lang: str,
    *,
    limit: int = 0,
) -> str:
    highest = max(count for _, count in counts)
    size = 1_000 if highest >= 10_000 else 1
    unit = "thousand_attendances" if size > 1 else "attendances"
    ticks = [(value * size, thousands(value, lang)) for value in tick_values(-(-highest // size))]
    return columns(
        name,
        title,
        description,
        [Column(count, at >= limit) for at, count in counts],
        labels,
        ticks=ticks,
        unit=text(f"report.unit_{unit}", lang),
        mark=mark,
    )


def _figure(chart: str, below: str) -> str:
    return f"<figure>{chart}<figcaption>{escape(below)}</figcaption></figure>"


def _table(name: str, title: str, first: str, counts: list[tuple[int, int]], bins: Bins, unit: str, lang: str) -> str:
    heads = [Head(first), Head(text("report.column_attendances", lang), is_number=True)]
    rows = [(_bin_name(bins, at, unit, lang), thousands(count, lang)) for at, count in counts if count]
    shown = table(name, title, heads, rows, below_its_name=True)
    return f"<details><summary>{escape(text('report.figures', lang))}: {escape(title)}</summary>{shown}</details>\n"


def _bin_name(bins: Bins, at: int, unit: str, lang: str) -> str:
    over, up_to = bins.bounds(at)
    scale = 100 if unit == "kr." else 1_000
    shown = [
        f"{thousands(bound // scale, lang).replace('-', '−')} {unit}" for bound in (over, up_to) if bound is not None
    ]
    if over is None:
        return text("report.bin_up_to", lang, up_to=shown[0])
    if up_to is None:
        return text("report.bin_over", lang, over=shown[0])
    return text("report.bin", lang, over=shown[0], up_to=shown[1])
