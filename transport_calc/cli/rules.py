"""`rules`: the law made visible: every provision, one provision whole, the law as decision tables."""

from __future__ import annotations

import json
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Literal, NoReturn

import typer

from transport_calc.cli.rules_export import add_export
from transport_calc.cli.shared import EXIT_UNUSABLE, Lang, print_faults
from transport_calc.facts import FACTS, Purpose
from transport_calc.faults import Fault, safe
from transport_calc.intake.text import Unreadable, parse_fact
from transport_calc.law.orders import FIRST_DAY
from transport_calc.law_catalogue import provisions
from transport_calc.law_table import PURPOSES, Question, decision_table, every_table

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Format = Literal["text", "json"]
"""The forms provisions can be shown in."""

TableFormat = Literal["markdown", "csv"]
"""The forms a decision table can be shown in."""

On = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help="The day whose rules are shown; today if not given.")
]
AsFormat = Annotated[Format, typer.Option("--format", help="How to show it.")]


@app.callback(invoke_without_command=True)
def rules(context: typer.Context, date: On = None, format: AsFormat = "text", lang: Lang = "da") -> None:
    """List every provision with citation, dates and wording; `show` one, or print the law as a `table`."""
    if context.invoked_subcommand is not None:
        return
    on = _day(date, lang)
    from transport_calc.wording.rules_view import list_json, list_text

    if format == "json":
        _print_json(list_json(provisions(), on, lang))
    else:
        print(list_text(provisions(), on, lang), end="")


@app.command("show")
def show(
    provision: Annotated[str, typer.Argument(metavar="ID", help="The id of a provision, as `rules` lists it.")],
    date: On = None,
    format: AsFormat = "text",
    lang: Lang = "da",
) -> None:
    """Show one provision: wording, citation in every order, the facts it reads, the cases that apply it."""
    on = _day(date, lang)
    by_id = {rule.id: rule for rule in provisions()}
    if provision not in by_id:
        nearest = get_close_matches(provision, by_id, n=1, cutoff=0.5)
        _refuse(Fault("unknown_provision", "ID", safe(provision), {"nearest": nearest[0] if nearest else ""}), lang)
    from transport_calc.built_in_cases import cases_by_provision
    from transport_calc.wording.rules_view import show_json, show_text

    cases = cases_by_provision().get(provision, ())
    if format == "json":
        _print_json(show_json(by_id[provision], on, cases))
    else:
        print(show_text(by_id[provision], on, cases, lang), end="")


@app.command("table")
def table(
    purpose: Annotated[
        Purpose | None,
        typer.Argument(metavar="[PURPOSE]", help=f"One of {', '.join(PURPOSES)}; all of them if left out."),
    ] = None,
    question: Annotated[Question, typer.Option("--question", help="Which question of the law.")] = "right",
    date: On = None,
    format: Annotated[TableFormat, typer.Option("--format", help="How to show it.")] = "markdown",
    lang: Lang = "da",
) -> None:
    """Print the law as a complete decision table: one row for each way the facts can fall out."""
    on = _day(date, lang)
    from transport_calc.wording.table_view import as_csv, markdown

    tables = every_table(question, on) if purpose is None else (decision_table(question, purpose, on),)
    if format == "csv":
        print(as_csv(tables, lang), end="")
    else:
        print("\n".join(markdown(each, lang) for each in tables), end="")


def _day(written: str | None, lang: str) -> date:
    """The day given, today if none; ends with exit status 2 where it is no date or has no law."""
    if written is None:
        return date.today()
    try:
        day = parse_fact(FACTS["trip_date"], written)
    except Unreadable as unreadable:
        _refuse(Fault(unreadable.code, "--date", safe(written), unreadable.slots), lang)
    if not isinstance(day, date):
        return date.today()
    if day < FIRST_DAY:
        _refuse(Fault("date_without_law", "--date", safe(written), {"first": FIRST_DAY.isoformat()}), lang)
    return day


def _refuse(fault: Fault, lang: str) -> NoReturn:
    print_faults([fault], lang, options=False)
    raise typer.Exit(EXIT_UNUSABLE)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


add_export(app)
