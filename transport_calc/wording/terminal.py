"""The document on a terminal: the same lines as the plain text, with colour where it helps the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from transport_calc.wording.document import document
from transport_calc.wording.plain import WIDTH, heading_line, row_lines, wrap

if TYPE_CHECKING:
    from transport_calc.decision import Decision

_STYLES = {"good": "green", "bad": "red", "open": "yellow", "plain": ""}


def show(decision: Decision, lang: str) -> None:
    """Print the decision in colour."""
    console = Console(highlight=False, soft_wrap=True)
    shown = document(decision, lang)
    for line in wrap(shown.title, WIDTH):
        console.print(Text(line, style=f"bold {_STYLES[shown.tone]}"))
    for section in shown.sections:
        console.print()
        console.print(Text(heading_line(section), style="bold"))
        for row in section.rows:
            for line in row_lines(row):
                console.print(Text(line, style=_STYLES[row.tone]))
