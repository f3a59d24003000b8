"""The document as Markdown: tables for grounds and money, paragraphs for the rest."""

from __future__ import annotations

from transport_calc.wording.document import Document, Row, Section


def markdown(document: Document) -> str:
    """The document as Markdown, ending in a newline."""
    parts = [f"# {document.title}"]
    for section in document.sections:
        heading = f"## {section.heading}" + (f" ({section.right})" if section.right else "")
        parts += [heading, _body(section)]
    return "\n\n".join(parts) + "\n"


def _body(section: Section) -> str:
    if any(row.label for row in section.rows):
        return _table([(row.mark, row.label, row.said, row.citation) for row in section.rows])
    if any(row.amount for row in section.rows):
        return _table([(row.said, row.amount, row.citation) for row in section.rows], money=True)
    if any(row.mark for row in section.rows):
        return "\n".join(f"- {_cell(row.said)}" for row in section.rows)
    return "\n\n".join(_paragraph(row) for row in section.rows)


def _table(rows: list[tuple[str, ...]], *, money: bool = False) -> str:
    columns = len(rows[0])
    rule = ["---"] * columns
    if money:
        rule[1] = "---:"
    lines = ["|" + " |" * columns, "|" + "|".join(rule) + "|"]
    return "\n".join(lines + ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows])


def _paragraph(row: Row) -> str:
    return _cell(row.said) + (f" ({row.citation})" if row.citation else "")


def _cell(said: str) -> str:
    return said.replace("|", "\\|").replace("<", "&lt;")
