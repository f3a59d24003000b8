"""Workbooks: the sheets of an Excel file, each a table; what a cell holds is taken as Excel stores it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import cast
from xml.etree import ElementTree

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from transport_calc.batch.notice import Notice
from transport_calc.batch.read.block import Block, block_of
from transport_calc.batch.read.cells import join_cells
from transport_calc.batch.read.content import Content
from transport_calc.batch.read.layout import Layout, layout_of
from transport_calc.batch.read.rows import BrokenRow, Row, Skipped, bounded, skipped_as
from transport_calc.batch.read.sheet_errors import UnknownPlaces, error_cells
from transport_calc.batch.read.typed_cells import number_text
from transport_calc.faults import Fault, InvalidInput, safe

ALL_SHEETS = "all"
ROWS_PER_BLOCK = 100_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_OPEN_XML = (".xlsx", ".xlsm")
_OTHER_KINDS = (".xls", ".xlsb", ".ods")

# Joins the cells where a row is shown as a line.
_DELIMITER = ";"
_TO_QUOTE = frozenset('"\r\n')

# Excel calculates with 15 digits, and shows 0.1 + 0.2 as 0.3 although the file says 0.30000000000000004.
_DIGITS = ".15g"

Stored = str | float | bool | date | time | datetime | timedelta


def is_workbook(content: Content) -> bool:
    """Is this a workbook, by its first bytes or by its ending?"""
    return content.beginning(4) in (_ZIP, _OLE) or content.name.lower().endswith(_OPEN_XML + _OTHER_KINDS)


def open_sheets(content: Content, sheet: str | None = None) -> list[SheetTable]:
    """The sheets that `sheet` chooses by name, by number from 1, or `all`; else the first one with a usable header.

    Sheets that are not read are named in a notice. Raises `InvalidInput`.
    """
    if content.name.lower().endswith(_OTHER_KINDS):
        raise InvalidInput([Fault("old_workbook", "", safe(content.name))])
    with _opened(content) as workbook:
        names = [found.name for found in workbook.sheets_metadata if found.visible == SheetVisibleEnum.Visible]
        if sheet == ALL_SHEETS:
            tables = [_named_table(content, workbook, name) for name in names if _written(workbook, name)]
        elif sheet is not None:
            tables = [_table(content, workbook, _chosen(sheet, workbook.sheet_names))]
        else:
            tables = [_first_usable(content, workbook, names)]
    if not tables:
        raise InvalidInput([Fault("empty_file", "")])
    unread = [name for name in names if name not in [table.sheet for table in tables] and sheet is None]
    if unread:
        listed = ", ".join(safe(name) for name in unread)
        tables[0].notices += (Notice("sheets_not_read", {"sheet": safe(tables[0].sheet), "others": listed}),)
    return tables


class SheetTable:
    """One sheet, already read. `name` is that of the file with the sheet in brackets."""

    def __init__(self, content: Content, sheet: str, layout: Layout, rows: list[Row | BrokenRow | Skipped]) -> None:
        self.name = f"{content.name}[{sheet}]"
        self.size = content.size
        self.sheet = sheet
        self.layout = layout
        self.notices: tuple[Notice, ...] = layout.notices
        self._rows = rows

    def blocks(self, skip: int = 0, only: Sequence[str] = ()) -> Iterator[Block]:
        """The rows of the sheet, without the first `skip` blocks; `only` saves nothing here."""
        for start in range(skip * ROWS_PER_BLOCK, len(self._rows), ROWS_PER_BLOCK):
            stop = min(start + ROWS_PER_BLOCK, len(self._rows))
            yield block_of(self._rows[start:stop], self.layout, self.size * stop // len(self._rows))

    def glance(self, only: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows themselves; `only` saves nothing here."""
        return (block.cells for block in self.blocks())


@contextmanager
def _opened(content: Content) -> Iterator[CalamineWorkbook]:
    if content.beginning(4) == _OLE:
        # The old format, or a new workbook that a password has locked into the old container.
        code = "protected_workbook" if content.name.lower().endswith(_OPEN_XML) else "old_workbook"
        raise InvalidInput([Fault(code, "", safe(content.name))])
    try:
        with content.open() as source:
            source.seek(0)
            yield CalamineWorkbook.from_object(source)
    except PasswordError:
        raise InvalidInput([Fault("protected_workbook", "", safe(content.name))]) from None
    except (CalamineError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, StopIteration):
        raise InvalidInput([Fault("damaged_workbook", "", safe(content.name))]) from None


def _chosen(sheet: str, names: Sequence[str]) -> str:
    if sheet in names:
        return sheet
    if sheet.isdecimal() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    raise InvalidInput([Fault("no_such_sheet", "--sheet", safe(sheet), {"sheets": ", ".join(map(safe, names))})])


def _first_usable(content: Content, workbook: CalamineWorkbook, names: list[str]) -> SheetTable:
    refusals: list[InvalidInput] = []
    for name in names:
        try:
            return _table(content, workbook, name)
        except InvalidInput as invalid:
            refusals.append(invalid)
    raise refusals[0] if refusals else InvalidInput([Fault("empty_file", "")])


def _named_table(content: Content, workbook: CalamineWorkbook, name: str) -> SheetTable:
    """One sheet of several; what is wrong with it is said under its name."""
    try:
        return _table(content, workbook, name)
    except InvalidInput as invalid:
        raise InvalidInput([Fault("unusable_file", "", safe(f"{content.name}[{name}]")), *invalid.faults]) from None


def _written(workbook: CalamineWorkbook, name: str) -> bool:
    return workbook.get_sheet_by_name(name).start is not None


def _table(content: Content, workbook: CalamineWorkbook, name: str) -> SheetTable:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        raise InvalidInput([Fault("empty_file", "")])
    top, left = sheet.start
    rows = cast(list[list[Stored]], sheet.to_python())
    errors = {(row - top, column - left): error for (row, column), error in _errors(content, name).items()}
    for (row, column), error in errors.items():
        rows[row][column] = error
    # The used area of a sheet begins with a row in which something is written.
    header = [_text(value, "").strip() for value in rows[0]]
    width = max(at for at, cell in enumerate(header, 1) if cell)
    columns = tuple(cell or f"column_{number}" for number, cell in enumerate(header[:width], 1))
    layout = layout_of(_DELIMITER, columns, top + 1, top)
    facts = {at: fact for fact, at in layout.known.items()}
    names = [facts.get(at, "") for at in range(len(header))]
    columns_below = zip(*rows[1:], strict=True)
    texts = [_texts(column, fact) for column, fact in zip(columns_below, names, strict=False)]
    read = [_row(top + at, cells, layout) for at, cells in enumerate(zip(*texts, strict=True), 2)]
    for (row, column), error in errors.items():
        if row > 0 and names[column]:
            read[row - 1] = _failed(top + row + 1, rows[row], layout, column, error)
    return SheetTable(content, name, layout, read)


def _errors(content: Content, sheet: str) -> dict[tuple[int, int], str]:
    with content.open() as source:
        try:
            return error_cells(source, sheet)
        except UnknownPlaces:
            raise InvalidInput([Fault("unplaced_errors", "", safe(sheet))]) from None


def _row(number: int, cells: tuple[str, ...], layout: Layout) -> Row | BrokenRow | Skipped:
    width = len(layout.columns)
    if kind := skipped_as(cells, layout):
        return Skipped(number, kind)
    if any(cells[width:]):
        found = max(at for at, cell in enumerate(cells, 1) if cell)
        return BrokenRow(number, _line(cells[:found]), "long_row", {"found": str(found), "expected": str(width)})
    return bounded(Row(number, _line(cells[:width]), cells[:width]))


def _line(cells: tuple[str, ...]) -> str:
    """The row of a sheet as a line of a file."""
    line = _DELIMITER.join(cells)
    plain = line.count(_DELIMITER) == len(cells) - 1 and not _TO_QUOTE.intersection(line)
    return line if plain else join_cells(cells, _DELIMITER)


def _failed(number: int, values: list[Stored], layout: Layout, column: int, error: str) -> BrokenRow:
    """The row in which Excel could not calculate a cell that counts."""
    line = _line(tuple(_text(value, "") for value in values))
    return BrokenRow(number, line, "error_cell", {"column": safe(layout.columns[column]), "error": safe(error)})


def _texts(values: Sequence[Stored], fact: str) -> list[str]:
    return [value if isinstance(value, str) else _text(value, fact) for value in values]


# A sheet has few distinct dates and amounts. Typed, because yes and 1 are equal to Python.
@lru_cache(maxsize=1 << 16, typed=True)
def _text(value: Stored, fact: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, (int, float)):
        whole = isinstance(value, int) or value.is_integer()
        return number_text(Decimal(int(value)) if whole else Decimal(format(value, _DIGITS)), fact)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    # With a time of day it is not simply a date, and is not read as one.
    return str(value)
