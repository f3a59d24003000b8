"""The `check` command that decides the same case in the same way."""

from __future__ import annotations

import shlex
from datetime import date
from decimal import Decimal
from pathlib import Path

from transport_calc.cli.guide.desk import Desk
from transport_calc.cli.shared import option_name
from transport_calc.facts import FACTS, Case
from transport_calc.wording.plain import INDENT, WIDTH


def command_line(case: Case, desk: Desk, data: Path | None, *, windows: bool) -> str:
    """The `check` that decides this case in the same way, quoted for a POSIX shell or for Windows."""
    options = [_option(name, getattr(case, name)) for name in FACTS if getattr(case, name) is not None]
    if desk.use_amounts_of is not None:
        options.append(("--use-amounts-of", str(desk.use_amounts_of)))
    if data is not None:
        options.append(("--data", str(data)))
    options.append(("--lang", desk.lang))
    quote = _windows_quoted if windows else shlex.quote
    words = [" ".join((option[0], *map(quote, option[1:]))) for option in options]
    if windows:
        return " ".join(("transport-calc check", *words))
    lines = ["transport-calc check"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) <= WIDTH - 2:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{INDENT}{INDENT}{word}")
    return " \\\n".join(lines)


def _option(name: str, value: object) -> tuple[str, ...]:
    option = option_name(name)
    if isinstance(value, bool):
        return (option if value else f"--no-{option[2:]}",)
    if isinstance(value, Decimal):
        # With a comma: `12.345` could be a thousand and is refused.
        return option, format(value, "f").replace(".", ",")
    return option, value.isoformat() if isinstance(value, date) else str(value)


def _windows_quoted(value: str) -> str:
    from subprocess import list2cmdline

    quoted = list2cmdline([value])
    harmless = all(each.isalnum() or each in "-_.,:/\\" for each in quoted)
    return quoted if harmless or quoted.startswith('"') else f'"{quoted}"'
