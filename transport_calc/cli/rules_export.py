"""`rules export`: the whole law for other programs: one SQL query, or its decision tables as CSV or Markdown."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from transport_calc.cli.shared import EXIT_UNUSABLE, Data, Lang, UseAmountsOf, file_fault, print_faults, user_data

Target = Literal["sql", "csv", "md"]
"""What the law can be exported to."""

DialectName = Literal["duckdb", "postgres", "sqlite", "spark", "tsql"]
"""The dialects of `transport_calc.sql`, named here so that `--help` does not load the law."""


def add_export(app: typer.Typer) -> None:
    """Add the sub-command `export` to `rules`."""
    app.command("export")(export)


def export(
    to: Annotated[Target, typer.Option("--to", help="SQL query, or decision tables of today's rules.")] = "sql",
    dialect: Annotated[DialectName, typer.Option("--dialect", help="For --to sql: the database.")] = "duckdb",
    output: Annotated[Path | None, typer.Option("--output", help="File to write; standard output if none.")] = None,
    data: Data = None,
    use_amounts_of: UseAmountsOf = None,
    lang: Lang = "da",
) -> None:
    """Write the law as one SQL query over a table of facts, or as decision tables in CSV or Markdown."""
    written = _sql(dialect, data, use_amounts_of) if to == "sql" else _tables(to, lang)
    if output is None or str(output) == "-":
        sys.stdout.write(written)
        return
    try:
        output.write_text(written, encoding="utf-8", newline="\n")
    except OSError as error:
        print_faults([file_fault(error, str(output), "--output", lang)], lang, options=True)
        raise typer.Exit(EXIT_UNUSABLE) from None


def _sql(dialect: str, data: Path | None, use_amounts_of: int | None) -> str:
    from transport_calc.parameters import Parameters
    from transport_calc.sql import export as exported

    return exported(dialect, parameters=Parameters(user_data=user_data(data), use_amounts_of=use_amounts_of))


def _tables(to: Target, lang: str) -> str:
    """CSV is one table, so it holds the question of right; Markdown holds every question."""
    from transport_calc.law_table import Question, every_table
    from transport_calc.wording.table_view import as_csv, markdown

    today = date.today()
    if to == "csv":
        return as_csv(every_table("right", today), lang)
    questions: tuple[Question, ...] = get_args(Question)
    return "\n".join(markdown(table, lang) for question in questions for table in every_table(question, today))
