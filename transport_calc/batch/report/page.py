"""The whole page: one file without script and without anything from outside, for a screen and for A4."""

from __future__ import annotations

from datetime import date
from html import escape

from transport_calc import __version__
from transport_calc.batch.count.tally import Tally
from transport_calc.batch.report.basis import basis
from transport_calc.batch.report.follow_up import follow_up
from transport_calc.batch.report.limits import limits
from transport_calc.batch.report.overview import outcomes, overview
from transport_calc.batch.report.payout import payout
from transport_calc.batch.report.style import css
from transport_calc.parameters import Parameters
from transport_calc.wording import text
from transport_calc.wording.numbers import long_date, thousands

# The page may load nothing, not even what a changed copy of it would ask for.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def report_html(
    tally: Tally,
    lang: str,
    *,
    generated_on: date,
    law_digest: str,
    version: str = __version__,
    parameters: Parameters | None = None,
) -> str:
    """The report of `tally` as one HTML page, the same for the same arguments.

    `parameters` are the amounts that were decided with. Raises `UnbalancedBatch` if rows were lost or counted twice.
    """
    known = parameters or Parameters()
    sections = [
        ("overview", overview(tally, lang)),
        ("follow_up", follow_up(tally, lang)),
        ("outcomes", outcomes(tally, lang)),
        ("payout", payout(tally, lang)),
        ("limits", limits(tally, lang)),
        ("basis", basis(tally, lang, parameters=known, law_digest=law_digest, version=version)),
    ]
    sections = [(name, content) for name, content in sections if content]
    title = text("report.title", lang, rows=thousands(tally.rows_read, lang))
    body = "".join(_section(name, content, lang) for name, content in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(title)}</title>\n<style>\n{css()}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{escape(text("report.skip", lang))}</a>\n'
        f"<header>\n<h1>{escape(text('report.heading', lang))}</h1>\n"
        f'<p class="muted">{escape(_made(tally, generated_on, lang))}</p>\n'
        f"{_contents([name for name, _ in sections], lang)}</header>\n"
        f'<main id="main">\n{body}</main>\n'
        f"<footer><p>{escape(text('report.private', lang))}</p></footer>\n</body>\n</html>\n"
    )


def _section(name: str, content: str, lang: str) -> str:
    heading = escape(text(f"report.{name}", lang))
    return (
        f'<section id="{name}" aria-labelledby="{name}-heading">\n'
        f'<h2 id="{name}-heading">{heading}</h2>\n{content}</section>\n'
    )


def _contents(names: list[str], lang: str) -> str:
    links = "".join(f'<li><a href="#{name}">{escape(text(f"report.{name}", lang))}</a></li>' for name in names)
    return f'<nav aria-label="{escape(text("report.contents", lang))}"><ul>{links}</ul></nav>\n'


def _made(tally: Tally, on: date, lang: str) -> str:
    if not tally.inputs:
        return text("report.made_without_files", lang, date=long_date(on, lang))
    files = tally.inputs[0] if len(tally.inputs) == 1 else text("report.files.many", lang, count=len(tally.inputs))
    return text("report.made", lang, date=long_date(on, lang), files=files)
