"""The provisions for the eye, at 80 columns: all of them in short, and one of them whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from transport_calc.engine.provision import Provision, Version
from transport_calc.law.orders import FIRST_DAY
from transport_calc.law_catalogue import Read, Reading, citation_on, reading, standings
from transport_calc.wording import LANGUAGES, text
from transport_calc.wording.fact_words import law_fact_name, number_name
from transport_calc.wording.numbers import long_date, short_date
from transport_calc.wording.plain import INDENT, WIDTH, wrap

_LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}
_PERIOD = 26


def wording_of(rule: Provision[Any], lang: str) -> str:
    """What a provision says, in plain words."""
    return text(f"provision.{rule.id}", lang)


def list_text(rules: Sequence[Provision[Any]], on: date, lang: str) -> str:
    """Every provision: id and citation on the day, the days in force, what it says."""
    lines = wrap(text("rules.heading", lang, count=len(rules), date=long_date(on, lang)), WIDTH)
    lines += wrap(text("rules.since_first_order", lang, first=long_date(FIRST_DAY, lang)), WIDTH)
    for rule in rules:
        periods = "; ".join(_period(each.since, each.until, lang) for each in rule.versions)
        cited = citation_on(rule, on) or text("rules.not_in_force", lang)
        lines += ["", *_two_ends(rule.id, cited), INDENT + text("rules.in_force", lang, period=periods)]
        lines += _indented(wording_of(rule, lang), INDENT)
    return "\n".join(lines) + "\n"


def list_json(rules: Sequence[Provision[Any]], on: date, lang: str) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [
        {
            "id": rule.id,
            "citation": citation_on(rule, on),
            "in_force": [_days(each.since, each.until) for each in rule.versions],
            "wording": wording_of(rule, lang),
        }
        for rule in rules
    ]


def show_text(rule: Provision[Any], on: date, cases: Sequence[str], lang: str) -> str:
    """One provision: both languages, every version with its citations and what it reads, the cases that apply it."""
    lines = [rule.id]
    for each in LANGUAGES:
        lines += ["", _LANGUAGE_NAMES[each], *_indented(wording_of(rule, each), INDENT)]
    for version in rule.versions:
        lines += ["", text("rules.in_force", lang, period=_period(version.since, version.until, lang))]
        for stood in standings(version):
            lines.append(f"{INDENT}{_period(stood.since, stood.until, lang):<{_PERIOD}}{stood.citation}")
        lines += _reading_lines(reading(rule, version, on), lang)
    lines += ["", text("rules.cases", lang, count=len(cases))]
    lines += _indented(", ".join(cases) if cases else text("rules.no_cases", lang), INDENT)
    return "\n".join(lines) + "\n"


def show_json(rule: Provision[Any], on: date, cases: Sequence[str]) -> dict[str, Any]:
    """The same as plain values; what is read under the names the law knows it by."""
    return {
        "id": rule.id,
        "wording": {lang: wording_of(rule, lang) for lang in LANGUAGES},
        "versions": [_version_json(rule, version, on) for version in rule.versions],
        "cases": list(cases),
    }


def _version_json(rule: Provision[Any], version: Version, on: date) -> dict[str, Any]:
    found = reading(rule, version, on)
    return {
        **_days(version.since, version.until),
        "citations": [{"citation": each.citation, **_days(each.since, each.until)} for each in standings(version)],
        "reads": [_read_json(each) for each in found.own],
        "reads_through": {name: [_read_json(each) for each in reads] for name, reads in found.through},
    }


def _read_json(read: Read) -> dict[str, Any]:
    return {"fact": read.fact, "compares": list(read.compared)}


def _days(since: date, until: date | None) -> dict[str, str | None]:
    return {"from": since.isoformat(), "to": until.isoformat() if until else None}


def _reading_lines(found: Reading, lang: str) -> list[str]:
    lines = [INDENT + text("rules.reads", lang, date=short_date(found.on, lang))]
    groups = [(text("rules.read_itself", lang), found.own)]
    groups += [(text("rules.read_through", lang, provision=name), reads) for name, reads in found.through if reads]
    for who, reads in groups:
        facts = ", ".join(_read_words(each, lang) for each in reads) or text("rules.reads_nothing", lang)
        lines += _indented(f"{who}: {facts}", INDENT * 2)
    return lines


def _read_words(read: Read, lang: str) -> str:
    name = law_fact_name(read.fact, lang)
    if not read.compared:
        return name
    one, other = (number_name(each, lang) for each in read.compared)
    return text("rules.compares", lang, name=name, one=one, other=other)


def _period(since: date, until: date | None, lang: str) -> str:
    first = short_date(since, lang)
    if until is None:
        return text("rules.from", lang, since=first)
    return text("rules.from_to", lang, since=first, until=short_date(until, lang))


def _two_ends(left: str, right: str) -> list[str]:
    """One line with both, or a line each where they are too long for one."""
    room = WIDTH - len(right)
    return [f"{left:<{room}}{right}"] if len(left) < room else [left, f"{right:>{WIDTH}}"]


def _indented(said: str, indent: str) -> list[str]:
    return [indent + line for line in wrap(said, WIDTH - len(indent))]
