"""The document as plain text, laid out for 80 columns; no colour, so that it can be piped and pasted."""

from __future__ import annotations

from transport_calc.wording.document import Document, Row, Section

WIDTH = 79
INDENT = "  "
_MARK = 5
_LABEL = 12
_AMOUNT = 11
_CITATION = 14


_STAYS_WITH_NEXT = ("§", "§§", "stk.", "nr.", "kap.", "BEK", "LBK", "(§", "(§§")
_STAYS_WITH_PREVIOUS = ("kr.", "km", "kr.,", "km,", "kr.)", "kr.;")


def wrap(said: str, width: int) -> list[str]:
    """Lines of at most `width`, never broken inside a citation, a date or an amount; a longer word stands alone."""
    lines: list[str] = []
    for piece in _pieces(said):
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += " " + piece
        else:
            lines.append(piece)
    return lines


def _pieces(said: str) -> list[str]:
    """The words, with those that belong together joined."""
    pieces: list[str] = []
    joins = False
    for word in said.split():
        if pieces and (joins or word in _STAYS_WITH_PREVIOUS):
            pieces[-1] += " " + word
        else:
            pieces.append(word)
        joins = word in _STAYS_WITH_NEXT or (word[:-1].isdigit() and word.endswith("."))
    return pieces


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
