"""`check`: one case from options or from a JSON file, one decision out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from transport_calc.chain import decide
from transport_calc.cli.fact_options import with_fact_options
from transport_calc.cli.shared import (
    EXIT_UNUSABLE,
    Data,
    Lang,
    UseAmountsOf,
    print_faults,
    read_input,
    user_data,
)
from transport_calc.contradictions import contradictions
from transport_calc.facts import FACTS, Case
from transport_calc.faults import Fault, InvalidInput, masked, safe
from transport_calc.intake.options import case_from_texts
from transport_calc.intake.text import Unreadable, parse_fact
from transport_calc.parameters import BadDataFile, Parameters

if TYPE_CHECKING:
    from transport_calc.decision import Decision
    from transport_calc.what_if import Flip, OtherDay

Format = Literal["text", "json", "markdown"]
"""The forms a decision can be shown in."""


def app_for(arguments: Sequence[str] | None = None) -> typer.Typer:
    """The command, with the options that these arguments need (all of them if the arguments are not known)."""
    made = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    made.command("check")(with_fact_options(check, arguments))
    return made


def check(
    *,
    facts: dict[str, Any],
    input: Annotated[
        str | None, typer.Option("--input", metavar="FILE", help="A case as JSON; `-` reads standard input.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to show the decision.")] = "text",
    what_if: Annotated[
        bool,
        typer.Option(
            "--what-if", help="Also show which single fact, if it were otherwise, would change it; JSON always does."
        ),
    ] = False,
    compare: Annotated[
        str | None,
        typer.Option("--compare", metavar="DATE,DATE", help="Also show the same facts on other days of the trip."),
    ] = None,
    use_amounts_of: UseAmountsOf = None,
    data: Data = None,
    lang: Lang = "da",
) -> None:
    """Decide one case: the right, the kroner, the offer, the reasons, the complaint.

    Purpose defaults to rehabilitation and the date to today. A fact that is not given is unknown.
    Exit status: 0 decided, 2 unusable facts, 3 cannot be decided yet.
    """
    try:
        case, days = _asked(facts, input, compare, lang)
        amounts = Parameters(user_data=user_data(data), use_amounts_of=use_amounts_of)
        decision = decide(case, parameters=amounts, use_amounts_of=use_amounts_of)
        others = _on_other_days(case, days, amounts)
    except BadDataFile as bad:
        _show_faults([Fault("bad_data_file", "--data", masked(str(bad)))], format, lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except InvalidInput as invalid:
        _show_faults(invalid.faults, format, lang, options=input is None)
        raise typer.Exit(EXIT_UNUSABLE) from None
    if format == "json":
        _show_json(decision, others, lang)
    else:
        _show(decision, format, lang, _flips(decision) if what_if else None, others)
    raise typer.Exit(decision.exit_status)


def _asked(facts: dict[str, Any], source: str | None, compare: str | None, lang: str) -> tuple[Case, list[date]]:
    """The case and the days to compare it with; raises `InvalidInput` with the faults of both."""
    days, faults = _days(compare) if compare is not None else ([], [])
    try:
        case = _case(facts, source, lang)
    except InvalidInput as invalid:
        raise InvalidInput(invalid.faults + faults) from None
    if faults:
        raise InvalidInput(contradictions(case) + faults)
    return case, days


def _days(compare: str) -> tuple[list[date], list[Fault]]:
    days: list[date] = []
    faults = []
    for written in compare.split(","):
        try:
            day = parse_fact(FACTS["trip_date"], written)
        except Unreadable as unreadable:
            faults.append(Fault(unreadable.code, "--compare", safe(written), unreadable.slots))
            continue
        if isinstance(day, date):
            days.append(day)
        else:
            faults.append(Fault("not_a_date", "--compare", safe(written)))
    return days, faults


def _on_other_days(case: Case, days: list[date], amounts: Parameters) -> tuple[OtherDay, ...]:
    if not days:
        return ()
    # Only who asks for other days, or for other facts below, pays for them.
    from transport_calc.what_if import on_other_days

    return on_other_days(case, days, parameters=amounts)


def _flips(decision: Decision) -> tuple[Flip, ...]:
    from transport_calc.what_if import flips

    return flips(decision)


def _case(facts: dict[str, Any], source: str | None, lang: str) -> Case:
    if source is not None:
        if facts:
            raise InvalidInput([Fault("facts_twice", name) for name in facts])
        from transport_calc.intake.json_case import case_from_json

        return case_from_json(read_input(source, lang))
    texts = {name: _as_text(value) for name, value in facts.items()}
    texts.setdefault("purpose", "rehabilitation")
    texts.setdefault("trip_date", date.today().isoformat())
    return case_from_texts(texts)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _show_json(decision: Decision, others: tuple[OtherDay, ...], lang: str) -> None:
    from transport_calc.wording.json_view import as_json

    shown = as_json(decision, lang)
    if others:
        from transport_calc.wording.what_if_view import compare_json

        shown["compare"] = compare_json(others)
    _print_json(shown)


def _show(
    decision: Decision, format: Format, lang: str, flips: tuple[Flip, ...] | None, others: tuple[OtherDay, ...]
) -> None:
    """Show the decision, then what was asked for besides: what would change it, and the same facts on other days."""
    _show_decision(decision, format, lang)
    if flips is None and not others:
        return
    from transport_calc.wording import what_if_view as view

    in_markdown = format == "markdown"
    if flips is not None:
        print("\n" + (view.flips_markdown if in_markdown else view.flips_text)(flips, decision, lang), end="")
    if others:
        print("\n" + (view.compare_markdown if in_markdown else view.compare_text)(others, lang), end="")


def _show_decision(decision: Decision, format: Format, lang: str) -> None:
    if format == "markdown":
        print(decision.as_markdown(lang), end="")
    elif sys.stdout.isatty():
        from transport_calc.wording.terminal import show

        show(decision, lang)
    else:
        print(decision.as_text(lang), end="")


def _show_faults(faults: list[Fault], format: Format, lang: str, *, options: bool) -> None:
    print_faults(faults, lang, options=options)
    if format == "json":
        from transport_calc.wording.fault_view import invalid_as_json

        _print_json(invalid_as_json(faults, lang))


def _print_json(value: dict[str, Any]) -> None:
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))
