"""One option per fact, made from the facts themselves."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import typer

from transport_calc.cli.shared import option_name
from transport_calc.facts import FACTS, FactInfo

_TEXT = str | None
_YES_NO = bool | None


def with_fact_options(command: Callable[..., None], arguments: Sequence[str] | None) -> Callable[..., None]:
    """`command` with an option per fact in front of its own; it gets the facts that were given as `facts`.

    `arguments` are the command's arguments, if they are known already: then only the options named among them are
    made, because making all of them takes a seventh of a `check`. With `--help`, or an option that is nobody's,
    all are made, so that help and messages are complete.
    """
    own = [each for each in inspect.signature(command, eval_str=True).parameters.values() if each.name != "facts"]
    own_names = {name for each in own for name in each.annotation.__metadata__[0].param_decls}
    parameters = [_parameter(info) for info in _needed(arguments, own_names)] + own

    def run(**values: Any) -> None:
        facts = {name: values.pop(name) for name in FACTS if name in values}
        command(facts={name: value for name, value in facts.items() if value is not None}, **values)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _names(info: FactInfo) -> tuple[str, ...]:
    plain = f"--{info.name.replace('_', '-')}"
    if info.kind == "bool":
        return plain, f"--no-{plain[2:]}"
    short = option_name(info.name)
    return (plain,) if short == plain else (short, plain)


def _needed(arguments: Sequence[str] | None, own_names: set[str]) -> Iterable[FactInfo]:
    if arguments is None:
        return FACTS.values()
    fact_of = {name: info for info in FACTS.values() for name in _names(info)}
    given = {argument.partition("=")[0] for argument in arguments if argument.startswith("--")}
    if given - fact_of.keys() - own_names:
        return FACTS.values()
    named = {fact_of[name].name for name in given & fact_of.keys()}
    return [info for info in FACTS.values() if info.name in named]


def _parameter(info: FactInfo) -> inspect.Parameter:
    help_text = info.meaning + (f" [{info.unit}]" if info.unit else "")
    names = _names(info)
    if info.kind == "bool":
        option = typer.Option(None, "/".join(names), help=help_text, show_default=False)
        return inspect.Parameter(info.name, inspect.Parameter.KEYWORD_ONLY, default=option, annotation=_YES_NO)
    metavar = "|".join(info.choices) if info.choices else info.kind.upper()
    option = typer.Option(None, *names, help=help_text, metavar=metavar, show_default=False)
    return inspect.Parameter(info.name, inspect.Parameter.KEYWORD_ONLY, default=option, annotation=_TEXT)
