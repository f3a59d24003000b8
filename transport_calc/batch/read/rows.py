"""Lines to rows: every line of a file belongs to exactly one row, blank line or total, and none swallows another.

A quoted cell may span lines. It is believed only if the row then has exactly the columns of the header; otherwise
the quote is taken as a slip, the row is rejected at its own line, and reading resumes at the next.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from transport_calc.batch.read.cells import BadQuote, split_cells
from transport_calc.batch.read.decode import shown, stray_byte
from transport_calc.batch.read.layout import Layout, Lines

LONGEST_CELL = 100_000
"""Characters of a cell; more than that is damage, not an answer."""

LONGEST_ROW = 200
"""Lines that a quoted cell may span; looking further would read the whole file for one forgotten quote."""

_RAW_SHOWN = 1_000

_TOTAL = re.compile(r"(i\s+alt|sum|total)(\s*:|\s|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One receipt: the number of its first line, the line as it stands in the file, its cells, and how many lines."""

    number: int
    raw: str
    cells: tuple[str, ...]
    lines: int = field(default=1, compare=False)


@dataclass(frozen=True)
class BrokenRow:
    """A line that has no cells one could trust; `lines` is more than one if its cells were whole but far too long."""

    number: int
    raw: str
    code: str
    slots: dict[str, str] = field(default_factory=dict)
    lines: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Skipped:
    """A line that is no receipt: blank, or a total."""

    number: int
    kind: Literal["blank", "total"]


def read_rows(lines: Lines, layout: Layout) -> Iterator[Row | BrokenRow | Skipped]:
    """The rows of a file, one by one; `lines` stand after the header."""
    ahead: deque[tuple[int, str]] = deque()
    while True:
        first = ahead.popleft() if ahead else next(lines, None)
        if first is None:
            return
        yield _row(first, ahead, lines, layout)


def skipped_as(cells: tuple[str, ...], layout: Layout) -> Literal["blank", "total"] | None:
    """Why the line of `cells` is no receipt; `None` if it is one."""
    if not any(map(str.strip, cells)):
        return "blank"
    return "total" if _is_total(cells, layout) else None


def bounded(row: Row) -> Row | BrokenRow:
    """`row`, unless one of its cells is longer than `LONGEST_CELL`."""
    if max(map(len, row.cells)) <= LONGEST_CELL:
        return row
    raw = row.raw[:_RAW_SHOWN] + "…"
    return BrokenRow(row.number, raw, "too_long", {"limit": str(LONGEST_CELL)}, row.lines)


def _row(
    first: tuple[int, str], ahead: deque[tuple[int, str]], lines: Lines, layout: Layout
) -> Row | BrokenRow | Skipped:
    number, raw = first[0], first[1].rstrip("\r\n")
    if "\0" in raw:
        return BrokenRow(number, shown(raw), "nul_byte")
    if stray := stray_byte(raw):
        return BrokenRow(number, shown(raw), "undecodable_byte", {"byte": stray})
    try:
        cells = split_cells(raw, layout.delimiter)
    except BadQuote as bad:
        spanning = _spanning(first, ahead, lines, layout) if bad.code == "unclosed_quote" else None
        return spanning or BrokenRow(number, raw, bad.code)
    if kind := skipped_as(cells, layout):
        return Skipped(number, kind)
    if len(cells) != len(layout.columns):
        code = "short_row" if len(cells) < len(layout.columns) else "long_row"
        return BrokenRow(number, raw, code, {"found": str(len(cells)), "expected": str(len(layout.columns))})
    return bounded(Row(number, raw, cells))


def _spanning(
    first: tuple[int, str], ahead: deque[tuple[int, str]], lines: Lines, layout: Layout
) -> Row | BrokenRow | None:
    """The row that begins on line `first` and ends on a later one; `None`, and nothing consumed, if there is none."""
    parts = [first[1].rstrip("\r\n")]
    for further in range(LONGEST_ROW - 1):
        if further == len(ahead):
            following = next(lines, None)
            if following is None:
                return None
            ahead.append(following)
        part = ahead[further][1].rstrip("\r\n")
        if "\0" in part or stray_byte(part):
            return None
        parts.append(part)
        if '"' not in part:
            continue
        raw = "\n".join(parts)
        try:
            cells = split_cells(raw, layout.delimiter)
        except BadQuote as bad:
            if bad.code == "unclosed_quote":
                continue
            return None
        if len(cells) != len(layout.columns):
            return None
        for _ in range(further + 1):
            ahead.popleft()
        return bounded(Row(first[0], raw, cells, further + 2))
    return None


def _is_total(cells: tuple[str, ...], layout: Layout) -> bool:
    """A line that begins "I alt" and has no date. With a date it is a receipt, whatever its first cell says."""
    at = next(at for at, cell in enumerate(cells) if cell.strip())
    date_at = layout.known["trip_date"]
    dated = date_at != at and date_at < len(cells) and cells[date_at].strip()
    return not dated and _TOTAL.match(cells[at].strip()) is not None
