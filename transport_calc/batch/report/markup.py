"""HTML of tables and paragraphs. Every text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple


class Head(NamedTuple):
    """The head of a column; numbers are set to the right, and neither they nor dates are broken over lines."""

    text: str
    is_number: bool = False
    is_date: bool = False


def paragraph(said: str, kind: str = "") -> str:
    """A paragraph, of the style class `kind`."""
    return f'<p class="{kind}">{escape(said)}</p>' if kind else f"<p>{escape(said)}</p>"


def table(
    name: str,
    caption: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] = (),
    *,
    below_its_name: bool = False,
) -> str:
    """A table whose first column names its rows.

    Where the screen is too narrow, a table of many columns becomes a list of its rows (the roles keep it a table for
    a screen reader), any other can be scrolled sideways. `below_its_name` hides a caption that the heading above says
    already; a screen reader still finds it.
    """
    wide = ' class="wide"' if len(heads) > 3 else ""
    hidden = ' class="unseen"' if below_its_name else ""
    head = "".join(f'<th scope="col" role="columnheader"{_kind(column)}>{escape(column.text)}</th>' for column in heads)
    body = "".join(_row(heads, row) for row in rows)
    foot = f'<tfoot role="rowgroup">{_row(heads, total)}</tfoot>' if total else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-caption">'
        f'<table id="{name}" role="table"{wide}><caption id="{name}-caption"{hidden}>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody>{foot}</table></div>\n'
    )


def _row(heads: Sequence[Head], cells: Sequence[str]) -> str:
    first, *others = zip(heads, cells, strict=True)
    named = f'<th scope="row" role="rowheader"{_kind(first[0])}>{escape(first[1])}</th>'
    said = "".join(
        f'<td role="cell" data-head="{escape(head.text)}"{_kind(head)}>{escape(cell)}</td>' for head, cell in others
    )
    return f'<tr role="row">{named}{said}</tr>'


def _kind(head: Head) -> str:
    if head.is_number:
        return ' class="n"'
    return ' class="d"' if head.is_date else ""
