"""Decision tables for the eye and for a spreadsheet: Markdown and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from transport_calc.law_table import Answer, DecisionTable, Row
from transport_calc.wording import has_text, text
from transport_calc.wording.fact_words import law_fact_name, value_name
from transport_calc.wording.numbers import long_date
from transport_calc.wording.sentences import whom

_WHY = ("table.why.", "companion.", "reason.")


def markdown(table: DecisionTable, lang: str) -> str:
    """One table under its heading, ending in a newline; a table without facts has its one answer."""
    header = [*_fact_names(table.columns, lang), *_answer_names(table, lang)]
    rows = [[*_tests(row, table.columns, lang), *_answer_cells(row, table, lang)] for row in table.rows]
    lines = [f"## {heading(table, lang)}", "", text("table.empty", lang), ""]
    lines += [_line(header), _line(["---"] * len(header)), *(_line(cells) for cells in rows)]
    return "\n".join(lines) + "\n"


def as_csv(tables: Sequence[DecisionTable], lang: str) -> str:
    """All tables as one, `;` between cells; it has every fact that occurs in any of them, after the purpose."""
    columns = tuple(dict.fromkeys(fact for table in tables for fact in table.columns))
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow(
        [text("table.purpose", lang), *_fact_names(_without_purpose(columns), lang), *_answer_names(tables[0], lang)]
    )
    for table in tables:
        for row in table.rows:
            tests = _tests(row, _without_purpose(columns), lang)
            writer.writerow([_purpose(table, row, lang), *tests, *_answer_cells(row, table, lang)])
    return written.getvalue()


def heading(table: DecisionTable, lang: str) -> str:
    """What a table is about, and the day whose rules it shows."""
    purpose = value_name("purpose", table.purpose, lang) if table.purpose else ""
    return text(f"table.heading.{table.question}", lang, purpose=purpose, date=long_date(table.on, lang))


def status_words(answer: Answer, lang: str) -> str:
    """The result in words with its code."""
    key = f"table.status.{answer.status}"
    said = text(f"{key}.in_kind" if answer.in_kind else key, lang)
    return text("table.coded", lang, said=said, code=answer.status)


def reason_words(answer: Answer, lang: str) -> str:
    """Why, in a sentence."""
    prefix = next((each for each in _WHY if has_text(each + answer.reason, lang)), _WHY[-1])
    return text(prefix + answer.reason, lang)


def _without_purpose(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fact for fact in columns if fact != "purpose")


def _purpose(table: DecisionTable, row: Row, lang: str) -> str:
    if table.purpose:
        return value_name("purpose", table.purpose, lang)
    return _values("purpose", dict(row.path).get("purpose", ()), lang)


def _fact_names(columns: tuple[str, ...], lang: str) -> list[str]:
    return [law_fact_name(fact, lang) for fact in columns]


def _tests(row: Row, columns: tuple[str, ...], lang: str) -> list[str]:
    tested = dict(row.path)
    return [_values(fact, tested.get(fact, ()), lang) for fact in columns]


def _values(fact: str, values: tuple[object, ...], lang: str) -> str:
    return " / ".join(value_name(fact, value, lang) for value in values)


def _answer_names(table: DecisionTable, lang: str) -> list[str]:
    return [text(f"table.{part}", lang) for part in _parts(table)]


def _answer_cells(row: Row, table: DecisionTable, lang: str) -> list[str]:
    found = row.answer
    cells: dict[str, Any] = {
        "status": status_words(found, lang),
        "reason": reason_words(found, lang),
        "minimum_class": _coded(whom(found.minimum_class, lang), found.minimum_class, lang),
        "paid_as_to": _paid_as_to(found, lang),
        "legal_basis": row.legal_basis,
        "citations": "; ".join(row.citations),
    }
    return [cells[part] for part in _parts(table)]


def _parts(table: DecisionTable) -> tuple[str, ...]:
    if table.question == "cost":
        return ("status", "reason", "citations")
    if table.question == "companion":
        return ("status", "reason", "minimum_class", "citations")
    return ("status", "reason", "minimum_class", "paid_as_to", "legal_basis", "citations")


def _paid_as_to(found: Answer, lang: str) -> str:
    if found.status != "right" or found.in_kind:
        return ""
    return _coded(text(f"table.paid_as_to.{found.paid_as_to}", lang), found.paid_as_to, lang)


def _coded(said: str, code: str, lang: str) -> str:
    return text("table.coded", lang, said=said, code=code) if code else ""


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
