"""The head of a receipts file: its delimiter, and which column holds which fact.

Columns are known by the public or the Danish name of a fact, in any case and order, with or without æøå. A column
that is no fact passes through to the output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from transport_calc.batch.notice import Notice
from transport_calc.batch.read.cells import BadQuote, split_cells
from transport_calc.facts import FACTS
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.intake.text import fold, nearest_fact

Lines = Iterator[tuple[int, str]]
"""Physical lines with their numbers, counted from 1."""

DELIMITERS = (";", ",", "\t")

PERSON, VISIT, LEG = "person", "visit", "leg"

_GROUPING = {
    PERSON: PERSON,
    "cpr": PERSON,
    "borger": PERSON,
    # Not promised by the contract, but a column of CPR numbers must never pass through by its name alone.
    "cprnr": PERSON,
    "cpr_nr": PERSON,
    "cprnummer": PERSON,
    "cpr_nummer": PERSON,
    "personnummer": PERSON,
    VISIT: VISIT,
    "fremmoede": VISIT,
    LEG: LEG,
    "tur": LEG,
}
_SEP = re.compile(r'"?sep=([^"\w\s]|\t)"?', re.IGNORECASE)
_RESEMBLES = 0.8


@dataclass(frozen=True)
class Layout:
    """Where each column of a receipts file is.

    `columns` are the headers as written, `known` maps facts and the grouping columns (`person`, `visit`, `leg`) to
    their position, `passed` are the positions of the columns that pass through. `row` is the line of the header.
    """

    delimiter: str
    columns: tuple[str, ...]
    known: dict[str, int]
    passed: tuple[int, ...]
    row: int
    blank: int
    notices: tuple[Notice, ...]

    def cell(self, cells: tuple[str, ...], name: str) -> str:
        """The text of the column `name`, stripped; empty if the file has no such column."""
        at = self.known.get(name)
        return "" if at is None else cells[at].strip()

    def header(self, name: str) -> str:
        """The header of the column `name` as the file writes it; `name` itself if there is no such column."""
        at = self.known.get(name)
        return name if at is None else self.columns[at]


def read_layout(lines: Lines) -> Layout:
    """Read the head of a file from `lines`, which afterwards stand at row 1. Raises `InvalidInput`."""
    row, line, blank = _first_written(lines)
    delimiter = ""
    if match := _SEP.fullmatch(line.strip(" ")):
        delimiter = match[1]
        row, line, more = _first_written(lines)
        blank += more
    columns = _columns(line, delimiter or _delimiter(line))
    return layout_of(delimiter or _delimiter(line), columns, row, blank)


def layout_of(delimiter: str, columns: tuple[str, ...], row: int, blank: int) -> Layout:
    """The layout of a file with these `columns`, named in line `row` after `blank` lines. Raises `InvalidInput`."""
    roles = [column_role(column) for column in columns]
    # Of two columns for one fact either will do here: such a file is refused below.
    known = {role: at for at, role in enumerate(roles) if role}
    faults = _duplicates(columns, roles) + _missing(columns, known)
    if faults:
        raise InvalidInput(faults)
    passed = tuple(at for at, role in enumerate(roles) if not role)
    notices = _notices([columns[at] for at in passed], known)
    return Layout(delimiter, columns, known, passed, row, blank, notices)


def column_role(header: str) -> str:
    """The fact or grouping column that `header` names; empty if it names none."""
    return _roles().get(fold(header), "")


def _first_written(lines: Lines) -> tuple[int, str, int]:
    for blank, (row, line) in enumerate(lines):
        text = line.rstrip("\r\n")
        if text.strip():
            return row, text, blank
    raise InvalidInput([Fault("empty_file", "")])


def _delimiter(line: str) -> str:
    # max takes the first of equals, so a file of one column is read with a semicolon.
    return max(DELIMITERS, key=lambda delimiter: sum(bool(column_role(cell)) for cell in line.split(delimiter)))


def _columns(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = split_cells(line, delimiter)
    except BadQuote:
        raise InvalidInput([Fault("bad_header", "", safe(line))]) from None
    return tuple(cell.strip() or f"column_{number}" for number, cell in enumerate(cells, 1))


def _duplicates(columns: tuple[str, ...], roles: list[str]) -> list[Fault]:
    first: dict[str, str] = {}
    faults = []
    for column, role in zip(columns, roles, strict=True):
        key = role or fold(column)
        if key in first:
            faults.append(Fault("duplicate_column", safe(column), slots={"other": safe(first[key])}))
        first.setdefault(key, column)
    return faults


def _missing(columns: tuple[str, ...], known: dict[str, int]) -> list[Fault]:
    if not known.keys() & FACTS.keys():
        return [Fault("no_known_columns", "", slots={"columns": ", ".join(safe(column) for column in columns)})]
    if "trip_date" not in known:
        return [Fault("missing_column", FACTS["trip_date"].danish, slots={"name": "trip_date"})]
    return []


def _notices(passed: list[str], known: dict[str, int]) -> tuple[Notice, ...]:
    notices = []
    if passed:
        notices.append(Notice("unknown_columns", {"columns": ", ".join(safe(column) for column in passed)}))
    for column in passed:
        nearest = nearest_fact(column, _RESEMBLES)
        if nearest and nearest not in known:
            notices.append(Notice("similar_column", {"column": safe(column), "nearest": FACTS[nearest].danish}))
    if "purpose" not in known:
        notices.append(Notice("purpose_defaulted"))
    return tuple(notices)


@cache
def _roles() -> dict[str, str]:
    facts = {fold(word): info.name for info in FACTS.values() for word in (info.danish, info.name)}
    return _GROUPING | facts
