"""The command `transport-calc`: finds the command asked for and loads only that one."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any, TextIO

import typer
from typer.core import TyperGroup

from transport_calc.cli.shared import EXIT_INTERNAL
from transport_calc.faults import masked

COMMANDS = {
    "check": "transport_calc.cli.check",
    "guide": "transport_calc.cli.guide",
    "batch": "transport_calc.cli.batch",
    "thresholds": "transport_calc.cli.thresholds",
    "fare": "transport_calc.cli.fare",
    "schema": "transport_calc.cli.schema",
    "rules": "transport_calc.cli.rules",
    "selftest": "transport_calc.cli.selftest",
}
"""Each command with the module that makes it: its `app`, or `app_for` the arguments it was given."""


class LazyGroup(TyperGroup):
    """A group that imports a command's module when the command is used, so that `check` does not wait for `batch`."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    arguments: list[str] | None = None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        self.arguments = args[1:]
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name])
        made = module.app_for(self.arguments) if hasattr(module, "app_for") else module.app
        command = typer.main.get_command(made)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from transport_calc import __version__

        print(f"transport-calc {__version__}")
        raise typer.Exit()


@app.callback()
def transport_calc(
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", callback=_show_version, is_eager=True
    ),
) -> None:
    """Ret til befordring eller godtgørelse ved behandling og genoptræning: afgørelse, beløb, begrundelse.

    Decide the right to transport, or to money back, for treatment and rehabilitation in Denmark.
    """


class MaskedStream(io.TextIOBase):
    """Passes text on with anything like a CPR number hidden: also what others (the option parser) write."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(masked(text))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()


def main() -> None:
    """Run the command line. Text goes out as UTF-8 everywhere; an unexpected error ends with exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    sys.stderr = MaskedStream(sys.stderr)
    try:
        app(prog_name="transport-calc")
    except BrokenPipeError:
        # The reader of the pipe has had enough, as `head` does; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(EXIT_INTERNAL) from None
    except Exception as error:
        if os.environ.get("TRANSPORT_CALC_DEBUG"):
            raise
        # The message of an unexpected error may hold facts of a case, so only its kind is shown.
        print(
            f"intern fejl / internal error: {type(error).__name__} "
            "(TRANSPORT_CALC_DEBUG=1 viser detaljer / shows details)",
            file=sys.stderr,
        )
        raise SystemExit(EXIT_INTERNAL) from None
