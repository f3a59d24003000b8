"""The document as plain text, laid out for 80 columns; no colour, so that it can be piped and pasted."""

from __future__ import annotations

import re
from textwrap import wrap as wrap_at_spaces

from transport_calc.wording.document import Document, Row, Section

WIDTH = 79
INDENT = "  "
_MARK = 5
_LABEL = 12
_AMOUNT = 11
_CITATION = 14


_BELONGS_TOGETHER = re.compile(r"(§|§§|stk\.|nr\.|kap\.|BEK|LBK|\d\.|\d) (?=[\w(])")


def wrap(said: str, width: int) -> list[str]:
    """Lines of at most `width`, never broken inside a citation, a date or an amount."""
    glued = _BELONGS_TOGETHER.sub("\\1\u00a0", said)
    return [line.replace("\u00a0", " ") for line in wrap_at_spaces(glued, width)]


def plain(document: Document) -> str:
    """The document as text, ending in a newline."""
    lines = wrap(document.title, WIDTH)
    for section in document.sections:
        lines += ["", *section_lines(section)]
    return "\n".join(lines) + "\n"


def section_lines(section: Section) -> list[str]:
    """A section's heading and rows as lines."""
    lines = [heading_line(section)]
    for row in section.rows:
        lines += row_lines(row)
    return lines


def row_lines(row: Row) -> list[str]:
    """A row as one or more lines; what is said wraps, amount and citation keep their columns."""
    if row.label:
        return _columns(f"{row.mark:<{_MARK}}{row.label:<{_LABEL}} ", row.said, "", row.citation)
    if row.mark:
        return _columns(f"{row.mark} ", row.said, "", "")
    if row.amount or row.citation:
        return _columns("", row.said, row.amount, row.citation)
    return [INDENT + line for line in wrap(row.said, WIDTH - len(INDENT))]


def _columns(start: str, said: str, amount: str, citation: str) -> list[str]:
    right = f"{citation:<{_CITATION}}" if citation else ""
    if amount or not start:
        right = f"{amount:>{_AMOUNT}}  {citation:<{_CITATION}}"
    room = WIDTH - len(INDENT) - len(start) - len(right) - 1
    first, *rest = wrap(said, room) or [""]
    lines = [f"{INDENT}{start}{first:<{room}} {right}".rstrip()]
    return lines + [f"{INDENT}{' ' * len(start)}{line}" for line in rest]


def heading_line(section: Section) -> str:
    """A section's heading, with what stands at its right end in the citation column."""
    if not section.right:
        return section.heading
    return f"{section.heading:<{WIDTH - _CITATION}}{section.right}"
