"""`guide`: an interview in the terminal, one plain question at a time, until the case is settled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from transport_calc.cli.guide.conversation import converse
from transport_calc.cli.guide.desk import Desk
from transport_calc.cli.guide.ending import close, save_case, show_case
from transport_calc.cli.guide.given import given
from transport_calc.cli.shared import (
    EXIT_UNDETERMINED,
    EXIT_UNUSABLE,
    Data,
    Lang,
    UseAmountsOf,
    print_faults,
    user_data,
)
from transport_calc.faults import Fault, InvalidInput, masked
from transport_calc.interview import Interview
from transport_calc.parameters import BadDataFile, Parameters

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def guide(
    *,
    input: Annotated[
        str | None,
        typer.Option("--input", metavar="FILE", help="Begin with the facts of this JSON case; `-` is standard input."),
    ] = None,
    save: Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Write the case as JSON.")] = None,
    use_amounts_of: UseAmountsOf = None,
    data: Data = None,
    lang: Lang = "da",
) -> None:
    """Ask one question at a time, only what can still change the case, then decide as `check` does.

    Without a terminal nothing is asked: what is missing is named.
    Exit status: 0 decided, 2 unusable facts, 3 cannot be decided yet.
    """
    desk = Desk(lang, Parameters(user_data=user_data(data), use_amounts_of=use_amounts_of), use_amounts_of)
    asks = sys.stdin.isatty() and input != "-"
    try:
        interview = Interview(given(input, lang))
        if asks:
            # Reads every amount once, so that a broken file is named before the first question.
            desk.parameters.series("mileage_low")
            interview = converse(interview, desk)
        decision = desk.decide(interview)
    except BadDataFile as bad:
        print_faults([Fault("bad_data_file", "--data", masked(str(bad)))], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except InvalidInput as invalid:
        print_faults(invalid.faults, lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    close(interview, decision, desk, data, asks=asks)
    if save is not None:
        save_case(interview, save, desk)
    elif asks and decision is not None:
        show_case(interview, desk)
    complete = decision is not None and (asks or not decision.missing)
    raise typer.Exit(decision.exit_status if decision and complete else EXIT_UNDETERMINED)
