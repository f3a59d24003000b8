"""HTML of tables and paragraphs. Every text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple


class Head(NamedTuple):
    """The head of a column; numbers are set to the right."""

    text: str
    is_number: bool = False


def paragraph(said: str, kind: str = "") -> str:
    """A paragraph, of the style class `kind`."""
    return f'<p class="{kind}">{escape(said)}</p>' if kind else f"<p>{escape(said)}</p>"


def table(
    name: str,
    caption: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] = (),
) -> str:
    """A table whose first column names its rows; it can be scrolled sideways where the screen is too narrow."""
    head = "".join(f'<th scope="col"{_kind(column)}>{escape(column.text)}</th>' for column in heads)
    body = "".join(_row(heads, row) for row in rows)
    foot = f"<tfoot>{_row(heads, total)}</tfoot>" if total else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-caption">'
        f'<table id="{name}"><caption id="{name}-caption">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table></div>\n"
    )


def _row(heads: Sequence[Head], cells: Sequence[str]) -> str:
    first, *others = zip(heads, cells, strict=True)
    named = f'<th scope="row"{_kind(first[0])}>{escape(first[1])}</th>'
    return f"<tr>{named}{''.join(f'<td{_kind(head)}>{escape(cell)}</td>' for head, cell in others)}</tr>"


def _kind(head: Head) -> str:
    return ' class="n"' if head.is_number else ""
