"""The end: the decision, the command that gives it again, and the case to keep."""

from __future__ import annotations

import os
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import typer

from transport_calc.cli.guide.command_line import command_line
from transport_calc.cli.guide.desk import Desk
from transport_calc.cli.shared import EXIT_UNUSABLE, file_fault, print_faults
from transport_calc.decision import Decision
from transport_calc.facts import FACTS, REQUIRED
from transport_calc.interview import Interview
from transport_calc.wording import text
from transport_calc.wording.plain import INDENT
from transport_calc.wording.sentences import question


def close(interview: Interview, decision: Decision | None, desk: Desk, data: Path | None, *, asks: bool) -> None:
    """The decision as `check` prints it, and how to have it again; without a terminal, what is missing."""
    if decision is not None:
        if asks:
            print(file=sys.stderr)
        print(decision.as_text(desk.lang), end="", flush=True)
        missing = [question(fact, decision, desk.lang) for fact in decision.missing]
    else:
        desk.say("no_decision")
        missing = [text(f"guide.question.{fact}", desk.lang) for fact in REQUIRED if fact not in interview.answers]
    if asks and decision is not None:
        print(file=sys.stderr)
        desk.say("command")
        print(command_line(decision.case, desk, data, windows=os.name == "nt"), file=sys.stderr)
    elif missing and not asks:
        desk.say("missing")
        for each in missing:
            desk.print(each, indent=INDENT)


def show_case(interview: Interview, desk: Desk) -> None:
    """The case to keep, on the terminal."""
    desk.say("case")
    print(_as_json(interview), file=sys.stderr)


def save_case(interview: Interview, path: Path, desk: Desk) -> None:
    """The case to keep, in a file."""
    try:
        path.write_text(_as_json(interview) + "\n", "utf-8")
    except OSError as error:
        found = file_fault(error, str(path), "--save", desk.lang, code="unwritable_file")
        print_faults([found], desk.lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    desk.say("saved", file=path)


def _as_json(interview: Interview) -> str:
    """The case as JSON, as `--input` reads it; also half a case."""
    import json

    answers = interview.answers
    facts = {name: _literal(answers[name]) for name in FACTS if name in answers}
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _literal(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
