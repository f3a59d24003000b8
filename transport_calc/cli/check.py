"""`check`: one case from options or from a JSON file, one decision out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from transport_calc.chain import decide
from transport_calc.cli.fact_options import with_fact_options
from transport_calc.cli.shared import (
    EXIT_UNUSABLE,
    Data,
    Lang,
    UseAmountsOf,
    file_fault,
    print_faults,
    user_data,
)
from transport_calc.facts import Case
from transport_calc.faults import Fault, InvalidInput, masked
from transport_calc.intake.options import case_from_texts
from transport_calc.parameters import BadDataFile

if TYPE_CHECKING:
    from transport_calc.decision import Decision

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
    use_amounts_of: UseAmountsOf = None,
    data: Data = None,
    lang: Lang = "da",
) -> None:
    """Decide one case: the right, the kroner, the offer, the reasons, the complaint.

    Purpose defaults to rehabilitation and the date to today. A fact that is not given is unknown.
    Exit status: 0 decided, 2 unusable facts, 3 cannot be decided yet.
    """
    try:
        case = _case(facts, input, lang)
        decision = decide(case, data=user_data(data), use_amounts_of=use_amounts_of)
    except BadDataFile as bad:
        _show_faults([Fault("bad_data_file", "--data", masked(str(bad)))], format, lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except InvalidInput as invalid:
        _show_faults(invalid.faults, format, lang, options=input is None)
        raise typer.Exit(EXIT_UNUSABLE) from None
    _show(decision, format, lang)
    raise typer.Exit(decision.exit_status)


def _case(facts: dict[str, Any], source: str | None, lang: str) -> Case:
    if source is not None:
        if facts:
            raise InvalidInput([Fault("facts_twice", name) for name in facts])
        from transport_calc.intake.json_case import case_from_json

        return case_from_json(_read(source, lang))
    texts = {name: _as_text(value) for name, value in facts.items()}
    texts.setdefault("purpose", "rehabilitation")
    texts.setdefault("trip_date", date.today().isoformat())
    return case_from_texts(texts)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _read(source: str, lang: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput([file_fault(error, source, "--input", lang)]) from None
    except UnicodeDecodeError as error:
        slots = {"byte": f"0x{raw[error.start]:02X}", "offset": str(error.start)}
        raise InvalidInput([Fault("not_utf8", "--input", masked(source), slots)]) from None


def _show(decision: Decision, format: Format, lang: str) -> None:
    if format == "json":
        _print_json(decision.as_json(lang))
    elif format == "markdown":
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
